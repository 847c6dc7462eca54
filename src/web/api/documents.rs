//! Files of tickets: letters and photos added, and their bytes.

use axum::extract::{self, DefaultBodyLimit, Request};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Extension, Json};
use domain::ids::{DocumentId, TicketId};
use domain::invalid::Fault;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::documents::{self, Size, View};
use crate::app::sessions::Signed;
use crate::app::{Act, Channel};
use crate::web::State;
use crate::web::api::input::{Id, Query};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, created};
use crate::web::file::{Showing, form, sent};
use crate::web::problem::Problem;

const BASE: &str = "/api/v1/documents";

/// A file to add.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes")]
pub(crate) struct NewDocument {
    kind: NewDocumentKind,
    /// A PDF, JPG, PNG or WebP of at most 20 MiB; `evidence` only a picture.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// What a file that is added is for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum NewDocumentKind {
    AssignmentLetter,
    TravelLetter,
    Bast,
    Evidence,
}

/// Which form of a file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct ContentQuery {
    /// A picture of at most 480 (`small`) or 1600 (`large`) pixels on a side; absent: the file itself.
    #[param(value_type = Option<PictureSize>, inline)]
    size: Option<String>,
}

/// The size of a picture.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum PictureSize {
    Small,
    Large,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let (schemas, paths, upload) = routes!(add_document);
    // The content is counted where it is read, with a limit of its own.
    let upload = (schemas, paths, upload.layer(DefaultBodyLimit::disable()));
    calls
        .guarded(Perm::ManageTickets, Keep::File, upload)
        .guarded(Perm::ReadTicket, Keep::Plain, routes!(get_document))
        .guarded(Perm::ReadTicket, Keep::Plain, routes!(get_content))
}

/// Add a file to a ticket: letters while it is assigned or in progress, photos while it is in progress or done.
/// A letter goes to the technician at once.
#[utoipa::path(post, path = "/tickets/{id}/documents", tag = "tickets", params(("id" = String, Path)),
    request_body(content = NewDocument, content_type = "multipart/form-data"),
    responses((status = 201, description = "The document.", body = View)))]
async fn add_document(
    extract::State(state): extract::State<State>,
    Id(ticket): Id<TicketId>,
    deed: Deed,
    request: Request,
) -> Result<Response, Problem> {
    let form = form(request).await?;
    let view = documents::upload(&state.app, &deed.creating(BASE), ticket, form).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// One document. Sales see those of tickets with an invoice.
#[utoipa::path(get, path = "/documents/{id}", tag = "tickets", params(("id" = String, Path)),
    responses((status = 200, description = "The document.", body = View)))]
async fn get_document(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    Id(id): Id<DocumentId>,
) -> Answer<View> {
    let found = documents::find(&state.app, signed.user.role, id).await?;
    found.map(Json).ok_or(Problem::Forbidden)
}

/// The bytes of a document. Sales see those of tickets with an invoice. Every look is written down.
#[utoipa::path(get, path = "/documents/{id}/content", tag = "tickets",
    params(("id" = String, Path), ContentQuery),
    responses((status = 200, description = "The file, as what its content was found to be.", content(
        (String = "application/pdf"),
        (String = "image/jpeg"),
        (String = "image/png"),
        (String = "image/webp"),
        (String = "video/mp4"),
        (String = "video/3gpp"),
        (String = "audio/ogg"),
        (String = "audio/mpeg"),
        (String = "audio/mp4"),
        (String = "audio/aac"),
        (String = "audio/amr"),
        (String = "application/octet-stream"),
    ))))]
async fn get_content(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    Id(id): Id<DocumentId>,
    Query(query): Query<ContentQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let size = match query.size.as_deref() {
        None => Size::Original,
        Some("small") => Size::Small,
        Some("large") => Size::Large,
        Some(_) => return Err(Problem::field("size", Fault::BadValue)),
    };
    let act = Act::of(signed.user.id, Channel::Api, state.app.now());
    let found = documents::read(&state.app, &act, signed.user.role, id, size).await?;
    let content = found.ok_or(Problem::Forbidden)?;
    Ok(sent(content, Showing::Never, &headers))
}
