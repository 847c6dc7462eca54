//! Invoices and what is paid of them.

use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{invoice, invoices};

pub(crate) fn money(routes: Routes) -> Routes {
    let (bills, tickets) = (Perm::ManageInvoices, Perm::ManageTickets);
    routes
        .get(bills, "/panel/invoices", invoices::show)
        .get(bills, "/panel/invoices.csv", invoices::take)
        .get(bills, "/panel/invoices/{id}", invoice::show)
        .post(bills, "/panel/invoices/{id}", invoice::save)
        .post(bills, "/panel/invoices/{id}/sums", invoice::sums)
        .post(bills, "/panel/invoices/{id}/send", invoice::send)
        .post(bills, "/panel/invoices/{id}/link", invoice::renew)
        .post(bills, "/panel/invoices/{id}/void", invoice::void)
        .post(bills, "/panel/invoices/{id}/payments", invoice::pay)
        .post(
            bills,
            "/panel/invoices/{id}/payments/{payment}/reverse",
            invoice::reverse,
        )
        .post(bills, "/panel/tickets/{id}/invoice", invoice::open)
        .post(tickets, "/panel/tickets/{id}/close", invoice::close)
}
