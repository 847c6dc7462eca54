//! Lists, a page at a time.

use domain::invalid::{Fault, Invalid};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Error;

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Asks for the next page; `null` on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page {
            data: self.data.into_iter().map(view).collect(),
            next_cursor: self.next_cursor,
        }
    }
}

/// Which page.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// The last id of the page before.
    pub cursor: Option<i64>,
    pub limit: u64,
}

impl Cut {
    /// Entries on a page when nobody says how many.
    pub const DEFAULT: u64 = 50;
    /// Entries on a page at most.
    pub const MOST: u64 = 200;

    /// Reads `cursor` and `limit` as callers give them.
    pub fn parse(cursor: Option<&str>, limit: Option<u64>) -> Result<Self, Error> {
        let mut invalid = Invalid::default();
        let cursor = match cursor.filter(|c| !c.is_empty()) {
            Some(text) => {
                let id = text.strip_prefix('c').and_then(|c| c.parse::<i64>().ok());
                let id = id.filter(|id| *id >= 0);
                if id.is_none() {
                    invalid.note("cursor", Fault::BadValue);
                }
                id
            }
            None => None,
        };
        let limit = limit.unwrap_or(Self::DEFAULT);
        if !(1..=Self::MOST).contains(&limit) {
            invalid.note("limit", Fault::OutOfRange);
        }
        invalid.check()?;
        Ok(Self { cursor, limit })
    }

    /// The first page.
    pub fn first(limit: u64) -> Self {
        Self { cursor: None, limit }
    }

    /// One more than the page holds, to know whether there is another.
    pub(crate) fn fetch(self) -> u64 {
        self.limit + 1
    }

    /// Makes a page of what was fetched.
    pub(crate) fn page<R, T>(
        self,
        mut rows: Vec<R>,
        id: impl Fn(&R) -> i64,
        view: impl Fn(R) -> T,
    ) -> Page<T> {
        let size = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next_cursor = if more {
            rows.last().map(|row| format!("c{}", id(row)))
        } else {
            None
        };
        Page {
            data: rows.into_iter().map(view).collect(),
            next_cursor,
        }
    }
}
