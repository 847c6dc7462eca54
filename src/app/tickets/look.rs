//! Looks at where someone was.

use domain::ids::TicketId;

use crate::app::act::Act;
use crate::app::tickets::view::{Detail, View};
use crate::app::{App, Error, audit};

/// Writes down that someone was shown where a technician has been.
pub async fn looked(app: &App, act: &Act, detail: &Detail) -> Result<(), Error> {
    let earlier = detail
        .visits
        .iter()
        .any(|visit| visit.check_in.latitude.is_some());
    let shown = earlier || shows_position(&detail.ticket);
    note(app, act, shown.then_some(&detail.ticket)).await
}

/// As [`looked`], for a page of tickets.
pub async fn looked_over(app: &App, act: &Act, tickets: &[View]) -> Result<(), Error> {
    note(app, act, tickets.iter().filter(|ticket| shows_position(ticket))).await
}

fn shows_position(ticket: &View) -> bool {
    ticket
        .check_in
        .as_ref()
        .is_some_and(|check_in| check_in.latitude.is_some())
}

async fn note(app: &App, act: &Act, shown: impl IntoIterator<Item = &View>) -> Result<(), Error> {
    let shown = shown.into_iter().filter_map(|ticket| ticket.id.parse().ok());
    let shown = shown.map(|ticket: TicketId| ticket.0).collect();
    audit::looked_at(app, act, "location_viewed", ("ticket", shown)).await
}
