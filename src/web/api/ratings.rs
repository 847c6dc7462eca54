//! What customers think of closed tickets.

use axum::extract;
use domain::ids::{CustomerId, UserId};
use domain::invalid::Invalid;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::app::page::Page;
use crate::app::ratings::{self, Filter, Summary, View};
use crate::web::State;
use crate::web::api::audit::{End, moment, moment_schema};
use crate::web::api::input::{List, Query, sought};
use crate::web::api::once::Keep;
use crate::web::api::{Answer, Calls, PageQuery, paged};

/// Which ratings to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct RatingQuery {
    /// Only those of this technician.
    technician_id: Option<String>,
    /// Only those of this person of the office.
    cs_id: Option<String>,
    /// Only those by this customer.
    customer_id: Option<String>,
    /// From this moment on (RFC 3339), or from this date on, in the company's zone.
    #[param(schema_with = moment_schema)]
    from: Option<String>,
    /// Before this moment (RFC 3339), or to the end of this date, in the company's zone.
    #[param(schema_with = moment_schema)]
    to: Option<String>,
}

/// Of which time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct SummaryQuery {
    /// From this moment on (RFC 3339), or from this date on, in the company's zone.
    #[param(schema_with = moment_schema)]
    from: Option<String>,
    /// Before this moment (RFC 3339), or to the end of this date, in the company's zone.
    #[param(schema_with = moment_schema)]
    to: Option<String>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageTickets;
    calls
        .guarded(perm, Keep::Plain, routes!(list_ratings))
        .guarded(perm, Keep::Plain, routes!(sum_ratings))
}

/// List ratings that were given, newest first.
#[utoipa::path(get, path = "/ratings", tag = "ratings", params(RatingQuery, PageQuery),
    responses((status = 200, description = "A page of ratings.", body = Page<View>)))]
async fn list_ratings(
    extract::State(state): extract::State<State>,
    List(query, cut): List<RatingQuery>,
) -> Answer<Page<View>> {
    let mut filter = within(&state, query.from.as_deref(), query.to.as_deref())?;
    filter.technician = sought(query.technician_id.as_deref()).map(UserId);
    filter.cs = sought(query.cs_id.as_deref()).map(UserId);
    filter.customer = sought(query.customer_id.as_deref()).map(CustomerId);
    paged(ratings::list(&state.app, &filter, cut).await)
}

/// The recap: who got how many stars.
#[utoipa::path(get, path = "/ratings/summary", tag = "ratings", params(SummaryQuery),
    responses((status = 200, description = "The stars of that time, by person.", body = Summary)))]
async fn sum_ratings(
    extract::State(state): extract::State<State>,
    Query(query): Query<SummaryQuery>,
) -> Answer<Summary> {
    let filter = within(&state, query.from.as_deref(), query.to.as_deref())?;
    Ok(axum::Json(ratings::summary(&state.app, &filter).await?))
}

fn within(state: &State, from: Option<&str>, to: Option<&str>) -> Result<Filter, Invalid> {
    let mut invalid = Invalid::default();
    let zone = state.app.zone();
    let from = from.map(|text| moment(text, zone, End::Begin));
    let to = to.map(|text| moment(text, zone, End::Close));
    let filter = Filter {
        from: from.and_then(|from| invalid.take("from", from)),
        to: to.and_then(|to| invalid.take("to", to)),
        ..Filter::default()
    };
    invalid.check()?;
    Ok(filter)
}
