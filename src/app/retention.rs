//! What is kept only for a while.

use chrono::TimeDelta;
use futures::FutureExt;

use crate::app::{App, Error};
use crate::store::{conversations, idempotency, inbox, webhooks};

/// How long a call may be made again under its key.
const IDEMPOTENCY: TimeDelta = TimeDelta::days(7);
/// How long a handled input is known as handled. Telegram delivers again for 24 hours at most.
const INBOX: TimeDelta = TimeDelta::days(30);
/// How long a handled body is kept, which holds what people wrote. WhatsApp delivers again for 7 days at most.
const WEBHOOKS: TimeDelta = TimeDelta::days(7);

/// Forgets what is past its time; answers how many rows went.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let (gone, _) = app
        .db
        .write(move |tx| {
            async move {
                let keys = idempotency::forget(tx, now - IDEMPOTENCY).await?;
                let asked = conversations::forget(tx, now).await?;
                let posted = webhooks::forget(tx, now - WEBHOOKS).await?;
                Ok::<_, Error>(keys + asked + posted + inbox::forget(tx, now - INBOX).await?)
            }
            .boxed()
        })
        .await?;
    Ok(gone)
}
