//! The Graph API's door: `/v<version>/<node>/<edge>` with a bearer token, and the addresses of files.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, RawQuery, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures::{StreamExt, stream};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::sleep;

use crate::simulator::Simulator;
use crate::simulator::body;
use crate::simulator::check::{Raw, Upload};
use crate::simulator::journal::Call;
use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::faults::{Fault, Wrong};
use crate::simulator::whatsapp::sending::{Fate, fate_of};
use crate::simulator::world::World;

/// The path at which files are had.
const FILES: &str = "/whatsapp_business/attachments/";

pub(super) fn router() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/v{version}/{node}", any(node))
        .route("/v{version}/{node}/{edge}", any(edge))
        .route(FILES, get(download))
        .layer(DefaultBodyLimit::max(body::LARGEST))
}

/// A call of the Graph API, as it arrived.
pub(super) struct Asked {
    pub(super) verb: Method,
    pub(super) node: String,
    pub(super) edge: String,
    pub(super) fields: Map<String, Value>,
    pub(super) upload: Option<Upload>,
    /// The simulator's own address, as the caller spells it.
    pub(super) host: String,
}

impl Asked {
    /// The name under which the call is written down and faults are ordered.
    fn name(&self, world: &World) -> &'static str {
        let options = &world.cloud.options;
        match self.edge.as_str() {
            "messages" => "messages",
            "media" => "media",
            "message_templates" => "message_templates",
            "subscribed_apps" => "subscribed_apps",
            "phone_numbers" => "phone_numbers",
            "subscriptions" => "subscriptions",
            "" if self.node == "debug_token" => "debug_token",
            "" if self.node == options.phone_number_id => "phone_number",
            "" if self.node == options.business_account_id => "account",
            "" => "media_url",
            _ => "unknown",
        }
    }

    /// Whom a message is for, and its type; for faults, before anything is checked.
    fn about(&self, world: &World) -> (Option<i64>, String) {
        let text = |name: &str| self.fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let digits: String = text("to").chars().filter(char::is_ascii_digit).collect();
        let person = world.cloud.by_phone(&digits);
        let person = person.or_else(|| world.cloud.by_user(text("recipient")));
        (person, text("type").to_owned())
    }
}

/// How a call ended at this end of the wire.
enum Ending {
    Answer(Result<Value, GraphError>),
    /// A 5xx that is no JSON.
    Gibberish,
    Broken,
}

async fn node(
    state: State<Arc<Simulator>>,
    Path((version, node)): Path<(String, String)>,
    query: RawQuery,
    request: Request,
) -> Response {
    edge(state, Path((version, node, String::new())), query, request).await
}

async fn edge(
    State(sim): State<Arc<Simulator>>,
    Path((version, node, edge)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let verb = request.method().clone();
    let host = host(request.headers());
    if let Err(error) = sim.admit_call(&version, request.headers()) {
        return answer(&Err(error));
    }
    let raw = match body::read(query, request).await {
        Ok(raw) => raw,
        Err(refusal) => {
            let error = GraphError::broken("unreadable", 100, refusal.description);
            sim.world().cloud_blame(&edge, None, &error);
            return answer(&Err(error));
        }
    };
    let (fields, mut uploads) = match raw {
        Raw::Json(fields) => (fields, BTreeMap::new()),
        Raw::Form(pairs) => (texts(pairs), BTreeMap::new()),
        Raw::Parts(pairs, uploads) => (texts(pairs), uploads),
    };
    let asked = Asked {
        verb,
        node,
        edge,
        fields,
        upload: uploads.remove("file"),
        host,
    };
    match sim.serve_graph(asked).await {
        Ending::Answer(result) => answer(&result),
        Ending::Gibberish => (StatusCode::BAD_GATEWAY, "<html>Bad gateway</html>").into_response(),
        Ending::Broken => cut(&Bytes::new()),
    }
}

fn texts(pairs: Vec<(String, String)>) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, text)| (name, Value::String(text)))
        .collect()
}

fn host(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.unwrap_or("localhost").to_owned()
}

impl Simulator {
    /// The version must be served, and the token the right one.
    fn admit_call(&self, version: &str, headers: &HeaderMap) -> Result<(), GraphError> {
        let mut world = self.world();
        let (oldest, newest) = world.cloud.options.versions;
        let number = version.strip_suffix(".0").and_then(|number| number.parse().ok());
        if number.is_none_or(|number: u32| !(oldest..=newest).contains(&number)) {
            let why = format!("Unknown path components: /v{version}");
            let error = GraphError::broken("version", 2500, why);
            world.cloud_blame("graph", None, &error);
            return Err(error);
        }
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = given.and_then(|value| value.strip_prefix("Bearer "));
        if bearer != Some(world.cloud.options.access_token.as_str()) {
            let error = GraphError::broken(
                "unauthorized",
                190,
                "Invalid OAuth access token - Cannot parse access token",
            );
            world.cloud_blame("graph", None, &error);
            return Err(error);
        }
        Ok(())
    }

