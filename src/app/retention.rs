//! What is kept only for a while.

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;

use crate::app::{App, Error};
use crate::store::{conversations, idempotency, imports, inbox, outbox, webhooks};

/// How long a call may be made again under its key.
const IDEMPOTENCY: TimeDelta = TimeDelta::days(7);
/// How long a handled input is known as handled. Telegram delivers again for 24 hours at most.
const INBOX: TimeDelta = TimeDelta::days(30);
/// How long a handled body is kept, which holds what people wrote. WhatsApp delivers again for 7 days at most.
const WEBHOOKS: TimeDelta = TimeDelta::days(7);
/// How long it is known what a message said that was sent, or could not be: cards hold addresses and phones.
const WORDS: TimeDelta = TimeDelta::days(30);
/// How long a spreadsheet is kept that nobody went on with.
const IMPORTS: TimeDelta = TimeDelta::days(1);
/// How many messages are forgotten in one transaction.
const BATCH: u64 = 500;

/// Forgets what is past its time; answers how many rows went. When any did, there may be more.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let places = app.settings().retention.location_days;
    let (gone, _) = app
        .db
        .write(move |tx| {
            async move {
                let keys = idempotency::forget(tx, now - IDEMPOTENCY).await?;
                let asked = conversations::forget(tx, now).await?;
                let posted = webhooks::forget(tx, now - WEBHOOKS).await?
                    + outbox::forget_parked(tx, now - WEBHOOKS).await?;
                let held = match places {
                    0 => 0,
                    // Raw inputs hold places: they are not kept for longer than those.
                    days => inbox::discard(tx, now - TimeDelta::days(i64::from(days))).await?,
                };
                let sheets = imports::forget(tx, now - IMPORTS).await?;
                Ok::<_, Error>(keys + asked + posted + held + sheets + inbox::forget(tx, now - INBOX).await?)
            }
            .boxed()
        })
        .await?;
    Ok(gone + words(app, now - WORDS).await?)
}

/// Forgets what messages said that were settled before then: a batch of them. They are looked for outside the
/// transaction: on SQLite every writer would wait for that.
async fn words(app: &App, before: DateTime<Utc>) -> Result<u64, Error> {
    let spent = outbox::spent(&app.db, before, BATCH).await?;
    if spent.is_empty() {
        return Ok(0);
    }
    let (count, _) = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(outbox::forget(tx, spent).await?) }.boxed())
        .await?;
    Ok(count)
}
