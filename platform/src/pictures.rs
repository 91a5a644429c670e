//! The one way of a picture that somebody sends: a turn of the sender, room in memory, a worker, the storage.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::{Multipart, MultipartRejection};
use uuid::Uuid;

use super::http::error::AppError;
use super::http::rate_limit::{Limit, Limits};
use super::images::form;
use super::storage::Storage;
use super::uploads::{Upload, UploadMemory};
use super::workers::{Pool, Workers};

/// What pictures go through. A cheap handle.
#[derive(Clone)]
pub struct Pictures {
    pub storage: Storage,
    /// What uploads under way may take.
    pub memory: UploadMemory,
    workers: Arc<Workers>,
    by_account: Arc<Limit<Uuid>>,
}

impl Pictures {
    pub fn new(storage: Storage, memory: UploadMemory, workers: Arc<Workers>, limits: &Limits) -> Self {
        Self { storage, memory, workers, by_account: limits.limit("picture", 20, Duration::from_secs(60)) }
    }

    /// One picture more of somebody, unless it is too many.
    pub fn take_turn(&self, sender: Uuid) -> Result<(), AppError> {
        self.by_account.take(&sender)
    }

    /// The one picture of a form.
    pub async fn receive(&self, form: Result<Multipart, MultipartRejection>) -> Result<Upload, AppError> {
        form::only(&self.memory, form).await
    }

    /// Works on a picture that somebody has sent, where only so many are worked on at once.
    pub async fn work<T: Send + 'static>(
        &self,
        upload: Upload,
        work: impl FnOnce(&[u8]) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        self.workers().run(move || work(&upload)).await
    }

    pub fn workers(&self) -> &Pool {
        &self.workers.pictures
    }
}
