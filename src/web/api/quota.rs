//! The quota of a date.

use axum::{Json, extract};
use domain::calendar;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use crate::app::quota::{self, View};
use crate::web::State;
use crate::web::api::input::Query;
use crate::web::api::once::Keep;
use crate::web::api::{Answer, Calls};
use crate::web::problem::Problem;

/// Which date.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct QuotaQuery {
    /// In the company's zone; today when absent.
    #[param(format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    date: Option<String>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    calls.guarded(Perm::ReadQuota, Keep::Plain, routes!(get_quota))
}

/// How many jobs a date can take, and who has how many.
#[utoipa::path(get, path = "/quota", tag = "tickets", params(QuotaQuery),
    responses((status = 200, description = "The quota of the date.", body = View)))]
async fn get_quota(
    extract::State(state): extract::State<State>,
    Query(query): Query<QuotaQuery>,
) -> Answer<View> {
    let date = match query.date.as_deref() {
        Some(text) => calendar::date(text).map_err(|fault| Problem::field("date", fault))?,
        None => state.app.today(),
    };
    Ok(Json(quota::find(&state.app, date).await?))
}
