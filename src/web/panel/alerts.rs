//! Emergencies on top of the board and of a ticket's page, each with its decisions.

use axum::extract::{Path, State};
use domain::alert::EXTENSIONS;
use domain::ids::{AlertId, TicketId};

use crate::app::alerts::{self, Days, Urgent};
use crate::app::{self};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::contact::Phone;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Hand;
use crate::web::panel::preferences::inside;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::problem;
use crate::web::words::word;

/// An open emergency.
#[derive(Debug, Clone)]
pub struct Alarm {
    pub id: String,
    pub ticket_id: String,
    /// `TKT-000123`.
    pub number: String,
    /// The first line of what is wrong.
    pub problem: String,
    pub customer: String,
    pub technician: String,
    pub phone: Option<Phone>,
    /// Telegram reaches the technician.
    pub reachable: bool,
    /// When the check-in was due.
    pub due: When,
    /// How long that has gone by.
    pub late: When,
    /// How often it was told again; it changes what the page sounds at.
    pub repeats: i32,
    /// Who could take the job instead.
    pub hands: Vec<Hand>,
}

impl Alarm {
    /// By how many minutes the check-in may be put off.
    pub fn extensions(&self) -> [i64; 3] {
        EXTENSIONS
    }

    /// The id of the dialog that asks for someone else.
    pub fn dialog(&self) -> String {
        format!("alarm-replace-{}", self.id)
    }

    /// Where the decision goes.
    pub fn action(&self) -> String {
        format!("/panel/alerts/{}/decision", self.id)
    }
}

/// Every open emergency, the longest overdue first.
pub(crate) async fn all(state: &web::State, reader: Reader) -> Result<Vec<Alarm>, Failure> {
    let (mut alarms, mut days) = (Vec::new(), Days::default());
    for urgent in alerts::urgent(&state.app).await? {
        alarms.push(alarm(state, urgent, reader, &mut days).await?);
    }
    Ok(alarms)
}

/// A ticket's open emergency.
pub(crate) async fn of_ticket(
    state: &web::State,
    ticket: TicketId,
    reader: Reader,
) -> Result<Option<Alarm>, Failure> {
    match alerts::urgent_of(&state.app, ticket).await? {
        Some(urgent) => Ok(Some(alarm(state, urgent, reader, &mut Days::default()).await?)),
        None => Ok(None),
    }
}

async fn alarm(
    state: &web::State,
    urgent: Urgent,
    reader: Reader,
    days: &mut Days,
) -> Result<Alarm, Failure> {
    let hands = alerts::hands(&state.app, &urgent.ticket, days).await?;
    let Urgent {
        alert,
        ticket,
        phone,
        reachable,
    } = urgent;
    Ok(Alarm {
        id: alert.id,
        problem: ticket.problem.lines().next().unwrap_or_default().to_owned(),
        ticket_id: ticket.id,
        number: ticket.number,
        customer: ticket.customer.name,
        technician: alert.technician.name,
        phone: phone.as_deref().map(Phone::of),
        reachable,
        due: reader.clock(alert.due_at),
        late: reader.age(alert.due_at),
        repeats: alert.repeats,
        hands: hands.into_iter().map(Hand::of).collect(),
    })
}

/// Decides an emergency; whoever is too late is told who was first.
pub async fn decide(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id: AlertId = id.parse().map_err(|_| app::Error::Missing)?;
    let asked = alerts::Form {
        decision: form.value("decision").to_owned(),
        minutes: form.some("minutes").and_then(|minutes| minutes.parse().ok()),
        technician_id: form.some("technician_id"),
    };
    let back = inside(form.value("back"));
    let locale = visitor.reader.locale;
    let refused = |why: String| Deed::Refused(why).tell_at(back);
    match alerts::decide(&state.app, &visitor.act(), id, &asked).await {
        Ok(alert) if alert.decision == Some("continue") => {
            Ok(Deed::VisitPutOff(alert.technician.name).tell_at(back))
        }
        Ok(alert) => Ok(Deed::TechnicianReplaced(alert.technician.name).tell_at(back)),
        Err(app::Error::Refused(refusal)) => Ok(refused(problem::refusal(locale, &refusal))),
        Err(app::Error::Stale) => Ok(refused(word(locale, "refused-stale"))),
        Err(app::Error::Invalid(_)) => Ok(refused(word(locale, "alarm-choice-gone"))),
        Err(other) => Err(other.into()),
    }
}
