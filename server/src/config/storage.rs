//! Where pictures are kept.

use std::path::PathBuf;

use super::env::{Env, Secret};
use super::local::is_private;
use super::server::is_origin;

#[derive(Clone, Debug)]
pub enum StorageConfig {
    /// `ATTACHMENTS_DIR` (`data/attachments`): a folder of this machine.
    Folder(PathBuf),
    /// `ATTACHMENTS_URL`: `s3://bucket` or `s3://bucket/prefix`, for several machines.
    Bucket(BucketConfig),
}

#[derive(Clone, Debug)]
pub struct BucketConfig {
    pub bucket: String,
    /// What the names of all objects begin with; may be empty.
    pub prefix: String,
    /// `AWS_ENDPOINT`: where S3 is spoken, such as `https://s3.example.id`. Unset: Amazon's own.
    pub endpoint: Option<String>,
    /// `AWS_REGION` (`us-east-1`).
    pub region: String,
    /// `AWS_ACCESS_KEY_ID`.
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret_access_key: Secret,
}

impl StorageConfig {
    pub(super) fn read(env: &mut Env) -> Self {
        match env.optional("ATTACHMENTS_URL") {
            Some(url) => Self::Bucket(BucketConfig::read(env, &url)),
            None => {
                Self::Folder(env.optional("ATTACHMENTS_DIR").unwrap_or_else(|| "data/attachments".to_owned()).into())
            }
        }
    }
}

impl BucketConfig {
    fn read(env: &mut Env, url: &str) -> Self {
        let place = url.strip_prefix("s3://").unwrap_or_default();
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() || !bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)) {
            env.complain("ATTACHMENTS_URL", "must look like s3://bucket or s3://bucket/prefix");
        }
        let endpoint = env.optional("AWS_ENDPOINT").map(|url| url.trim_end_matches('/').to_owned());
        if let Some(endpoint) = &endpoint
            && !(is_origin(endpoint) && is_private(endpoint))
        {
            env.complain("AWS_ENDPOINT", "must look like https://s3.example.id; plain http is for this machine only");
        }
        Self {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint,
            region: env.optional("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
            access_key_id: required(env, "AWS_ACCESS_KEY_ID"),
            secret_access_key: Secret::new(required(env, "AWS_SECRET_ACCESS_KEY")),
        }
    }

    /// Whether the endpoint is on this machine and speaks without TLS.
    pub fn allows_http(&self) -> bool {
        self.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"))
    }
}

fn required(env: &mut Env, name: &str) -> String {
    let value = env.optional(name).unwrap_or_default();
    if value.is_empty() {
        env.complain(name, "must be set beside ATTACHMENTS_URL");
    }
    value
}
