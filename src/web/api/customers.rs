//! Customers, as admins keep them.

use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json, extract};
use domain::ids::CustomerId;
use domain::invalid::Invalid;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::customers::{self, Filter, Form, View};
use crate::app::page::Page;
use crate::app::sessions::Signed;
use crate::app::tickets::{self, View as Ticket};
use crate::web::State;
use crate::web::api::input::{Body, Id, List, NoFilter, Query, emptied, flag, given, search};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::tickets::looking;
use crate::web::api::{Answer, Calls, PageQuery, created, paged};
use crate::web::problem::Problem;

const BASE: &str = "/api/v1/customers";

/// Which customers to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct CustomerQuery {
    /// Part of the name, the address or the phone; or the number.
    #[param(max_length = 100)]
    q: Option<String>,
    /// `true`: archived ones too.
    #[param(value_type = Option<bool>)]
    archived: Option<String>,
}

/// How to remove a customer.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct Removal {
    /// `true`: drop the personal data too; the ledger stays.
    #[param(value_type = Option<bool>)]
    erase: Option<String>,
}

/// A new customer.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewCustomer {
    #[schema(required, min_length = 2, max_length = 120)]
    name: String,
    #[schema(required, min_length = 5, max_length = 500)]
    address: String,
    /// As people type it, e.g. `0812-3456-7890`; kept as E.164.
    #[schema(max_length = 40)]
    phone: Option<String>,
    /// Degrees; goes with `longitude`.
    #[schema(minimum = -90.0, maximum = 90.0)]
    latitude: Option<f64>,
    #[schema(minimum = -180.0, maximum = 180.0)]
    longitude: Option<f64>,
    /// An IANA name, e.g. `Asia/Makassar`; `null`: the company's.
    #[schema(max_length = 40, examples("Asia/Makassar"))]
    timezone: Option<String>,
    withholds_pph23: Option<bool>,
    #[schema(max_length = 2000)]
    notes: Option<String>,
}

/// What to change of a customer: what is absent stays, `null` empties.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerPatch {
    /// The version that was read; with an older one nothing is changed.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i32, required = false)]
    pub version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 2, max_length = 120)]
    pub name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 5, max_length = 500)]
    pub address: Option<String>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub phone: Option<Option<String>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<f64>, minimum = -90.0, maximum = 90.0)]
    pub latitude: Option<Option<f64>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<f64>, minimum = -180.0, maximum = 180.0)]
    pub longitude: Option<Option<f64>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, max_length = 40, examples("Asia/Makassar"))]
    pub timezone: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub withholds_pph23: Option<bool>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub notes: Option<Option<String>>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageCustomers;
    calls
        .guarded(perm, Keep::Plain, routes!(list_customers, create_customer))
        .guarded(
            perm,
            Keep::Plain,
            routes!(get_customer, edit_customer, remove_customer),
        )
        .guarded(perm, Keep::Plain, routes!(list_tickets_of_customer))
}

/// List customers.
#[utoipa::path(get, path = "/customers", tag = "customers", params(CustomerQuery, PageQuery),
    responses((status = 200, description = "A page of customers.", body = Page<View>)))]
async fn list_customers(
    extract::State(state): extract::State<State>,
    List(query, cut): List<CustomerQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let archived = query
        .archived
        .and_then(|text| invalid.take("archived", flag(&text)));
    let filter = Filter {
        q: search(query.q.as_deref(), &mut invalid),
        archived: archived.unwrap_or(false),
    };
    invalid.check()?;
    paged(customers::list(&state.app, &filter, cut).await)
}

/// Add a customer.
#[utoipa::path(post, path = "/customers", tag = "customers", request_body = NewCustomer,
    responses((status = 201, description = "The customer.", body = View)))]
async fn create_customer(
    extract::State(state): extract::State<State>,
    deed: Deed,
    Body(new): Body<NewCustomer>,
) -> Result<Response, Problem> {
    let form = Form {
        version: None,
        name: Some(new.name),
        address: Some(new.address),
        phone: Some(new.phone),
        latitude: Some(new.latitude),
        longitude: Some(new.longitude),
        timezone: Some(new.timezone),
        withholds_pph23: new.withholds_pph23,
        notes: Some(new.notes),
    };
    let view = customers::create(&state.app, &deed.creating(BASE), form).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// One customer, archived or not.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers", params(("id" = String, Path)),
    responses((status = 200, description = "The customer.", body = View)))]
async fn get_customer(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    Id(id): Id<CustomerId>,
) -> Answer<View> {
    let customer = customers::find(&state.app, id).await?;
    customers::looked(&state.app, &looking(&state, &signed), id).await?;
    Ok(Json(customer))
}

/// Change a customer who is not archived.
#[utoipa::path(patch, path = "/customers/{id}", tag = "customers", params(("id" = String, Path)),
    request_body = CustomerPatch, responses((status = 200, description = "The customer.", body = View)))]
async fn edit_customer(
    extract::State(state): extract::State<State>,
    Id(id): Id<CustomerId>,
    deed: Deed,
    Body(patch): Body<CustomerPatch>,
) -> Answer<View> {
    let form = Form {
        version: patch.version,
        name: patch.name,
        address: patch.address,
        phone: patch.phone,
        latitude: patch.latitude,
        longitude: patch.longitude,
        timezone: patch.timezone,
        withholds_pph23: patch.withholds_pph23,
        notes: patch.notes,
    };
    Ok(Json(customers::edit(&state.app, &deed.act(), id, form).await?))
}

/// Archive a customer whose tickets are all closed or cancelled; with `erase` drop the personal data too.
#[utoipa::path(delete, path = "/customers/{id}", tag = "customers",
    params(("id" = String, Path), Removal),
    responses((status = 204, description = "The customer is archived, or erased.")))]
async fn remove_customer(
    extract::State(state): extract::State<State>,
    Id(id): Id<CustomerId>,
    deed: Deed,
    Query(removal): Query<Removal>,
) -> Result<StatusCode, Problem> {
    let erase = removal.erase.as_deref().map_or(Ok(false), flag);
    let erase = erase.map_err(|fault| Problem::field("erase", fault))?;
    customers::remove(&state.app, &deed.silent(), id, erase).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A customer's tickets, newest first.
#[utoipa::path(get, path = "/customers/{id}/tickets", tag = "customers",
    params(("id" = String, Path), PageQuery),
    responses((status = 200, description = "A page of tickets.", body = Page<Ticket>)))]
async fn list_tickets_of_customer(
    extract::State(state): extract::State<State>,
    Extension(signed): Extension<Signed>,
    Id(id): Id<CustomerId>,
    List(_, cut): List<NoFilter>,
) -> Answer<Page<Ticket>> {
    customers::find(&state.app, id).await?;
    let filter = tickets::Filter {
        customer: Some(id),
        ..tickets::Filter::default()
    };
    let page = tickets::list(&state.app, &filter, cut).await?;
    tickets::looked_over(&state.app, &looking(&state, &signed), &page.data).await?;
    Ok(Json(page))
}
