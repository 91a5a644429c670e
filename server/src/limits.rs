//! How often somebody may do what costs us or others something.

use std::net::IpAddr;
use std::time::Duration;

use platform::http::rate_limit::Limit;
use uuid::Uuid;

/// Every limit in one table.
pub struct RateLimits {
    pub sign_in_by_address: Limit<IpAddr>,
    /// By e-mail, so that guesses from many addresses at one account are counted together.
    pub sign_in_by_email: Limit<String>,
    pub register_by_address: Limit<IpAddr>,
    pub refresh_by_address: Limit<IpAddr>,
    pub payment_by_account: Limit<Uuid>,
    pub payment_by_address: Limit<IpAddr>,
    pub message_by_account: Limit<Uuid>,
    pub typing_by_account: Limit<Uuid>,
    /// Sockets that are opened. An address may be that of a whole company, which comes back at once after a restart.
    pub handshake_by_address: Limit<IpAddr>,
    pub handshake_by_account: Limit<Uuid>,
    /// What was received or read.
    pub mark_by_account: Limit<Uuid>,
    pub upload_by_account: Limit<Uuid>,
    /// Pieces of pictures.
    pub chunk_by_account: Limit<Uuid>,
    pub search_by_account: Limit<Uuid>,
    pub intake_by_account: Limit<Uuid>,
    pub transcript_by_account: Limit<Uuid>,
    pub notification_by_address: Limit<IpAddr>,
    /// Codes of summaries.
    pub verify_by_address: Limit<IpAddr>,
}

const MINUTE: Duration = Duration::from_secs(60);

impl RateLimits {
    pub fn new(is_on: bool) -> Self {
        Self {
            sign_in_by_address: Limit::new(is_on, 60, MINUTE),
            sign_in_by_email: Limit::new(is_on, 10, MINUTE),
            register_by_address: Limit::new(is_on, 30, 10 * MINUTE),
            refresh_by_address: Limit::new(is_on, 120, MINUTE),
            payment_by_account: Limit::new(is_on, 20, 2 * MINUTE),
            payment_by_address: Limit::new(is_on, 120, MINUTE),
            message_by_account: Limit::new(is_on, 30, Duration::from_secs(10)),
            typing_by_account: Limit::new(is_on, 100, Duration::from_secs(10)),
            handshake_by_address: Limit::new(is_on, 1_200, MINUTE),
            handshake_by_account: Limit::new(is_on, 60, MINUTE),
            mark_by_account: Limit::new(is_on, 200, Duration::from_secs(10)),
            upload_by_account: Limit::new(is_on, 20, MINUTE),
            chunk_by_account: Limit::new(is_on, 600, MINUTE),
            search_by_account: Limit::new(is_on, 60, MINUTE),
            intake_by_account: Limit::new(is_on, 20, MINUTE),
            transcript_by_account: Limit::new(is_on, 10, MINUTE),
            notification_by_address: Limit::new(is_on, 600, MINUTE),
            verify_by_address: Limit::new(is_on, 30, MINUTE),
        }
    }

    /// Drops buckets that are full again, so that memory follows the callers of the last minutes only.
    pub fn forget_idle(&self) {
        for limit in [&self.sign_in_by_address, &self.register_by_address, &self.refresh_by_address] {
            limit.forget_idle();
        }
        for limit in [&self.payment_by_address, &self.notification_by_address, &self.verify_by_address] {
            limit.forget_idle();
        }
        for limit in [&self.payment_by_account, &self.message_by_account, &self.typing_by_account] {
            limit.forget_idle();
        }
        for limit in [&self.upload_by_account, &self.chunk_by_account] {
            limit.forget_idle();
        }
        for limit in [&self.search_by_account, &self.transcript_by_account, &self.intake_by_account] {
            limit.forget_idle();
        }
        for limit in [&self.handshake_by_account, &self.mark_by_account] {
            limit.forget_idle();
        }
        self.handshake_by_address.forget_idle();
        self.sign_in_by_email.forget_idle();
    }
}
