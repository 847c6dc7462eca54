//! The price list.

use axum::response::Response;
use axum::{Json, extract};
use domain::ids::ServiceId;
use domain::invalid::Invalid;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::page::Page;
use crate::app::services::{self, Form, View};
use crate::web::State;
use crate::web::api::input::{Body, Id, List, flag, given};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, created, paged};
use crate::web::problem::Problem;

const BASE: &str = "/api/v1/services";

/// Which services to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct ServiceQuery {
    /// Only those that are offered (`true`), or only others.
    #[param(value_type = Option<bool>)]
    active: Option<String>,
}

/// A new service.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewService {
    #[schema(required, min_length = 2, max_length = 120)]
    name: String,
    /// Whole rupiah.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i64, minimum = 0, maximum = 1_000_000_000_000_i64)]
    base_price: Option<i64>,
    /// `true` when absent.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    active: Option<bool>,
}

/// What to change of a service; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ServicePatch {
    /// The version that was read; with an older one nothing is changed.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i32, required = false)]
    pub version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 2, max_length = 120)]
    pub name: Option<String>,
    /// Whole rupiah.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 1_000_000_000_000_i64)]
    pub base_price: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub active: Option<bool>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    calls
        .guarded(Perm::ReadServices, Keep::Plain, routes!(list_services))
        .guarded(Perm::ManageServices, Keep::Plain, routes!(create_service))
        .guarded(Perm::ReadServices, Keep::Plain, routes!(get_service))
        .guarded(Perm::ManageServices, Keep::Plain, routes!(edit_service))
}

/// List services.
#[utoipa::path(get, path = "/services", tag = "services", params(ServiceQuery, PageQuery),
    responses((status = 200, description = "A page of services.", body = Page<View>)))]
async fn list_services(
    extract::State(state): extract::State<State>,
    List(query, cut): List<ServiceQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let active = query
        .active
        .and_then(|active| invalid.take("active", flag(&active)));
    invalid.check()?;
    paged(services::list(&state.app, active, cut).await)
}

/// Add a service.
#[utoipa::path(post, path = "/services", tag = "services", request_body = NewService,
    responses((status = 201, description = "The service.", body = View)))]
async fn create_service(
    extract::State(state): extract::State<State>,
    deed: Deed,
    Body(new): Body<NewService>,
) -> Result<Response, Problem> {
    let form = Form {
        version: None,
        name: Some(new.name),
        base_price: new.base_price,
        active: new.active,
    };
    let view = services::create(&state.app, &deed.creating(BASE), form).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// One service.
#[utoipa::path(get, path = "/services/{id}", tag = "services", params(("id" = String, Path)),
    responses((status = 200, description = "The service.", body = View)))]
async fn get_service(extract::State(state): extract::State<State>, Id(id): Id<ServiceId>) -> Answer<View> {
    Ok(Json(services::find(&state.app, id).await?))
}

/// Change a service.
#[utoipa::path(patch, path = "/services/{id}", tag = "services", params(("id" = String, Path)),
    request_body = ServicePatch, responses((status = 200, description = "The service.", body = View)))]
async fn edit_service(
    extract::State(state): extract::State<State>,
    Id(id): Id<ServiceId>,
    deed: Deed,
    Body(patch): Body<ServicePatch>,
) -> Answer<View> {
    let form = Form {
        version: patch.version,
        name: patch.name,
        base_price: patch.base_price,
        active: patch.active,
    };
    Ok(Json(services::edit(&state.app, &deed.act(), id, form).await?))
}
