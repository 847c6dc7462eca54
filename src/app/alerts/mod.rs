//! Emergencies: raised once an assignment is overdue, told until an admin decides, settled once.

mod decide;
mod raise;
mod resolve;
mod view;

pub(crate) use crate::app::alerts::decide::decide_in;
pub use crate::app::alerts::decide::{Choice, Form, decide};
pub use crate::app::alerts::raise::watch;
pub(crate) use crate::app::alerts::resolve::{replaced, resolve};
pub use crate::app::alerts::view::{Days, Filter, Urgent, View, count, hands, list, urgent, urgent_of};
pub(crate) use crate::app::alerts::view::{lines, outcome};
