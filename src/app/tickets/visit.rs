//! Visits as people and programs see them: who came, what his place proved, what came of it.

use chrono::{DateTime, Utc};
use domain::document::{Kind, State};
use domain::ticket::Status;
use domain::visit::Checklist;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::documents;
use crate::app::tickets::view::{Named, People};
use crate::store::documents::Document;
use crate::store::tickets::Ticket;
use crate::store::visits::Visit;

/// The visit of one assignment; earlier ones are those of technicians who were replaced.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Visit)]
pub struct Visited {
    pub technician: Named,
    pub check_in: CheckIn,
    #[schema(required)]
    pub check_out: Option<CheckOut>,
    /// When the ticket was taken from the technician; `null`: it was not.
    #[schema(required)]
    pub ended_at: Option<DateTime<Utc>>,
    /// The ids of the ticket's documents that belong to it.
    pub documents: Vec<String>,
}

/// The start of a visit, with the verdict on its place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckIn {
    pub at: DateTime<Utc>,
    #[schema(required)]
    pub latitude: Option<f64>,
    #[schema(required)]
    pub longitude: Option<f64>,
    #[schema(required)]
    pub accuracy_meters: Option<f64>,
    #[schema(required)]
    pub distance_meters: Option<f64>,
    /// How old the position was when it arrived.
    #[schema(required)]
    pub age_seconds: Option<i64>,
    /// `live`, `static` or `manual`.
    pub source: String,
    /// `verified`, `unverified`, `outside` or `manual`.
    pub verdict: String,
    #[schema(required)]
    pub reason: Option<String>,
    /// The photo of the place, where one was asked for.
    #[schema(required)]
    pub photo: Option<documents::View>,
    /// Who wrote it down, when that was not the technician.
    #[schema(required)]
    pub recorded_by: Option<Named>,
}

/// The end of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckOut {
    pub at: DateTime<Utc>,
}

/// Everyone whom a visit names.
pub(crate) fn who(visits: &[Visit]) -> impl Iterator<Item = domain::ids::UserId> + '_ {
    visits
        .iter()
        .flat_map(|visit| std::iter::once(visit.technician).chain(visit.recorded_by))
}

/// A visit with the files of its assignment.
pub(crate) fn visited(visit: &Visit, files: &[Document], people: &People) -> Visited {
    let own = files.iter().filter(|file| is_of(file, visit));
    Visited {
        technician: people.named(visit.technician),
        check_in: check_in(visit, files, people),
        check_out: check_out(visit),
        ended_at: visit.ended_at,
        documents: own
            .filter_map(|file| documents::view(file, people))
            .map(|file| file.id)
            .collect(),
    }
}

pub(crate) fn check_in(visit: &Visit, files: &[Document], people: &People) -> CheckIn {
    let photo = files
        .iter()
        .rev()
        .filter(|file| is_of(file, visit) && file.kind == Some(Kind::CheckIn))
        .find_map(|file| documents::view(file, people));
    CheckIn {
        at: visit.checked_in_at,
        latitude: visit.position.map(|position| position.latitude),
        longitude: visit.position.map(|position| position.longitude),
        accuracy_meters: visit.accuracy_meters,
        distance_meters: visit.distance_meters,
        age_seconds: visit.age_seconds,
        source: visit.source.as_str().to_owned(),
        verdict: visit.verdict.as_str().to_owned(),
        reason: visit.reason.clone(),
        photo,
        recorded_by: visit.recorded_by.map(|id| people.named(id)),
    }
}

pub(crate) fn check_out(visit: &Visit) -> Option<CheckOut> {
    visit.checked_out_at.map(|at| CheckOut { at })
}

/// What a ticket in progress still needs to be done.
pub(crate) fn missing(ticket: &Ticket, visit: Option<&Visit>, files: &[Document]) -> Vec<&'static str> {
    let Some(visit) = visit.filter(|_| ticket.status == Status::InProgress) else {
        return Vec::new();
    };
    let count = |kind| {
        let own = files.iter().filter(|file| is_of(file, visit));
        // A photo whose bytes the retention has erased was there all the same.
        own.filter(|file| file.kind == Some(kind) && matches!(file.state, State::Ready | State::Erased))
            .count()
    };
    let found = Checklist {
        checked_out: visit.checked_out_at.is_some(),
        evidence: count(Kind::Evidence),
        bast: count(Kind::Bast),
    };
    let steps = [
        ("evidence", found.evidence > 0),
        ("bast", found.bast > 0),
        ("check_out", found.checked_out),
    ];
    steps
        .into_iter()
        .filter(|(_, is_there)| !is_there)
        .map(|(step, _)| step)
        .collect()
}

fn is_of(file: &Document, visit: &Visit) -> bool {
    file.ticket == Some(visit.ticket) && file.epoch == Some(visit.epoch)
}
