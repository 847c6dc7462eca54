//! Invoices and what is paid of them.

use axum::http::Method;
use axum::routing::{get, post};
use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{invoice, invoices};

pub(crate) fn money(routes: Routes) -> Routes {
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
