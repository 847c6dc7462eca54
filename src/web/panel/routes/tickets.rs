//! The board, tickets, what is done to them, and their files.

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{
    alerts, board, document, events, export, held, letter, ticket, ticket_form, tickets,
};

pub(crate) fn tickets_and_board(routes: Routes) -> Routes {
    let (tickets, messages) = (Perm::ManageTickets, Perm::ManageDeliveries);
    routes
        .guarded(tickets, Method::GET, "/panel", get(board::show))
        .guarded(tickets, Method::GET, "/panel/board", get(board::show))
        .guarded(tickets, Method::GET, "/panel/events", get(events::stream))
        .guarded(
            Perm::ReadQuota,
            Method::GET,
            "/panel/quota",
            get(ticket_form::schedule),
        )
        .guarded(tickets, Method::GET, "/panel/tickets", get(tickets::show))
        .guarded(tickets, Method::POST, "/panel/tickets", post(ticket_form::create))
        .guarded(tickets, Method::GET, "/panel/tickets/new", get(ticket_form::new))
        .guarded(tickets, Method::GET, "/panel/tickets/{id}", get(ticket::show))
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}",
            post(ticket_form::save),
        )
        .guarded(
            tickets,
            Method::GET,
            "/panel/tickets/{id}/edit",
            get(ticket_form::edit),
        )
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/assign",
            post(ticket::assign),
        )
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/replace",
            post(ticket::replace),
        )
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/cancel",
            post(ticket::cancel),
        )
        .guarded(
            tickets,
            Method::POST,
            "/panel/alerts/{id}/decision",
            post(alerts::decide),
        )
        .guarded(
            messages,
            Method::POST,
            "/panel/deliveries/{id}/retry",
            post(ticket::resend),
        )
        .guarded(messages, Method::GET, "/panel/held", get(held::show))
        .guarded(
            messages,
            Method::POST,
            "/panel/held/{id}/retry",
            post(held::retry),
        )
        .guarded(
            messages,
            Method::POST,
            "/panel/held/{id}/discard",
            post(held::discard),
        )
}

pub(crate) fn visits_and_files(routes: Routes) -> Routes {
    let tickets = Perm::ManageTickets;
    // A file is counted where it is read, with a limit of its own.
    let upload = post(document::add).layer(DefaultBodyLimit::disable());
    routes
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/check-in",
            post(ticket::record),
        )
        .guarded(tickets, Method::POST, "/panel/tickets/{id}/documents", upload)
        .guarded(tickets, Method::GET, "/panel/tickets/{id}/zip", get(export::take))
        .guarded(
            tickets,
            Method::GET,
            "/panel/tickets/{id}/letters/{kind}",
            get(letter::new),
        )
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/letters/{kind}",
            post(letter::make),
        )
        .guarded(
            Perm::ReadTicket,
            Method::GET,
            "/panel/documents/{id}/content",
            get(document::content),
        )
}
