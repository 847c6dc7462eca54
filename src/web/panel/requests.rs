//! What customers report and ask by chat: the list, one of them, and what the office makes of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::RequestId;
use domain::person::Locale;

use crate::app::page::Cut;
use crate::app::requests::{self, Accept, View};
use crate::app::{self, chats};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::chat::Chat;
use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::document::Document;
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::ticket_form::{Quota, Service, dated, is_looking, read_quota, read_services};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::words::word;

const PATH: &str = "/panel/requests";

/// The list.
#[derive(Template)]
#[template(path = "panel/requests.html")]
pub struct RequestsPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    /// Those that wait are shown.
    pub is_new: bool,
    pub requests: Vec<Request>,
    pub pages: Pages,
}

/// One of them, with what may be made of it.
#[derive(Template)]
#[template(path = "panel/request.html")]
pub struct RequestPage {
    pub shell: Shell,
    pub request: Request,
    pub photos: Vec<Document>,
    pub chat: Option<Chat>,
    /// What was typed, when that was refused.
    pub form: Form,
    /// The dialog that is open because of that.
    pub dialog: &'static str,
    pub services: Vec<Service>,
    pub quota: Quota,
}

/// A request as shown.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: String,
    pub number: String,
    pub is_question: bool,
    pub name: String,
    pub customer: Option<Customer>,
    pub text: String,
    pub photos: usize,
    pub site: Option<Site>,
    pub state: Stage,
    pub ticket_id: Option<String>,
    pub answer: Option<String>,
    pub handled_by: Option<String>,
    pub handled: Option<When>,
    pub at: When,
}

/// Whose it is.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: String,
    pub number: String,
    pub phone: Option<Phone>,
    pub address: String,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    New,
    Accepted,
    Answered,
    Dismissed,
}

impl Stage {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::New, Self::Answered, Self::Accepted, Self::Dismissed];

    /// The stable name, as in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
        }
    }

    /// The stage of a stored name; unknown ones wait.
    pub fn named(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|stage| stage.as_str() == name);
        known.unwrap_or(Self::New)
    }

    /// The tint of its chip.
    pub const fn class(self) -> &'static str {
        match self {
            Self::New => "open",
            Self::Accepted => "done",
            Self::Answered => "assigned",
            Self::Dismissed => "",
        }
    }

    /// The shape of its chip.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::New => "inbox",
            Self::Accepted => "ticket",
            Self::Answered => "message-circle",
            Self::Dismissed => "circle-x",
        }
    }

    /// The text key of its word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "request-new",
            Self::Accepted => "request-accepted",
            Self::Answered => "request-answered",
            Self::Dismissed => "request-dismissed",
        }
    }

    /// Whether something may still be made of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Answered)
    }
}

impl Request {
    /// Its page.
    pub fn href(&self) -> String {
        format!("{PATH}/{}", self.id)
    }

    /// The text key of what it is.
    pub fn kind(&self) -> &'static str {
        if self.is_question {
            "request-question"
        } else {
            "request-report"
        }
    }

    /// Whether a ticket may be made of it.
    pub fn may_be_ticket(&self) -> bool {
        self.state.is_open() && self.customer.is_some()
    }

    fn of(view: View, reader: Reader) -> Self {
        let site = view.latitude.zip(view.longitude);
        Self {
            is_question: view.kind == "question",
            customer: view.customer.map(|customer| Customer {
                id: customer.id,
                number: customer.number,
                phone: customer.phone.as_deref().map(Phone::of),
                address: customer.address,
            }),
            photos: view.photos.len(),
            site: site.map(|(latitude, longitude)| Site::of(latitude, longitude)),
            state: Stage::named(view.state),
            handled_by: view.handled_by.map(|person| person.name),
            handled: view.handled_at.map(|at| reader.clock(at)),
            at: reader.clock(view.created_at),
            id: view.id,
            number: view.number,
            name: view.name,
            text: view.text,
            ticket_id: view.ticket_id,
            answer: view.answer,
        }
    }
}

