//! What is done to one account: changed, invited, given a new password, put on and off duty.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::UserId;
use domain::invalid::Invalid;
use domain::person::{Password, Role};

use crate::app::users::{self, New, Patch, View};
use crate::app::{self, invites, quota, sessions};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::contact::Phone;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, Numbers};
use crate::web::panel::hand::Load;
use crate::web::panel::shell::{self, Place};
use crate::web::panel::users::{Secret, SecretKind, Session, Telegram, User, UserForm, UserPage};
use crate::web::panel::visitor::Visitor;
use crate::web::problem::refusal;
use crate::web::words::word;

/// The form of a new account.
pub async fn new(State(state): State<web::State>, visitor: Visitor) -> Answer {
    let shell = visitor.shell(&state, Place::Users).await?;
    let locale = state.app.settings().company.locale;
    let locale = locale.as_str();
    let form = Form::filled([("role", Role::Technician.as_str()), ("locale", locale)]);
    Ok(visitor.page(&UserForm { shell, form }))
}

/// Adds an account, whose password must be changed at first use.
pub async fn create(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let mut numbers = Numbers::of(&form);
    let new = New {
        username: form.value("username").to_owned(),
        name: form.value("name").to_owned(),
        role: form.value("role").to_owned(),
        phone: form.some("phone"),
        telegram_id: numbers.whole("telegram_id"),
        daily_quota: numbers.whole("daily_quota"),
        discount_limit_percent: numbers.whole("discount_limit_percent"),
        locale: form.some("locale"),
    };
    let wrong = numbers.wrong;
    match add(&state, &visitor, &new, form.value("password")).await {
        Ok(user) => Ok(Deed::UserSaved(user.name).tell_at(&format!("/panel/users/{}", user.id))),
        Err(error) => {
            let form = visitor.told_with(form, wrong, error)?;
            let shell = visitor.shell(&state, Place::Users).await?;
            Ok(visitor.again(&UserForm { shell, form }))
        }
    }
}

/// One account.
pub async fn show(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    Ok(visitor.page(&read(&state, &visitor, user_id(&id)?).await?))
}

/// Changes an account.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = user_id(&id)?;
    let mut numbers = Numbers::of(&form);
    // Only one of the two is on the form, by role; what is not there stays.
    let daily_quota = form.has("daily_quota").then(|| numbers.whole("daily_quota"));
    let limit = form
        .has("discount_limit_percent")
        .then(|| numbers.whole("discount_limit_percent"));
    let patch = Patch {
        version: form.value("version").parse().ok(),
        name: Some(form.value("name").to_owned()),
        role: form.some("role"),
        phone: Some(form.some("phone")),
        telegram_id: Some(numbers.whole("telegram_id")),
        daily_quota,
        discount_limit_percent: limit,
        locale: form.some("locale"),
        ..Patch::default()
    };
    let wrong = numbers.wrong;
    change(&state, &visitor, id, patch, Some((form, wrong))).await
}

/// Puts a technician or an admin on or off duty.
pub async fn duty(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let patch = Patch {
        on_duty: Some(form.is_ticked("on_duty")),
        ..versioned(&form)
    };
    change(&state, &visitor, user_id(&id)?, patch, None).await
}

/// Lets someone sign in again.
pub async fn activate(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let patch = Patch {
        active: Some(true),
        ..versioned(&form)
    };
    change(&state, &visitor, user_id(&id)?, patch, None).await
}

/// Keeps someone out.
pub async fn deactivate(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let patch = Patch {
        active: Some(false),
        ..versioned(&form)
    };
    change(&state, &visitor, user_id(&id)?, patch, None).await
}

/// Makes an invite and shows its link, this once.
pub async fn invite(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = user_id(&id)?;
    let invite = match invites::create(&state.app, &visitor.act(), id).await {
        Ok(invite) => invite,
        Err(error) => return refused(&visitor, id, error),
    };
    let expires = Some(visitor.reader.clock(invite.expires_at));
    let secret = Secret {
        kind: SecretKind::Invite,
        value: invite.link,
        expires,
    };
    let page = read(&state, &visitor, id).await?;
    Ok(visitor.page(&UserPage {
        secret: Some(secret),
        ..page
    }))
}

/// Gives someone a new password and shows it, this once.
pub async fn reset(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = user_id(&id)?;
    users::find(&state.app, id).await?;
    let value = users::generated_password();
    let password =
        Password::parse(&value).map_err(|fault| app::Error::Invalid(Invalid::one("password", fault)))?;
    let hash = state.hasher.hash(&password).await;
    // Whoever resets his own password stays signed in here.
    let keep = (id == visitor.signed.user.id).then_some(visitor.signed.token);
    let new = users::NewPassword {
        hash,
        must_change: true,
        verified: None,
        keep,
    };
    users::set_password(&state.app, &visitor.act(), id, new).await?;
    let secret = Secret {
        kind: SecretKind::Password,
        value,
        expires: None,
    };
    let page = read(&state, &visitor, id).await?;
    Ok(visitor.page(&UserPage {
        secret: Some(secret),
        ..page
    }))
}

