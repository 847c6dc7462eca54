//! What customers reported or asked by chat.

use axum::response::Response;
use axum::{Json, extract};
use domain::ids::{CustomerId, RequestId};
use domain::invalid::Invalid;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::page::Page;
use crate::app::requests::{self, Accept, Filter, View};
use crate::app::tickets;
use crate::web::State;
use crate::web::api::input::{Body, Id, List, sought};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::tickets::Reason;
use crate::web::api::{Answer, Calls, PageQuery, created, paged};
use crate::web::problem::Problem;

/// Where a made ticket is found.
const TICKETS: &str = "/api/v1/tickets";

/// Which requests to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct RequestQuery {
    /// `new`, `accepted`, `answered` or `dismissed`.
    #[param(pattern = "^(new|accepted|answered|dismissed)$")]
    state: Option<String>,
    /// `report` or `question`.
    #[param(pattern = "^(report|question)$")]
    kind: Option<String>,
    /// Only those of this customer.
    customer_id: Option<String>,
}

/// A ticket made of a request; what is absent is as the customer said it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RequestTicket {
    #[schema(required, min_length = 1, max_length = 32)]
    service_id: String,
    #[schema(min_length = 3, max_length = 1000)]
    problem: Option<String>,
    /// In the company's zone, from today to a year ahead; today when absent.
    #[schema(format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    visit_date: Option<String>,
    /// `13:00`, in the company's zone.
    #[schema(pattern = "^([01][0-9]|2[0-3])[:.][0-5][0-9]$")]
    visit_time: Option<String>,
}

/// What the office says in the chat.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RequestReply {
    #[schema(required, min_length = 1, max_length = 1000)]
    text: String,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageTickets;
    calls
        .guarded(perm, Keep::Plain, routes!(list_requests))
        .guarded(perm, Keep::Plain, routes!(get_request))
        .guarded(perm, Keep::Plain, routes!(accept_request))
        .guarded(perm, Keep::Plain, routes!(answer_request))
        .guarded(perm, Keep::Plain, routes!(dismiss_request))
}

/// List requests, newest first.
#[utoipa::path(get, path = "/requests", tag = "requests", params(RequestQuery, PageQuery),
    responses((status = 200, description = "A page of requests.", body = Page<View>)))]
async fn list_requests(
    extract::State(state): extract::State<State>,
    List(query, cut): List<RequestQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let wanted = query.state.as_deref().map(str::parse);
    let kind = query.kind.as_deref().map(str::parse);
    let filter = Filter {
        state: wanted.and_then(|wanted| invalid.take("state", wanted)),
        kind: kind.and_then(|kind| invalid.take("kind", kind)),
        customer: sought(query.customer_id.as_deref()).map(CustomerId),
    };
    invalid.check()?;
    paged(requests::list(&state.app, &filter, cut).await)
}

/// One request.
#[utoipa::path(get, path = "/requests/{id}", tag = "requests", params(("id" = String, Path)),
    responses((status = 200, description = "The request.", body = View)))]
async fn get_request(extract::State(state): extract::State<State>, Id(id): Id<RequestId>) -> Answer<View> {
    Ok(Json(requests::find(&state.app, id).await?))
}

/// Make a ticket of a request, if its date has a place left; the customer is told.
#[utoipa::path(post, path = "/requests/{id}/ticket", tag = "requests", params(("id" = String, Path)),
    request_body = RequestTicket, responses((status = 201, description = "The ticket.", body = tickets::View)))]
async fn accept_request(
    extract::State(state): extract::State<State>,
    Id(id): Id<RequestId>,
    deed: Deed,
    Body(form): Body<RequestTicket>,
) -> Result<Response, Problem> {
    let form = Accept {
        service_id: form.service_id,
        problem: form.problem,
        visit_date: form.visit_date,
        visit_time: form.visit_time,
    };
    let view = requests::accept(&state.app, &deed.creating(TICKETS), id, form).await?;
    Ok(created(TICKETS, &view.id.clone(), view))
}

/// Answer a request in its chat; the bot is silent there for two hours.
#[utoipa::path(post, path = "/requests/{id}/reply", tag = "requests", params(("id" = String, Path)),
    request_body = RequestReply, responses((status = 200, description = "The request.", body = View)))]
async fn answer_request(
    extract::State(state): extract::State<State>,
    Id(id): Id<RequestId>,
    deed: Deed,
    Body(form): Body<RequestReply>,
) -> Answer<View> {
    Ok(Json(
        requests::answer(&state.app, &deed.act(), id, &form.text).await?,
    ))
}

/// Close a request that needs nothing; the customer is not told.
#[utoipa::path(post, path = "/requests/{id}/dismiss", tag = "requests", params(("id" = String, Path)),
    request_body = Reason, responses((status = 200, description = "The request.", body = View)))]
async fn dismiss_request(
    extract::State(state): extract::State<State>,
    Id(id): Id<RequestId>,
    deed: Deed,
    Body(form): Body<Reason>,
) -> Answer<View> {
    Ok(Json(
        requests::dismiss(&state.app, &deed.act(), id, &form.reason).await?,
    ))
}
