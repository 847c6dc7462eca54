//! A visit: begun by a place that is believed or explained, ended by its technician, done when nothing is missing.

use chrono::TimeDelta;
use dialogues::say::Say;
use dialogues::site::Site;
use dialogues::text::Moment;
use dialogues::turn::Outcome;
use dialogues::visiting::CheckIn;
use domain::alert::Resolution;
use domain::document::{Kind, State};
use domain::ids::{TicketId, VisitId};
use domain::invalid::Invalid;
use domain::ticket::{Status, reason};
use domain::visit::{Checklist, Finding, Source as Origin, Verdict};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::tickets::{View, views};
use crate::app::{App, Error, Refusal, alerts, invoices, notices, uploads};
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::visits::Visit;
use crate::store::{self, Tx, documents};

/// Begins a visit, if the place is believed or explained; otherwise says what is missing, and writes nothing.
pub(crate) async fn check_in(
    app: &App,
    tx: &Tx,
    act: &Act,
    user: &User,
    asked: CheckIn,
) -> Result<Outcome, Error> {
    let id = asked.ticket;
    let ticket = store::tickets::by_id_locked(tx, id).await?;
    let Some(ticket) = ticket.filter(|t| t.technician == Some(user.id) && t.epoch == asked.epoch) else {
        return Ok(Outcome::NotYours { ticket: id });
    };
    match ticket.status {
        Status::Assigned => {}
        Status::InProgress | Status::Done => return Ok(Outcome::AlreadyCheckedIn { ticket: id }),
        Status::Open | Status::Closed | Status::Cancelled => return Ok(Outcome::NotYours { ticket: id }),
    }
    if app.zone().date(act.at) < ticket.visit_date {
        return Ok(Outcome::TooEarly {
            date: ticket.visit_date,
        });
    }
    let shown = asked.photo.is_some() || uploads::has_place_photo(tx, asked.kept).await?;
    let finding = match judged(app, act, &ticket, (&asked, shown)) {
        Ok(finding) => finding,
        Err(_) if asked.kept.is_some() && !shown => return Ok(Outcome::PlacePhotoGone),
        Err(outcome) => return Ok(*outcome),
    };
    let visit = Visit {
        id: VisitId(0),
        ticket: id,
        epoch: ticket.epoch,
        technician: user.id,
        checked_in_at: act.at,
        source: match asked.fix {
            Some(fix) if fix.live => Origin::Live,
            Some(_) => Origin::Static,
            None => Origin::Manual,
        },
        verdict: finding.verdict,
        position: asked.fix.map(|fix| fix.position),
        accuracy_meters: asked.fix.and_then(|fix| fix.accuracy_meters),
        distance_meters: finding.distance_meters,
        age_seconds: asked.fix.map(|fix| fix.age_seconds),
        reason: asked.reason.clone(),
        recorded_by: None,
        checked_out_at: None,
        ended_at: None,
    };
    let ticket = begin(app, tx, act, ticket, visit.clone()).await?;
    let place_photo = uploads::place_photo(tx, act, user, &visit, (&asked, shown)).await?;
    if place_photo.is_none() && finding.verdict != Verdict::Verified {
        notices::check_in_doubted(tx, user, &visit, act.at).await?;
    }
    Ok(Outcome::CheckedIn {
        ticket: ticket.id,
        at: moment(app, act),
        finding,
        accuracy_meters: visit.accuracy_meters,
        place_photo,
    })
}

/// The card of a job whose visit has begun, anew.
pub(crate) async fn show_begun(
    app: &App,
    tx: &Tx,
    act: &Act,
    user: &User,
    id: TicketId,
) -> Result<(), Error> {
    let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
    notices::job_moved_on(app, tx, &ticket, user, act.at).await
}

/// Whether the place is enough; otherwise what it lacks.
fn judged(
    app: &App,
    act: &Act,
    ticket: &Ticket,
    (asked, shown): (&CheckIn, bool),
) -> Result<Finding, Box<Outcome>> {
    let explained = asked.reason.is_some() && shown;
    let Some(fix) = asked.fix else {
        let finding = Finding {
            verdict: Verdict::Manual,
            distance_meters: None,
        };
        // The conversation asks for both before it comes here.
        return if explained {
            Ok(finding)
        } else {
            Err(Box::new(Outcome::NotYours { ticket: ticket.id }))
        };
    };
    let radius = f64::from(app.settings().visit.radius_meters);
    let finding = fix.judge(ticket.site, radius);
    let may_improve = asked.patient && fix.may_improve(finding, radius);
    let enough = match finding.verdict {
        Verdict::Verified => true,
        // Near, but not proven: a photo of the place may follow.
        Verdict::Unverified if ticket.site.is_some() => !may_improve,
        Verdict::Unverified | Verdict::Outside | Verdict::Manual => explained,
    };
    if enough {
        return Ok(finding);
    }
    Err(Box::new(Outcome::NotProven {
        fix,
        finding,
        may_improve,
        moved: asked.moved,
        at: act.at,
    }))
}

