//! Tickets: created, edited, given, taken back, ended.

mod assign;
mod create;
mod edit;
mod end;
mod list;
mod look;
mod view;
mod visit;

pub use crate::app::tickets::assign::{assign, replace};
pub(crate) use crate::app::tickets::assign::{claim_in, release_in, replace_in, technician_for};
pub(crate) use crate::app::tickets::create::create_in;
pub use crate::app::tickets::create::{New, create};
pub use crate::app::tickets::edit::{Patch, edit};
pub(crate) use crate::app::tickets::end::settle_closed;
pub use crate::app::tickets::end::{cancel, close};
pub use crate::app::tickets::list::{find, list};
pub use crate::app::tickets::look::{looked, looked_over};
pub use crate::app::tickets::view::{Detail, Event, Named, View, Whose};
pub(crate) use crate::app::tickets::view::{People, views};
pub use crate::app::tickets::visit::{CheckIn, CheckOut, Visited};
pub use crate::store::tickets::Filter;
