//! Files of tickets: letters and photos added, and their bytes.

use axum::body::Body;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{self, DefaultBodyLimit, FromRequest, Request};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use domain::ids::{DocumentId, TicketId};
use domain::invalid::Fault;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::documents::{self, New, Size, View};
use crate::app::sessions::Signed;
use crate::app::{Act, Channel};
use crate::web::State;
use crate::web::api::input::{Id, MOST_UPLOADED, Query, content};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, created};
use crate::web::problem::{Problem, Wrong};

const BASE: &str = "/api/v1/documents";
/// Bytes of a field that is no file, at most.
const MOST_TEXT: usize = 64;

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
    responses((status = 200, description = "The file.", content_type = "application/octet-stream", body = Vec<u8>)))]
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
    Ok(sent(content, &headers))
}

/// A file as it goes out: to be saved, never to be shown by the browser as a page of ours.
pub(crate) fn sent(content: documents::Content, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", content.tag);
    let known = asked.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| known.split(',').any(|part| part.trim() == tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content.bytes.into_response()
    };
    let headers: [(HeaderName, String); 4] = [
        (CONTENT_TYPE, content.media_type),
        (CONTENT_DISPOSITION, disposition(&content.filename)),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (ETAG, tag),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// `Content-Disposition` (RFC 6266): plain letters for old programs, and the name itself in UTF-8 (RFC 8187).
fn disposition(filename: &str) -> String {
    let plain: String = filename
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " ._-()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let exact: String = filename
        .bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// Reads the form whole; every wrong field is told at once.
async fn form(request: Request) -> Result<New, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = content(body, MOST_UPLOADED).await?;
    let request = Request::from_parts(parts, Body::from(bytes));
    let mut fields = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::NotMultipart)?;
    let mut new = New::default();
    let (mut seen, mut wrong) = (Vec::new(), Vec::new());
    while let Some(field) = fields.next_field().await.map_err(|_| Problem::CutShort)? {
        let name = field.name().unwrap_or_default().to_owned();
        let fault = if seen.contains(&name) {
            Some(Fault::BadValue)
        } else {
            match name.as_str() {
                "kind" => read_text(field).await?.map_or_else(Some, |text| {
                    new.kind = text;
                    None
                }),
                "file" => {
                    new.filename = field.file_name().unwrap_or_default().to_owned();
                    new.bytes = Some(read(field).await?);
                    None
                }
                _ => Some(Fault::Unknown),
            }
        };
        if let Some(fault) = fault {
            let field = name.chars().take(64).collect();
            wrong.push(Wrong { field, fault });
        }
        seen.push(name);
    }
    if wrong.is_empty() {
        Ok(new)
    } else {
        Err(Problem::Invalid(wrong))
    }
}

async fn read(field: Field<'_>) -> Result<Bytes, Problem> {
    field.bytes().await.map_err(|_| Problem::CutShort)
}

async fn read_text(field: Field<'_>) -> Result<Result<String, Fault>, Problem> {
    let bytes = read(field).await?;
    if bytes.len() > MOST_TEXT {
        return Ok(Err(Fault::TooLong));
    }
    Ok(String::from_utf8(bytes.to_vec()).map_err(|_| Fault::BadValue))
}

#[cfg(test)]
mod tests {
    use crate::web::api::documents::disposition;

    #[test]
    fn names_cannot_leave_their_header() {
        assert_eq!(
            disposition("surat tugas.pdf"),
            "attachment; filename=\"surat tugas.pdf\"; filename*=UTF-8''surat%20tugas.pdf"
        );
        assert_eq!(
            disposition("é\"\r\nX: y;.jpg"),
            "attachment; filename=\"____X_ y_.jpg\"; filename*=UTF-8''%C3%A9%22%0D%0AX%3A%20y%3B.jpg"
        );
    }
}
