//! What customers think of a closed ticket: asked for once, given in the chat or on a page.

mod give;
mod page;
mod recap;
mod view;

use dialogues::customer::Customer as Text;
use dialogues::press::Press;
use dialogues::served::{Question, stars};
use dialogues::standby::{Purpose, Standby};
use dialogues::tap::Tap;
use domain::calendar::Zone;
use domain::ids::RatingId;
use domain::rating::{OPEN, Stars, Subject};
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::CHANNEL;
use crate::app::notices::customer::{When, chat_of, in_one_line, push};
pub(crate) use crate::app::ratings::give::{ask, comment, give};
pub use crate::app::ratings::page::{Answer, Page, by_token, rate_by_token};
pub use crate::app::ratings::recap::{Mean, Person, Recap, Scope, Summary, Week, recap, summary};
pub(crate) use crate::app::ratings::view::view;
pub use crate::app::ratings::view::{View, list, of_ticket};
use crate::app::{App, Error, secret};
pub use crate::store::ratings::Filter;
use crate::store::ratings::{self, Rating};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx, inbox};

/// A ticket was closed: its customer is asked once. Who served is fixed now.
pub(crate) async fn open(app: &App, tx: &Tx, act: &Act, ticket: &Ticket) -> Result<(), Error> {
    let visit = store::visits::of_tickets(tx, vec![ticket.id.0])
        .await?
        .into_iter()
        .filter(|visit| visit.checked_out_at.is_some() && visit.ended_at.is_none())
        .max_by_key(|visit| visit.epoch);
    let rating = Rating {
        id: RatingId(0),
        ticket: ticket.id,
        customer: ticket.customer,
        technician: visit.as_ref().map(|visit| visit.technician).or(ticket.technician),
        cs: Some(ticket.created_by),
        token: secret::token(),
        technician_stars: None,
        technician_at: None,
        cs_stars: None,
        cs_at: None,
        comment: None,
        via: None,
        at: None,
        opened_at: act.at,
        expires_at: act.at + OPEN,
    };
    let rating = ratings::insert(tx, &rating).await?;
    act.audit_ticket(tx, "rating_opened", ticket.id, json!(null))
        .await?;
    let Some(customer) = store::customers::by_id(tx, ticket.customer).await? else {
        return Ok(());
    };
    let Some(contact) = chat_of(app, tx, &customer, act.at).await? else {
        return Ok(());
    };
    let (question, technician) = first_question(app, tx, &rating).await?;
    let service = store::services::by_id(tx, ticket.service).await?;
    let mut standby = Standby::of(Purpose::RatingRequest)
        .fact("no_tiket", ticket.id.number())
        .fact(
            "layanan",
            in_one_line(&service.map_or_else(String::new, |one| one.name), 80),
        )
        .fact("tanggal", Zone::day(ticket.visit_date, contact.locale))
        .fact(
            "teknisi",
            technician.unwrap_or_else(|| app.settings().company.name.clone()),
        );
    standby.page = Some(rating.token.clone());
    standby
        .presses
        .push(Press::Customer(Tap::Rate { rating: rating.id }));
    let say = stars(question).standby(standby);
    push(
        app,
        tx,
        (&contact, &customer),
        ticket.id,
        (say, When::Awake),
        act.at,
    )
    .await
}

/// The address of a rating's page, when this installation has one that customers reach.
pub fn link(app: &App, token: &str) -> Option<String> {
    let base = app.config.server.public_url.as_ref()?;
    Some(format!("{}/r/{token}", base.trim_end_matches('/')))
}

/// What is asked first, and the technician's name.
async fn first_question(app: &App, tx: &Tx, rating: &Rating) -> Result<(Question, Option<String>), Error> {
    let technician = match rating.technician {
        Some(id) => store::users::by_id(tx, id).await?.map(|user| user.name),
        None => None,
    };
    let subject = if technician.is_some() {
        Subject::Technician
    } else {
        Subject::Office
    };
    let question = Question {
        rating: rating.id,
        ticket: rating.ticket,
        subject,
        technician: technician.clone(),
        link: link(app, &rating.token),
    };
    Ok((question, technician))
}

/// The admins hear of few stars, once for each of those whom they are for however often they are changed.
async fn tell_low(tx: &Tx, act: &Act, rating: &Rating, subject: Subject) -> Result<(), Error> {
    let stars = stars_of(rating, subject);
    let Some(stars) = stars.filter(|stars| stars.is_low()) else {
        return Ok(());
    };
    if !inbox::once(tx, CHANNEL, &format!("low:{}:{subject}", rating.id), act.at).await? {
        return Ok(());
    }
    if rating.comment.is_some() {
        // It is told with these stars.
        inbox::once(tx, CHANNEL, &comment_told(rating), act.at).await?;
    }
    tell(tx, act, rating, (subject, stars)).await
}

/// And of the word that goes with them, once.
async fn tell_comment(tx: &Tx, act: &Act, rating: &Rating) -> Result<(), Error> {
    let given = Subject::ALL.map(|subject| (subject, stars_of(rating, subject)));
    let lowest = given
        .into_iter()
        .filter_map(|(subject, stars)| Some((subject, stars.filter(|stars| stars.is_mixed())?)))
        .min_by_key(|(_, stars)| *stars);
    let Some(lowest) = lowest.filter(|_| rating.comment.is_some()) else {
        return Ok(());
    };
    if !inbox::once(tx, CHANNEL, &comment_told(rating), act.at).await? {
        return Ok(());
    }
    tell(tx, act, rating, lowest).await
}

fn comment_told(rating: &Rating) -> String {
    format!("low:{}:comment", rating.id)
}

fn stars_of(rating: &Rating, subject: Subject) -> Option<Stars> {
    match subject {
        Subject::Technician => rating.technician_stars,
        Subject::Office => rating.cs_stars,
    }
}

async fn tell(tx: &Tx, act: &Act, rating: &Rating, (subject, stars): (Subject, Stars)) -> Result<(), Error> {
    let customer = store::customers::by_id(tx, rating.customer).await?;
    let text = Text::RatedLow {
        ticket: rating.ticket,
        name: customer.map_or_else(String::new, |customer| customer.name),
        subject,
        stars,
        comment: rating.comment.clone(),
    };
    crate::app::notices::to_admins(tx, Some(rating.ticket), &text.into(), act.at).await
}
