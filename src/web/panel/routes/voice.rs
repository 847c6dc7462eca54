//! What customers report, their chats, and their stars.

use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{chat, ratings, requests};

pub(crate) fn customers_voice(routes: Routes) -> Routes {
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
