//! The ways payments say no.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    #[error("the signature of the notification is wrong")]
    InvalidSignature,
    #[error("the notification is about another amount or currency")]
    AmountMismatch,
    #[error("the refund does not wait for a transfer by hand")]
    NotToBePaidOut,
    #[error("the gateway cannot be reached or refuses: {0}")]
    GatewayUnavailable(String),
}

impl From<PaymentError> for AppError {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::InvalidSignature => Self::refused(
                StatusCode::FORBIDDEN,
                "invalid_signature",
                Text::new("Tanda tangan notifikasi tidak cocok.", "The notification's signature does not match."),
            ),
            PaymentError::AmountMismatch => Self::bad_request(
                "amount_mismatch",
                Text::new(
                    "Jumlah atau mata uang tidak cocok dengan pesanan.",
                    "Amount or currency do not match the order.",
                ),
            ),
            PaymentError::NotToBePaidOut => Self::refused(
                StatusCode::CONFLICT,
                "refund_state_changed",
                Text::new(
                    "Pengembalian dana ini tidak menunggu transfer manual. Muat ulang halaman.",
                    "This refund does not wait for a transfer by hand. Reload the page.",
                ),
            ),
            PaymentError::GatewayUnavailable(cause) => {
                tracing::warn!(cause, "the payment gateway did not answer as expected");
                Self::unavailable(
                    "payment_gateway_unavailable",
                    Text::new(
                        "Layanan pembayaran sedang tidak menjawab. Belum ada yang ditagih, coba lagi sebentar.",
                        "The payment service does not answer. Nothing has been charged; try again in a moment.",
                    ),
                )
            }
        }
    }
}
