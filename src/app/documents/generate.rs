//! Letters drawn here: numbered, kept, and sent to whoever has the job, as an uploaded one is.
//!
//! A letter shows its own number, so it is drawn before the transaction with the number that comes next, and the
//! transaction takes that number only if it still does; otherwise it is drawn once more. So no transaction waits for
//! a drawing, and no crash leaves a letter without its paper or a number without its letter.

use chrono::{Datelike, NaiveDate};
use domain::calendar::Zone;
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use domain::invalid::{Fault, Invalid};
use domain::letter::{self, Consignment};
use domain::number;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::documents::fetch::known;
use crate::app::documents::upload::check;
use crate::app::documents::view::{View, view};
use crate::app::documents::{draw, letters, name};
use crate::app::tickets::People;
use crate::app::{App, Error, notices, secret};
use crate::files::pdf::{self, Letter};
use crate::files::{Code, Inspected};
use crate::store::documents::{self, Document, Drawn};
use crate::store::numbers::{self, Series};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// Each try that fails has let another letter go first.
const MOST_TRIES: usize = 20;

/// A letter to draw, as the form says it.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// `assignment_letter`, `travel_letter`, or `bast` for one to be signed.
    pub kind: String,
    pub consignment: Consignment,
}

/// What was drawn and waits for its row.
#[derive(Clone)]
struct Draft {
    kind: Kind,
    ticket: Ticket,
    series: Series,
    serial: i64,
    number: String,
    drawn: Drawn,
    file: Inspected,
}

/// Draws a letter of a ticket that someone has; older ones of its kind are revoked.
pub async fn generate(app: &App, act: &Act, id: TicketId, order: Order) -> Result<View, Error> {
    let mut invalid = Invalid::default();
    let kind = invalid.take("kind", drawable(&order.kind));
    for (field, fault) in kind.map(|kind| order.consignment.fits(kind)).unwrap_or_default() {
        invalid.note(field, fault);
    }
    invalid.check()?;
    let kind = kind.ok_or(Error::Missing)?;
    let mut tries = 0;
    loop {
        let draft = draft(app, act, id, kind, &order.consignment).await?;
        app.files.keep(&draft.file).await?;
        match save(app, act, draft.clone()).await {
            Err(Error::Stale) if tries < MOST_TRIES => tries += 1,
            done => {
                let saved = done?;
                // Whoever sweeps may have taken the bytes for forgotten ones in the moment before they counted.
                if app.files.find(&draft.file.sha256).await?.is_none() {
                    app.files.keep(&draft.file).await?;
                }
                return Ok(saved);
            }
        }
    }
}

/// What went along with the letter of that kind that holds now: the next one begins with it.
pub async fn consignment(app: &App, id: TicketId, kind: Kind) -> Result<Consignment, Error> {
    let ticket = store::tickets::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    let held = documents::letter(&app.db, (id, ticket.epoch), kind).await?;
    let drawn = held.and_then(|letter| letter.drawn);
    Ok(drawn.map(|drawn| drawn.consignment).unwrap_or_default())
}

/// The kinds that can be drawn. A BAST is drawn as a form: only a photo of the signed one counts.
fn drawable(kind: &str) -> Result<Kind, Fault> {
    match kind.trim() {
        "" => Err(Fault::Required),
        kind => match kind.parse()? {
            kind @ (Kind::AssignmentLetter | Kind::TravelLetter) => Ok(kind),
            Kind::Bast => Ok(Kind::BastForm),
            _ => Err(Fault::BadValue),
        },
    }
}

async fn draft(
    app: &App,
    act: &Act,
    id: TicketId,
    kind: Kind,
    consignment: &Consignment,
) -> Result<Draft, Error> {
    let ticket = store::tickets::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    check(kind, ticket.status)?;
    let code = letter::code(kind).ok_or(Error::Missing)?;
    let today = app.zone().date(act.at);
    let series = Series {
        kind: code,
        year: today.year(),
        month: i32::try_from(today.month()).unwrap_or_default(),
    };
    let serial = numbers::coming(&app.db, series).await?;
    let number = number::letter(today, serial, code, &app.settings().company.code);
    let drawn = Drawn {
        token: secret::token(),
        valid_until: letter::valid_until(kind, ticket.visit_date.max(today)),
        consignment: consignment.clone(),
    };
    let facts = facts(app, act, (&ticket, kind), (today, number.clone()), &drawn).await?;
    let file = draw(move || pdf::draw_letter(&facts)).await?;
    Ok(Draft {
        kind,
        ticket,
        series,
        serial,
        number,
        drawn,
        file,
    })
}

