//! The accounts of the ledger (not those that sign in).

use std::fmt;

use crate::accounts::AccountId;

/// A debit is positive, a credit negative: what we hold is positive, what we owe or earned is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// What the gateway holds for us.
    Gateway,
    /// What we owe a partner.
    PartnerPayable(AccountId),
    /// What we earned.
    PlatformRevenue,
    /// What we took and must give back.
    RefundsPayable,
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway => formatter.write_str("gateway"),
            Self::PartnerPayable(partner) => write!(formatter, "partner_payable:{partner}"),
            Self::PlatformRevenue => formatter.write_str("platform_revenue"),
            Self::RefundsPayable => formatter.write_str("refunds_payable"),
        }
    }
}
