//! Files of tickets: fetched, uploaded, drawn, seen, sent, revoked, vouched for, and erased in time.

mod content;
mod draw;
mod erase;
mod export;
mod fetch;
mod generate;
mod letters;
mod name;
mod post;
mod upload;
mod verify;
mod view;

pub use crate::app::documents::content::{Content, Size, find, read};
pub(crate) use crate::app::documents::draw::draw;
pub(crate) use crate::app::documents::erase::let_go;
pub use crate::app::documents::erase::{past_their_time, sweep};
pub use crate::app::documents::export::{export, exported};
pub use crate::app::documents::fetch::{
    Landing, again, due_in, extend, give_back, landed, lease, not_yet, take_over,
};
pub(crate) use crate::app::documents::fetch::{SEEN_ELSEWHERE, compare, known};
pub use crate::app::documents::generate::{Order, consignment, generate};
pub use crate::app::documents::letters::send_letter;
pub(crate) use crate::app::documents::letters::{revoke, revoke_drawn};
pub(crate) use crate::app::documents::name::sound;
pub use crate::app::documents::post::{Posting, bytes, called, picture, posting};
pub use crate::app::documents::upload::{New, upload};
pub use crate::app::documents::verify::{Verified, verify};
pub(crate) use crate::app::documents::view::view;
pub use crate::app::documents::view::{View, of_ticket};
pub use crate::files::MOST_BYTES;