async fn facts(
    app: &App,
    act: &Act,
    (ticket, kind): (&Ticket, Kind),
    (today, number): (NaiveDate, String),
    drawn: &Drawn,
) -> Result<Letter, Error> {
    let customer = store::customers::by_id(&app.db, ticket.customer).await?;
    let customer = customer.ok_or(Error::Missing)?;
    let service = store::services::by_id(&app.db, ticket.service).await?;
    let name = async |id| -> Result<Option<String>, Error> {
        let Some(id) = id else { return Ok(None) };
        Ok(store::users::by_id(&app.db, id).await?.map(|user| user.name))
    };
    let settings = app.settings();
    let (company, zone) = (&settings.company, app.zone());
    let locale = company.locale;
    let mut visit = Zone::day(ticket.visit_date, locale);
    if let Some(time) = ticket.visit_time {
        visit = format!(
            "{visit}, {}",
            zone.clock(zone.moment(ticket.visit_date, time), locale)
        );
    }
    let page = app.link("v", &drawn.token);
    Ok(Letter {
        kind,
        locale,
        number,
        issued_at: act.at,
        issued_on: today,
        ticket: ticket.id.number(),
        company: company.name.clone(),
        company_address: company.address.clone(),
        company_phone: company.phone.clone(),
        issuer: name(act.actor).await?,
        technician: name(ticket.technician).await?.unwrap_or_default(),
        customer: customer.name,
        address: customer.address,
        service: service.map_or_else(String::new, |service| service.name),
        problem: ticket.problem.clone(),
        visit,
        valid_until: drawn.valid_until,
        consignment: drawn.consignment.clone(),
        code: Code::of(&page),
    })
}

/// The number, the row, the end of older ones, and the message, in one transaction. [`Error::Stale`]: the number is
/// another letter's, or the ticket has changed since it was drawn.
async fn save(app: &App, act: &Act, draft: Draft) -> Result<View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let id = draft.ticket.id;
            let ticket = store::tickets::by_id_locked(tx, id).await?;
            let ticket = ticket.ok_or(Error::Missing)?;
            check(draft.kind, ticket.status)?;
            if ticket.version != draft.ticket.version
                || !numbers::take(tx, draft.series, draft.serial).await?
            {
                return Err(Error::Stale);
            }
            documents::revoke_one_kind(tx, (id, ticket.epoch), draft.kind, by.at).await?;
            let document = insert(tx, &by, draft).await?;
            let detail = json!({
                "kind": document.kind.map(Kind::as_str),
                "number": document.number,
                "document": document.id.to_string(),
            });
            by.audit_ticket(tx, "letter_issued", id, detail).await?;
            letters::tell(tx, &ticket, &document, by.at).await?;
            // His card has a button for it from now on.
            notices::ticket_changed(&app_, tx, &ticket, by.at).await?;
            tx.note_tickets();
            let people = People::load(tx, document.uploaded_by.into_iter()).await?;
            view(&document, &people).ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// What the file is called: by the country's own names, in either language.
const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::AssignmentLetter => "Surat Tugas",
        Kind::TravelLetter => "Surat Jalan",
        _ => "BAST",
    }
}

async fn insert(tx: &Tx, by: &Act, draft: Draft) -> Result<Document, Error> {
    let title = format!("{} {}", title(draft.kind), draft.number.replace('/', "-"));
    let facts = known(&draft.file);
    let row = Document {
        id: DocumentId(0),
        ticket: Some(draft.ticket.id),
        epoch: Some(draft.ticket.epoch),
        kind: Some(draft.kind),
        upload: None,
        number: Some(draft.number),
        filename: name::sound(&title, draft.kind, draft.file.media),
        media_type: Some(facts.media_type),
        size: Some(facts.size),
        sha256: Some(facts.sha256),
        perceptual: None,
        width: None,
        height: None,
        flags: Vec::new(),
        state: State::Ready,
        error: None,
        channel: by.channel.as_str().to_owned(),
        source: None,
        source_key: None,
        external_id: None,
        uploaded_by: by.actor,
        created_at: by.at,
        revoked_at: None,
        drawn: Some(draft.drawn),
        attempts: 0,
    };
    Ok(documents::insert(tx, row).await?)
}
