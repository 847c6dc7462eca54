//! The panel: server-rendered pages that work without a script and are live with one.
//!
//! One file per screen: what it shows, and what is done from it. Every route states its permission.

pub mod alerts;
pub mod answer;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod chat;
pub mod contact;
pub mod customers;
pub mod delivery;
pub mod document;
pub mod door;
pub mod events;
pub mod export;
pub mod filters;
pub mod flash;
pub mod form;
pub mod hand;
pub mod held;
pub mod import;
pub mod invoice;
pub mod invoices;
pub mod letter;
pub mod measure;
pub mod page;
pub mod preferences;
pub mod radar;
pub mod ratings;
pub mod requests;
pub mod services;
pub mod settings;
pub mod sheet;
pub mod sheets;
pub mod shell;
pub mod story;
pub mod ticket;
pub mod ticket_form;
pub mod tickets;
pub mod trouble;
pub mod user;
pub mod users;
pub mod visit;
pub mod visitor;
pub mod when;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use axum::{Router, middleware};
use domain::permission::Perm;
use tower_http::csrf::CsrfLayer;

use crate::app::sessions::Kind;
use crate::web::State;
use crate::web::access::{Door, Route, Routes, session_cookie};
use crate::web::panel::answer::{Failure, dress, refuse};

/// The panel's door: its cookie, and nothing else.
pub const DOOR: Door = Door {
    kind: Kind::Session,
    credential: session_cookie,
    refuse,
};

/// The panel under `/panel`, and the list of its routes.
pub fn router(state: &State) -> (Router<State>, Vec<Route>) {
    let routes = tickets_and_board(people(outside(Routes::new(DOOR, state))));
    let routes = spreadsheets(money(customers_voice(visits_and_files(routes))));
    let routes = sheets::routes(audit::routes(company(routes)));
    let (pages, list) = routes.into_parts();
    let pages = pages
        .route("/panel/{*rest}", get(nowhere).post(nowhere))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), dress));
    (pages, list)
}

fn outside(routes: Routes) -> Routes {
    let own = Perm::OwnAccount;
    routes
        .open(Method::GET, "/panel/login", get(door::login))
        .open(Method::POST, "/panel/login", post(door::enter))
        .open(Method::GET, "/panel/once/{token}", get(door::redeem))
        .open(Method::POST, "/panel/preferences", post(preferences::choose))
        .guarded(own, Method::POST, "/panel/logout", post(door::leave))
        .guarded(own, Method::GET, "/panel/password", get(door::password))
        .guarded(own, Method::POST, "/panel/password", post(door::save_password))
}