/// The list: those that wait, unless another state is asked for.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let wanted = asked.some("state").unwrap_or_else(|| "new".to_owned());
    let cursor = asked.some("cursor");
    let filter = requests::Filter {
        // What is no state is all of them.
        state: wanted.parse().ok(),
        ..requests::Filter::default()
    };
    let found = requests::list(&state.app, &filter, Cut::parse(cursor.as_deref(), None)?).await?;
    let page = RequestsPage {
        shell: visitor.shell(&state, Place::Requests).await?,
        tabs: tabs(&wanted, visitor.reader.locale),
        is_new: wanted == "new",
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            query(PATH, &[("state", &wanted), ("cursor", at)])
        }),
        requests: found
            .data
            .into_iter()
            .map(|view| Request::of(view, visitor.reader))
            .collect(),
    };
    Ok(visitor.page(&page))
}

fn tabs(wanted: &str, locale: Locale) -> Vec<Tab> {
    let stages = Stage::ALL.map(|stage| (stage.as_str(), stage.label()));
    let tab = |(state, label): (&'static str, &'static str)| Tab {
        label: word(locale, label),
        href: query(PATH, &[("state", state)]),
        here: state == wanted,
    };
    stages.into_iter().chain([("all", "all")]).map(tab).collect()
}

/// One of them.
pub async fn one(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    asked: Form,
) -> Answer {
    let page = page_of(&state, &visitor, request_id(&id)?, (asked, "")).await?;
    Ok(visitor.page(&page))
}

/// Makes a ticket of it.
pub async fn accept(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = request_id(&id)?;
    if is_looking(&form) {
        return Ok(visitor.page(&page_of(&state, &visitor, id, (form, "")).await?));
    }
    let typed = Accept {
        service_id: form.value("service_id").to_owned(),
        problem: Some(form.value("problem").to_owned()),
        visit_date: form.some("visit_date"),
        visit_time: form.some("visit_time"),
    };
    match requests::accept(&state.app, &visitor.act(), id, typed).await {
        Ok(ticket) => {
            Ok(Deed::TicketCreated(ticket.number).tell_at(&format!("/panel/tickets/{}", ticket.id)))
        }
        Err(error) => refused(&state, &visitor, id, (form, ""), error).await,
    }
}

/// Answers it in its chat.
pub async fn answer(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = request_id(&id)?;
    match requests::answer(&state.app, &visitor.act(), id, form.value("text")).await {
        Ok(done) => Ok(Deed::RequestAnswered(done.number).tell_at(&format!("{PATH}/{id}"))),
        Err(error) => refused(&state, &visitor, id, (form, ""), error).await,
    }
}

/// Closes it without a ticket.
pub async fn dismiss(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = request_id(&id)?;
    match requests::dismiss(&state.app, &visitor.act(), id, form.value("reason")).await {
        Ok(done) => Ok(Deed::RequestDismissed(done.number).tell_at(PATH)),
        Err(error) => refused(&state, &visitor, id, (form, "dismiss"), error).await,
    }
}

async fn refused(
    state: &web::State,
    visitor: &Visitor,
    id: RequestId,
    (form, dialog): (Form, &'static str),
    error: app::Error,
) -> Result<Response, Failure> {
    let form = visitor.told_on(form, error)?;
    Ok(visitor.again(&page_of(state, visitor, id, (form, dialog)).await?))
}

async fn page_of(
    state: &web::State,
    visitor: &Visitor,
    id: RequestId,
    (form, dialog): (Form, &'static str),
) -> Result<RequestPage, Failure> {
    let reader = visitor.reader;
    let view = requests::find(&state.app, id).await?;
    let contact = view.contact_id.parse().map_err(|_| app::Error::Missing)?;
    let chat = chats::find(&state.app, contact).await?;
    let photos: Result<Vec<Document>, Failure> = view
        .photos
        .iter()
        .map(|photo| Document::of(photo.clone(), reader))
        .collect();
    let request = Request::of(view, reader);
    let (form, date) = dated(form, reader);
    let form = if form.has("problem") {
        form
    } else {
        form.with("problem", request.text.clone())
    };
    let back = request.href();
    Ok(RequestPage {
        shell: visitor.shell(state, Place::Requests).await?,
        photos: photos?,
        chat: Some(Chat::of(chat, reader, format!("{back}/answer"), back)),
        dialog: if form.is_refused() { dialog } else { "" },
        services: read_services(state, None).await?,
        quota: read_quota(state, reader, date).await?,
        request,
        form,
    })
}

fn request_id(text: &str) -> Result<RequestId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
