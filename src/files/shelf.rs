//! Bytes by name in a folder or a bucket: `installation/ab/abcdef…`, and beside it the pictures shown of it.

use std::fmt;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};
use secrecy::ExposeSecret;

use crate::config::storage::{Bucket, StorageUrl};
use crate::files::Variant;

const VARIANTS: [Variant; 3] = [Variant::Original, Variant::Small, Variant::Large];
/// What [`Shelf::probe`] writes, with a number behind it; no hash looks like it.
const PROBE: &str = "probe";

/// Why files cannot be kept or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StorageError {
    /// The folder cannot be made or written.
    #[error("the folder {path} cannot be written: {why}")]
    Folder { path: String, why: String },
    /// The bucket's settings contradict themselves.
    #[error("the bucket cannot be used: {0}")]
    Bucket(String),
    /// The storage said no, or nothing. Trying again may help.
    #[error("the storage failed: {0}")]
    Failed(String),
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub sha256: String,
    /// When it was put there last.
    pub at: DateTime<Utc>,
}

/// The storage itself.
#[derive(Clone)]
pub(crate) struct Shelf(Arc<dyn ObjectStore>);

impl Shelf {
    pub(crate) async fn open(url: &StorageUrl) -> Result<Self, StorageError> {
        match url {
            StorageUrl::Folder(folder) => Self::folder(folder).await,
            StorageUrl::Bucket(bucket) => Self::bucket(bucket),
        }
    }

    /// The part of it that belongs to one installation.
    pub(crate) fn of(&self, installation: &str) -> Self {
        Self(Arc::new(PrefixStore::new(Arc::clone(&self.0), installation)))
    }

    pub(crate) fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    async fn folder(folder: &FilePath) -> Result<Self, StorageError> {
        let wrong = |why: String| StorageError::Folder {
            path: folder.display().to_string(),
            why,
        };
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| wrong(error.to_string()))?;
        // An object is written beside its place, synced, and renamed into it; then the folder is synced. A
        // commit that says "this photo is kept" is durable, so the photo must be too.
        let store = LocalFileSystem::new_with_prefix(PathBuf::from(folder))
            .map_err(|error| wrong(error.to_string()))?
            .with_fsync(true);
        let shelf = Self(Arc::new(store));
        shelf.probe().await.map_err(|error| wrong(error.to_string()))?;
        Ok(shelf)
    }

    /// The network is not touched: a storage that is away for a moment must not keep the panel from starting.
    fn bucket(bucket: &Bucket) -> Result<Self, StorageError> {
        // Whoever starts first chooses the one provider of TLS.
        drop(rustls::crypto::ring::default_provider().install_default());
        let options = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_secs(60));
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(20),
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_client_options(options)
            .with_retry(retry)
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_access_key_id(bucket.key.expose_secret())
            .with_secret_access_key(bucket.secret.expose_secret())
            .with_virtual_hosted_style_request(!bucket.in_path)
            // Not every service that speaks S3 knows the call that deletes many.
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder
                .with_endpoint(endpoint_of(endpoint, bucket))
                .with_allow_http(endpoint.starts_with("http://"));
        }
        let store = builder
            .build()
            .map_err(|error| StorageError::Bucket(error.to_string()))?;
        Ok(if bucket.folder.is_empty() {
            Self(Arc::new(store))
        } else {
            Self(Arc::new(PrefixStore::new(store, bucket.folder.as_str())))
        })
    }

    pub(crate) async fn put(&self, sha256: &str, variant: Variant, bytes: Bytes) -> Result<(), StorageError> {
        let place = place(sha256, variant);
        self.0
            .put(&place, PutPayload::from_bytes(bytes))
            .await
            .map_err(failed)?;
        Ok(())
    }

    pub(crate) async fn get(&self, sha256: &str, variant: Variant) -> Result<Option<Bytes>, StorageError> {
        let found = match self.0.get(&place(sha256, variant)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found.map_err(failed)?,
        };
        found.bytes().await.map(Some).map_err(failed)
    }

    pub(crate) async fn find(&self, sha256: &str) -> Result<Option<Stored>, StorageError> {
        match self.0.head(&place(sha256, Variant::Original)).await {
            Ok(meta) => Ok(Some(Stored {
                sha256: sha256.to_owned(),
                at: meta.last_modified,
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    pub(crate) async fn erase(&self, sha256: &str) -> Result<(), StorageError> {
        // The original first: without it, nothing is there.
        for variant in VARIANTS {
            match self.0.delete(&place(sha256, variant)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }

    /// Every file, by any of its variants, with the time of the youngest.
    pub(crate) async fn list(&self) -> Result<Vec<Stored>, StorageError> {
        let mut found: Vec<Stored> = Vec::new();
        let mut objects = self.0.list(None);
        while let Some(meta) = objects.try_next().await.map_err(failed)? {
            let Some(sha256) = meta.location.filename().and_then(named) else {
                continue;
            };
            let at = meta.last_modified;
            found.push(Stored { sha256, at });
        }
        found.sort_by(|one, other| one.sha256.cmp(&other.sha256).then(other.at.cmp(&one.at)));
        found.dedup_by(|later, kept| later.sha256 == kept.sha256);
        Ok(found)
    }

    pub(crate) async fn probe(&self) -> Result<(), StorageError> {
        // Processes that start together must not take each other's probe away.
        let place = Path::from(format!("{PROBE}-{:016x}", rand::random::<u64>()));
        let bytes = Bytes::from_static(b"tanggap");
        self.0
            .put(&place, PutPayload::from_bytes(bytes.clone()))
            .await
            .map_err(failed)?;
        let read = self.0.get(&place).await.map_err(failed)?;
        let read = read.bytes().await.map_err(failed)?;
        self.0.delete(&place).await.map_err(failed)?;
        if read == bytes {
            Ok(())
        } else {
            Err(StorageError::Failed(
                "what was written is not what is read".to_owned(),
            ))
        }
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shelf(…)")
    }
}

/// In the path the client adds the bucket itself; in the host it expects it to be there.
fn endpoint_of(endpoint: &str, bucket: &Bucket) -> String {
    match endpoint.split_once("://") {
        Some((scheme, host)) if !bucket.in_path => format!("{scheme}://{}.{host}", bucket.name),
        _ => endpoint.to_owned(),
    }
}

fn place(sha256: &str, variant: Variant) -> Path {
    let shelf = sha256.get(..2).unwrap_or("__");
    let tail = match variant {
        Variant::Original => "",
        Variant::Small => "-480.jpg",
        Variant::Large => "-1600.jpg",
    };
    Path::from(format!("{shelf}/{sha256}{tail}"))
}

/// The hash that an object is named by.
fn named(name: &str) -> Option<String> {
    let hash = name.split('-').next().filter(|hash| hash.len() == 64)?;
    hash.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| hash.to_owned())
}

/// In words, without the request, which is signed.
fn failed(error: object_store::Error) -> StorageError {
    let mut told = error.to_string();
    if let Some(cut) = told.find("X-Amz-").or_else(|| told.find("Authorization")) {
        told.truncate(cut);
    }
    StorageError::Failed(told)
}
