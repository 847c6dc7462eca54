//! The company's days and settings.

use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{calendar, settings};

pub(crate) fn company(routes: Routes) -> Routes {
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
