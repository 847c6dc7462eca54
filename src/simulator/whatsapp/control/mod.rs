//! What tests and the page use to play customers and to look at everything, below `/sim/api/whatsapp`.

mod act;
mod look;
mod order;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::simulator::Simulator;

pub(super) fn router() -> Router<Arc<Simulator>> {
    Router::new().nest("/whatsapp", people().merge(account()))
}

fn people() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/people", get(look::people).post(act::add))
        .route("/people/{id}", get(look::person))
        .route("/people/{id}/text", post(act::text))
        .route("/people/{id}/press", post(act::press))
        .route("/people/{id}/location", post(act::location))
        .route("/people/{id}/file", post(act::file))
        .route("/people/{id}/contacts", post(act::contacts))
        .route("/people/{id}/react", post(act::react))
        .route("/people/{id}/edit", post(act::edit))
        .route("/people/{id}/revoke", post(act::revoke))
        .route("/people/{id}/other", post(act::other))
        .route("/people/{id}/number", post(act::number))
        .route("/people/{id}/user_id", post(act::user_id))
        .route("/people/{id}/read", post(act::read))
        .route("/people/{id}/phone", post(act::phone))
}

fn account() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/", get(look::account))
        .route("/webhook", post(order::webhook))
        .route("/secret", post(order::secret))
        .route("/manner", get(order::manner).post(order::travel))
        .route("/post", post(order::post))
        .route("/send", post(order::send))
        .route("/webhooks", get(look::webhooks))
        .route("/webhooks/{number}/redeliver", post(order::redeliver))
        .route("/messages", get(look::messages))
        .route("/messages/{id}/status", post(order::status))
        .route("/templates", get(look::templates).post(order::submit))
        .route("/templates/{id}/review", post(order::review))
        .route("/media", post(order::keep))
        .route("/media/{id}", get(look::media).delete(order::forget))
        .route("/calls", get(look::calls))
        .route("/violations", get(look::violations))
        .route(
            "/faults",
            get(order::faults).post(order::fault).delete(order::clear_faults),
        )
}