/// The ticket is in progress from now on; answers it as it is now.
async fn begin(app: &App, tx: &Tx, act: &Act, ticket: Ticket, visit: Visit) -> Result<Ticket, Error> {
    if !store::tickets::advance(tx, &ticket, Status::InProgress, act.at).await? {
        return Err(Error::Stale);
    }
    // Where exactly he was is kept with the visit alone, which the retention erases.
    let detail = json!({
        "verdict": visit.verdict.as_str(),
        "source": visit.source.as_str(),
        "distance_meters": visit.distance_meters.map(f64::round),
        "reason": visit.reason,
    });
    let id = ticket.id;
    store::visits::insert(tx, visit).await?;
    act.audit_ticket(tx, "checked_in", id, detail).await?;
    alerts::resolve(app, tx, act, id, Resolution::CheckedIn).await?;
    tx.note_tickets();
    let begun = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
    notices::customer::arrived(app, tx, &begun, act.at).await?;
    Ok(begun)
}

/// What the check-out would end, to be confirmed.
pub(crate) async fn summary(
    app: &App,
    tx: &Tx,
    act: &Act,
    user: &User,
    (id, epoch): (TicketId, i32),
) -> Result<Result<Site, Site>, Error> {
    let ticket = store::tickets::by_id(tx, id).await?;
    let visit = match leaving(tx, user, ticket, (id, epoch)).await? {
        Ok((_, visit)) => visit,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let found = checklist(tx, &visit).await?;
    Ok(Ok(Site::CheckOutSummary {
        ticket: id,
        since: Moment {
            at: visit.checked_in_at,
            zone: app.zone(),
        },
        minutes: (act.at - visit.checked_in_at).num_minutes().max(0),
        evidence: found.evidence,
        bast: found.bast,
    }))
}

/// Ends the visit. The job is done with it when photos and BAST are there; otherwise they may follow.
pub(crate) async fn check_out(
    app: &App,
    tx: &Tx,
    act: &Act,
    user: &User,
    (id, epoch): (TicketId, i32),
) -> Result<Result<Site, Site>, Error> {
    let ticket = store::tickets::by_id_locked(tx, id).await?;
    let ticket = match leaving(tx, user, ticket, (id, epoch)).await? {
        Ok((ticket, _)) => ticket,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !store::visits::check_out(tx, id, epoch, act.at).await? {
        return Ok(Err(Site::AlreadyCheckedOut { ticket: id }));
    }
    act.audit_ticket(tx, "checked_out", id, serde_json::Value::Null)
        .await?;
    tx.note_tickets();
    let found = complete(app, tx, act, &ticket).await?;
    if !found.is_complete() {
        notices::ticket_changed(app, tx, &ticket, act.at).await?;
    }
    Ok(Ok(Site::CheckedOut {
        ticket: id,
        at: moment(app, act),
        evidence: found.evidence == 0,
        bast: found.bast == 0,
    }))
}

/// The ticket and its visit, if this person may end it now.
async fn leaving(
    tx: &Tx,
    user: &User,
    ticket: Option<Ticket>,
    (id, epoch): (TicketId, i32),
) -> Result<Result<(Ticket, Visit), Site>, Error> {
    let Some(ticket) = ticket.filter(|t| t.technician == Some(user.id) && t.epoch == epoch) else {
        return Ok(Err(Site::UploadOver { ticket: id }));
    };
    match (ticket.status, store::visits::of(tx, id, epoch).await?) {
        (Status::Assigned, _) | (_, None) => Ok(Err(Site::NotCheckedIn { ticket: id })),
        (_, Some(visit)) if visit.checked_out_at.is_some() => Ok(Err(Site::AlreadyCheckedOut { ticket: id })),
        (Status::InProgress, Some(visit)) => Ok(Ok((ticket, visit))),
        _ => Ok(Err(Site::UploadOver { ticket: id })),
    }
}

/// Makes a ticket done when nothing is missing; answers what there is. Whoever comes here holds the ticket's
/// row, so that of two last pieces that arrive together the later one sees both.
pub(crate) async fn complete(app: &App, tx: &Tx, act: &Act, ticket: &Ticket) -> Result<Checklist, Error> {
    let Some(visit) = store::visits::of(tx, ticket.id, ticket.epoch).await? else {
        return Ok(Checklist::default());
    };
    let found = checklist(tx, &visit).await?;
    if ticket.status != Status::InProgress || !found.is_complete() {
        return Ok(found);
    }
    if !store::tickets::advance(tx, ticket, Status::Done, act.at).await? {
        return Err(Error::Stale);
    }
    let detail = json!({ "evidence": found.evidence, "bast": found.bast });
    act.audit_ticket(tx, "ticket_done", ticket.id, detail).await?;
    let done = store::tickets::by_id(tx, ticket.id)
        .await?
        .ok_or(Error::Missing)?;
    notices::done(app, tx, &done, act.at).await?;
    invoices::draft(app, tx, &done, act.at).await?;
    tx.note_tickets();
    Ok(found)
}

/// What an assignment's visit has so far.
pub(crate) async fn checklist(source: &impl store::Source, visit: &Visit) -> Result<Checklist, Error> {
    let held = (visit.ticket, visit.epoch);
    // A photo whose bytes the retention has erased was there all the same.
    let states = [State::Ready, State::Erased];
    Ok(Checklist {
        checked_out: visit.checked_out_at.is_some(),
        evidence: documents::count(source, held, Kind::Evidence, &states).await?,
        bast: documents::count(source, held, Kind::Bast, &states).await?,
    })
}

/// An admin writes a check-in down that its technician could not make, with the reason.
pub async fn record(app: &App, act: &Act, id: TicketId, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let ticket = store::tickets::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            let (Status::Assigned, Some(technician)) = (ticket.status, ticket.technician) else {
                return Err(Refusal::WrongState { now: ticket.status }.into());
            };
            let visit = Visit {
                id: VisitId(0),
                ticket: id,
                epoch: ticket.epoch,
                technician,
                checked_in_at: by.at,
                source: Origin::Manual,
                verdict: Verdict::Manual,
                position: None,
                accuracy_meters: None,
                distance_meters: None,
                age_seconds: None,
                reason: Some(why),
                recorded_by: by.actor,
                checked_out_at: None,
                ended_at: None,
            };
            let ticket = begin(&app_, tx, &by, ticket, visit).await?;
            notices::check_in_recorded(&app_, tx, &ticket, &by).await?;
            views(tx, vec![ticket]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Reminds technicians of visits whose check-in is due soon, once each; answers how many.
pub async fn remind(app: &App) -> Result<usize, Error> {
    let minutes = app.settings().visit.reminder_minutes;
    if minutes == 0 {
        return Ok(0);
    }
    let now = app.now();
    let until = now + TimeDelta::minutes(i64::from(minutes));
    let due = store::tickets::due_between(&app.db, now, until).await?;
    let mut told = 0;
    for ticket in due {
        let app_ = app.clone();
        let done = app.write(move |tx| remind_one(app_, tx, ticket).boxed()).await;
        match done {
            Ok((done, effects)) => {
                app.tell(&effects);
                told += usize::from(done);
            }
            // The others must not wait for it; it is tried again soon.
            Err(error) => tracing::warn!(%error, "a technician could not be reminded"),
        }
    }
    Ok(told)
}

async fn remind_one(app: App, tx: &Tx, ticket: Ticket) -> Result<bool, Error> {
    let (Some(technician), Some(due)) = (ticket.technician, ticket.check_in_due_at) else {
        return Ok(false);
    };
    if !store::tickets::note_reminded(tx, &ticket).await? {
        return Ok(false);
    }
    let Some(user) = store::users::by_id(tx, technician).await? else {
        return Ok(false);
    };
    let text = Site::Reminder {
        ticket: ticket.id,
        due: Moment {
            at: due,
            zone: app.zone(),
        },
    };
    notices::tell(tx, &user, Some(ticket.id), Say::text(text), app.now()).await?;
    Ok(true)
}

fn moment(app: &App, act: &Act) -> Moment {
    Moment {
        at: act.at,
        zone: app.zone(),
    }
}
