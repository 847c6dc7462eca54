//! The live board: what stands in each column.

use domain::ticket::Status;

use crate::app::tickets::{View, views};
use crate::app::{App, Error};
use crate::store;
use crate::store::tickets::Filter;

/// How many cards a column shows.
const DEPTH: u64 = 100;

/// One column of the board.
#[derive(Debug, Clone)]
pub struct Column {
    pub status: Status,
    /// How many tickets are in this state, shown or not.
    pub count: i64,
    /// The newest ones.
    pub tickets: Vec<View>,
}

/// The four columns: Open, Assigned, In-Progress, Done; of those tickets that the filter lets through.
pub async fn columns(app: &App, of: &Filter) -> Result<Vec<Column>, Error> {
    let counts = store::tickets::counts(&app.db, of).await?;
    let mut columns = Vec::with_capacity(4);
    for status in [Status::Open, Status::Assigned, Status::InProgress, Status::Done] {
        let filter = Filter {
            status: vec![status],
            ..of.clone()
        };
        let rows = store::tickets::list(&app.db, &filter, None, DEPTH).await?;
        let count = counts
            .iter()
            .find(|(s, _)| *s == status)
            .map_or(0, |(_, count)| *count);
        columns.push(Column {
            status,
            count,
            tickets: views(&app.db, rows).await?,
        });
    }
    Ok(columns)
}

/// How many tickets are not over.
pub async fn active(app: &App) -> Result<u64, Error> {
    let counts = store::tickets::counts(&app.db, &Filter::default()).await?;
    let sum: i64 = counts.iter().map(|(_, count)| count).sum();
    Ok(u64::try_from(sum).unwrap_or(0))
}
