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
        .get(own, "/panel/here", door::here)
        .get(own, "/panel/work", door::work)
        .post(own, "/panel/logout", door::leave)
        .get(own, "/panel/password", door::password)
        .post(own, "/panel/password", door::save_password)
}
