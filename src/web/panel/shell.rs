//! What surrounds every page: who is signed in, where they are, in which language and light.

use domain::person::{Locale, Role};

use crate::web::panel::form::Form;
use crate::web::panel::when::When;

/// The light the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in the cookie and on the page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The icon of the switch.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::System => "monitor",
            Self::Light => "sun",
            Self::Dark => "moon",
        }
    }

    /// The text key of the switch.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "theme-system",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }

    /// The theme of that name; anything else follows the system.
    pub fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == name)
            .unwrap_or_default()
    }
}

/// The places of the sidebar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Board,
    Tickets,
    Requests,
    Customers,
    Invoices,
    Services,
    Users,
    Ratings,
    Held,
    Audit,
    Calendar,
    Settings,
    Elsewhere,
}

impl Place {
    /// The name by which templates ask.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Tickets => "tickets",
            Self::Requests => "requests",
            Self::Customers => "customers",
            Self::Invoices => "invoices",
            Self::Services => "services",
            Self::Users => "users",
            Self::Ratings => "ratings",
            Self::Held => "held",
            Self::Audit => "audit",
            Self::Calendar => "calendar",
            Self::Settings => "settings",
            Self::Elsewhere => "",
        }
    }
}

/// How something told at the top of a page sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    Warn,
    Info,
}

impl Tone {
    /// The class of the banner.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }

    /// The icon of the banner.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Good => "circle-check-big",
            Self::Bad | Self::Warn => "triangle-alert",
            Self::Info => "info",
        }
    }
}

/// Something to tell once, after a deed; already in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
}

impl Flash {
    /// What was refused on a form that has no place on the page any more: it stands above.
    pub(crate) fn refusal(form: &Form) -> Option<Self> {
        let text = form.refusal.clone()?;
        Some(Self {
            tone: Tone::Bad,
            text,
        })
    }
}

/// Whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub role: Role,
}

/// Since when the customers' channel takes nothing, and why, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    pub since: When,
    pub why: String,
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    pub locale: Locale,
    pub theme: Theme,
    /// Whether everything is simulated; told on every page.
    pub demo: bool,
    pub company: String,
    /// The page's own address, to come back to after a change of language or light.
    pub path: String,
    pub place: Place,
    pub person: Option<Person>,
    /// Tickets that are not over.
    pub active: Option<u64>,
    /// Emergencies that wait for a decision.
    pub alerts: u64,
    /// Messages and inputs kept aside.
    pub held: u64,
    /// Requests that nobody has looked at.
    pub requests: u64,
    /// Drafts that nobody has submitted, and approved invoices that nobody has sent.
    pub invoices: u64,
    /// The customers' channel takes nothing.
    pub stopped: Option<Stopped>,
    pub flash: Option<Flash>,
}

impl Shell {
    /// `page` where the reader is, for `aria-current`.
    pub fn here(&self, place: &str) -> &'static str {
        if self.is_at(place) { "page" } else { "false" }
    }

    /// What waits for a person, of every kind.
    pub fn waiting(&self) -> u64 {
        self.held + self.requests
    }

    /// Whether the reader is there.
    pub fn is_at(&self, place: &str) -> bool {
        self.place.as_str() == place
    }

    /// Both languages, for the switch.
    pub fn locales(&self) -> [Locale; 2] {
        Locale::ALL
    }

    /// The three lights, for the switch.
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// The text key of the signed-in person's role.
    pub fn role(&self) -> &'static str {
        self.person
            .as_ref()
            .map_or("role-none", |person| role(person.role))
    }
}

/// The text key of a role.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "role-admin",
        Role::Technician => "role-technician",
        Role::Sales => "role-sales",
    }
}
