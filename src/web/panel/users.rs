//! Users: the list, one person's page, and the form of a new one.

use askama::Template;
use axum::extract::State;
use domain::person::Role;

use crate::app::page::Cut;
use crate::app::{invites, users};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Load;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{self, Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::When;
use crate::web::words::word;

/// Every role and the text key of its name, in the order of the form.
const ROLES: [(&str, &str); 3] = [
    ("technician", "role-technician"),
    ("sales", "role-sales"),
    ("admin", "role-admin"),
];

/// The list.
#[derive(Template)]
#[template(path = "panel/users.html")]
pub struct UsersPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    pub users: Vec<User>,
    pub pages: Pages,
}

/// One person's page.
#[derive(Template)]
#[template(path = "panel/user.html")]
pub struct UserPage {
    pub shell: Shell,
    pub user: User,
    pub form: Form,
    /// Shown once, and never again.
    pub secret: Option<Secret>,
    pub sessions: Vec<Session>,
}

/// Where someone is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// A program's token, not a browser's cookie.
    pub is_api: bool,
    pub since: When,
    pub last_used: Option<When>,
    pub ip: String,
    pub device: String,
}

/// The form of a new person.
#[derive(Template)]
#[template(path = "panel/user_form.html")]
pub struct UserForm {
    pub shell: Shell,
    pub form: Form,
}

impl UserForm {
    /// Every role, to choose from.
    pub fn roles(&self) -> [(&'static str, &'static str); 3] {
        ROLES
    }
}

/// A person as shown.
#[derive(Debug, Clone)]
pub struct User {
    pub id: String,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub telegram: Telegram,
    pub active: bool,
    pub on_duty: bool,
    pub must_change_password: bool,
    /// Today's jobs against what the person may take; the company's default when nothing is set.
    pub load: Load,
    pub version: i64,
}

impl User {
    /// The text key of the role.
    pub fn role(&self) -> &'static str {
        shell::role(self.role)
    }

    /// Whether quotas and duty matter.
    pub fn is_technician(&self) -> bool {
        self.role == Role::Technician
    }

    /// Whether a discount limit matters.
    pub fn is_sales(&self) -> bool {
        self.role == Role::Sales
    }

    /// Every role, to choose another.
    pub fn roles(&self) -> [(&'static str, &'static str); 3] {
        ROLES
    }
}

/// How a person stands with Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telegram {
    Linked,
    /// Blocked the bot, or never pressed start.
    Unreachable,
    NotLinked,
}

impl Telegram {
    /// Of two facts.
    pub const fn of(linked: bool, reachable: bool) -> Self {
        match (linked, reachable) {
            (true, true) => Self::Linked,
            (true, false) => Self::Unreachable,
            (false, _) => Self::NotLinked,
        }
    }

    /// The tint of its chip.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Linked => "good",
            Self::Unreachable => "bad",
            Self::NotLinked => "",
        }
    }

    /// The shape of its chip.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Linked => "send",
            Self::Unreachable => "wifi-off",
            Self::NotLinked => "link",
        }
    }

    /// The text key of its word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Linked => "telegram-linked",
            Self::Unreachable => "telegram-unreachable",
            Self::NotLinked => "telegram-not-linked",
        }
    }

    /// The text key of what to do about it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Linked => "telegram-linked-text",
            Self::Unreachable => "telegram-unreachable-text",
            Self::NotLinked => "telegram-not-linked-text",
        }
    }
}

/// What is shown once.
#[derive(Debug, Clone)]
pub struct Secret {
    pub kind: SecretKind,
    pub value: String,
    pub expires: Option<When>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    Invite,
    Password,
}

impl Secret {
    /// An invite's link as a picture, for the phone of whoever stands beside.
    pub fn picture(&self) -> Option<(usize, String)> {
        let code = match self.kind {
            SecretKind::Invite => invites::code(&self.value)?,
            SecretKind::Password => return None,
        };
        Some((code.side, code.path()))
    }

    /// The text key of its heading.
    pub const fn title(&self) -> &'static str {
        match self.kind {
            SecretKind::Invite => "invite-title",
            SecretKind::Password => "password-new-title",
        }
    }

    /// The text key of what to do with it.
    pub const fn text(&self) -> &'static str {
        match self.kind {
            SecretKind::Invite => "invite-text",
            SecretKind::Password => "password-new-text",
        }
    }
}

/// The list, of everyone or of one role.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (chosen, cursor) = (asked.value("role"), asked.some("cursor"));
    let filter = users::Filter {
        role: chosen.parse().ok(),
        ..users::Filter::default()
    };
    let found = users::list(&state.app, &filter, Cut::parse(cursor.as_deref(), None)?).await?;
    let tab = |role: &str, key: &str| Tab {
        label: word(visitor.reader.locale, key),
        href: query("/panel/users", &[("role", role)]),
        here: chosen == role,
    };
    let tabs = [("", "all")]
        .into_iter()
        .chain(ROLES)
        .map(|(role, key)| tab(role, key))
        .collect();
    Ok(visitor.page(&UsersPage {
        shell: visitor.shell(&state, Place::Users).await?,
        tabs,
        users: found
            .data
            .into_iter()
            .map(|view| User::of(view, &state))
            .collect(),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            query("/panel/users", &[("role", chosen), ("cursor", at)])
        }),
    }))
}
