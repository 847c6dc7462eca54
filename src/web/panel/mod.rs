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
mod routes;
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

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, middleware};
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
    let (pages, list) = routes::all(Routes::new(DOOR, state)).into_parts();
    let pages = pages
        .route("/panel/{*rest}", get(nowhere).post(nowhere))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), dress));
    (pages, list)
}

async fn nowhere() -> Failure {
    Failure::Status(StatusCode::NOT_FOUND)
}
