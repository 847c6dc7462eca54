//! Reads what a call brings: JSON, a form, a query, or a multipart form with files.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use reqwest::Url;
use serde_json::Value;

use crate::simulator::check::{Raw, Upload};
use crate::simulator::refusal::Refusal;

/// The largest body with files that is read, in bytes: 50 MB of files and what surrounds them.
pub(crate) const LARGEST: usize = 51 << 20;
/// The largest body without files.
const LARGEST_PLAIN: usize = 1 << 20;

/// The parameters of a request, as they arrived.
pub(crate) async fn read(query: Option<String>, request: Request<Body>) -> Result<Raw, Refusal> {
    let mut pairs = query.as_deref().map(decode).unwrap_or_default();
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kind == "multipart/form-data" {
        let (more, uploads) = multipart(request).await?;
        pairs.extend(more);
        return Ok(Raw::Parts(pairs, uploads));
    }
    let body = Bytes::from_request(request, &()).await;
    let body = body
        .ok()
        .filter(|body| body.len() <= LARGEST_PLAIN)
        .ok_or_else(too_large)?;
    match kind.as_str() {
        "application/json" if !body.is_empty() => match serde_json::from_slice(&body) {
            Ok(Value::Object(object)) => Ok(Raw::Json(object)),
            _ => Err(Refusal::bad("can't parse request as JSON object")),
        },
        "" | "application/json" | "application/x-www-form-urlencoded" => {
            pairs.extend(decode(&String::from_utf8_lossy(&body)));
            Ok(Raw::Form(pairs))
        }
        other => Err(Refusal::bad(format!(
            "simulator: content type {other} is not read"
        ))),
    }
}

type Parts = (Vec<(String, String)>, BTreeMap<String, Upload>);

async fn multipart(request: Request<Body>) -> Result<Parts, Refusal> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            Refusal::bad("can't parse multipart form")
        }
    };
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| Refusal::bad("can't parse multipart form"))?;
    let (mut pairs, mut uploads) = (Vec::new(), BTreeMap::new());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file_name) = field.file_name().map(str::to_owned) else {
            pairs.push((name, field.text().await.map_err(unreadable)?));
            continue;
        };
        let upload = Upload {
            name: Some(file_name).filter(|name| !name.is_empty()),
            mime: field.content_type().map(str::to_owned),
            bytes: field.bytes().await.map_err(unreadable)?,
        };
        if uploads.insert(name, upload).is_some() {
            return Err(Refusal::broken(
                "wrong_type",
                "simulator: two files have the same field",
            ));
        }
    }
    Ok((pairs, uploads))
}

fn too_large() -> Refusal {
    Refusal {
        violation: Some("too_large"),
        ..Refusal::new(413, "Request Entity Too Large")
    }
}

fn decode(form: &str) -> Vec<(String, String)> {
    // The URL parser reads forms in the same way; the address is only a carrier.
    let carrier = Url::parse(&format!("http://form.invalid/?{}", form.replace('#', "%23")));
    carrier
        .map(|url| url.query_pairs().into_owned().collect())
        .unwrap_or_default()
}
