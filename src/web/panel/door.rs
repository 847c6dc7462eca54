//! Signing in and changing the password: the pages outside the frame.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::person::Role;

use crate::app::sessions::{self, Given, Kind, Origin};
use crate::app::{Act, Channel, invites};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::page::{page, page_with};
use crate::web::panel::preferences::{Preferences, inside};
use crate::web::panel::shell::Shell;
use crate::web::panel::visitor::{Visitor, outside};
use crate::web::session::{Caller, Refused, change_password, cookie, no_cookie, sign_in};
use crate::web::words::word;

/// Signing in.
#[derive(Template)]
#[template(path = "panel/login.html")]
pub struct LoginPage {
    pub shell: Shell,
    pub form: Form,
    /// Where to go afterwards: a path of the panel.
    pub next: String,
}

/// Changing the password, of one's own will or at first use.
#[derive(Template)]
#[template(path = "panel/password.html")]
pub struct PasswordPage {
    pub shell: Shell,
    pub form: Form,
    pub forced: bool,
}

/// Where technicians and sales are sent who sign in.
const WORK: &str = "/panel/work";

/// Whose work is elsewhere.
#[derive(Template)]
#[template(path = "panel/work.html")]
pub struct WorkPage {
    pub shell: Shell,
    pub name: String,
    /// The text key of what is where.
    pub text: &'static str,
    /// To the bot, once Telegram has said its name.
    pub link: Option<String>,
    /// Whether his Telegram is known.
    pub linked: bool,
}

impl WorkPage {
    /// The link as a picture: he may sit at a computer, and Telegram is on his phone.
    pub fn picture(&self) -> Option<(usize, String)> {
        let code = invites::code(self.link.as_ref()?)?;
        Some((code.side, code.path()))
    }
}

/// The form to sign in with.
pub async fn login(State(state): State<web::State>, preferences: Preferences, asked: Form) -> Response {
    let shell = outside(&state, preferences, None, "/panel/login");
    let locale = shell.locale;
    let next = inside(asked.value("next")).to_owned();
    page(
        &LoginPage {
            shell,
            form: Form::default(),
            next,
        },
        locale,
    )
}

/// Signs someone in and sends him where he wanted to go.
pub async fn enter(
    State(state): State<web::State>,
    preferences: Preferences,
    caller: Caller,
    form: Form,
) -> Answer {
    let next = inside(form.value("next")).to_owned();
    let kind = (Kind::Session, Channel::Panel);
    let refused = match sign_in(
        &state,
        form.value("username"),
        form.value("password"),
        kind,
        caller,
    )
    .await
    {
        Ok((user, given)) if user.must_change_password => {
            return Ok(let_in(&state, &given, "/panel/password"));
        }
        Ok((user, given)) if user.role != Role::Admin => return Ok(let_in(&state, &given, WORK)),
        Ok((_, given)) => return Ok(let_in(&state, &given, &next)),
        Err(refused) => refused,
    };
    let shell = outside(&state, preferences, None, "/panel/login");
    let locale = shell.locale;
    // The password is not sent back.
    let form = form.with("password", "");
    match refused {
        Refused::Wrong => {
            let form = form.refused(word(locale, "sign-in-refused"));
            Ok(page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &LoginPage { shell, form, next },
                locale,
            ))
        }
        Refused::Slowed(wait) => {
            let form = form.refused(word(locale, "sign-in-throttled"));
            let mut page = page_with(
                StatusCode::TOO_MANY_REQUESTS,
                &LoginPage { shell, form, next },
                locale,
            );
            let seconds = HeaderValue::from(wait.num_seconds().max(1));
            page.headers_mut().insert(RETRY_AFTER, seconds);
            Ok(page)
        }
        Refused::Failed(error) => Err(error.into()),
    }
}

/// Signs in whoever holds a one-time link.
pub async fn redeem(State(state): State<web::State>, caller: Caller, Path(token): Path<String>) -> Answer {
    let Some(user) = sessions::redeem(&state.app, &token).await? else {
        return Ok(Redirect::to("/panel/login").into_response());
    };
    let act = Act::of(user.id, Channel::Panel, state.app.now());
    let origin = Origin {
        ip: caller.address.map(|address| address.to_string()),
        user_agent: caller.user_agent,
    };
    let given = sessions::open(&state.app, &act, &user, Kind::Session, origin).await?;
    Ok(let_in(&state, &given, home(user.role)))
}

/// Whether whoever asks is still signed in and the database is there, which the guard has just found out: asked
/// before a form is let go that took somebody time.
pub async fn here() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Where technicians and sales are sent who sign in here: their work is in Telegram.
pub async fn work(State(state): State<web::State>, visitor: Visitor) -> Response {
    let user = &visitor.signed.user;
    let bot = state.app.bot.get();
    visitor.page(&WorkPage {
        shell: Shell {
            flash: visitor.flash(),
            ..visitor.outside(&state, WORK)
        },
        name: user.name.clone(),
        text: match user.role {
            Role::Sales => "work-text-sales",
            Role::Technician | Role::Admin => "work-text-technician",
        },
        link: bot.map(|bot| format!("https://t.me/{bot}")),
        linked: user.telegram_id.is_some(),
    })
}

/// Where somebody begins.
const fn home(role: Role) -> &'static str {
    match role {
        Role::Admin => "/panel",
        Role::Technician | Role::Sales => WORK,
    }
}

/// Signs out.
pub async fn leave(State(state): State<web::State>, visitor: Visitor) -> Answer {
    sessions::close(&state.app, &visitor.act(), visitor.signed.token).await?;
    let mut response = Redirect::to("/panel/login").into_response();
    response.headers_mut().append(SET_COOKIE, no_cookie(&state));
    Ok(response)
}

/// The form of a new password of one's own.
pub async fn password(State(state): State<web::State>, visitor: Visitor) -> Response {
    visitor.page(&password_page(&state, &visitor, Form::default()))
}

/// Changes one's own password.
pub async fn save_password(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let (current, new) = (form.value("current"), form.value("new"));
    let form = match change_password(&state, &visitor.act(), &visitor.signed, current, new).await {
        Ok(()) => return Ok(Deed::PasswordChanged.tell_at(home(visitor.signed.user.role))),
        Err(Refused::Slowed(_) | Refused::Wrong) => {
            Form::default().refused(word(visitor.reader.locale, "sign-in-throttled"))
        }
        Err(Refused::Failed(error)) => visitor.told_on(Form::default(), error)?,
    };
    Ok(visitor.again(&password_page(&state, &visitor, form)))
}

fn password_page(state: &web::State, visitor: &Visitor, form: Form) -> PasswordPage {
    PasswordPage {
        shell: visitor.outside(state, "/panel/password"),
        form,
        forced: visitor.signed.user.must_change_password,
    }
}

fn let_in(state: &web::State, given: &Given, path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().append(SET_COOKIE, cookie(state, given));
    response
}
