//! The company's days and settings.

use domain::permission::Perm;

use crate::web::access::Routes;
use crate::web::panel::{calendar, settings};

pub(crate) fn company(routes: Routes) -> Routes {
    let company = Perm::ManageSettings;
    routes
        .get(Perm::ReadQuota, "/panel/quota/calendar", calendar::show)
        .get(company, "/panel/settings", settings::show)
        .get(company, "/panel/settings/{section}", settings::section)
        .post(company, "/panel/settings/{section}", settings::save)
}
