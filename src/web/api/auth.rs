//! Signing in and out, and one's own account.

use axum::http::StatusCode;
use axum::{Extension, Json, extract};
use chrono::{DateTime, Utc};
use domain::permission::Perm;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::app::Channel;
use crate::app::sessions::{self, Kind, Signed};
use crate::app::users::View as User;
use crate::web::State;
use crate::web::api::input::Body;
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls};
use crate::web::problem::Problem;
use crate::web::session::{self, Caller};

/// A name and its password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[schema(examples("rina"))]
    pub username: String,
    #[schema(format = "password")]
    pub password: String,
}

/// A token, which is shown only here.
#[derive(Serialize, ToSchema)]
pub struct Token {
    /// For `Authorization: Bearer …`.
    pub token: String,
    /// `Bearer`
    pub token_type: &'static str,
    pub expires_at: DateTime<Utc>,
    /// Until it is changed, everything but `auth/*` answers 403.
    pub must_change_password: bool,
    pub user: User,
}

/// The password as it is, and as it shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[schema(format = "password")]
    pub current: String,
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub new: String,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    calls
        .open(routes!(log_in))
        .guarded(Perm::OwnAccount, Keep::Plain, routes!(log_out))
        .guarded(Perm::OwnAccount, Keep::Plain, routes!(who_am_i))
        .guarded(Perm::OwnAccount, Keep::SecretContent, routes!(change_password))
}

/// Exchange a name and a password for a token.
///
/// Failures slow down: 5 for an account in 15 minutes, 20 for an address in a minute. Takes no
/// `Idempotency-Key`.
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = SignIn,
    responses((status = 200, description = "The token.", body = Token)))]
async fn log_in(
    extract::State(state): extract::State<State>,
    caller: Caller,
    Body(form): Body<SignIn>,
) -> Answer<Token> {
    let door = (Kind::Api, Channel::Api);
    let (user, given) = session::sign_in(&state, &form.username, &form.password, door, caller).await?;
    Ok(Json(Token {
        token: given.token,
        token_type: "Bearer",
        expires_at: given.expires_at,
        must_change_password: user.must_change_password,
        user: User::from(&user),
    }))
}

/// End this token.
#[utoipa::path(post, path = "/auth/logout", tag = "auth",
    responses((status = 204, description = "The token has ended.")))]
async fn log_out(extract::State(state): extract::State<State>, deed: Deed) -> Result<StatusCode, Problem> {
    sessions::close(&state.app, &deed.silent(), deed.signed.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose token this is.
#[utoipa::path(get, path = "/auth/me", tag = "auth",
    responses((status = 200, description = "One's own account.", body = User)))]
async fn who_am_i(Extension(signed): Extension<Signed>) -> Json<User> {
    Json(User::from(&signed.user))
}

/// Change one's own password; one's other sessions and tokens end.
#[utoipa::path(post, path = "/auth/password", tag = "auth", request_body = PasswordChange,
    responses((status = 204, description = "The password is changed.")))]
async fn change_password(
    extract::State(state): extract::State<State>,
    deed: Deed,
    Body(form): Body<PasswordChange>,
) -> Result<StatusCode, Problem> {
    session::change_password(&state, &deed.silent(), &deed.signed, &form.current, &form.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
