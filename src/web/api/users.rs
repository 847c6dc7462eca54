//! Accounts, as admins keep them.

use axum::http::StatusCode;
use axum::response::Response;
use axum::{Json, extract};
use domain::ids::UserId;
use domain::invalid::Invalid;
use domain::permission::Perm;
use domain::person::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::invites::{self, View as Invite};
use crate::app::page::Page;
use crate::app::sessions;
use crate::app::users::{self, Filter, New, Patch, View};
use crate::web::State;
use crate::web::api::input::{Body, Id, List, emptied, flag, given, search};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, created, paged};
use crate::web::problem::Problem;
use crate::web::session;

const BASE: &str = "/api/v1/users";

/// Which accounts to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct UserQuery {
    /// Only this role.
    #[param(value_type = Option<UserRole>, inline)]
    role: Option<String>,
    /// Only active ones (`true`), or only others.
    #[param(value_type = Option<bool>)]
    active: Option<String>,
    /// Part of the name, the user name or the phone.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// What someone does in the company.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum UserRole {
    Admin,
    Technician,
    Sales,
}

/// The language that someone reads.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum Language {
    Id,
    En,
}

/// A new account.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewUser {
    /// Letters, digits, dot, underscore and dash; kept in lower case.
    #[schema(required, min_length = 3, max_length = 32, pattern = "^[A-Za-z0-9._-]+$")]
    username: String,
    #[schema(required, min_length = 1, max_length = 80)]
    name: String,
    #[schema(required, value_type = UserRole, inline)]
    role: String,
    /// To begin with; it must be changed at first use.
    #[schema(required, format = "password", min_length = 8, max_length = 128)]
    password: String,
    /// As people type it, e.g. `0812-3456-7890`; kept as E.164.
    #[schema(max_length = 40)]
    phone: Option<String>,
    #[schema(minimum = 1, maximum = 4_503_599_627_370_495_i64)]
    telegram_id: Option<i64>,
    /// Jobs a day; `null`: the company's default, 0: none.
    #[schema(minimum = 0, maximum = 50)]
    daily_quota: Option<i64>,
    #[schema(minimum = 0, maximum = 100)]
    discount_limit_percent: Option<i64>,
    #[schema(value_type = Option<Language>, inline)]
    locale: Option<String>,
}

/// What to change of an account: what is absent stays, `null` empties.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UserPatch {
    /// The version that was read; with an older one nothing is changed.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i32, required = false)]
    pub version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 3, max_length = 32, pattern = "^[A-Za-z0-9._-]+$")]
    pub username: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 80)]
    pub name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = UserRole, required = false, inline)]
    pub role: Option<String>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub phone: Option<Option<String>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4_503_599_627_370_495_i64)]
    pub telegram_id: Option<Option<i64>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 50)]
    pub daily_quota: Option<Option<i64>>,
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 100)]
    pub discount_limit_percent: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Language, required = false, inline)]
    pub locale: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub active: Option<bool>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub on_duty: Option<bool>,
}

/// A password that was made, shown only here.
#[derive(Serialize, ToSchema)]
pub struct GeneratedPassword {
    /// It must be changed at first use.
    password: String,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let perm = Perm::ManageUsers;
    calls
        .guarded(perm, Keep::SecretContent, routes!(list_users, create_user))
        .guarded(perm, Keep::Plain, routes!(get_user, edit_user))
        .guarded(perm, Keep::SecretAnswer, routes!(invite_user))
        .guarded(perm, Keep::SecretAnswer, routes!(reset_password))
        .guarded(perm, Keep::Plain, routes!(revoke_sessions))
}

/// List accounts.
#[utoipa::path(get, path = "/users", tag = "users", params(UserQuery, PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<View>)))]
async fn list_users(
    extract::State(state): extract::State<State>,
    List(query, cut): List<UserQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let role = query.role.as_deref().map(str::parse::<Role>);
    let filter = Filter {
        role: role.and_then(|role| invalid.take("role", role)),
        active: query
            .active
            .and_then(|active| invalid.take("active", flag(&active))),
        q: search(query.q.as_deref(), &mut invalid),
    };
    invalid.check()?;
    paged(users::list(&state.app, &filter, cut).await)
}

/// Add an account.
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    responses((status = 201, description = "The account.", body = View)))]
async fn create_user(
    extract::State(state): extract::State<State>,
    deed: Deed,
    Body(form): Body<NewUser>,
) -> Result<Response, Problem> {
    let new = New {
        username: form.username,
        name: form.name,
        role: form.role,
        phone: form.phone,
        telegram_id: form.telegram_id,
        daily_quota: form.daily_quota,
        discount_limit_percent: form.discount_limit_percent,
        locale: form.locale,
    };
    let act = deed.creating(BASE);
    let (draft, password) = users::check(&new, &form.password, act.at)?;
    let hash = state.hasher.hash(&password).await;
    let view = users::create(&state.app, &act, draft, hash, true).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// One account.
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = 200, description = "The account.", body = View)))]
async fn get_user(extract::State(state): extract::State<State>, Id(id): Id<UserId>) -> Answer<View> {
    Ok(Json(users::find(&state.app, id).await?))
}

/// Change an account. Nobody can remove or demote the last admin.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", params(("id" = String, Path)),
    request_body = UserPatch, responses((status = 200, description = "The account.", body = View)))]
async fn edit_user(
    extract::State(state): extract::State<State>,
    Id(id): Id<UserId>,
    deed: Deed,
    Body(form): Body<UserPatch>,
) -> Answer<View> {
    let patch = Patch {
        version: form.version,
        username: form.username,
        name: form.name,
        role: form.role,
        phone: form.phone,
        telegram_id: form.telegram_id,
        daily_quota: form.daily_quota,
        discount_limit_percent: form.discount_limit_percent,
        locale: form.locale,
        active: form.active,
        on_duty: form.on_duty,
    };
    Ok(Json(users::edit(&state.app, &deed.act(), id, patch).await?))
}

/// Make a one-time link that ties a Telegram account to this person; earlier ones end.
///
/// The link is shown only here: a call that is repeated with its `Idempotency-Key` is answered 409.
#[utoipa::path(post, path = "/users/{id}/invite", tag = "users", params(("id" = String, Path)),
    responses((status = 200, description = "The link.", body = Invite)))]
async fn invite_user(
    extract::State(state): extract::State<State>,
    Id(id): Id<UserId>,
    deed: Deed,
) -> Answer<Invite> {
    Ok(Json(invites::create(&state.app, &deed.act(), id).await?))
}

/// Give someone a generated password; his sessions and tokens end.
///
/// It is shown only here: a call that is repeated with its `Idempotency-Key` is answered 409.
#[utoipa::path(post, path = "/users/{id}/password", tag = "users", params(("id" = String, Path)),
    responses((status = 200, description = "The password.", body = GeneratedPassword)))]
async fn reset_password(
    extract::State(state): extract::State<State>,
    Id(id): Id<UserId>,
    deed: Deed,
) -> Answer<GeneratedPassword> {
    let password = session::reset_password(&state, &deed.act(), id).await?;
    Ok(Json(GeneratedPassword { password }))
}

/// End everything that someone is signed in with.
#[utoipa::path(post, path = "/users/{id}/sessions/revoke", tag = "users", params(("id" = String, Path)),
    responses((status = 204, description = "The sessions and tokens have ended.")))]
async fn revoke_sessions(
    extract::State(state): extract::State<State>,
    Id(id): Id<UserId>,
    deed: Deed,
) -> Result<StatusCode, Problem> {
    sessions::revoke(&state.app, &deed.silent(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
