//! One message of one customer: one transaction, with the inbox row, the chat and all that it causes.

use dialogues::arrival::{Arrival, Said};
use futures::FutureExt;

use crate::app::contacts::{self, CHANNEL};
use crate::app::{App, Error};
use crate::store::{self, Tx, inbox};

/// Handles what a customer's channel brought. [`Error::Busy`]: nothing happened; try again.
pub async fn arrived(app: &App, arrival: Arrival) -> Result<(), Error> {
    // What someone else changed at the same moment is read again; three times is more than enough.
    for last in [false, false, true] {
        let (app_, again) = (app.clone(), arrival.clone());
        match app.db.write(move |tx| one(app_, tx, again).boxed()).await {
            Ok(((), effects)) => {
                app.tell(&effects);
                return Ok(());
            }
            Err(Error::Stale | Error::Broken(store::Error::Taken(_))) if !last => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn one(app: App, tx: &Tx, arrival: Arrival) -> Result<(), Error> {
    let at = app.now();
    if !inbox::once(tx, CHANNEL, &arrival.external_id, at).await? {
        return Ok(());
    }
    if let Said::Renamed(new) = &arrival.said {
        contacts::rename(&app, tx, (&arrival.who, new), at).await?;
        return Ok(());
    }
    let contact = contacts::resolve(&app, tx, &arrival.who, at).await?;
    contacts::heard(tx, contact, &arrival.who, arrival.sent_at).await?;
    Ok(())
}
