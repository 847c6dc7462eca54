//! Whether a letter is worth what it says, for whoever holds it in his hand. No person is named.

use chrono::NaiveDate;
use domain::document::Kind;
use domain::letter::Standing;
use domain::ticket::Status;

use crate::app::{App, Error};
use crate::store::documents::{self, Document};
use crate::store::{self};

/// What the page of a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub company: String,
    pub kind: Kind,
    pub number: String,
    pub issued_on: NaiveDate,
    /// Its last day, if it has one.
    pub valid_until: Option<NaiveDate>,
    pub standing: Standing,
    /// When it was revoked or replaced.
    pub ended_on: Option<NaiveDate>,
}

/// The letter of a secret. [`Error::Missing`]: there is none, and none was ever drawn with it.
pub async fn verify(app: &App, token: &str) -> Result<Verified, Error> {
    let letter = documents::by_token(&app.db, token).await?;
    let letter = letter.ok_or(Error::Missing)?;
    let valid_until = letter.drawn.as_ref().and_then(|drawn| drawn.valid_until);
    let day = |at| app.zone().date(at);
    Ok(Verified {
        company: app.settings().company.name.clone(),
        kind: letter.kind.ok_or(Error::Missing)?,
        number: letter.number.clone().unwrap_or_default(),
        issued_on: day(letter.created_at),
        valid_until,
        standing: standing(app, &letter, valid_until).await?,
        ended_on: letter.revoked_at.map(day),
    })
}

async fn standing(app: &App, letter: &Document, last: Option<NaiveDate>) -> Result<Standing, Error> {
    if letter.revoked_at.is_some() {
        let is_replaced = documents::is_followed(&app.db, letter).await?;
        return Ok(if is_replaced {
            Standing::Replaced
        } else {
            Standing::Revoked
        });
    }
    let Some(last) = last else {
        return Ok(Standing::Valid);
    };
    let ticket = letter.ticket.ok_or(Error::Missing)?;
    let ticket = store::tickets::by_id(&app.db, ticket)
        .await?
        .ok_or(Error::Missing)?;
    let is_over = matches!(ticket.status, Status::Done | Status::Closed | Status::Cancelled);
    Ok(if is_over || app.today() > last {
        Standing::Lapsed
    } else {
        Standing::Valid
    })
}
