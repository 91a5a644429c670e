//! Where pictures are kept: a folder, or a bucket of anything that speaks S3.

use std::ops::Range;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::body::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    BackoffConfig, ClientOptions, Error, GetOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};

use super::hold;
use super::http::error::AppError;
use super::text::Text;
use crate::secret::Secret;

/// A request waits for it at most this long; ours last thirty seconds.
const LONGEST_CALL: Duration = Duration::from_secs(15);
const MOST_RETRIES: usize = 3;

#[derive(Clone, Debug)]
pub enum StorageConfig {
    /// A folder of this machine.
    Folder(PathBuf),
    /// For several machines.
    Bucket(BucketConfig),
}

#[derive(Clone, Debug)]
pub struct BucketConfig {
    pub bucket: String,
    /// What the names of all objects begin with; may be empty.
    pub prefix: String,
    /// Where S3 is spoken, such as `https://s3.example.id`; nothing for Amazon's own.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: Secret,
}

impl BucketConfig {
    /// Whether the endpoint is on this machine and speaks without TLS.
    pub fn allows_http(&self) -> bool {
        self.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"))
    }
}

#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// Nothing when the objects are in a bucket.
    folder: Option<PathBuf>,
}

/// The storage did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[error("the storage cannot be used")]
pub struct StorageError(#[from] Error);

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        tracing::error!(cause = %error.0, "the storage of pictures cannot be used");
        Self::unavailable(
            "storage_unavailable",
            Text::new(
                "Penyimpanan foto sedang tidak dapat dipakai. Coba lagi sebentar.",
                "The storage of pictures cannot be used right now. Try again in a moment.",
            ),
        )
    }
}

impl Storage {
    /// Opens what the configuration names. A bucket is not asked for anything yet.
    pub fn open(config: &StorageConfig) -> anyhow::Result<Self> {
        match config {
            StorageConfig::Folder(folder) => in_folder(folder),
            StorageConfig::Bucket(bucket) => in_bucket(bucket),
        }
    }

    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StorageError> {
        self.store.put(&Path::from(key), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// The whole object, or nothing when there is none of that name.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, StorageError> {
        match self.store.get(&Path::from(key)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A part of an object bit by bit, or nothing when there is none of that name.
    pub async fn read(
        &self,
        key: &str,
        part: Range<u64>,
    ) -> Result<Option<BoxStream<'static, Result<Bytes, Error>>>, StorageError> {
        let options = GetOptions { range: Some(part.into()), ..Default::default() };
        match self.store.get_opts(&Path::from(key), options).await {
            Ok(found) => Ok(Some(found.into_stream())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes an object; one that is not there is gone as well.
    pub async fn delete(&self, key: &str) -> Result<(), StorageError> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether what no row names any more must stay for now: a backup is being taken (`hold.rs`). What a bucket keeps is not
    /// copied by ours.
    pub async fn is_held(&self) -> bool {
        match &self.folder {
            Some(folder) => hold::is_held(folder.clone()).await,
            None => false,
        }
    }

    /// Deletes all objects whose names begin with this folder.
    pub async fn delete_folder(&self, folder: &str) -> Result<(), StorageError> {
        let found: Vec<_> = self.store.list(Some(&Path::from(folder))).try_collect().await?;
        for object in found {
            self.delete(object.location.as_ref()).await?;
        }
        if let Some(root) = &self.folder {
            // A bucket has no folders; a real one would stay behind. One that is not empty is in use again.
            let _stays_when_in_use = tokio::fs::remove_dir(root.join(folder)).await;
        }
        Ok(())
    }
}

/// Keeps objects in a folder, which is made when missing.
fn in_folder(folder: &FilePath) -> anyhow::Result<Storage> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
    let store = LocalFileSystem::new_with_prefix(folder)
        .with_context(|| format!("cannot use the folder {} (ATTACHMENTS_DIR)", folder.display()))?
        .with_fsync(true);
    Ok(Storage { store: Arc::new(store), folder: Some(folder.to_owned()) })
}

fn in_bucket(config: &BucketConfig) -> anyhow::Result<Storage> {
    let retries = RetryConfig {
        max_retries: MOST_RETRIES,
        retry_timeout: LONGEST_CALL,
        backoff: BackoffConfig { max_backoff: Duration::from_secs(2), ..Default::default() },
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&config.region)
        .with_access_key_id(&config.access_key_id)
        .with_secret_access_key(config.secret_access_key.expose())
        .with_client_options(ClientOptions::new().with_timeout(LONGEST_CALL).with_allow_http(config.allows_http()))
        .with_retry(retries);
    if let Some(endpoint) = &config.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    let store =
        builder.build().with_context(|| format!("cannot use the bucket {} (ATTACHMENTS_URL)", config.bucket))?;
    Ok(Storage { store: Arc::new(PrefixStore::new(store, config.prefix.as_str())), folder: None })
}
