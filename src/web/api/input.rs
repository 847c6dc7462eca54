//! What callers send: JSON bodies, queries and ids, read strictly, every wrong field told at once.

use std::str::FromStr;

use axum::body::Body as Content;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use bytes::Bytes;
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use crate::app::page::Cut;
use crate::app::{Refusal, documents};
use crate::web::problem::{MOST_BYTES, Problem, Wrong};

/// Bytes of a content that is too large, read before the connection is given up.
const MOST_SWALLOWED: usize = 64 << 20;

/// A JSON object, read into a form. Unknown fields and wrong types are `invalid`, by name.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A query, read into a form; as strict as [`Body`].
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The query of a list: its filter, and which page.
#[derive(Debug)]
pub struct List<T>(pub T, pub Cut);

/// A list without filters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {}

/// An id in the path. What cannot be an id names nothing: 404.
#[derive(Debug)]
pub struct Id<T>(pub T);

/// Two ids in the path, in their order.
#[derive(Debug)]
pub struct Ids<A, B>(pub A, pub B);

/// `true` or `false`, as a query says it.
pub fn flag(text: &str) -> Result<bool, Fault> {
    text.parse().map_err(|_| Fault::BadValue)
}

/// What to look for, 100 characters at most: nothing when there is nothing visible.
pub fn search(text: Option<&str>, invalid: &mut Invalid) -> Option<String> {
    let text = text?;
    if text.chars().count() > 100 {
        invalid.note("q", Fault::TooLong);
        return None;
    }
    // No text holds a control character, and PostgreSQL refuses to look for NUL.
    let visible = text.split(|c: char| c.is_control() || c.is_whitespace());
    let words: Vec<&str> = visible.filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// An id in a query, as a number; what cannot be an id is nobody's: 0.
pub fn sought(text: Option<&str>) -> Option<i64> {
    Some(text?.parse::<UserId>().map_or(0, |id| id.0))
}

/// Bytes of a form with a file at most: the file, and what stands around it.
pub const MOST_UPLOADED: usize = documents::MOST_BYTES + (64 << 10);

/// The whole content of a request, at most `most` bytes.
///
/// More is read and thrown away, up to a point, because a caller who is still sending when the
/// connection closes does not hear why.
pub async fn content(body: Content, most: usize) -> Result<Bytes, Problem> {
    let mut stream = body.into_data_stream();
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| Problem::CutShort)?;
        seen = seen.saturating_add(piece.len());
        if seen <= most {
            kept.extend_from_slice(&piece);
        } else {
            kept = Vec::new();
        }
        if seen > MOST_SWALLOWED {
            break;
        }
    }
    if seen > most {
        return Err(if most > MOST_BYTES {
            Refusal::FileTooLarge.into()
        } else {
            Problem::TooLarge
        });
    }
    Ok(kept.into())
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(Problem::UnsupportedMedia);
        }
        let bytes = content(body, MOST_BYTES).await?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| Problem::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
        match value {
            Value::Object(fields) => Ok(Self(form(fields)?)),
            _ => Err(Problem::field("body", Fault::BadValue)),
        }
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(form(query_fields(parts))?))
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for List<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut fields = query_fields(parts);
        let page = ["cursor", "limit"].map(|name| fields.remove(name));
        let [cursor, limit] = page.map(|value| value.map(|value| value.as_str().unwrap_or("?").to_owned()));
        // What is no number is out of range too.
        let limit = limit.map(|limit| limit.parse().unwrap_or(0));
        let cut = match cursor.as_deref() {
            Some("") => Err(Problem::field("cursor", Fault::BadValue)),
            cursor => Cut::parse(cursor, limit).map_err(Problem::from),
        };
        match (form(fields), cut) {
            (Ok(filter), Ok(cut)) => Ok(Self(filter, cut)),
            (Err(Problem::Invalid(mut wrong)), Err(Problem::Invalid(more))) => {
                wrong.extend(more);
                Err(Problem::Invalid(wrong))
            }
            (Err(problem), _) | (_, Err(problem)) => Err(problem),
        }
    }
}

impl<T: FromStr + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Path(text)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(Problem::NotFound);
        };
        text.parse().map(Self).map_err(|_| Problem::NotFound)
    }
}

impl<A: FromStr + Send, B: FromStr + Send, S: Send + Sync> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Path((first, second))) = Path::<(String, String)>::from_request_parts(parts, state).await
        else {
            return Err(Problem::NotFound);
        };
        match (first.parse(), second.parse()) {
            (Ok(first), Ok(second)) => Ok(Self(first, second)),
            _ => Err(Problem::NotFound),
        }
    }
}

/// A field of a `PATCH` that may be emptied: absent is `None`, `null` is `Some(None)`.
pub fn emptied<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A field that may be absent but not `null`.
pub fn given<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A query field that may be given several times.
pub fn several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(one) => Ok(vec![one]),
        other => serde_json::from_value(other).map_err(serde::de::Error::custom),
    }
}

/// What is given twice becomes a list, which only a field for several takes.
fn query_fields(parts: &Parts) -> Map<String, Value> {
    let query = parts.uri.query().unwrap_or_default();
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = Value::String(value.into_owned());
        match fields.get_mut(name.as_ref()) {
            None => drop(fields.insert(name.into_owned(), value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    fields
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media
        .and_then(|media| media.split(';').next())
        .unwrap_or_default()
        .trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Reads a form again and again, leaving out what is wrong, until every wrong field is known.
fn form<T: DeserializeOwned>(mut fields: Map<String, Value>) -> Result<T, Problem> {
    for value in fields.values_mut() {
        make_whole(value);
    }
    let mut wrong = Vec::new();
    loop {
        let error = match serde_path_to_error::deserialize(&Value::Object(fields.clone())) {
            Ok(form) if wrong.is_empty() => return Ok(form),
            Ok(_) => return Err(Problem::Invalid(wrong)),
            Err(error) => error,
        };
        let (path, why) = (error.path().to_string(), error.inner().to_string());
        let (field, fault) = blamed(path, &why);
        let top = field.split(['.', '[']).next().unwrap_or_default();
        let known = fields.remove(top).is_some() || fields.remove(&field).is_some();
        let field = field.chars().take(64).collect();
        wrong.push(Wrong { field, fault });
        if !known {
            return Err(Problem::Invalid(wrong));
        }
    }
}

/// The field that an error is about, and what is wrong with it.
fn blamed(path: String, why: &str) -> (String, Fault) {
    let quoted = |prefix: &str| {
        let name = why.strip_prefix(prefix)?.strip_prefix('`')?;
        Some(name.rsplit_once("`, expected").map_or(name, |(name, _)| name))
    };
    if let Some(name) = quoted("unknown field ") {
        let name = name.split("`, there are no fields").next().unwrap_or(name);
        return (name.to_owned(), Fault::Unknown);
    }
    if let Some(name) = quoted("missing field ") {
        return (name.trim_end_matches('`').to_owned(), Fault::Required);
    }
    let fault = if why.starts_with("invalid type: null") {
        Fault::Required
    } else if why.contains("expected i32") || why.contains("expected i64") || why.contains("expected f64") {
        Fault::BadNumber
    } else {
        Fault::BadValue
    };
    (path, fault)
}

/// `5.0` is a whole number too: JSON knows no other kind.
fn make_whole(value: &mut Value) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let Some(number) = value.as_f64().filter(|_| value.is_f64()) else {
        return;
    };
    if number.fract() == 0.0
        && number.abs() < EXACT
        && let Ok(whole) = format!("{number:.0}").parse::<i64>()
    {
        *value = Value::Number(Number::from(whole));
    }
}
