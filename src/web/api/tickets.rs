//! Tickets, as admins run them.

use axum::response::Response;
use axum::{Extension, Json, extract};
use domain::calendar;
use domain::ids::{CustomerId, TicketId, UserId};
use domain::invalid::{Fault, Invalid};
use domain::permission::Perm;
use domain::ticket::Status;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::page::Page;
use crate::app::sessions::Signed;
use crate::app::tickets::{self, Detail, Filter, New, Patch, View};
use crate::app::{Act, Channel};
use crate::web::State;
use crate::web::api::input::{Body, Id, List, emptied, given, search, several, sought};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, created};
use crate::web::problem::Problem;

const BASE: &str = "/api/v1/tickets";

/// Which tickets to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct TicketQuery {
    /// Only these; may be given several times.
    #[serde(deserialize_with = "several")]
    #[param(value_type = Vec<TicketStatus>, inline, required = false)]
    status: Vec<String>,
    technician_id: Option<String>,
    customer_id: Option<String>,
    /// The visit's date.
    #[param(format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    date: Option<String>,
    /// The number, or part of the problem or of the customer's name or phone.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// Where a ticket stands.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum TicketStatus {
    Open,
    Assigned,
    InProgress,
    Done,
    Closed,
    Cancelled,
}

/// A new ticket.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewTicket {
    #[schema(required, min_length = 1, max_length = 32)]
    customer_id: String,
    #[schema(required, min_length = 1, max_length = 32)]
    service_id: String,
    #[schema(required, min_length = 3, max_length = 1000)]
    problem: String,
    /// In the company's zone, from today to a year ahead; today when absent.
    #[schema(format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    visit_date: Option<String>,
    /// `13:00`, in the company's zone.
    #[schema(pattern = "^([01][0-9]|2[0-3])[:.][0-5][0-9]$")]
    visit_time: Option<String>,
    /// The customer's when absent. Goes with `longitude`.
    #[schema(minimum = -90.0, maximum = 90.0)]
    latitude: Option<f64>,
    #[schema(minimum = -180.0, maximum = 180.0)]
    longitude: Option<f64>,
}

/// What to change of a ticket: what is absent stays, `null` empties.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TicketPatch {
    /// The version that was read; with an older one nothing is changed.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i32, required = false)]
    pub version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 3, max_length = 1000)]
    pub problem: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 32)]
    pub service_id: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    pub visit_date: Option<String>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3])[:.][0-5][0-9]$")]
    pub visit_time: Option<Option<String>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<f64>, minimum = -90.0, maximum = 90.0)]
    pub latitude: Option<Option<f64>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<f64>, minimum = -180.0, maximum = 180.0)]
    pub longitude: Option<Option<f64>>,
}

/// To whom a ticket is given.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Assignment {
    #[schema(required, min_length = 1, max_length = 32)]
    technician_id: String,
}

/// Why a technician is replaced, and by whom.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Replacement {
    #[schema(required, min_length = 3, max_length = 500)]
    reason: String,
    /// Absent: back to the pool.
    #[schema(min_length = 1, max_length = 32)]
    technician_id: Option<String>,
}

/// Why a ticket ends.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reason {
    #[schema(required, min_length = 3, max_length = 500)]
    pub(crate) reason: String,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageTickets;
    calls
        .guarded(perm, Keep::Plain, routes!(list_tickets, create_ticket))
        .guarded(Perm::ReadTicket, Keep::Plain, routes!(get_ticket))
        .guarded(perm, Keep::Plain, routes!(edit_ticket))
        .guarded(perm, Keep::Plain, routes!(assign_ticket))
        .guarded(perm, Keep::Plain, routes!(replace_technician))
        .guarded(perm, Keep::Plain, routes!(cancel_ticket))
        .guarded(perm, Keep::Plain, routes!(close_ticket))
}

/// List tickets, newest first.
#[utoipa::path(get, path = "/tickets", tag = "tickets", params(TicketQuery, PageQuery),
    responses((status = 200, description = "A page of tickets.", body = Page<View>)))]
async fn list_tickets(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    List(query, cut): List<TicketQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let status: Result<Vec<Status>, Fault> = query.status.iter().map(|status| status.parse()).collect();
    let date = query.date.as_deref().map(calendar::date);
    let filter = Filter {
        status: invalid.take("status", status).unwrap_or_default(),
        technician: sought(query.technician_id.as_deref()).map(UserId),
        customer: sought(query.customer_id.as_deref()).map(CustomerId),
        date: date.and_then(|date| invalid.take("date", date)),
        q: search(query.q.as_deref(), &mut invalid),
    };
    invalid.check()?;
    let page = tickets::list(&state.app, &filter, cut).await?;
    tickets::looked_over(&state.app, &looking(&state, &signed), &page.data).await?;
    Ok(Json(page))
}

