//! Whoever is looking at the panel: who, in which language, and whether the whole page is wanted.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use domain::invalid::Invalid;
use domain::person::Locale;

use crate::app::sessions::Signed;
use crate::app::{self, Act, Channel, alerts, board, channels, deliveries, invoices, quarantine, requests};
use crate::web::panel::answer::Failure;
use crate::web::panel::flash::{self, Deed};
use crate::web::panel::form::Form;
use crate::web::panel::page::{page, page_with};
use crate::web::panel::preferences::{Preferences, inside};
use crate::web::panel::shell::{Flash, Person, Place, Shell, Stopped, Theme};
use crate::web::panel::when::Reader;
use crate::web::{self, problem};

/// Someone who is signed in, behind a guard.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub signed: Signed,
    pub reader: Reader,
    /// Only a part of the page is wanted, to take the place of the old one.
    pub wants_part: bool,
    theme: Theme,
    path: String,
    flash: Option<Flash>,
}

impl FromRequestParts<web::State> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &web::State) -> Result<Self, Failure> {
        let signed = parts.extensions.get::<Signed>().cloned();
        let signed = signed.ok_or(Failure::Status(StatusCode::UNAUTHORIZED))?;
        let preferences = Preferences::of(&parts.headers);
        let locale = preferences.locale.unwrap_or(signed.user.locale);
        Ok(Self {
            reader: reader(state, locale),
            wants_part: wants_part(&parts.headers),
            theme: preferences.theme,
            path: path(parts),
            flash: flash::waiting(&parts.headers, locale),
            signed,
        })
    }
}

impl Visitor {
    /// A deed of this person, now.
    pub fn act(&self) -> Act {
        Act::of(self.signed.user.id, Channel::Panel, self.reader.now)
    }

    /// The frame of a page.
    pub async fn shell(&self, state: &web::State, place: Place) -> Result<Shell, Failure> {
        Ok(Shell {
            locale: self.reader.locale,
            theme: self.theme,
            demo: state.demo,
            company: state.app.settings().company.name.clone(),
            path: self.path.clone(),
            place,
            person: Some(Person {
                name: self.signed.user.name.clone(),
                role: self.signed.user.role,
            }),
            active: Some(board::active(&state.app).await?),
            alerts: alerts::count(&state.app).await?,
            held: quarantine::held(&state.app).await? + deliveries::failures(&state.app).await?,
            requests: requests::waiting(&state.app).await?,
            invoices: invoices::waiting(&state.app).await?,
            stopped: self.stopped(state).await?,
            flash: self.flash.clone(),
        })
    }

    /// What is told on every page while the customers' channel takes nothing.
    async fn stopped(&self, state: &web::State) -> Result<Option<Stopped>, Failure> {
        let stopped = channels::stopped(&state.app, "whatsapp").await?;
        Ok(stopped.map(|stopped| {
            let key = format!("say-fault-{}", stopped.why);
            let known = web::words::has(self.reader.locale, &key);
            Stopped {
                since: self.reader.clock(stopped.since),
                why: if known {
                    web::words::word(self.reader.locale, &key)
                } else {
                    stopped.details
                },
            }
        }))
    }

    /// What waits to be told.
    pub fn flash(&self) -> Option<Flash> {
        self.flash.clone()
    }

    /// The frame of a page outside, for someone who is signed in.
    pub fn outside(&self, state: &web::State, path: &str) -> Shell {
        let preferences = Preferences {
            locale: Some(self.reader.locale),
            theme: self.theme,
        };
        outside(state, preferences, None, path)
    }

    /// The answer that shows this template.
    pub fn page(&self, template: &impl Template) -> Response {
        page(template, self.reader.locale)
    }

    /// The answer that shows a form again, with what is wrong with it.
    pub fn again(&self, template: &impl Template) -> Response {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, template, self.reader.locale)
    }

    /// The form with what is wrong with it, when that can be told on it; otherwise the failure.
    pub fn told_on(&self, form: Form, error: app::Error) -> Result<Form, Failure> {
        match error {
            app::Error::Invalid(invalid) => Ok(form.wrong(invalid)),
            app::Error::Refused(refusal) => Ok(form.refused(problem::refusal(self.reader.locale, &refusal))),
            app::Error::Stale => Ok(form.overtaken(web::words::word(self.reader.locale, "form-overtaken"))),
            other => Err(other.into()),
        }
    }

    /// Tells what a rule says no to on the page at that path, where there is no form to say it on.
    pub fn told_above(&self, path: &str, error: app::Error) -> Result<Response, Failure> {
        let locale = self.reader.locale;
        let why = match error {
            app::Error::Refused(refusal) => problem::refusal(locale, &refusal),
            app::Error::Stale => web::words::word(locale, "refused-stale"),
            other => return Err(other.into()),
        };
        Ok(Deed::Refused(why).tell_at(path))
    }

    /// As [`Visitor::told_on`], where the form's own reading found faults first.
    pub fn told_with(&self, form: Form, own: Invalid, error: app::Error) -> Result<Form, Failure> {
        match error {
            app::Error::Invalid(mut invalid) => {
                invalid
                    .0
                    .retain(|(field, _)| !own.0.iter().any(|(mine, _)| mine == field));
                Ok(form.wrong(own).wrong(invalid))
            }
            other => self.told_on(form, other),
        }
    }
}

/// The frame of a page outside: nobody is signed in, or nobody needs to be.
pub fn outside(state: &web::State, preferences: Preferences, own: Option<Locale>, path: &str) -> Shell {
    Shell {
        locale: preferences
            .locale
            .or(own)
            .unwrap_or(state.app.settings().company.locale),
        theme: preferences.theme,
        demo: state.demo,
        company: state.app.settings().company.name.clone(),
        path: path.to_owned(),
        place: Place::Elsewhere,
        person: None,
        active: None,
        alerts: 0,
        held: 0,
        requests: 0,
        invoices: 0,
        stopped: None,
        flash: None,
    }
}

/// Someone who reads now, in the company's zone.
pub fn reader(state: &web::State, locale: Locale) -> Reader {
    Reader {
        locale,
        zone: state.app.zone(),
        now: state.app.now(),
    }
}

/// Whether htmx asks, for a part of the page.
pub fn wants_part(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

// A form's own address may answer nothing but the form.
fn path(parts: &Parts) -> String {
    if parts.method != Method::GET {
        return "/panel".to_owned();
    }
    let path = parts.uri.path_and_query().map_or("/panel", |path| path.as_str());
    inside(path).to_owned()
}