    /// Serves one call, with whatever faults are ordered for it.
    async fn serve_graph(&self, asked: Asked) -> Ending {
        let (name, person, fault) = {
            let mut world = self.world();
            let name = asked.name(&world);
            let (person, message) = asked.about(&world);
            (name, person, world.cloud.faults.take(name, person, &message))
        };
        let mut fate = Fate::Usual;
        let mut drop_after = false;
        if let Some(fault) = fault {
            let wait = Duration::from_millis(fault.ms.unwrap_or(1000));
            match fault.kind {
                Wrong::Latency => sleep(wait).await,
                Wrong::DropAfter => drop_after = true,
                Wrong::Timeout => {
                    sleep(wait).await;
                    return Ending::Broken;
                }
                Wrong::DropBefore | Wrong::Cut => return Ending::Broken,
                Wrong::Broken => return Ending::Gibberish,
                Wrong::Refused => {
                    let error = ordered(&fault);
                    self.log_call(name, person, &asked, &Err(error.clone()));
                    return Ending::Answer(Err(error));
                }
                Wrong::Fails | Wrong::Lost => fate = fate_of(fault.kind, fault.code),
            }
        }
        let result = self.world().graph(name, &asked, fate);
        if let Err(error) = &result {
            self.world().cloud_blame(name, person, error);
        }
        self.log_call(name, person, &asked, &result);
        if drop_after {
            Ending::Broken
        } else {
            Ending::Answer(result)
        }
    }

    fn log_call(&self, name: &str, person: Option<i64>, asked: &Asked, result: &Result<Value, GraphError>) {
        let mut world = self.world();
        let (status, result) = match result {
            Ok(result) => (200, result.clone()),
            Err(error) => (error.status(), error.body()),
        };
        let call = Call {
            seq: 0,
            at: world.ms(),
            took_ms: 0.0,
            method: format!("{} {name}", asked.verb),
            via: "http",
            params: Value::Object(asked.fields.clone()),
            status,
            result,
        };
        let kept = self.options.kept.calls;
        world.cloud.journal.call(call, kept);
        world.changed("whatsapp-call", person);
    }
}

/// The refusal that a fault orders.
fn ordered(fault: &Fault) -> GraphError {
    GraphError {
        http: fault.http,
        ..GraphError::new(fault.code.unwrap_or(131_000), "ordered by a test")
    }
}

fn answer(result: &Result<Value, GraphError>) -> Response {
    let (code, body) = match result {
        Ok(result) => (200, result.clone()),
        Err(error) => (error.status(), error.body()),
    };
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [(CONTENT_TYPE, "application/json; charset=UTF-8")],
        body.to_string(),
    )
        .into_response()
}

/// Half of a body, and the end of the connection.
fn cut(bytes: &Bytes) -> Response {
    let begin = bytes.slice(..bytes.len() / 2);
    let gone = async { Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)) };
    let body = stream::once(async move { Ok::<_, std::io::Error>(begin) }).chain(stream::once(gone));
    let length = bytes.len().max(1).to_string();
    ([(CONTENT_LENGTH, length)], Body::from_stream(body)).into_response()
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    mid: String,
    #[serde(default)]
    ext: i64,
    #[serde(default)]
    hash: String,
}

/// The second step of a download: the same token, within five minutes.
async fn download(
    State(sim): State<Arc<Simulator>>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let (newest, fault) = {
        let mut world = sim.world();
        let fault = world.cloud.faults.take("download", None, "");
        (world.cloud.options.versions.1, fault)
    };
    if let Err(error) = sim.admit_call(&format!("{newest}.0"), &headers) {
        return answer(&Err(error));
    }
    let kind = fault.as_ref().map(|fault| fault.kind);
    let wait = Duration::from_millis(fault.as_ref().and_then(|fault| fault.ms).unwrap_or(1000));
    if matches!(kind, Some(Wrong::Latency | Wrong::Timeout)) {
        sleep(wait).await;
    }
    let found = {
        let world = sim.world();
        let now = world.unix();
        let file = world.cloud.media.at(&wanted.mid, wanted.ext, &wanted.hash, now);
        file.map(|file| (file.mime.clone(), file.bytes.clone()))
    };
    let asked = Asked {
        verb: Method::GET,
        node: wanted.mid.clone(),
        edge: "download".to_owned(),
        fields: Map::from_iter([("mid".to_owned(), json!(wanted.mid))]),
        upload: None,
        host: String::new(),
    };
    let told = match &found {
        Some((_, bytes)) => Ok(json!({"bytes": bytes.len()})),
        None => Err(GraphError {
            http: Some(404),
            ..GraphError::new(100, "the address has expired")
        }),
    };
    sim.log_call("download", None, &asked, &told);
    match (found, kind) {
        (None, _) => StatusCode::NOT_FOUND.into_response(),
        (_, Some(Wrong::Refused)) => fault
            .as_ref()
            .map_or(StatusCode::NOT_FOUND, |fault| {
                StatusCode::from_u16(fault.http.unwrap_or(404)).unwrap_or(StatusCode::NOT_FOUND)
            })
            .into_response(),
        (_, Some(Wrong::Broken)) => StatusCode::BAD_GATEWAY.into_response(),
        (_, Some(Wrong::DropBefore | Wrong::Timeout)) => cut(&Bytes::new()),
        (Some((_, bytes)), Some(Wrong::Cut | Wrong::DropAfter)) => cut(&bytes),
        (Some((mime, bytes)), _) => ([(CONTENT_TYPE, mime)], bytes).into_response(),
    }
}
