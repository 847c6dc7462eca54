//! Messages out, and how far they came.

use axum::http::HeaderMap;
use axum::{Json, extract};
use domain::ids::{DeliveryId, TicketId};
use domain::invalid::Fault;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::deliveries::{self, Filter, View};
use crate::app::page::Page;
use crate::web::State;
use crate::web::api::input::{Id, List, sought};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, paged};
use crate::web::problem::{Problem, language};
use crate::web::words::fault;

const STATES: [&str; 5] = ["queued", "sent", "delivered", "read", "failed"];

/// Which messages to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct DeliveryQuery {
    /// Only those that came so far.
    #[param(value_type = Option<DeliveryState>, inline)]
    state: Option<String>,
    /// Only those about this ticket.
    ticket_id: Option<String>,
}

/// How far a message came.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum DeliveryState {
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageDeliveries;
    calls
        .guarded(perm, Keep::Plain, routes!(list_deliveries))
        .guarded(perm, Keep::Plain, routes!(retry_delivery))
}

/// List messages out, newest first.
#[utoipa::path(get, path = "/deliveries", tag = "operations", params(DeliveryQuery, PageQuery),
    responses((status = 200, description = "A page of messages.", body = Page<View>)))]
async fn list_deliveries(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    List(query, cut): List<DeliveryQuery>,
) -> Answer<Page<View>> {
    if query
        .state
        .as_deref()
        .is_some_and(|state| !STATES.contains(&state))
    {
        return Err(Problem::field("state", Fault::BadValue));
    }
    let filter = Filter {
        ticket: sought(query.ticket_id.as_deref()).map(TicketId),
        state: query.state,
    };
    let mut page = deliveries::list(&state.app, &filter, cut).await?;
    page.data = page.data.into_iter().map(|view| worded(view, &headers)).collect();
    paged(Ok(page))
}

/// Queue a failed message again.
#[utoipa::path(post, path = "/deliveries/{id}/retry", tag = "operations", params(("id" = String, Path)),
    responses((status = 200, description = "The message.", body = View)))]
async fn retry_delivery(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    Id(id): Id<DeliveryId>,
    deed: Deed,
) -> Answer<View> {
    let view = deliveries::retry(&state.app, &deed.act(), id).await?;
    Ok(Json(worded(view, &headers)))
}

/// With the reason in the caller's language, where there is a word for it.
fn worded(view: View, headers: &HeaderMap) -> View {
    let told = view.fault.as_deref().map(|code| fault(language(headers), code));
    View {
        error: told.or(view.error),
        ..view
    }
}
