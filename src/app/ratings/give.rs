//! Stars and words given in a chat.

use chrono::{DateTime, Utc};
use dialogues::served::{Outcome, Question};
use domain::ids::RatingId;
use domain::rating::{CHANGEABLE, Stars, Subject};
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::ratings::{first_question, tell_comment, tell_low};
use crate::app::{App, Error};
use crate::store::ratings::{self, Rating};
use crate::store::{self, Tx};

/// Shows what a rating asks; only to the customer whose ticket it is.
pub(crate) async fn ask(
    app: &App,
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    id: RatingId,
) -> Result<Outcome, Error> {
    match own(tx, contact, id).await? {
        Some(rating) if is_open(&rating, act.at) => {
            let (question, _) = first_question(app, tx, &rating).await?;
            Ok(Outcome::Asks(question))
        }
        Some(_) => Ok(Outcome::RatingOver),
        None => Ok(Outcome::Stale),
    }
}

/// Takes stars; each may be changed for a day.
pub(crate) async fn give(
    app: &App,
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (id, subject, stars): (RatingId, Subject, Stars),
) -> Result<Outcome, Error> {
    let Some(mut rating) = own(tx, contact, id).await? else {
        return Ok(Outcome::Stale);
    };
    if !take(tx, act, &mut rating, (subject, stars), CHANNEL).await? {
        return Ok(Outcome::RatingOver);
    }
    if subject == Subject::Technician && rating.cs_stars.is_none() {
        let (question, _) = first_question(app, tx, &rating).await?;
        return Ok(Outcome::Asks(Question {
            subject: Subject::Office,
            technician: None,
            link: None,
            ..question
        }));
    }
    let given = [rating.technician_stars, rating.cs_stars];
    let any = |wanted: fn(Stars) -> bool| given.into_iter().flatten().any(wanted);
    Ok(Outcome::Rated {
        rating: rating.id,
        ticket: rating.ticket,
        low: any(Stars::is_low),
        mixed: any(Stars::is_mixed) && rating.comment.is_none(),
    })
}

/// Takes a word about it.
pub(crate) async fn comment(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (id, text): (RatingId, String),
) -> Result<Outcome, Error> {
    let Some(mut rating) = own(tx, contact, id).await? else {
        return Ok(Outcome::Stale);
    };
    rating.comment = Some(text);
    ratings::update(tx, &rating).await?;
    act.audit_ticket(tx, "rating_commented", rating.ticket, json!(null))
        .await?;
    tell_comment(tx, act, &rating).await?;
    Ok(Outcome::Commented)
}

/// Writes stars down. `false`: too late.
pub(crate) async fn take(
    tx: &Tx,
    act: &Act,
    rating: &mut Rating,
    (subject, stars): (Subject, Stars),
    via: &str,
) -> Result<bool, Error> {
    let (slot, given_at) = match subject {
        Subject::Technician => (&mut rating.technician_stars, &mut rating.technician_at),
        Subject::Office => (&mut rating.cs_stars, &mut rating.cs_at),
    };
    let may = match given_at {
        Some(given) => act.at < *given + CHANGEABLE,
        None => act.at < rating.expires_at,
    };
    // What stands already may be said again at any time.
    if *slot == Some(stars) {
        return Ok(true);
    }
    if !may {
        return Ok(false);
    }
    let before = slot.replace(stars);
    // The day in which it may be changed counts from the first time.
    given_at.get_or_insert(act.at);
    rating.at.get_or_insert(act.at);
    rating.via.get_or_insert(via.to_owned());
    ratings::update(tx, rating).await?;
    let detail = json!({ "subject": subject.to_string(), "stars": stars.count() });
    let action = if before.is_some() {
        "rating_changed"
    } else {
        "rating_given"
    };
    act.audit_ticket(tx, action, rating.ticket, detail).await?;
    tx.note_tickets();
    tell_low(tx, act, rating, subject).await?;
    Ok(true)
}

/// Whether anything may still be given or changed.
pub(crate) fn is_open(rating: &Rating, now: DateTime<Utc>) -> bool {
    let open = |given: Option<DateTime<Utc>>| match given {
        Some(given) => now < given + CHANGEABLE,
        None => now < rating.expires_at,
    };
    open(rating.technician_at) || open(rating.cs_at)
}

/// A rating of the customer who writes, held.
async fn own(tx: &Tx, contact: &Contact, id: RatingId) -> Result<Option<Rating>, Error> {
    let rating = store::ratings::by_id_held(tx, id).await?;
    Ok(rating.filter(|rating| contact.customer == Some(rating.customer)))
}
