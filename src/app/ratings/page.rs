//! The page on which whoever has its address rates a ticket.

use chrono::{DateTime, NaiveDate, Utc};
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;
use domain::rating::{CHANGEABLE, Stars, Subject, comment};
use futures::FutureExt;

use crate::app::act::{Act, Channel};
use crate::app::ratings::give::{is_open, take};
use crate::app::ratings::tell_comment;
use crate::app::{App, Error, Refusal};
use crate::store::ratings::{self, Rating};
use crate::store::{self, Source};

/// What the page shows. Nothing of it says who the customer is.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub company: String,
    /// `TKT-000123`.
    pub ticket: String,
    pub service: String,
    pub visit_date: NaiveDate,
    /// `None`: nobody was there.
    pub technician: Option<String>,
    pub technician_stars: Option<u8>,
    pub cs_stars: Option<u8>,
    pub comment: Option<String>,
    /// Something may still be given or changed.
    pub open: bool,
    /// Until when what was given may be changed.
    pub changeable_until: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    /// The customer's language.
    pub locale: Locale,
}

/// What is sent from the page; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub technician_stars: Option<i32>,
    pub cs_stars: Option<i32>,
    pub comment: Option<String>,
}

/// What a token's page shows; nothing changes by looking.
pub async fn by_token(app: &App, token: &str) -> Result<Page, Error> {
    let rating = ratings::by_token(&app.db, token).await?.ok_or(Error::Missing)?;
    page(app, &app.db, &rating).await
}

/// Takes what was sent from a token's page, all or nothing.
pub async fn rate_by_token(app: &App, token: &str, answer: Answer) -> Result<Page, Error> {
    let mut invalid = Invalid::default();
    let stars = |field, given: Option<i32>, invalid: &mut Invalid| {
        given.and_then(|given| invalid.take(field, Stars::try_from(given)))
    };
    let technician = stars("technician_stars", answer.technician_stars, &mut invalid);
    let cs = stars("cs_stars", answer.cs_stars, &mut invalid);
    let said = answer.comment.filter(|said| !said.trim().is_empty());
    let said = said.and_then(|said| invalid.take("comment", comment(&said)));
    if technician.is_none() && cs.is_none() && said.is_none() && invalid.0.is_empty() {
        invalid.note("cs_stars", Fault::Required);
    }
    invalid.check()?;
    let (app_, token) = (app.clone(), token.to_owned());
    let (page, effects) = app
        .write(move |tx| {
            async move {
                let act = Act {
                    channel: Channel::System,
                    ..Act::system(app_.now())
                };
                let found = ratings::by_token(tx, &token).await?.ok_or(Error::Missing)?;
                let mut rating = ratings::by_id_held(tx, found.id).await?.ok_or(Error::Missing)?;
                if !is_open(&rating, act.at) {
                    return Err(Refusal::NotNow.into());
                }
                if let Some(said) = said {
                    rating.comment = Some(said);
                    ratings::update(tx, &rating).await?;
                }
                // Nobody came: there is no one to rate.
                let technician = technician.filter(|_| rating.technician.is_some());
                for (subject, stars) in [(Subject::Technician, technician), (Subject::Office, cs)] {
                    if let Some(stars) = stars
                        && !take(tx, &act, &mut rating, (subject, stars), "page").await?
                    {
                        return Err(Refusal::NotNow.into());
                    }
                }
                tell_comment(tx, &act, &rating).await?;
                page(&app_, tx, &rating).await
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    Ok(page)
}

async fn page(app: &App, source: &impl Source, rating: &Rating) -> Result<Page, Error> {
    let ticket = store::tickets::by_id(source, rating.ticket)
        .await?
        .ok_or(Error::Missing)?;
    let service = store::services::by_id(source, ticket.service).await?;
    let technician = match rating.technician {
        Some(id) => store::users::by_id(source, id).await?.map(|user| user.name),
        None => None,
    };
    let chat = store::contacts::of_customer(source, rating.customer).await?;
    let last_change = rating.technician_at.max(rating.cs_at);
    Ok(Page {
        company: app.settings().company.name.clone(),
        ticket: rating.ticket.number(),
        service: service.map_or_else(String::new, |service| service.name),
        visit_date: ticket.visit_date,
        technician,
        technician_stars: rating.technician_stars.map(Stars::count),
        cs_stars: rating.cs_stars.map(Stars::count),
        comment: rating.comment.clone(),
        open: is_open(rating, app.now()),
        changeable_until: last_change.map(|given| given + CHANGEABLE),
        expires_at: rating.expires_at,
        locale: chat
            .first()
            .map_or(app.settings().company.locale, |contact| contact.locale),
    })
}
