//! The board, tickets, what is done to them, and their files.

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::post;
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{
    alerts, board, document, events, export, held, letter, ticket, ticket_form, tickets,
};

pub(crate) fn tickets_and_board(routes: Routes) -> Routes {
    let (tickets, messages) = (Perm::ManageTickets, Perm::ManageDeliveries);
    routes
        .get(tickets, "/panel", board::show)
        .get(tickets, "/panel/board", board::show)
        .get(tickets, "/panel/events", events::stream)
        .get(Perm::ReadQuota, "/panel/quota", ticket_form::schedule)
        .get(tickets, "/panel/tickets", tickets::show)
        .post(tickets, "/panel/tickets", ticket_form::create)
        .get(tickets, "/panel/tickets/new", ticket_form::new)
        .get(tickets, "/panel/tickets/{id}", ticket::show)
        .post(tickets, "/panel/tickets/{id}", ticket_form::save)
        .get(tickets, "/panel/tickets/{id}/edit", ticket_form::edit)
        .post(tickets, "/panel/tickets/{id}/assign", ticket::assign)
        .post(tickets, "/panel/tickets/{id}/replace", ticket::replace)
        .post(tickets, "/panel/tickets/{id}/cancel", ticket::cancel)
        .post(tickets, "/panel/alerts/{id}/decision", alerts::decide)
        .post(messages, "/panel/deliveries/{id}/retry", ticket::resend)
        .get(messages, "/panel/held", held::show)
        .post(messages, "/panel/held/{id}/retry", held::retry)
        .post(messages, "/panel/held/{id}/discard", held::discard)
}

pub(crate) fn visits_and_files(routes: Routes) -> Routes {
    let tickets = Perm::ManageTickets;
    // A file is counted where it is read, with a limit of its own.
    let upload = post(document::add).layer(DefaultBodyLimit::disable());
    routes
        .post(tickets, "/panel/tickets/{id}/check-in", ticket::record)
        .guarded(tickets, Method::POST, "/panel/tickets/{id}/documents", upload)
        .get(tickets, "/panel/tickets/{id}/zip", export::take)
        .get(tickets, "/panel/tickets/{id}/letters/{kind}", letter::new)
        .post(tickets, "/panel/tickets/{id}/letters/{kind}", letter::make)
        .get(
            Perm::ReadTicket,
            "/panel/documents/{id}/content",
            document::content,
        )
}
