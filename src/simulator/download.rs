//! The door for the bytes of files: `/file/bot<token>/<file_path>`, with whatever faults are ordered for it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::{StreamExt, stream};
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use crate::simulator::Simulator;
use crate::simulator::api::answer;
use crate::simulator::check::Params;
use crate::simulator::faults::{DOWNLOAD, FaultKind};
use crate::simulator::refusal::Refusal;

pub(crate) fn router() -> Router<Arc<Simulator>> {
    Router::new().route("/file/bot{token}/{*path}", get(download))
}

async fn download(
    State(sim): State<Arc<Simulator>>,
    Path((token, path)): Path<(String, String)>,
) -> Response {
    if token != sim.options.bot_token {
        let why = "a download with a wrong token";
        sim.world().breach("unauthorized", DOWNLOAD, None, why);
        return answer(&Err(Refusal::new(401, "Unauthorized")));
    }
    let fault = sim.world().faults.take(DOWNLOAD, None);
    let kind = fault.as_ref().map(|fault| fault.kind);
    let wait = Duration::from_millis(fault.as_ref().and_then(|fault| fault.ms).unwrap_or(1000));
    if kind == Some(FaultKind::Latency) {
        sleep(wait).await;
    }
    let result = match (kind, &fault) {
        (
            Some(
                FaultKind::TooMany
                | FaultKind::Broken
                | FaultKind::Blocked
                | FaultKind::Bad
                | FaultKind::Missing,
            ),
            Some(fault),
        ) => Err(sim.ordered(fault, None)),
        _ => {
            let world = sim.world();
            let file = world.files.at(&path, Instant::now());
            file.map(|file| file.content.bytes.clone())
                .ok_or_else(|| Refusal::new(404, "Not Found"))
        }
    };
    let params = Params::of(Map::from_iter([("file_path".to_owned(), json!(path))]));
    let told = result.as_ref().map(|bytes| json!({"bytes": bytes.len()}));
    sim.log(DOWNLOAD, &params, "http", 0.0, &told.map_err(Clone::clone));
    match (result, kind) {
        (Err(refusal), _) => answer(&Err(refusal)),
        (Ok(bytes), Some(FaultKind::Cut | FaultKind::DropAfter)) => half(&bytes, Duration::ZERO),
        (Ok(bytes), Some(FaultKind::Stall | FaultKind::Timeout)) => half(&bytes, wait),
        (Ok(_), Some(FaultKind::DropBefore)) => half(&Bytes::from_static(b" "), Duration::ZERO),
        (Ok(bytes), _) => ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
    }
}

/// Half of a body, a wait, and the end of the connection.
fn half(bytes: &Bytes, wait: Duration) -> Response {
    let begin = bytes.slice(..bytes.len() / 2);
    let end = async move {
        sleep(wait).await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    };
    let body = stream::once(async move { Ok::<_, std::io::Error>(begin) }).chain(stream::once(end));
    let length = bytes.len().to_string();
    ([(CONTENT_LENGTH, length)], Body::from_stream(body)).into_response()
}

impl Simulator {
    /// The bytes of a file by its id, with its name and kind; for people, whom no fault meets.
    pub(crate) fn file(&self, id: &str) -> Option<(Bytes, Value)> {
        let world = self.world();
        let file = world.files.get(id)?;
        let about = json!({"file_name": file.content.name, "mime_type": file.content.mime});
        Some((file.content.bytes.clone(), about))
    }
}
