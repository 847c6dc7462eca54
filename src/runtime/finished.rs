//! A job of the demo that is done already, so that sales find a price to decide.

use bytes::Bytes;
use domain::ids::TicketId;
use futures::FutureExt;

use crate::app::act::{Act, Channel};
use crate::app::documents::{self, New};
use crate::app::{App, Error, invoices, visits};
use crate::simulator::picture;
use crate::store;

/// The smallest paper that any reader opens: one empty page.
const PAPER: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// What the photos of the work show: any two numbers give two pictures.
const VIEWS: [u64; 2] = [501, 502];

/// Does a job that a technician has, as its people would, and hands its price over to sales.
pub(crate) async fn finish(app: &App, act: &Act, id: TicketId) -> Result<(), Error> {
    visits::record(app, act, id, "Contoh: pekerjaan yang sudah selesai").await?;
    for view in VIEWS {
        let bytes = tokio::task::spawn_blocking(move || picture::jpeg(view)).await;
        add(app, act, id, "evidence", bytes.unwrap_or_default()).await?;
    }
    add(app, act, id, "bast", PAPER.as_bytes().to_vec()).await?;
    let app_ = app.clone();
    let ((), effects) = app
        .db
        .write(move |tx| {
            async move {
                let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
                let technician = ticket.technician.ok_or(Error::Missing)?;
                let user = store::users::by_id(tx, technician).await?.ok_or(Error::Missing)?;
                let by = Act::of(user.id, Channel::Telegram, app_.now());
                let done = visits::check_out(&app_, tx, &by, &user, (id, ticket.epoch)).await?;
                done.map(drop).map_err(|_| Error::Missing)
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    let (invoice, _) = invoices::open(app, act, id).await?;
    let invoice = invoice.id.parse().map_err(|_| Error::Missing)?;
    invoices::submit(app, act, invoice).await?;
    Ok(())
}

async fn add(app: &App, act: &Act, id: TicketId, kind: &str, bytes: Vec<u8>) -> Result<(), Error> {
    let new = New {
        kind: kind.to_owned(),
        filename: String::new(),
        bytes: Some(Bytes::from(bytes)),
    };
    documents::upload(app, act, id, new).await.map(drop)
}
