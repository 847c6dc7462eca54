//! Everything of a ticket, taken out at once.

use bytes::Bytes;
use domain::ids::TicketId;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::documents::view::View;
use crate::app::tickets::{self, Detail};
use crate::app::{App, Error};
use crate::files::Variant;

/// The ticket whose files someone takes out; written down once, however many there are.
pub async fn export(app: &App, act: &Act, id: TicketId) -> Result<Detail, Error> {
    let detail = tickets::find(app, id).await?;
    let (by, count) = (act.clone(), detail.ticket.documents.len());
    app.db
        .write(move |tx| {
            async move {
                by.audit_ticket(tx, "documents_exported", id, json!({ "count": count }))
                    .await
            }
            .boxed()
        })
        .await?;
    Ok(detail)
}

/// The bytes of one of the files of an [`export`]; `None`: they are gone.
pub async fn exported(app: &App, file: &View) -> Result<Option<Bytes>, Error> {
    if file.state != "ready" {
        return Ok(None);
    }
    Ok(app.files.read(&file.sha256, Variant::Original).await?)
}
