//! Customers, services, users, and customers from a spreadsheet.

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::post;
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{customers, import, services, ticket_form, user, users};

pub(crate) fn customers(routes: Routes) -> Routes {
    let customers = Perm::ManageCustomers;
    routes
        .get(customers, "/panel/customers", customers::show)
        .post(customers, "/panel/customers", customers::create)
        .get(customers, "/panel/customers/new", customers::new)
        .get(customers, "/panel/customers/pick", ticket_form::pick)
        .get(customers, "/panel/customers/{id}", customers::one)
        .post(customers, "/panel/customers/{id}", customers::save)
        .get(customers, "/panel/customers/{id}/edit", customers::edit)
        .post(customers, "/panel/customers/{id}/archive", customers::archive)
        .post(customers, "/panel/customers/{id}/restore", customers::restore)
        .post(customers, "/panel/customers/{id}/erase", customers::erase)
}

pub(crate) fn services_and_users(routes: Routes) -> Routes {
    let (services, users) = (Perm::ManageServices, Perm::ManageUsers);
    routes
        .get(services, "/panel/services", services::show)
        .post(services, "/panel/services", services::create)
        .get(services, "/panel/services/new", services::new)
        .get(services, "/panel/services/{id}", services::edit)
        .post(services, "/panel/services/{id}", services::save)
        .get(users, "/panel/users", users::show)
        .post(users, "/panel/users", user::create)
        .get(users, "/panel/users/new", user::new)
        .get(users, "/panel/users/{id}", user::show)
        .post(users, "/panel/users/{id}", user::save)
        .post(users, "/panel/users/{id}/duty", user::duty)
        .post(users, "/panel/users/{id}/activate", user::activate)
        .post(users, "/panel/users/{id}/deactivate", user::deactivate)
        .post(users, "/panel/users/{id}/invite", user::invite)
        .post(users, "/panel/users/{id}/password", user::reset)
        .post(users, "/panel/users/{id}/sessions/revoke", user::revoke)
}

pub(crate) fn spreadsheets(routes: Routes) -> Routes {
    let customers = Perm::ManageCustomers;
    // A file is counted where it is read, with a limit of its own.
    let take = post(import::take).layer(DefaultBodyLimit::disable());
    routes
        .get(customers, "/panel/customers/import", import::new)
        .guarded(customers, Method::POST, "/panel/customers/import", take)
        .get(customers, "/panel/customers/import/example", import::example)
        .get(customers, "/panel/customers/import/{id}", import::show)
        .post(customers, "/panel/customers/import/{id}", import::save)
        .post(customers, "/panel/customers/import/{id}/discard", import::discard)
}
