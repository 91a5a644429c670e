//! What people talk about, as far as the chat has anything to tell it. `app.rs` says who listens.

use async_trait::async_trait;

use crate::subjects::ConsultationId;
use platform::http::error::AppError;

#[async_trait]
pub trait Occasion: Send + Sync {
    /// The doctor may have written for the first time.
    async fn doctor_spoke(&self, consultation: ConsultationId) -> Result<(), AppError>;
}
