//! The one way of a picture that somebody sends: a turn of the sender, room in memory, a worker, the storage.
//!
//! A feature receives it, keeps it, settles it in the transaction of the row that names it, and answers it. What was put and
//! never settled, as a server may die in between, is swept after a day, and so is what was released.

mod answer;
mod objects;
mod sweep;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use futures_util::future::{join_all, try_join_all};
use sea_orm::DbErr;
use uuid::Uuid;

pub use crate::http::range::Caching;
pub use answer::{Shown, SizeQuery};
pub use objects::{kept, release, settle};
pub use sweep::{SweepObjects, sweep};

use super::clock::SharedClock;
use super::db::Db;
use super::http::error::AppError;
use super::http::rate_limit::{Limit, Limits};
use super::images::{self, ImageError, Picture, Shape, Size, form};
use super::storage::Storage;
use super::text::Text;
use super::uploads::{Upload, UploadMemory};
use super::workers::{Pool, Turn, Workers};

/// A bucket is some milliseconds away.
const DELETED_AT_ONCE: usize = 8;

/// What pictures go through. A cheap handle.
#[derive(Clone)]
pub struct Pictures {
    pub storage: Storage,
    /// What uploads under way may take.
    pub memory: UploadMemory,
    workers: Arc<Workers>,
    by_account: Arc<Limit<Uuid>>,
    db: Db,
    clock: SharedClock,
    /// The bytes that one account may have in the storage.
    quota: i64,
}

/// What a row may say of its picture.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Of the whole as JPEG.
    pub byte_size: i32,
    /// Where it has a thumbnail, the bytes of that.
    pub thumbnail_size: Option<i32>,
    /// A ThumbHash.
    pub placeholder: Vec<u8>,
}

impl Pictures {
    pub fn new(
        storage: Storage,
        memory: UploadMemory,
        workers: Arc<Workers>,
        limits: &Limits,
        (db, clock): (Db, SharedClock),
        quota: i64,
    ) -> Self {
        let by_account = limits.limit("picture", 20, Duration::from_secs(60));
        Self { storage, memory, workers, by_account, db, clock, quota }
    }

    /// One picture more of somebody, unless it is too many.
    pub fn take_turn(&self, sender: Uuid) -> Result<(), AppError> {
        self.by_account.take(&sender)
    }

    /// The one picture of a form, if it is the sender's turn.
    pub async fn receive(&self, sender: Uuid, form: Result<Multipart, MultipartRejection>) -> Result<Upload, AppError> {
        self.take_turn(sender)?;
        form::only(&self.memory, form).await
    }

    /// Refuses more of somebody who has as much as an account may have. Two at once may both pass, and the last one may pass
    /// the limit by its own size: this bounds a disk, it does not share out a budget.
    pub async fn check_quota(&self, owner: Uuid) -> Result<(), AppError> {
        if objects::bytes_of(&self.db.read, owner).await? < self.quota {
            return Ok(());
        }
        Err(AppError::refused(
            StatusCode::CONFLICT,
            "storage_full",
            Text::new(
                "Ruang penyimpanan foto akun ini sudah penuh.",
                "This account has stored as many pictures as it may.",
            ),
        ))
    }

    /// Keeps a picture under a name that no other ever has, until it is settled or a day is over.
    pub async fn keep(&self, key: &str, owner: Uuid, upload: Upload, shape: Shape) -> Result<Kept, AppError> {
        self.check_quota(owner).await?;
        let turn = self.workers().turn().await?;
        let picture = self.rewrite(turn, upload, shape).await??;
        self.put(key, owner, picture).await
    }

    /// The thread of a worker, for who has something to do before [`Pictures::rewrite`].
    pub fn workers(&self) -> &Pool {
        &self.workers.pictures
    }

    /// Makes of an upload what is kept of it.
    pub async fn rewrite(
        &self,
        turn: Turn,
        upload: Upload,
        shape: Shape,
    ) -> Result<Result<Picture, ImageError>, AppError> {
        Ok(self.workers().run_in(turn, move || images::rewrite(&upload, shape)).await?)
    }

    /// Puts a picture into the storage. Its objects come before the row that names it, since a row without its object would
    /// be a broken picture; and they are entered before they are put, so that none is ever unknown. Once more under the same
    /// name changes nothing.
    pub async fn put(&self, key: &str, owner: Uuid, picture: Picture) -> Result<Kept, AppError> {
        let kept = Kept {
            width: whole(picture.width as usize)?,
            height: whole(picture.height as usize)?,
            byte_size: whole(picture.jpeg(Size::Whole).map_or(0, <[u8]>::len))?,
            thumbnail_size: picture.jpeg(Size::Thumbnail).map(|bytes| whole(bytes.len())).transpose()?,
            placeholder: picture.placeholder,
        };
        let named = picture.renditions.into_iter().map(|(rendition, bytes)| (objects::name(key, rendition), bytes));
        let named: Vec<(String, Vec<u8>)> = named.collect();
        let mut sizes = Vec::with_capacity(named.len());
        for (name, bytes) in &named {
            sizes.push((name.clone(), whole(bytes.len())?));
        }
        objects::enter(&self.db.write, owner, sizes, self.clock.now()).await?;
        let put = named.into_iter().map(|(name, bytes)| async move { self.storage.put(&name, bytes.into()).await });
        try_join_all(put).await?;
        Ok(kept)
    }

    /// Deletes a picture that was released, once that is committed. What stays when this fails is swept.
    pub async fn delete(&self, key: &str) {
        let mut names = objects::released(&self.db.read, key).await.unwrap_or_else(|error| {
            tracing::warn!(key, %error, "the renditions of a picture are left to the sweep");
            Vec::new()
        });
        if names.is_empty() {
            // A node of before, which runs until all are of this release, entered nothing.
            names.push(key.to_owned());
        }
        if let Err(error) = self.delete_objects(&names).await {
            tracing::warn!(key, %error, "a picture that was released is left to the sweep");
        }
    }

    /// Deletes objects unless a backup is being taken, and strikes those that are gone. One that cannot be deleted stays entered, to be tried again, and keeps
    /// no other from being deleted.
    async fn delete_objects(&self, names: &[String]) -> Result<(), DbErr> {
        if self.storage.is_held().await {
            return Ok(());
        }
        let mut gone = Vec::new();
        for some in names.chunks(DELETED_AT_ONCE) {
            let deleted = join_all(some.iter().map(|name| self.storage.delete(name))).await;
            for (name, deleted) in some.iter().zip(deleted) {
                match deleted {
                    Ok(()) => gone.push(name.clone()),
                    Err(error) => tracing::warn!(name, ?error, "an object could not be deleted"),
                }
            }
        }
        objects::strike(&self.db.write, &gone).await
    }
}

fn whole(number: usize) -> anyhow::Result<i32> {
    i32::try_from(number).context("a picture of gigabytes")
}