fn tickets_and_board(routes: Routes) -> Routes {
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

fn company(routes: Routes) -> Routes {
    let company = Perm::ManageSettings;
    routes
        .guarded(
            Perm::ReadQuota,
            Method::GET,
            "/panel/quota/calendar",
            get(calendar::show),
        )
        .guarded(company, Method::GET, "/panel/settings", get(settings::show))
        .guarded(
            company,
            Method::GET,
            "/panel/settings/{section}",
            get(settings::section),
        )
        .guarded(
            company,
            Method::POST,
            "/panel/settings/{section}",
            post(settings::save),
        )
}

fn customers_voice(routes: Routes) -> Routes {
    let office = Perm::ManageTickets;
    routes
        .guarded(office, Method::GET, "/panel/requests", get(requests::show))
        .guarded(office, Method::GET, "/panel/requests/{id}", get(requests::one))
        .guarded(
            office,
            Method::POST,
            "/panel/requests/{id}/ticket",
            post(requests::accept),
        )
        .guarded(
            office,
            Method::POST,
            "/panel/requests/{id}/answer",
            post(requests::answer),
        )
        .guarded(
            office,
            Method::POST,
            "/panel/requests/{id}/dismiss",
            post(requests::dismiss),
        )
        .guarded(office, Method::POST, "/panel/chats/{id}/take", post(chat::take))
        .guarded(office, Method::POST, "/panel/chats/{id}/give", post(chat::give))
        .guarded(office, Method::POST, "/panel/chats/{id}/write", post(chat::write))
        .guarded(office, Method::GET, "/panel/ratings", get(ratings::show))
}

fn money(routes: Routes) -> Routes {
    let (bills, tickets) = (Perm::ManageInvoices, Perm::ManageTickets);
    let deeds = [
        ("/panel/invoices/{id}", post(invoice::save)),
        ("/panel/invoices/{id}/sums", post(invoice::sums)),
        ("/panel/invoices/{id}/send", post(invoice::send)),
        ("/panel/invoices/{id}/link", post(invoice::renew)),
        ("/panel/invoices/{id}/void", post(invoice::void)),
        ("/panel/invoices/{id}/payments", post(invoice::pay)),
        (
            "/panel/invoices/{id}/payments/{payment}/reverse",
            post(invoice::reverse),
        ),
        ("/panel/tickets/{id}/invoice", post(invoice::open)),
    ];
    let pages = routes
        .guarded(bills, Method::GET, "/panel/invoices", get(invoices::show))
        .guarded(bills, Method::GET, "/panel/invoices.csv", get(invoices::take))
        .guarded(bills, Method::GET, "/panel/invoices/{id}", get(invoice::show))
        .guarded(
            tickets,
            Method::POST,
            "/panel/tickets/{id}/close",
            post(invoice::close),
        );
    deeds.into_iter().fold(pages, |routes, (path, handler)| {
        routes.guarded(bills, Method::POST, path, handler)
    })
}

fn spreadsheets(routes: Routes) -> Routes {
    let customers = Perm::ManageCustomers;
    // A file is counted where it is read, with a limit of its own.
    let take = post(import::take).layer(DefaultBodyLimit::disable());
    routes
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/import",
            get(import::new),
        )
        .guarded(customers, Method::POST, "/panel/customers/import", take)
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/import/example",
            get(import::example),
        )
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/import/{id}",
            get(import::show),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/import/{id}",
            post(import::save),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/import/{id}/discard",
            post(import::discard),
        )
}

fn visits_and_files(routes: Routes) -> Routes {
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

fn people(routes: Routes) -> Routes {
    let (customers, services, users) = (Perm::ManageCustomers, Perm::ManageServices, Perm::ManageUsers);
    routes
        .guarded(customers, Method::GET, "/panel/customers", get(customers::show))
        .guarded(
            customers,
            Method::POST,
            "/panel/customers",
            post(customers::create),
        )
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/new",
            get(customers::new),
        )
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/pick",
            get(ticket_form::pick),
        )
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/{id}",
            get(customers::one),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/{id}",
            post(customers::save),
        )
        .guarded(
            customers,
            Method::GET,
            "/panel/customers/{id}/edit",
            get(customers::edit),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/{id}/archive",
            post(customers::archive),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/{id}/erase",
            post(customers::erase),
        )
        .guarded(services, Method::GET, "/panel/services", get(services::show))
        .guarded(services, Method::POST, "/panel/services", post(services::create))
        .guarded(services, Method::GET, "/panel/services/new", get(services::new))
        .guarded(services, Method::GET, "/panel/services/{id}", get(services::edit))
        .guarded(
            services,
            Method::POST,
            "/panel/services/{id}",
            post(services::save),
        )
        .guarded(users, Method::GET, "/panel/users", get(users::show))
        .guarded(users, Method::POST, "/panel/users", post(user::create))
        .guarded(users, Method::GET, "/panel/users/new", get(user::new))
        .guarded(users, Method::GET, "/panel/users/{id}", get(user::show))
        .guarded(users, Method::POST, "/panel/users/{id}", post(user::save))
        .guarded(users, Method::POST, "/panel/users/{id}/duty", post(user::duty))
        .guarded(
            users,
            Method::POST,
            "/panel/users/{id}/activate",
            post(user::activate),
        )
        .guarded(
            users,
            Method::POST,
            "/panel/users/{id}/deactivate",
            post(user::deactivate),
        )
        .guarded(
            users,
            Method::POST,
            "/panel/users/{id}/invite",
            post(user::invite),
        )
        .guarded(
            users,
            Method::POST,
            "/panel/users/{id}/password",
            post(user::reset),
        )
        .guarded(
            users,
            Method::POST,
            "/panel/users/{id}/sessions/revoke",
            post(user::revoke),
        )
}

async fn nowhere() -> Failure {
    Failure::Status(StatusCode::NOT_FOUND)
}
