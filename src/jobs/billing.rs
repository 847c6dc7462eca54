//! Draws invoices that were approved, and reminds customers of what they owe.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::{App, invoices};

/// How often is looked.
const EVERY: TimeDelta = TimeDelta::minutes(1);

/// When it was last done here.
#[derive(Debug, Default)]
pub(crate) struct Billing {
    last: Option<DateTime<Utc>>,
}

impl Billing {
    pub(crate) async fn tick(&mut self, app: &App) {
        let now = app.now();
        if self.last.is_some_and(|last| now - last < EVERY) {
            return;
        }
        if let Err(error) = invoices::draw_papers(app).await {
            tracing::warn!(%error, "an invoice could not be drawn; trying again soon");
        }
        match invoices::remind(app).await {
            Ok(_) => self.last = Some(now),
            Err(error) => tracing::warn!(%error, "could not remind of invoices; trying again soon"),
        }
    }
}
