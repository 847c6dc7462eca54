//! What is kept is found again, under its hash, until it is erased.

use std::path::Path;

use crate::config::storage::{Storage, StorageUrl};
use crate::files::tests::samples::{jpeg, pdf, scene};
use crate::files::{Accept, Files, Inspected, StorageError, Variant};

async fn open(folder: &Path) -> Result<Files, StorageError> {
    let url = StorageUrl::Folder(folder.to_owned());
    Files::open(&Storage { url }).await
}

async fn photo(files: &Files) -> Inspected {
    let bytes = jpeg(&scene(1, 640, 480), 90);
    files.inspect(bytes, Accept::Photo).await.expect("fit")
}

#[tokio::test]
async fn what_is_kept_is_found_until_it_is_erased() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = open(&folder.path().join("new/files")).await.expect("opened");
    let photo = photo(&files).await;
    assert_eq!(
        files.read(&photo.sha256, Variant::Original).await.expect("asked"),
        None
    );
    for _ in 0..2 {
        files.keep(&photo).await.expect("kept");
    }
    let seen = photo.picture.as_ref().expect("a picture");
    for (variant, bytes) in [
        (Variant::Original, &photo.bytes),
        (Variant::Small, &seen.small),
        (Variant::Large, &seen.large),
    ] {
        let read = files.read(&photo.sha256, variant).await.expect("read");
        assert_eq!(read.as_ref(), Some(bytes));
    }
    let paper = files.inspect(pdf(), Accept::Paper).await.expect("fit");
    files.keep(&paper).await.expect("kept");
    assert_eq!(
        files.read(&paper.sha256, Variant::Small).await.expect("asked"),
        None
    );

    let mut names: Vec<String> = files
        .list()
        .await
        .expect("told")
        .into_iter()
        .map(|file| file.sha256)
        .collect();
    names.sort();
    let mut both = vec![photo.sha256.clone(), paper.sha256.clone()];
    both.sort();
    assert_eq!(names, both);
    assert!(files.find(&photo.sha256).await.expect("asked").is_some());

    for _ in 0..2 {
        files.erase(&photo.sha256).await.expect("erased");
    }
    for variant in [Variant::Original, Variant::Small, Variant::Large] {
        assert_eq!(files.read(&photo.sha256, variant).await.expect("asked"), None);
    }
    assert!(files.find(&photo.sha256).await.expect("asked").is_none());
    assert_eq!(files.list().await.expect("told").len(), 1);
}

#[tokio::test]
async fn installations_that_share_a_storage_do_not_see_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = open(folder.path()).await.expect("opened").of("one");
    let other = open(folder.path()).await.expect("opened").of("other");
    let photo = photo(&one).await;
    one.keep(&photo).await.expect("kept");
    other.keep(&photo).await.expect("kept");
    assert_eq!(other.list().await.expect("told").len(), 1);
    other.erase(&photo.sha256).await.expect("erased");
    assert!(other.list().await.expect("told").is_empty());
    assert_eq!(one.list().await.expect("told").len(), 1, "its own is still there");
    assert!(one.find(&photo.sha256).await.expect("asked").is_some());
}

#[tokio::test]
async fn files_lie_under_their_hash() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = open(folder.path()).await.expect("opened");
    let photo = photo(&files).await;
    files.keep(&photo).await.expect("kept");
    let shelf = folder.path().join(&photo.sha256[..2]);
    for tail in ["", "-480.jpg", "-1600.jpg"] {
        assert!(shelf.join(format!("{}{tail}", photo.sha256)).is_file());
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("read").collect();
    assert_eq!(left.len(), 1, "the probe is gone");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").expect("written");
    let error = open(&file.join("files"))
        .await
        .expect_err("no folder")
        .to_string();
    assert!(
        error.contains("file/files") && error.contains("cannot be written"),
        "{error}"
    );
}

#[tokio::test]
async fn many_may_open_it_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = (0..8).map(|_| open(folder.path()));
    for opened in futures::future::join_all(all).await {
        opened.expect("opened");
    }
}
