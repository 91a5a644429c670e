//! Where pictures are kept.

use platform::secret::Secret;
use platform::storage::{BucketConfig, StorageConfig};

use super::env::Env;
use super::local::is_private;
use super::server::is_origin;

/// `ATTACHMENTS_URL`: `s3://bucket` or `s3://bucket/prefix`, for several machines; else `ATTACHMENTS_DIR`
/// (`data/attachments`), a folder of this machine.
pub(super) fn read(env: &mut Env) -> StorageConfig {
    match env.optional("ATTACHMENTS_URL") {
        Some(url) => StorageConfig::Bucket(bucket(env, &url)),
        None => {
            let folder = env.optional("ATTACHMENTS_DIR").unwrap_or_else(|| "data/attachments".to_owned());
            StorageConfig::Folder(folder.into())
        }
    }
}

/// `AWS_ENDPOINT`: where S3 is spoken, such as `https://s3.example.id` (unset: Amazon's own); `AWS_REGION` (`us-east-1`),
/// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
fn bucket(env: &mut Env, url: &str) -> BucketConfig {
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
    BucketConfig {
        bucket: bucket.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region: env.optional("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
        access_key_id: required(env, "AWS_ACCESS_KEY_ID"),
        secret_access_key: Secret::new(required(env, "AWS_SECRET_ACCESS_KEY")),
    }
}

fn required(env: &mut Env, name: &str) -> String {
    let value = env.optional(name).unwrap_or_default();
    if value.is_empty() {
        env.complain(name, "must be set beside ATTACHMENTS_URL");
    }
    value
}
