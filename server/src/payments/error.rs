//! The ways payments say no.

use axum::http::StatusCode;

use super::buy::MOST_UNPAID_SLOTS;
use super::entity::PaymentId;
use crate::chat::ConversationId;
use crate::consultations::ConsultationId;
use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    #[error("the two have an active conversation already")]
    ConversationAlreadyActive(ConversationId),
    #[error("another purchase of the same doctor waits to be paid")]
    OtherPurchaseOpen { payment: PaymentId, consultation: ConsultationId },
    #[error("the owner holds as many times unpaid as anybody may")]
    TooManyUnpaidSlots,
    #[error("the signature of the notification is wrong")]
    InvalidSignature,
    #[error("the notification is about another amount or currency")]
    AmountMismatch,
    #[error("the refund does not wait for a transfer by hand")]
    NotToBePaidOut,
    #[error("the gateway cannot be reached or refuses: {0}")]
    GatewayUnavailable(String),
}

/// The two cannot open a second conversation.
pub fn already_talking(conversation: ConversationId) -> AppError {
    PaymentError::ConversationAlreadyActive(conversation).into()
}

impl From<PaymentError> for AppError {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::ConversationAlreadyActive(conversation) => Self::refused(
                StatusCode::CONFLICT,
                "conversation_already_active",
                Text::new(
                    "Kamu masih punya percakapan yang berjalan dengan dokter ini.",
                    "You still have a conversation under way with this doctor.",
                ),
            )
            .with("conversationId", conversation.to_string()),
            PaymentError::OtherPurchaseOpen { payment, consultation } => Self::refused(
                StatusCode::CONFLICT,
                "other_purchase_open",
                Text::new(
                    "Kamu masih punya pesanan lain dengan dokter ini yang belum dibayar. Bayar atau batalkan dulu.",
                    "You have another order with this vet that is not paid. Pay or cancel it first.",
                ),
            )
            .with("transactionId", payment.to_string())
            .with("consultationId", consultation.to_string()),
            PaymentError::TooManyUnpaidSlots => Self::refused(
                StatusCode::CONFLICT,
                "too_many_unpaid_slots",
                Text::new(
                    format!(
                        "Masih ada {MOST_UNPAID_SLOTS} jadwal yang belum dibayar. Bayar atau batalkan salah satu dulu."
                    ),
                    format!(
                        "{MOST_UNPAID_SLOTS} of your appointments are not paid yet. Pay or cancel one of them first."
                    ),
                ),
            ),
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
