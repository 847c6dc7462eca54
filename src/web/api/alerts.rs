//! Assignments whose check-in is overdue, and what is decided about them.

use axum::{Json, extract};
use domain::ids::{AlertId, TicketId};
use domain::invalid::Fault;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::alerts::{self, Filter, Form, View};
use crate::app::page::Page;
use crate::web::State;
use crate::web::api::input::{Body, Id, List, sought};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, paged};
use crate::web::problem::Problem;

/// Which alerts to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct AlertQuery {
    /// `open`, `decided` or `resolved`.
    #[param(pattern = "^(open|decided|resolved)$")]
    state: Option<String>,
    /// Only those of this ticket.
    ticket_id: Option<String>,
}

/// What is decided: more time, or someone else.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AlertDecision {
    /// `continue` or `replace`.
    #[schema(required, pattern = "^(continue|replace)$")]
    decision: String,
    /// With `continue`: 15, 30 or 60, from now on.
    minutes: Option<i64>,
    /// With `replace`: who gets the ticket; absent or `null`: the pool.
    technician_id: Option<String>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageTickets;
    calls
        .guarded(perm, Keep::Plain, routes!(list_alerts))
        .guarded(perm, Keep::Plain, routes!(decide_alert))
}

/// List alerts, newest first.
#[utoipa::path(get, path = "/alerts", tag = "alerts", params(AlertQuery, PageQuery),
    responses((status = 200, description = "A page of alerts.", body = Page<View>)))]
async fn list_alerts(
    extract::State(state): extract::State<State>,
    List(query, cut): List<AlertQuery>,
) -> Answer<Page<View>> {
    let wanted = query.state.as_deref().map(str::parse).transpose();
    let filter = Filter {
        state: wanted.map_err(|_| Problem::field("state", Fault::BadValue))?,
        ticket: sought(query.ticket_id.as_deref()).map(TicketId),
    };
    paged(alerts::list(&state.app, filter, cut).await)
}

/// Decide an open alert: the first decision counts, wherever it was taken.
#[utoipa::path(post, path = "/alerts/{id}/decision", tag = "alerts", params(("id" = String, Path)),
    request_body = AlertDecision, responses((status = 200, description = "The alert.", body = View)))]
async fn decide_alert(
    extract::State(state): extract::State<State>,
    Id(id): Id<AlertId>,
    deed: Deed,
    Body(form): Body<AlertDecision>,
) -> Answer<View> {
    let form = Form {
        decision: form.decision,
        minutes: form.minutes,
        technician_id: form.technician_id,
    };
    Ok(Json(alerts::decide(&state.app, &deed.act(), id, &form).await?))
}
