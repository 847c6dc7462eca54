//! The Bot API's door: `/bot<token>/<method>`, with JSON, form, multipart or query parameters.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::simulator::Simulator;
use crate::simulator::body;
use crate::simulator::check::{self, Params, Raw};
use crate::simulator::faults::{Fault, FaultKind};
use crate::simulator::journal::Call;
use crate::simulator::methods::table::{self, Method};
use crate::simulator::refusal::Refusal;

pub(crate) fn router() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/bot{token}/{method}", any(door))
        .layer(DefaultBodyLimit::max(body::LARGEST))
}

/// How a call ended at this end of the wire.
enum Ending {
    Answer(Result<Value, Refusal>),
    /// The connection breaks without an answer.
    Broken,
}

async fn door(
    State(sim): State<Arc<Simulator>>,
    Path((token, method)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    if token != sim.options.bot_token {
        sim.world()
            .breach("unauthorized", &method, None, "a call with a wrong token");
        return answer(&Err(Refusal::new(401, "Unauthorized")));
    }
    let raw = match body::read(query, request).await {
        Ok(raw) => raw,
        Err(refusal) => {
            sim.world()
                .breach("unreadable", &method, None, &refusal.description);
            return answer(&Err(refusal));
        }
    };
    match sim.serve(&method, raw).await {
        Ending::Answer(result) => answer(&result),
        Ending::Broken => broken(),
    }
}

impl Simulator {
    /// Serves one call that came over HTTP, with whatever faults are ordered for it.
    async fn serve(&self, name: &str, raw: Raw) -> Ending {
        let (method, params) = match self.admit(name, raw, "http") {
            Ok(admitted) => admitted,
            Err(refusal) => return Ending::Answer(Err(refusal)),
        };
        let fault = self.world().faults.take(method.name, params.chat_id());
        let mut drop_after = false;
        if let Some(fault) = fault {
            let wait = Duration::from_millis(fault.ms.unwrap_or(1000));
            match fault.kind {
                FaultKind::Latency => sleep(wait).await,
                FaultKind::DropAfter => drop_after = true,
                FaultKind::Timeout | FaultKind::Stall => {
                    sleep(wait).await;
                    return Ending::Broken;
                }
                FaultKind::DropBefore | FaultKind::Cut => return Ending::Broken,
                FaultKind::TooMany
                | FaultKind::Broken
                | FaultKind::Blocked
                | FaultKind::Bad
                | FaultKind::Missing => {
                    let refusal = self.ordered(&fault, params.chat_id());
                    self.log(method.name, &params, "http", 0.0, &Err(refusal.clone()));
                    return Ending::Answer(Err(refusal));
                }
            }
        }
        let begun = tokio::time::Instant::now();
        let result = if method.name == "getUpdates" {
            self.poll(&params).await
        } else {
            self.world().call(method.name, &params)
        };
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        self.finish(method, &params, "http", took, &result);
        if drop_after {
            Ending::Broken
        } else {
            Ending::Answer(result)
        }
    }

    /// Carries out a call that came in the body of a webhook's answer.
    pub(crate) fn carry_out(&self, name: &str, raw: Raw, via: &'static str) {
        let Ok((method, params)) = self.admit(name, raw, via) else {
            return;
        };
        let result = if method.in_webhook_answer {
            self.world().call(method.name, &params)
        } else {
            Err(Refusal::broken(
                "webhook_answer",
                format!("{} cannot ride in a webhook's answer", method.name),
            ))
        };
        self.finish(method, &params, via, 0.0, &result);
    }

    /// Finds the method and checks the parameters; what fails is written down.
    fn admit(&self, name: &str, raw: Raw, via: &'static str) -> Result<(&'static Method, Params), Refusal> {
        let Some(method) = table::find(name) else {
            self.world().breach(
                "unknown_method",
                name,
                None,
                "the simulator does not play this method",
            );
            let refusal = Refusal::new(404, "Not Found: method not found");
            self.log(name, &Params::default(), via, 0.0, &Err(refusal.clone()));
            return Err(refusal);
        };
        let checked = check::check(method.name, method.params, raw);
        checked.map(|params| (method, params)).inspect_err(|refusal| {
            self.finish(method, &Params::default(), via, 0.0, &Err(refusal.clone()));
        })
    }

    fn finish(
        &self,
        method: &Method,
        params: &Params,
        via: &'static str,
        took_ms: f64,
        result: &Result<Value, Refusal>,
    ) {
        if let Err(Refusal {
            violation: Some(kind),
            description,
            ..
        }) = result
        {
            self.world()
                .breach(kind, method.name, params.chat_id(), description);
        }
        // A poll that found nothing would drown everything else.
        if method.name == "getUpdates" && result.as_ref().is_ok_and(|found| found == &json!([])) {
            return;
        }
        self.log(method.name, params, via, took_ms, result);
    }

    pub(crate) fn log(
        &self,
        method: &str,
        params: &Params,
        via: &'static str,
        took_ms: f64,
        result: &Result<Value, Refusal>,
    ) {
        let mut world = self.world();
        let (status, result) = match result {
            Ok(result) => (200, result.clone()),
            Err(refusal) => (refusal.code, refusal.body()),
        };
        let call = Call {
            seq: 0,
            at: world.ms(),
            took_ms,
            method: method.to_owned(),
            via,
            params: params.shown(),
            status,
            result,
        };
        let kept = self.options.kept.calls;
        world.journal.call(call, kept);
        world.changed("call", params.chat_id());
    }

    /// The refusal that a fault orders.
    pub(crate) fn ordered(&self, fault: &Fault, chat: Option<i64>) -> Refusal {
        match fault.kind {
            FaultKind::TooMany => {
                let seconds = fault.retry_after.unwrap_or(1);
                let chat = chat.filter(|_| fault.chat_id.is_some());
                self.world()
                    .flood
                    .silence(chat, seconds, tokio::time::Instant::now());
                Refusal::too_many(seconds)
            }
            FaultKind::Blocked => Refusal::forbidden("bot was blocked by the user"),
            FaultKind::Bad => Refusal::bad("wrong file_id or the file is temporarily unavailable"),
            FaultKind::Missing => Refusal::new(404, "Not Found"),
            _ => Refusal::new(500, "Internal Server Error"),
        }
    }
}

pub(crate) fn answer(result: &Result<Value, Refusal>) -> Response {
    let (code, body) = match result {
        Ok(result) => (200, json!({"ok": true, "result": result})),
        Err(refusal) => (refusal.code, refusal.body()),
    };
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = result.as_ref().err().and_then(|refusal| refusal.retry_after);
    let mut response = (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// A response that breaks before its first byte: the server has no other way to hang up on a caller.
fn broken() -> Response {
    let gone = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let body = Body::from_stream(futures::stream::once(async { Err::<Bytes, _>(gone) }));
    ([(CONTENT_LENGTH, "1")], body).into_response()
}
