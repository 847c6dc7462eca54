//! Every page and deed of the panel with its permission, by noun.

mod company;
mod door;
mod money;
mod people;
mod tickets;
mod voice;

use crate::web::access::Routes;
use crate::web::panel::{audit, sheets};

/// All of them.
pub(crate) fn all(routes: Routes) -> Routes {
    let routes = people::services_and_users(people::customers(door::outside(routes)));
    let routes = tickets::visits_and_files(tickets::tickets_and_board(routes));
    let routes = people::spreadsheets(money::money(voice::customers_voice(routes)));
    sheets::routes(audit::routes(company::company(routes)))
}
