//! Where photos and documents are kept.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::Error};
use std::path::PathBuf;
use url::Url;

const EXPECTED: &str =
    "expects file://FOLDER or s3://KEY:SECRET@BUCKET[/FOLDER][?endpoint=URL&region=NAME&style=path]";

/// Section `storage`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub url: StorageUrl,
}

/// A storage's address, sorted by kind.
#[derive(Clone, Debug)]
pub enum StorageUrl {
    Folder(PathBuf),
    Bucket(Box<Bucket>),
}

/// A bucket of Amazon S3, or of a service that speaks the same.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub key: SecretString,
    pub secret: SecretString,
    pub name: String,
    /// What every object's name begins with, without slashes around it; empty: nothing.
    pub folder: String,
    /// The service's address, such as `https://minio.example.com`; none: Amazon's.
    pub endpoint: Option<String>,
    pub region: String,
    /// Whether the bucket stands in the path of an address, as MinIO wants it, or in its host.
    pub in_path: bool,
}

impl Storage {
    /// What the log must never show: the secret as it was written, and as it is meant.
    pub(crate) fn secrets(&self) -> Vec<String> {
        match &self.url {
            StorageUrl::Folder(_) => Vec::new(),
            StorageUrl::Bucket(bucket) => {
                let secret = bucket.secret.expose_secret();
                let written: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
                let mut both = vec![secret.to_owned(), written];
                both.dedup();
                both
            }
        }
    }
}

impl<'de> Deserialize<'de> for StorageUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let url = String::deserialize(from)?;
        let read = match url.split_once("://") {
            Some(("file", folder)) if !folder.is_empty() => Ok(Self::Folder(folder.into())),
            Some(("s3", _)) => bucket(&url).map(|bucket| Self::Bucket(Box::new(bucket))),
            _ => Err(EXPECTED),
        };
        read.map_err(Error::custom)
    }
}

/// Reads `s3://KEY:SECRET@BUCKET/FOLDER?endpoint=URL&region=NAME&style=path`. What of the key and the
/// secret is no letter or digit may be written as `%2F`, and `/` and `@` must be.
fn bucket(text: &str) -> Result<Bucket, &'static str> {
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let secret = url.password().filter(|secret| !secret.is_empty());
    let (Some(name), Some(secret)) = (url.host_str().filter(|host| !host.is_empty()), secret) else {
        return Err(EXPECTED);
    };
    let mut bucket = Bucket {
        key: plain(url.username())?.into(),
        secret: plain(secret)?.into(),
        name: name.to_owned(),
        folder: plain(url.path())?.trim_matches('/').to_owned(),
        endpoint: None,
        region: "us-east-1".to_owned(),
        in_path: false,
    };
    if bucket.key.expose_secret().is_empty() {
        return Err(EXPECTED);
    }
    let mut style = None;
    for (name, value) in url.query_pairs() {
        match (name.as_ref(), value.as_ref()) {
            ("endpoint", value) => {
                let is_web = Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
                if !is_web {
                    return Err("expects endpoint=https://HOST in the address of a bucket");
                }
                bucket.endpoint = Some(value.trim_end_matches('/').to_owned());
            }
            ("region", value) if !value.is_empty() => value.clone_into(&mut bucket.region),
            ("style", "path") => style = Some(true),
            ("style", "host") => style = Some(false),
            _ => return Err("knows only endpoint, region and style (path or host) behind the ? of a bucket"),
        }
    }
    // Whoever runs a service of his own seldom has a name for each bucket.
    bucket.in_path = style.unwrap_or(bucket.endpoint.is_some());
    Ok(bucket)
}

/// Undoes `%2F` and its like; a plus is a plus here, secrets are full of them.
fn plain(text: &str) -> Result<String, &'static str> {
    let text = text.replace('+', "%2B");
    let pair = format!("x={text}");
    let read = url::form_urlencoded::parse(pair.as_bytes()).next();
    let plain = read.map(|(_, value)| value.into_owned()).unwrap_or_default();
    if plain.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("has a space or line break in it");
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use crate::config::storage::{Bucket, StorageUrl, bucket};

    fn read(text: &str) -> Bucket {
        bucket(text).expect("a bucket")
    }

    #[test]
    fn a_bucket_of_amazon() {
        let bucket = read("s3://AKIA1:se%2Fcr+et@tanggap-files?region=ap-southeast-3");
        assert_eq!(bucket.key.expose_secret(), "AKIA1");
        assert_eq!(bucket.secret.expose_secret(), "se/cr+et");
        assert_eq!(
            (bucket.name.as_str(), bucket.folder.as_str()),
            ("tanggap-files", "")
        );
        assert_eq!(
            (bucket.endpoint, bucket.region.as_str(), bucket.in_path),
            (None, "ap-southeast-3", false)
        );
    }

    #[test]
    fn a_bucket_of_ones_own() {
        let bucket = read("s3://key:secret@photos/company/a?endpoint=http://127.0.0.1:9000/");
        assert_eq!(
            (bucket.name.as_str(), bucket.folder.as_str()),
            ("photos", "company/a")
        );
        assert_eq!(bucket.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        assert!(bucket.in_path);
        assert!(!read("s3://key:secret@photos?endpoint=https://s3.example.com&style=host").in_path);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "s3://",
            "s3://bucket",
            "s3://key@bucket",
            "s3://:secret@bucket",
            "s3://key:secret@",
            "s3://key:secret@bucket?endpoint=minio",
            "s3://key:secret@bucket?style=dns",
            "s3://key:secret@bucket?regoin=x",
            "s3://key:sec%20ret@bucket",
        ] {
            let refusal = bucket(wrong).expect_err(wrong);
            assert!(!refusal.contains("secret@"), "{refusal}");
        }
        assert!(serde_json::from_str::<StorageUrl>("\"ftp://x\"").is_err());
    }

    #[test]
    fn secrets_are_never_shown() {
        let bucket = read("s3://AKIA1:hunter2@photos");
        assert!(!format!("{bucket:?}").contains("hunter2"));
    }
}
