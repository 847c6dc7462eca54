//! `Idempotency-Key`: the same call under the same key answers the same, and is done once.
//!
//! The answer is kept in the transaction that earned it. A call is recognised by its method, address and
//! content; of a content that holds a password only an Argon2id hash is kept, and of an answer that
//! shows a secret only that it was given.

use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::UserId;
use domain::invalid::Fault;
use domain::person::Password;
use sha2::{Digest, Sha256};

use crate::app::act::{Answer, answered};
use crate::app::sessions::Signed;
use crate::app::users::PasswordHash;
use crate::app::{Act, Channel, Once};
use crate::web::State;
use crate::web::api::input::{MOST_UPLOADED, content};
use crate::web::problem::{MOST_BYTES, Problem};

/// The header's name.
pub const HEADER: &str = "Idempotency-Key";

/// What of a call may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All of it.
    Plain,
    /// The content holds a password.
    SecretContent,
    /// The answer holds a secret that is shown once.
    SecretAnswer,
    /// The content holds a file; of it, as of every content, only a hash is kept.
    File,
}

impl Keep {
    /// Bytes of the content at most.
    fn most(self) -> usize {
        match self {
            Self::File => MOST_UPLOADED,
            Self::Plain | Self::SecretContent | Self::SecretAnswer => MOST_BYTES,
        }
    }
}

/// What someone does, for a use case to do it.
#[derive(Debug)]
pub struct Deed {
    pub signed: Signed,
    state: State,
    asked: Option<Asked>,
}

/// A key, and the call that it stands for.
#[derive(Debug, Clone)]
struct Asked {
    key: String,
    fingerprint: String,
    secret: bool,
}

impl Deed {
    /// It answers 200 with an object.
    pub fn act(&self) -> Act {
        self.with(StatusCode::OK, None)
    }

    /// It answers 201 with an object that is then found under `base`.
    pub fn creating(&self, base: &str) -> Act {
        self.with(StatusCode::CREATED, Some(base.to_owned()))
    }

    /// It answers 204.
    pub fn silent(&self) -> Act {
        self.with(StatusCode::NO_CONTENT, None)
    }

    fn with(&self, status: StatusCode, location: Option<String>) -> Act {
        let once = self.asked.clone().map(|asked| Once {
            key: asked.key,
            fingerprint: asked.fingerprint,
            status: status.as_u16(),
            location,
            secret: asked.secret,
        });
        Act {
            once,
            ..Act::of(self.signed.user.id, Channel::Api, self.state.app.now())
        }
    }
}

impl FromRequestParts<State> for Deed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Problem> {
        let signed = parts.extensions.get::<Signed>().cloned();
        Ok(Self {
            signed: signed.ok_or(Problem::Unauthenticated)?,
            state: state.clone(),
            asked: parts.extensions.get::<Asked>().cloned(),
        })
    }
}

/// Answers a call that was made before as then; lets others through with their key.
pub async fn once(state: State, keep: Keep, request: Request, next: Next) -> Response {
    match attempt(&state, keep, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn attempt(state: &State, keep: Keep, request: Request, next: Next) -> Result<Response, Problem> {
    let signed = request.extensions().get::<Signed>().map(|signed| signed.user.id);
    let (Some(key), Some(user)) = (key(request.headers())?, signed) else {
        return Ok(next.run(request).await);
    };
    let (mut parts, body) = request.into_parts();
    let bytes = content(body, keep.most()).await?;
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    let digest = digest(&[parts.method.as_str().as_bytes(), address.as_bytes(), &bytes]);
    if let Some(answer) = before(state, keep, user, &key, &digest).await? {
        return Ok(answer);
    }
    let fingerprint = match (keep, Password::parse(&digest)) {
        (Keep::SecretContent, Ok(digest)) => state.hasher.hash(&digest).await.0,
        _ => digest.clone(),
    };
    parts.extensions.insert(Asked {
        key: key.clone(),
        fingerprint,
        secret: keep == Keep::SecretAnswer,
    });
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    if response.status().is_success() {
        return Ok(response);
    }
    // The same call may have been done meanwhile, which is why this one was refused.
    Ok(before(state, keep, user, &key, &digest)
        .await?
        .unwrap_or(response))
}

/// The answer given under this key, if it was to the same call.
async fn before(
    state: &State,
    keep: Keep,
    user: UserId,
    key: &str,
    digest: &str,
) -> Result<Option<Response>, Problem> {
    let Some(answer) = answered(&state.app, user, key).await? else {
        return Ok(None);
    };
    let hashed = PasswordHash(answer.fingerprint.clone());
    let same = answer.fingerprint == digest
        || (keep == Keep::SecretContent && state.hasher.matches(Some(&hashed), digest).await);
    if !same {
        return Err(Problem::IdempotencyMismatch);
    }
    written(answer).map(Some)
}

fn written(answer: Answer) -> Result<Response, Problem> {
    let status = StatusCode::from_u16(answer.status).map_err(|_| Problem::Internal)?;
    let mut response = match answer.body {
        Some(body) => {
            let json = HeaderValue::from_static("application/json");
            (status, [(CONTENT_TYPE, json)], body).into_response()
        }
        None if status == StatusCode::NO_CONTENT => status.into_response(),
        None => return Err(Problem::ShownOnce),
    };
    if let Some(location) = answer
        .location
        .and_then(|location| HeaderValue::try_from(location).ok())
    {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

/// 1 to 255 visible ASCII characters.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(HEADER) else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    if !(1..=255).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_graphic) {
        return Err(Problem::field(HEADER, Fault::BadValue));
    }
    Ok(value.to_str().ok().map(str::to_owned))
}

/// The parts, each with its length, so that none can pose as another's end.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}
