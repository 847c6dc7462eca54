//! Stories: people using the doors, on every database there is.
//!
//! Each story runs on SQLite and, when `TANGGAP_TEST_POSTGRES_URL` and `TANGGAP_TEST_REDIS_URL` name
//! servers, on PostgreSQL with Redis too; `./tests/run` starts both. What is left out is said.
#![expect(clippy::print_stderr, reason = "what was left out is said")]

mod harness;
mod stories;
