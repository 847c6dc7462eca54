//! Files over HTTP: read out of a form, and given out without harm.

use axum::body::Body;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::invalid::Fault;

use crate::app::documents::{self, New};
use crate::web::api::input::{MOST_UPLOADED, content};
use crate::web::problem::{Problem, Wrong};

/// Bytes of a field that is no file, at most.
const MOST_TEXT: usize = 64;

/// Whether a browser may show a file in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Showing {
    /// It is to be saved: what people send may be anything.
    Never,
    /// It is a picture of our own making.
    Picture,
}

/// A file as it goes out: never shown by the browser as a page of ours.
pub(crate) fn sent(content: documents::Content, showing: Showing, asked: &HeaderMap) -> Response {
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
        (CONTENT_DISPOSITION, disposition(showing, &content.filename)),
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
pub(crate) fn disposition(showing: Showing, filename: &str) -> String {
    let how = match showing {
        Showing::Never => "attachment",
        Showing::Picture => "inline",
    };
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
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// Reads the form whole; every wrong field is told at once.
pub(crate) async fn form(request: Request) -> Result<New, Problem> {
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
    use crate::web::file::{Showing, disposition};

    #[test]
    fn names_cannot_leave_their_header() {
        assert_eq!(
            disposition(Showing::Never, "surat tugas.pdf"),
            "attachment; filename=\"surat tugas.pdf\"; filename*=UTF-8''surat%20tugas.pdf"
        );
        assert_eq!(
            disposition(Showing::Never, "é\"\r\nX: y;.jpg"),
            "attachment; filename=\"____X_ y_.jpg\"; filename*=UTF-8''%C3%A9%22%0D%0AX%3A%20y%3B.jpg"
        );
    }
}
