//! Files as they come: sound ones, broken ones, and ones that mean harm.

mod fitness;
mod likeness;
mod samples;
mod shelf;
