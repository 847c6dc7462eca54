//! Where photos and documents are kept.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error};
use std::path::PathBuf;

/// Section `storage`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub url: StorageUrl,
}

/// A storage's address, sorted by kind; a bucket's may hold a secret, so it is never shown.
#[derive(Clone, Debug)]
pub enum StorageUrl {
    Folder(PathBuf),
    Bucket(SecretString),
}

impl<'de> Deserialize<'de> for StorageUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let url = String::deserialize(from)?;
        match url.split_once("://") {
            Some(("file", folder)) if !folder.is_empty() => Ok(Self::Folder(folder.into())),
            Some(("s3", bucket)) if !bucket.is_empty() => Ok(Self::Bucket(url.into())),
            _ => Err(Error::custom("expects file://FOLDER or s3://KEY:SECRET@BUCKET")),
        }
    }
}
