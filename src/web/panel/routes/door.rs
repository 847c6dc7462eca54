//! Signing in and out, and one's own choices.

use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{door, preferences};

pub(crate) fn outside(routes: Routes) -> Routes {
    let own = Perm::OwnAccount;
    routes
        .open(Method::GET, "/panel/login", get(door::login))
        .open(Method::POST, "/panel/login", post(door::enter))
        .open(Method::GET, "/panel/once/{token}", get(door::redeem))
        .open(Method::POST, "/panel/preferences", post(preferences::choose))
        .guarded(own, Method::GET, "/panel/here", get(door::here))
        .guarded(own, Method::GET, "/panel/work", get(door::work))
        .guarded(own, Method::POST, "/panel/logout", post(door::leave))
        .guarded(own, Method::GET, "/panel/password", get(door::password))
        .guarded(own, Method::POST, "/panel/password", post(door::save_password))
}
