//! Who changed what.

use axum::extract;
use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::calendar::{self, Zone};
use domain::ids::{TicketId, UserId};
use domain::invalid::{Fault, Invalid};
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa_axum::routes;

use crate::app::audit::{self, Filter, View};
use crate::app::page::Page;
use crate::web::State;
use crate::web::api::input::{List, sought};
use crate::web::api::once::Keep;
use crate::web::api::{Answer, Calls, PageQuery, paged};

/// Which changes to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct AuditQuery {
    /// Only those of this ticket.
    ticket_id: Option<String>,
    /// Only those by this person.
    actor_id: Option<String>,
    /// From this moment on (RFC 3339), or from this date on, in the company's zone.
    #[param(schema_with = moment_schema)]
    from: Option<String>,
    /// Before this moment (RFC 3339), or to the end of this date, in the company's zone.
    #[param(schema_with = moment_schema)]
    to: Option<String>,
}

/// Which end of a date is meant.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Begin,
    Close,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    calls.guarded(Perm::ReadAudit, Keep::Plain, routes!(list_audit))
}

/// List changes, newest first.
#[utoipa::path(get, path = "/audit", tag = "operations", params(AuditQuery, PageQuery),
    responses((status = 200, description = "A page of changes.", body = Page<View>)))]
async fn list_audit(
    extract::State(state): extract::State<State>,
    List(query, cut): List<AuditQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let zone = state.app.zone();
    let from = query.from.as_deref().map(|text| moment(text, zone, End::Begin));
    let to = query.to.as_deref().map(|text| moment(text, zone, End::Close));
    let filter = Filter {
        ticket: sought(query.ticket_id.as_deref()).map(TicketId),
        actor: sought(query.actor_id.as_deref()).map(UserId),
        from: from.and_then(|from| invalid.take("from", from)),
        to: to.and_then(|to| invalid.take("to", to)),
        ..Filter::default()
    };
    invalid.check()?;
    paged(audit::list(&state.app, &filter, cut).await)
}

pub(crate) fn moment_schema() -> RefOr<Schema> {
    let text = |format| {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(format)))
    };
    let either = OneOfBuilder::new()
        .item(text(KnownFormat::Date))
        .item(text(KnownFormat::DateTime))
        .build();
    RefOr::T(Schema::OneOf(either))
}

pub(crate) fn moment(text: &str, zone: Zone, end: End) -> Result<DateTime<Utc>, Fault> {
    if text.len() == 10 {
        let date = calendar::date(text)?;
        let date = match end {
            End::Begin => date,
            End::Close => date.checked_add_days(Days::new(1)).ok_or(Fault::BadDate)?,
        };
        return Ok(zone.moment(date, NaiveTime::MIN));
    }
    // A `+` that was not escaped arrives as a space.
    let text = text.replace(' ', "+");
    DateTime::parse_from_rfc3339(&text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| Fault::BadDate)
}
