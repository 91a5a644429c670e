//! The ways a conversation says no.

use axum::http::StatusCode;

use platform::http::error::AppError;
use platform::text::Text;

#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    #[error("the caller is not one of the two")]
    NotAParticipant,
    #[error("the two have no active conversation")]
    NoActiveConversation,
    #[error("the conversation has ended")]
    AlreadyEnded,
    #[error("the clientId belongs to a message of another conversation")]
    ClientIdReused,
    #[error("a picture is unknown, somebody else's, or sent already")]
    AttachmentUnusable,
    #[error("too many messages wait on this connection")]
    QueueFull,
}

impl From<ChatError> for AppError {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::NotAParticipant => Self::refused(
                StatusCode::FORBIDDEN,
                "not_a_participant",
                Text::new("Kamu bukan peserta percakapan ini.", "You do not take part in this conversation."),
            ),
            ChatError::NoActiveConversation => Self::refused(
                StatusCode::FORBIDDEN,
                "no_active_conversation",
                Text::new(
                    "Tidak ada konsultasi berjalan di antara kalian. Mulai konsultasi baru untuk mengirim pesan.",
                    "There is no consultation under way between you two. Start a new one to send messages.",
                ),
            ),
            ChatError::AlreadyEnded => Self::bad_request(
                "conversation_already_ended",
                Text::new("Percakapan sudah berakhir.", "The conversation has ended already."),
            ),
            ChatError::ClientIdReused => Self::refused(
                StatusCode::CONFLICT,
                "client_id_reused",
                Text::new(
                    "clientId ini sudah dipakai di percakapan lain.",
                    "This clientId was used in another conversation.",
                ),
            ),
            ChatError::AttachmentUnusable => Self::refused(
                StatusCode::UNPROCESSABLE_ENTITY,
                "attachment_unusable",
                Text::new(
                    "Gambar ini tidak dapat dikirim. Unggah lagi.",
                    "This picture cannot be sent. Upload it again.",
                ),
            ),
            ChatError::QueueFull => Self::unavailable(
                "too_many_waiting",
                Text::new(
                    "Terlalu banyak pesan menunggu. Coba lagi sebentar.",
                    "Too many messages are waiting. Try again in a moment.",
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_is_worth_another_try() {
        let problem = AppError::from(ChatError::QueueFull).into_problem();
        assert_eq!((problem.status, problem.code), (StatusCode::SERVICE_UNAVAILABLE, "too_many_waiting"));
        assert!(problem.retry_after_seconds.is_some());
    }
}