/// Ends everything that someone is signed in with.
pub async fn revoke(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = user_id(&id)?;
    let name = users::find(&state.app, id).await?.name;
    sessions::revoke(&state.app, &visitor.act(), id).await?;
    Ok(Deed::SessionsEnded(name).tell_at(&format!("/panel/users/{id}")))
}

async fn add(state: &web::State, visitor: &Visitor, new: &New, password: &str) -> Result<View, app::Error> {
    let (draft, password) = users::check(new, password, visitor.reader.now)?;
    let hash = state.hasher.hash(&password).await;
    users::create(&state.app, &visitor.act(), draft, hash, true).await
}

/// Changes an account, and shows the form again when there is one and it was refused.
async fn change(
    state: &web::State,
    visitor: &Visitor,
    id: UserId,
    patch: Patch,
    form: Option<(Form, Invalid)>,
) -> Result<Response, Failure> {
    let error = match users::edit(&state.app, &visitor.act(), id, patch).await {
        Ok(user) => return Ok(Deed::UserSaved(user.name).tell_at(&format!("/panel/users/{id}"))),
        Err(error) => error,
    };
    let Some((form, wrong)) = form else {
        return refused(visitor, id, error);
    };
    let form = visitor.told_with(form, wrong, error)?;
    let page = read(state, visitor, id).await?;
    let locale = visitor.reader.locale;
    let form = form.compared(&page.form, |name, value| match (name, value.parse()) {
        ("role", Ok(role)) => Some(word(locale, shell::role(role))),
        _ => None,
    });
    Ok(visitor.again(&UserPage { form, ..page }))
}

/// A rule that says no is told on the person's page.
fn refused(visitor: &Visitor, id: UserId, error: app::Error) -> Result<Response, Failure> {
    match error {
        app::Error::Refused(why) => {
            Ok(Deed::Refused(refusal(visitor.reader.locale, &why)).tell_at(&format!("/panel/users/{id}")))
        }
        other => Err(other.into()),
    }
}

async fn read(state: &web::State, visitor: &Visitor, id: UserId) -> Result<UserPage, Failure> {
    let view = users::find(&state.app, id).await?;
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let form = Form::filled([
        ("role", view.role.to_owned()),
        ("name", view.name.clone()),
        (
            "phone",
            view.phone
                .as_deref()
                .map(|phone| Phone::of(phone).shown)
                .unwrap_or_default(),
        ),
        ("telegram_id", number(view.telegram_id)),
        ("locale", view.locale.to_owned()),
        ("daily_quota", number(view.daily_quota.map(i64::from))),
        (
            "discount_limit_percent",
            number(view.discount_limit_percent.map(i64::from)),
        ),
    ]);
    let mut user = User::of(view, state);
    if user.is_technician() {
        let today = quota::find(&state.app, state.app.today()).await?;
        user.load.used = today
            .technicians
            .iter()
            .find(|own| own.id == user.id)
            .map_or(0, |own| own.used);
    }
    Ok(UserPage {
        shell: visitor.shell(state, Place::Users).await?,
        user,
        form,
        secret: None,
        sessions: sessions::list(&state.app, id)
            .await?
            .into_iter()
            .map(|one| Session::of(one, visitor))
            .collect(),
    })
}

impl Session {
    fn of(standing: sessions::Standing, visitor: &Visitor) -> Self {
        Self {
            is_api: standing.is_api,
            since: visitor.reader.clock(standing.created_at),
            last_used: standing.last_used_at.map(|at| visitor.reader.clock(at)),
            ip: standing.ip.unwrap_or_default(),
            device: device(&standing.user_agent.unwrap_or_default()),
        }
    }
}

/// What a browser's long name comes down to: `Chrome, Android`.
fn device(agent: &str) -> String {
    // Each claims to be those after it, too.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(sign, _)| agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (first(&browsers), first(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

impl User {
    /// As shown; how much of today is taken is asked for apart.
    pub(crate) fn of(view: View, state: &web::State) -> Self {
        let quota = view.daily_quota.unwrap_or_else(|| state.app.default_quota());
        Self {
            telegram: Telegram::of(view.telegram_linked, view.reachable),
            role: view.role.parse().unwrap_or(Role::Sales),
            active: view.active,
            on_duty: view.on_duty,
            must_change_password: view.must_change_password,
            load: Load { used: 0, quota },
            version: view.version.into(),
            id: view.id,
            username: view.username,
            name: view.name,
        }
    }
}

fn versioned(form: &Form) -> Patch {
    Patch {
        version: form.value("version").parse().ok(),
        ..Patch::default()
    }
}

fn user_id(text: &str) -> Result<UserId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
