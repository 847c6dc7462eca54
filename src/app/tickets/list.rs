//! Tickets found.

use domain::ids::TicketId;

use crate::app::page::{Cut, Page};
use crate::app::tickets::view::{Detail, Event, People, View, views};
use crate::app::tickets::visit;
use crate::app::{App, Error};
use crate::store::tickets::Filter;
use crate::store::{self, audit};

/// One ticket with its story.
pub async fn find(app: &App, id: TicketId) -> Result<Detail, Error> {
    let ticket = store::tickets::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    let ticket = views(&app.db, vec![ticket]).await?.pop().ok_or(Error::Missing)?;
    let entries = audit::timeline(&app.db, id).await?;
    let visits = store::visits::of_tickets(&app.db, vec![id.0]).await?;
    let files = store::documents::of_ticket(&app.db, id).await?;
    let who = entries.iter().filter_map(|entry| entry.actor);
    let who = who.chain(files.iter().filter_map(|file| file.uploaded_by));
    let people = People::load(&app.db, who.chain(visit::who(&visits))).await?;
    let timeline = entries
        .into_iter()
        .map(|entry| Event::new(entry, &people))
        .collect();
    let visits = visits
        .iter()
        .map(|visit| visit::visited(visit, &files, &people))
        .collect();
    Ok(Detail {
        ticket,
        visits,
        timeline,
    })
}

/// A page of tickets, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = store::tickets::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(rows, |ticket| ticket.id.0, |ticket| ticket);
    Ok(Page {
        data: views(&app.db, page.data).await?,
        next_cursor: page.next_cursor,
    })
}
