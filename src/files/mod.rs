//! Photos and documents: checked by what they hold, named by their hash, kept in a folder or a bucket.
//!
//! Nobody's word is taken for what a file is: not its name, not the media type that came with it. A file is
//! inspected whole before it is kept, and what is shown of a photo is a picture of our own making.

mod code;
mod fitness;
mod likeness;
mod outline;
pub mod pdf;
mod picture;
mod shelf;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

pub use crate::files::code::Code;
pub use crate::files::fitness::{Accept, MOST_BYTES, Media, Unfit};
pub use crate::files::likeness::{ALIKE, distance};
use crate::files::picture::Picture;
use crate::files::shelf::Shelf;
pub use crate::files::shelf::{StorageError, Stored};

/// How many files are looked into at once: each may need a few hundred megabytes for a moment.
const AT_ONCE: usize = 2;

/// The place of all files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    shelf: Shelf,
    desks: Arc<Semaphore>,
}

/// A file that was found fit to keep, with all that is known of it.
#[derive(Clone, Debug)]
pub struct Inspected {
    pub bytes: Bytes,
    /// Of the bytes, in lower-case hexadecimal: the file's name.
    pub sha256: String,
    pub media: Media,
    /// What only a picture has.
    pub picture: Option<Seen>,
}

/// A picture as people see it: turned as its camera was held.
#[derive(Clone, Debug)]
pub struct Seen {
    pub width: u32,
    pub height: u32,
    /// What tells it from other pictures; `None` when it shows too little to be told apart.
    pub perceptual: Option<i64>,
    /// At most 480 pixels on a side, as JPEG, without what the camera wrote beside it.
    pub small: Bytes,
    /// At most 1600 pixels on a side.
    pub large: Bytes,
}

/// Which form of a file to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    Original,
    /// A picture of at most 480 pixels on a side.
    Small,
    /// A picture of at most 1600 pixels on a side.
    Large,
}

impl Files {
    /// Opens the place that the configuration names. A folder is made, and tried by writing.
    pub async fn open(storage: &crate::config::storage::Storage) -> Result<Self, StorageError> {
        Ok(Self {
            shelf: Shelf::open(&storage.url).await?,
            desks: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Only the files of this installation: several may share a folder or a bucket, and each erases what it does not
    /// know.
    #[must_use]
    pub fn of(self, installation: &str) -> Self {
        Self {
            shelf: self.shelf.of(installation),
            ..self
        }
    }

    /// Files that are forgotten when this process ends: for the console, and for tests.
    pub fn nowhere() -> Self {
        Self {
            shelf: Shelf::memory(),
            desks: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Looks into a file: is it what may be kept, and what is it?
    pub async fn inspect(&self, bytes: Bytes, accept: Accept) -> Result<Inspected, Unfit> {
        // What needs no decoding is told without waiting for a desk.
        fitness::sort(&bytes, accept)?;
        let Ok(_desk) = self.desks.acquire().await else {
            return Err(Unfit::Unreadable);
        };
        let looked = tokio::task::spawn_blocking(move || inspect_now(bytes, accept));
        // A decoder that panics has met a file that it should have refused.
        looked.await.unwrap_or(Err(Unfit::Unreadable))
    }

    /// Keeps a file and its pictures; once more is the same as once.
    pub async fn keep(&self, file: &Inspected) -> Result<(), StorageError> {
        if let Some(seen) = &file.picture {
            self.shelf
                .put(&file.sha256, Variant::Small, seen.small.clone())
                .await?;
            self.shelf
                .put(&file.sha256, Variant::Large, seen.large.clone())
                .await?;
        }
        // The original last: where it is, all is.
        self.shelf
            .put(&file.sha256, Variant::Original, file.bytes.clone())
            .await
    }

    /// A file's bytes; `None`: they are not there.
    pub async fn read(&self, sha256: &str, variant: Variant) -> Result<Option<Bytes>, StorageError> {
        self.shelf.get(sha256, variant).await
    }

    /// Whether a file is there, and since when.
    pub async fn find(&self, sha256: &str) -> Result<Option<Stored>, StorageError> {
        self.shelf.find(sha256).await
    }

    /// Erases a file and its pictures; one that is not there is erased.
    pub async fn erase(&self, sha256: &str) -> Result<(), StorageError> {
        self.shelf.erase(sha256).await
    }

    /// Everything that is kept: a bucket tells a thousand names at a time.
    pub async fn list(&self) -> Result<Vec<Stored>, StorageError> {
        self.shelf.list().await
    }

    /// Writes, reads and erases a few bytes, to see whether that can be done.
    pub async fn probe(&self) -> Result<(), StorageError> {
        self.shelf.probe().await
    }
}

/// The work of [`Files::inspect`], which may take a second.
fn inspect_now(bytes: Bytes, accept: Accept) -> Result<Inspected, Unfit> {
    let media = fitness::sort(&bytes, accept)?;
    outline::check(&bytes, media)?;
    let picture = match media {
        Media::Jpeg | Media::Png | Media::Webp => Some(Picture::decode(&bytes, media)?.seen()?),
        _ => None,
    };
    Ok(Inspected {
        sha256: hash(&bytes),
        bytes,
        media,
        picture,
    })
}

/// A file's name: the SHA-256 of its bytes, in lower-case hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| DIGITS[usize::from(half)]).collect()
}
