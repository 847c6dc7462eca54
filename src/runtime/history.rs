//! What the demo's company has behind it: eight weeks of closed tickets and what customers thought of them.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use domain::ids::{CustomerId, RatingId, ServiceId, TicketId, UserId};
use domain::rating::{OPEN, Stars};
use domain::ticket::Status;
use futures::FutureExt;
use serde_json::{Value, json};

use crate::app::act::{Act, Channel};
use crate::app::{App, Error};
use crate::store::ratings::Rating;
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// The last day of it, counted back from today.
const NEWEST: u64 = 2;
const DAYS_BETWEEN: u64 = 2;

/// Who came, whom he visited, for what; the stars of both, and a word with them.
type Past = (&'static str, i64, i64, (u8, u8), &'static str);

/// The newest first.
const PAST: [Past; 27] = [
    ("budi", 1, 1, (5, 5), "Cepat dan ramah, internet langsung lancar."),
    ("andi", 2, 6, (4, 5), ""),
    ("sari", 3, 3, (5, 4), "Rapi, bekas kerja dibersihkan."),
    ("dewi", 4, 3, (3, 4), "Datang agak terlambat."),
    ("budi", 5, 4, (5, 5), ""),
    ("joko", 6, 1, (4, 4), ""),
    ("sari", 1, 5, (5, 5), "Penjelasannya jelas."),
    (
        "andi",
        2,
        3,
        (2, 4),
        "Harus dipanggil dua kali untuk masalah yang sama.",
    ),
    ("budi", 3, 1, (5, 4), ""),
    ("dewi", 4, 4, (4, 5), ""),
    ("sari", 5, 3, (5, 5), ""),
    ("joko", 6, 6, (4, 3), "Teleponnya lama diangkat."),
    ("budi", 1, 2, (5, 5), "Mantap."),
    ("andi", 2, 1, (4, 4), ""),
    ("dewi", 3, 3, (3, 5), ""),
    ("sari", 4, 5, (4, 5), "CCTV terpasang rapi."),
    ("budi", 5, 3, (4, 4), ""),
    ("joko", 6, 1, (5, 5), ""),
    ("andi", 1, 6, (4, 5), ""),
    ("sari", 2, 3, (5, 4), ""),
    ("dewi", 3, 1, (2, 3), "Janji pagi, datang sore."),
    ("budi", 4, 4, (4, 5), ""),
    ("sari", 5, 3, (5, 5), ""),
    ("andi", 6, 1, (3, 4), ""),
    ("joko", 1, 3, (4, 4), ""),
    ("budi", 2, 6, (5, 4), ""),
    ("dewi", 3, 1, (4, 4), ""),
];

/// Writes it down as it would stand there, the oldest first.
pub(crate) async fn write(app: &App, office: UserId) -> Result<(), Error> {
    for (place, past) in (0_u64..).zip(PAST).collect::<Vec<_>>().into_iter().rev() {
        let date = app
            .today()
            .checked_sub_days(Days::new(NEWEST + place * DAYS_BETWEEN));
        let date = date.unwrap_or_else(|| app.today());
        let visited = app
            .zone()
            .moment(date, NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default());
        let technician = store::users::by_username(&app.db, past.0)
            .await?
            .ok_or(Error::Missing)?;
        let who = (office, technician.id);
        let written = app.db.write(move |tx| one(tx, past, who, visited).boxed());
        let ((), effects) = written.await?;
        app.tell(&effects);
    }
    Ok(())
}

async fn one(
    tx: &Tx,
    (_, customer, service, (technician_stars, cs_stars), comment): Past,
    (office, technician): (UserId, UserId),
    visited: DateTime<Utc>,
) -> Result<(), Error> {
    let closed = visited + TimeDelta::hours(6);
    let ticket = Ticket {
        id: TicketId(0),
        customer: CustomerId(customer),
        service: ServiceId(service),
        problem: "Kunjungan yang sudah selesai.".to_owned(),
        status: Status::Closed,
        visit_date: visited.date_naive(),
        visit_time: None,
        site: None,
        technician: Some(technician),
        epoch: 1,
        claimed_at: Some(visited - TimeDelta::hours(2)),
        check_in_due_at: None,
        created_by: office,
        created_at: visited - TimeDelta::hours(3),
        changed_at: closed,
        version: 1,
    };
    let ticket = store::tickets::insert(tx, ticket).await?;
    let by = |hours: i64| Act::of(office, Channel::Panel, visited + TimeDelta::hours(hours));
    by(-3)
        .audit_ticket(tx, "ticket_created", ticket.id, Value::Null)
        .await?;
    let reason = json!({ "reason": "Sudah dibayar tunai" });
    by(6).audit_ticket(tx, "ticket_closed", ticket.id, reason).await?;
    let given = closed + TimeDelta::hours(1);
    let rating = Rating {
        id: RatingId(0),
        ticket: ticket.id,
        customer: ticket.customer,
        technician: Some(technician),
        cs: Some(office),
        token: crate::app::secret::token(),
        technician_stars: Stars::try_from(technician_stars).ok(),
        technician_at: Some(given),
        cs_stars: Stars::try_from(cs_stars).ok(),
        cs_at: Some(given),
        comment: (!comment.is_empty()).then(|| comment.to_owned()),
        via: Some("whatsapp".to_owned()),
        at: Some(given),
        opened_at: closed,
        expires_at: closed + OPEN,
    };
    store::ratings::insert(tx, &rating).await?;
    Ok(())
}
