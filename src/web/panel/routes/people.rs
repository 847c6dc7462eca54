//! Customers, services, users, and customers from a spreadsheet.

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{customers, import, services, ticket_form, user, users};

pub(crate) fn customers(routes: Routes) -> Routes {
    let customers = Perm::ManageCustomers;
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
            "/panel/customers/{id}/restore",
            post(customers::restore),
        )
        .guarded(
            customers,
            Method::POST,
            "/panel/customers/{id}/erase",
            post(customers::erase),
        )
}

pub(crate) fn services_and_users(routes: Routes) -> Routes {
    let (services, users) = (Perm::ManageServices, Perm::ManageUsers);
    routes
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

pub(crate) fn spreadsheets(routes: Routes) -> Routes {
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