/// Create a ticket, if its date has a place left; it is offered to everyone on duty.
#[utoipa::path(post, path = "/tickets", tag = "tickets", request_body = NewTicket,
    responses((status = 201, description = "The ticket.", body = View)))]
async fn create_ticket(
    extract::State(state): extract::State<State>,
    deed: Deed,
    Body(form): Body<NewTicket>,
) -> Result<Response, Problem> {
    let new = New {
        new_customer: None,
        customer_id: form.customer_id,
        service_id: form.service_id,
        problem: form.problem,
        visit_date: form.visit_date,
        visit_time: form.visit_time,
        latitude: form.latitude,
        longitude: form.longitude,
    };
    let view = tickets::create(&state.app, &deed.creating(BASE), new).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// One ticket with its story. Sales see those with an invoice.
#[utoipa::path(get, path = "/tickets/{id}", tag = "tickets", params(("id" = String, Path)),
    responses((status = 200, description = "The ticket.", body = Detail)))]
async fn get_ticket(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    Id(id): Id<TicketId>,
) -> Answer<Detail> {
    let detail = tickets::find(&state.app, id).await?;
    let whole = signed.user.role.may(Perm::ManageTickets);
    if !whole && detail.ticket.invoice_id.is_none() {
        return Err(Problem::Forbidden);
    }
    tickets::looked(&state.app, &looking(&state, &signed), &detail).await?;
    Ok(Json(detail))
}

/// Someone looks, now.
pub(crate) fn looking(state: &State, signed: &Signed) -> Act {
    Act::of(signed.user.id, Channel::Api, state.app.now())
}

/// The ticket as it is after a deed: who does something to it sees where its technician was.
async fn shown(state: &State, act: &Act, ticket: View) -> Answer<View> {
    tickets::looked_over(&state.app, act, std::slice::from_ref(&ticket)).await?;
    Ok(Json(ticket))
}

/// Change a ticket that is not over; a new date must have a place left.
#[utoipa::path(patch, path = "/tickets/{id}", tag = "tickets", params(("id" = String, Path)),
    request_body = TicketPatch, responses((status = 200, description = "The ticket.", body = View)))]
async fn edit_ticket(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
    Body(form): Body<TicketPatch>,
) -> Answer<View> {
    let patch = Patch {
        version: form.version,
        problem: form.problem,
        service_id: form.service_id,
        visit_date: form.visit_date,
        visit_time: form.visit_time,
        latitude: form.latitude,
        longitude: form.longitude,
    };
    let act = deed.act();
    shown(&state, &act, tickets::edit(&state.app, &act, id, patch).await?).await
}

/// Give an open ticket to a technician.
#[utoipa::path(post, path = "/tickets/{id}/assign", tag = "tickets", params(("id" = String, Path)),
    request_body = Assignment, responses((status = 200, description = "The ticket.", body = View)))]
async fn assign_ticket(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
    Body(form): Body<Assignment>,
) -> Answer<View> {
    Ok(Json(
        tickets::assign(&state.app, &deed.act(), id, &form.technician_id).await?,
    ))
}

/// Take a ticket away from its technician, for good, and give it to another or to the pool.
#[utoipa::path(post, path = "/tickets/{id}/replace", tag = "tickets", params(("id" = String, Path)),
    request_body = Replacement, responses((status = 200, description = "The ticket.", body = View)))]
async fn replace_technician(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
    Body(form): Body<Replacement>,
) -> Answer<View> {
    let next = form.technician_id.as_deref();
    let act = deed.act();
    shown(
        &state,
        &act,
        tickets::replace(&state.app, &act, id, &form.reason, next).await?,
    )
    .await
}

/// Cancel a ticket that is not done.
#[utoipa::path(post, path = "/tickets/{id}/cancel", tag = "tickets", params(("id" = String, Path)),
    request_body = Reason, responses((status = 200, description = "The ticket.", body = View)))]
async fn cancel_ticket(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
    Body(form): Body<Reason>,
) -> Answer<View> {
    let act = deed.act();
    shown(
        &state,
        &act,
        tickets::cancel(&state.app, &act, id, &form.reason).await?,
    )
    .await
}

/// Close a ticket that is done, without charge.
#[utoipa::path(post, path = "/tickets/{id}/close", tag = "tickets", params(("id" = String, Path)),
    request_body = Reason, responses((status = 200, description = "The ticket.", body = View)))]
async fn close_ticket(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
    Body(form): Body<Reason>,
) -> Answer<View> {
    let act = deed.act();
    shown(
        &state,
        &act,
        tickets::close(&state.app, &act, id, &form.reason).await?,
    )
    .await
}
