//! Money across all doors: the same figures everywhere, one of two things that meet, and the whole circle.

mod approved_as;
mod circle;
mod figures;
mod kill;
mod links;
mod races;
mod retax;
mod rules;
mod told;
