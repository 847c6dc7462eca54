//! Papers as PDF: the same facts make the same bytes, wherever and whenever they are drawn.
//!
//! [`sheet`] knows pages, words and lines; [`table`] knows rows that go on over pages; each paper has a file of its
//! own. Fonts are embedded, codes are drawn as vectors.

mod font;
mod handover;
mod invoice;
mod letter;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use crate::files::pdf::invoice::{Bill, draw};
pub use crate::files::pdf::letter::{Letter, draw as draw_letter};
pub use crate::files::pdf::sheet::Undrawable;
