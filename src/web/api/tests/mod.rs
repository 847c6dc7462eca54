//! Stories of programs that use the API.
