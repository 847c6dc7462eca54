//! Inputs that could not be handled and were kept aside.

use axum::{Json, extract};
use domain::ids::InboxId;
use domain::invalid::Fault;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::page::Page;
use crate::app::quarantine::{self, View};
use crate::web::State;
use crate::web::api::input::{Id, List};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, paged};
use crate::web::problem::Problem;

const STATES: [&str; 3] = ["held", "handled", "discarded"];

/// Which inputs to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct QuarantineQuery {
    /// Only those of which this was decided.
    #[param(value_type = Option<QuarantineState>, inline)]
    state: Option<String>,
}

/// What was decided about an input.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum QuarantineState {
    Held,
    Handled,
    Discarded,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageDeliveries;
    calls
        .guarded(perm, Keep::Plain, routes!(list_quarantine))
        .guarded(perm, Keep::Plain, routes!(retry_input))
        .guarded(perm, Keep::Plain, routes!(discard_input))
}

/// List inputs that were kept aside, newest first.
#[utoipa::path(get, path = "/quarantine", tag = "operations", params(QuarantineQuery, PageQuery),
    responses((status = 200, description = "A page of inputs.", body = Page<View>)))]
async fn list_quarantine(
    extract::State(state): extract::State<State>,
    List(query, cut): List<QuarantineQuery>,
) -> Answer<Page<View>> {
    if query
        .state
        .as_deref()
        .is_some_and(|state| !STATES.contains(&state))
    {
        return Err(Problem::field("state", Fault::BadValue));
    }
    paged(quarantine::list(&state.app, query.state.as_deref(), cut).await)
}

/// Try one again.
#[utoipa::path(post, path = "/quarantine/{id}/retry", tag = "operations", params(("id" = String, Path)),
    responses((status = 200, description = "The input.", body = View)))]
async fn retry_input(
    extract::State(state): extract::State<State>,
    Id(id): Id<InboxId>,
    deed: Deed,
) -> Answer<View> {
    Ok(Json(quarantine::retry(&state.app, &deed.act(), id).await?))
}

/// Decide that nothing is to be done about one.
#[utoipa::path(post, path = "/quarantine/{id}/discard", tag = "operations", params(("id" = String, Path)),
    responses((status = 200, description = "The input.", body = View)))]
async fn discard_input(
    extract::State(state): extract::State<State>,
    Id(id): Id<InboxId>,
    deed: Deed,
) -> Answer<View> {
    Ok(Json(quarantine::discard(&state.app, &deed.act(), id).await?))
}
