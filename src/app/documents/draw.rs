//! Papers that are drawn here: made where nobody waits for it, and named by their bytes like any other file.

use crate::app::Error;
use crate::files::pdf::Undrawable;
use crate::files::{self, Inspected, Media};
use crate::store;

/// Draws a paper; it is not kept yet.
pub(crate) async fn draw(
    work: impl FnOnce() -> Result<Vec<u8>, Undrawable> + Send + 'static,
) -> Result<Inspected, Error> {
    let broken = |why: String| {
        Error::Broken(store::Error::Unreadable {
            what: "paper",
            value: why,
        })
    };
    let drawn = tokio::task::spawn_blocking(work).await;
    let bytes = drawn
        .map_err(|why| broken(why.to_string()))?
        .map_err(|why| broken(why.to_string()))?;
    Ok(Inspected {
        sha256: files::hash(&bytes),
        bytes: bytes.into(),
        media: Media::Pdf,
        picture: None,
    })
}
