//! What customers report, their chats, and their stars.

use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{chat, ratings, requests};

pub(crate) fn customers_voice(routes: Routes) -> Routes {
    let office = Perm::ManageTickets;
    routes
        .get(office, "/panel/requests", requests::show)
        .get(office, "/panel/requests/{id}", requests::one)
        .post(office, "/panel/requests/{id}/ticket", requests::accept)
        .post(office, "/panel/requests/{id}/answer", requests::answer)
        .post(office, "/panel/requests/{id}/dismiss", requests::dismiss)
        .post(office, "/panel/chats/{id}/take", chat::take)
        .post(office, "/panel/chats/{id}/give", chat::give)
        .post(office, "/panel/chats/{id}/write", chat::write)
        .get(office, "/panel/ratings", ratings::show)
}
