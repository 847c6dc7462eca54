//! The office's two deeds in the story that plays by itself, done at the product's own door as an admin would.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::options::Office;

type Sim = State<Arc<Simulator>>;

/// Whose newest report becomes a ticket.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accept {
    name: String,
}

/// Which ticket is closed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Close {
    id: String,
}

pub(super) async fn accept(State(sim): Sim, Json(accept): Json<Accept>) -> Answer {
    let desk = Desk::open(&sim).await?;
    let waiting = desk
        .call(Method::GET, "requests?state=new&limit=100", None)
        .await?;
    let all = waiting["data"].as_array().into_iter().flatten();
    let report = all
        .into_iter()
        .find(|request| request["kind"] == "report" && request["name"] == json!(accept.name))
        .and_then(|request| request["id"].as_str())
        .ok_or_else(|| Problem::missing("no report of this customer waits"))?;
    let services = desk.call(Method::GET, "services", None).await?;
    let form = json!({ "service_id": services["data"][0]["id"] });
    let path = format!("requests/{report}/ticket");
    let ticket = desk.call(Method::POST, &path, Some(form)).await?;
    Ok(Json(json!({ "id": ticket["id"], "number": ticket["number"] })))
}

pub(super) async fn close(State(sim): Sim, Json(close): Json<Close>) -> Answer {
    if !close.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(Problem::bad("no id of a ticket"));
    }
    let desk = Desk::open(&sim).await?;
    let path = format!("tickets/{}/close", close.id);
    desk.call(Method::POST, &path, Some(json!({ "reason": "Garansi" })))
        .await?;
    Ok(Json(json!({})))
}

/// An admin who has signed in.
struct Desk<'s> {
    http: &'s reqwest::Client,
    office: &'s Office,
    token: String,
}

impl<'s> Desk<'s> {
    async fn open(sim: &'s Simulator) -> Result<Self, Problem> {
        let office = sim
            .options
            .office
            .as_ref()
            .ok_or_else(|| Problem::missing("no office takes part"))?;
        let mut desk = Self {
            http: &sim.http,
            office,
            token: String::new(),
        };
        let who = json!({ "username": office.username, "password": office.password });
        let given = desk.call(Method::POST, "auth/login", Some(who)).await?;
        given["token"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut desk.token);
        Ok(desk)
    }

    /// Calls the API; what it refuses is said in its own words.
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Problem> {
        let lost = |_| Problem::bad("the office cannot be reached");
        let mut request = self
            .http
            .request(method, format!("{}/api/v1/{path}", self.office.url));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.map_err(lost)?;
        let is_done = answer.status().is_success();
        let text = answer.bytes().await.map_err(lost)?;
        let said: Value = serde_json::from_slice(&text).unwrap_or_default();
        if is_done {
            return Ok(said);
        }
        let why = said["detail"].as_str().or_else(|| said["title"].as_str());
        Err(Problem::bad(why.unwrap_or("the office refuses").to_owned()))
    }
}
