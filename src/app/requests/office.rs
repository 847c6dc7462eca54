//! What the office does with a request: a ticket, an answer, or nothing.

use domain::ids::RequestId;
use domain::invalid::Invalid;
use domain::request::{State, answer as worded};
use domain::ticket::reason;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::requests::view::{View, one};
use crate::app::{App, Error, Refusal, chats, tickets};
use crate::store;
use crate::store::requests::{self, End};

/// The form of a ticket that is made of a report; what is left out is as the customer said it.
#[derive(Debug, Clone, Default)]
pub struct Accept {
    pub service_id: String,
    pub problem: Option<String>,
    /// `YYYY-MM-DD` in the company's zone; none means today.
    pub visit_date: Option<String>,
    /// `13:00`.
    pub visit_time: Option<String>,
}

/// Makes a ticket of a request, if its date has a place left. The customer hears of it.
pub async fn accept(app: &App, act: &Act, id: RequestId, form: Accept) -> Result<tickets::View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            // The chat before its request, as everyone else who changes both does: a photo that comes at this moment
            // belongs to the ticket too.
            store::contacts::by_id_held(tx, request.contact).await?;
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            let Some(customer) = request.customer.filter(|_| may_end(request.state)) else {
                return Err(Refusal::NotNow.into());
            };
            let new = tickets::New {
                customer_id: customer.to_string(),
                new_customer: None,
                service_id: form.service_id,
                problem: form.problem.unwrap_or(request.words),
                visit_date: form.visit_date,
                visit_time: form.visit_time,
                latitude: request.position.map(|p| p.latitude),
                longitude: request.position.map(|p| p.longitude),
            };
            let ticket = tickets::create_in(&app_, tx, &by, new, Some(id)).await?;
            let end = End {
                state: State::Accepted,
                ticket: Some(ticket.id),
                answer: None,
                by: by.actor,
                at: by.at,
            };
            if !requests::end(tx, id, end).await? {
                return Err(Refusal::NotNow.into());
            }
            requests::pass_photos(tx, id, ticket.id).await?;
            by.audit(
                tx,
                "request_accepted",
                ("request", id.0),
                Some(ticket.id),
                json!(null),
            )
            .await?;
            let made = tickets::views(tx, vec![ticket]).await?;
            made.into_iter().next().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Answers a request in its chat. The bot is silent there for a while.
pub async fn answer(app: &App, act: &Act, id: RequestId, text: &str) -> Result<View, Error> {
    let words = worded(text).map_err(|fault| Invalid::one("text", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            // The chat before its request, as everyone else who changes both does.
            store::contacts::by_id_held(tx, request.contact).await?;
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            // Whatever became of it, people may go on talking about it.
            let state = match request.state {
                State::New => State::Answered,
                other => other,
            };
            if may_end(request.state) {
                let end = End {
                    state,
                    ticket: None,
                    answer: Some(words.clone()),
                    by: by.actor,
                    at: by.at,
                };
                if !requests::end(tx, id, end).await? {
                    return Err(Error::Stale);
                }
            }
            chats::say(&app_, tx, &by, request.contact, (&words, Some(id))).await?;
            by.audit(
                tx,
                "request_answered",
                ("request", id.0),
                request.ticket,
                json!(null),
            )
            .await?;
            tx.note_tickets();
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            one(tx, request).await
        }
        .boxed()
    })
    .await
}

/// Closes a request without a ticket, for a reason that stays in the office.
pub async fn dismiss(app: &App, act: &Act, id: RequestId, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            let end = End {
                state: State::Dismissed,
                ticket: None,
                answer: None,
                by: by.actor,
                at: by.at,
            };
            if !requests::end(tx, id, end).await? {
                return Err(Refusal::NotNow.into());
            }
            by.audit(
                tx,
                "request_dismissed",
                ("request", id.0),
                None,
                json!({ "reason": why }),
            )
            .await?;
            tx.note_tickets();
            let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
            one(tx, request).await
        }
        .boxed()
    })
    .await
}

/// Whether something may still be made of it.
const fn may_end(state: State) -> bool {
    matches!(state, State::New | State::Answered)
}
