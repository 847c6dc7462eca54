//! A ticket's files: how they are shown, given out to whoever may see them, and added.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use domain::document::Kind;
use domain::ids::DocumentId;
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;

use crate::app::documents::{self, Size, View};
use crate::app::{self, Error};
use crate::web;
use crate::web::file::{Showing, form as read_form, sent};
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::measure::size;
use crate::web::panel::ticket::{refused, ticket_id};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::problem::Problem;
use crate::web::words::word;

/// One file.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub kind: Kind,
    pub filename: String,
    /// Of a letter that was drawn here.
    pub number: Option<String>,
    /// The page that says whether such a letter is valid.
    pub verify: Option<String>,
    /// Whether it is such a letter and holds now.
    pub holds: bool,
    /// `1,4 MB`.
    pub size: String,
    /// Who brought it.
    pub by: Option<String>,
    pub at: When,
    pub revoked: Option<When>,
    /// What is remarkable about it, in words.
    pub remarks: Vec<String>,
    pub is_picture: bool,
    /// What plays it, if it is a film or a sound: `video` or `audio`.
    pub player: Option<&'static str>,
    /// Its bytes are gone, as the retention says.
    pub is_erased: bool,
    /// What the picture is, for who does not see it.
    pub alt: String,
}

impl Document {
    /// As the page shows it.
    pub fn of(view: View, reader: Reader) -> Result<Self, Failure> {
        let kind = view.purpose()?;
        let at = reader.clock(view.created_at);
        let by = view.uploaded_by.map(|person| person.name);
        let alt = [Some(name(kind, reader.locale)), by.clone(), Some(at.full.clone())];
        let today = reader.zone.date(reader.now);
        let is_past = view.revoked_at.is_some() || view.valid_until.is_some_and(|last| last < today);
        let alt: Vec<String> = alt.into_iter().flatten().collect();
        Ok(Self {
            id: view.id,
            kind,
            filename: view.filename,
            number: view.number,
            holds: view.verify_path.is_some() && !is_past,
            verify: view.verify_path,
            size: size(reader.locale, view.size),
            by,
            at,
            revoked: view.revoked_at.map(|at| reader.clock(at)),
            remarks: view
                .flags
                .iter()
                .map(|flag| remark(flag, reader.locale))
                .collect(),
            is_picture: view.width.is_some(),
            player: player(&view.media_type),
            is_erased: view.state != "ready",
            alt: alt.join(", "),
        })
    }

    /// The text key of what it is for.
    pub fn label(&self) -> &'static str {
        key(self.kind)
    }

    /// Where its bytes are, to be saved.
    pub fn href(&self) -> String {
        format!("/panel/documents/{}/content", self.id)
    }

    /// What people call it: a letter by its number.
    pub fn called(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.filename)
    }

    /// Whether it is one of the photos of the page: a picture that shows work or a paper signed there.
    pub fn is_photo(&self) -> bool {
        self.is_picture && !self.kind.is_letter()
    }
}

/// The element that plays a file of this media type.
fn player(media_type: &str) -> Option<&'static str> {
    match media_type.split_once('/')?.0 {
        "audio" => Some("audio"),
        "video" => Some("video"),
        _ => None,
    }
}

/// The text key of a kind.
pub const fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::AssignmentLetter => "kind-assignment-letter",
        Kind::TravelLetter => "kind-travel-letter",
        Kind::Bast => "kind-bast",
        Kind::BastForm => "kind-bast-form",
        Kind::Evidence => "kind-evidence",
        Kind::PaymentProof => "kind-payment-proof",
        Kind::CheckIn => "kind-check-in",
        Kind::Report => "kind-report",
    }
}

/// What a kind is called.
pub fn name(kind: Kind, locale: Locale) -> String {
    word(locale, key(kind))
}

fn remark(flag: &str, locale: Locale) -> String {
    match flag {
        "seen-on-other-ticket" => word(locale, "flag-seen-elsewhere"),
        // Younger than this page: named as it is written down.
        other => other.replace('-', " "),
    }
}

/// A file's bytes: pictures of our own making are shown, everything else is saved.
pub async fn content(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    query: Form,
) -> Answer {
    let id: DocumentId = id.parse().map_err(|_| app::Error::Missing)?;
    let (size, showing) = match query.value("size") {
        "" => (Size::Original, Showing::Never),
        "small" => (Size::Small, Showing::Picture),
        "large" => (Size::Large, Showing::Picture),
        _ => return Err(app::Error::Missing.into()),
    };
    let role = visitor.signed.user.role;
    let found = documents::read(&state.app, &visitor.act(), role, id, size).await?;
    let content = found.ok_or(Failure::Status(StatusCode::FORBIDDEN))?;
    Ok(sent(content, showing, &headers))
}

/// Adds a file to a ticket.
pub async fn add(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let id = ticket_id(&id)?;
    let (kind, done) = match read_form(request).await {
        Ok(new) => {
            let kind = new.kind.clone();
            (kind, documents::upload(&state.app, &visitor.act(), id, new).await)
        }
        Err(problem) => (String::new(), Err(error(problem)?)),
    };
    match done {
        Ok(added) => Ok(Deed::DocumentAdded(added.filename).tell_at(&format!("/panel/tickets/{id}"))),
        Err(error) => {
            refused(
                &state,
                &visitor,
                id,
                (Form::filled([("kind", kind)]), "upload"),
                error,
            )
            .await
        }
    }
}

/// What a form that cannot be read says on the page.
fn error(problem: Problem) -> Result<Error, Failure> {
    match problem {
        Problem::Refused(refusal) => Ok(Error::Refused(refusal)),
        Problem::CutShort => Ok(Invalid::one("file", Fault::CutShort).into()),
        Problem::Invalid(_) | Problem::NotMultipart => Err(Failure::Status(StatusCode::UNPROCESSABLE_ENTITY)),
        other => Err(Failure::Status(other.status())),
    }
}
