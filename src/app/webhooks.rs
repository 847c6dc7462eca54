//! What services posted: kept byte for byte before it is answered, and handled afterwards.

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use sha2::{Digest, Sha256};

use crate::app::{App, Error};
use crate::cluster::Topic;
use crate::store::webhooks;
pub use crate::store::webhooks::Body;
use domain::ids::WebhookId;

/// How long a lease lasts: a process that died is replaced within this. Whoever works renews it in time.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// Keeps a body, durably. `false`: the same one was kept before.
pub async fn keep(app: &App, channel: &'static str, bytes: Vec<u8>) -> Result<bool, Error> {
    let at = app.now();
    let sha256 = format!("{:x}", Sha256::digest(&bytes));
    let (new, _) = app
        .db
        .write(move |tx| {
            async move { Ok::<_, Error>(webhooks::keep(tx, channel, (sha256, bytes), at).await?) }.boxed()
        })
        .await?;
    if new {
        app.cluster.wake(Topic::Webhooks);
    }
    Ok(new)
}

/// Leases the oldest bodies that wait; none while another process has some in hand.
pub async fn lease(app: &App, channel: &'static str, limit: u64) -> Result<Vec<Body>, Error> {
    let now = app.now();
    Ok(app
        .db
        .write(move |tx| {
            async move { Ok::<_, Error>(webhooks::lease(tx, channel, limit, now, now + LEASE).await?) }
                .boxed()
        })
        .await?
        .0)
}

/// Keeps leases while the work goes on.
pub async fn extend(app: &App, ids: Vec<WebhookId>) -> Result<(), Error> {
    let until = app.now() + LEASE;
    app.db
        .write(move |tx| async move { Ok::<_, Error>(webhooks::extend(tx, &ids, until).await?) }.boxed())
        .await?;
    Ok(())
}

/// Ends leases: `done` are handled, `left` are for whoever comes next.
pub async fn settle(app: &App, done: Vec<WebhookId>, left: Vec<WebhookId>) -> Result<(), Error> {
    app.db
        .write(move |tx| {
            async move {
                webhooks::done(tx, &done).await?;
                Ok::<_, Error>(webhooks::give_back(tx, &left).await?)
            }
            .boxed()
        })
        .await?;
    Ok(())
}

/// Ends the leases of a process that died, when no other process can hold any.
pub async fn take_over(app: &App) -> Result<(), Error> {
    if app.db.is_embedded() {
        app.db
            .write(|tx| async move { Ok::<_, Error>(webhooks::release_all(tx).await?) }.boxed())
            .await?;
    }
    Ok(())
}

/// Whether something that was posted no later than this is not handled yet.
pub async fn is_behind(app: &App, channel: &str, at: DateTime<Utc>) -> Result<bool, Error> {
    Ok(webhooks::waiting_since(&app.db, channel, at).await? > 0)
}

/// How many bodies wait.
pub async fn waiting(app: &App) -> Result<u64, Error> {
    Ok(webhooks::waiting(&app.db).await?)
}
