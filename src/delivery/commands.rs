//! The commands that people type, in both languages, and who sees which in the menu.

use dialogues::incoming::Command;
use domain::permission::Perm;
use domain::person::{Locale, Role};

use crate::delivery::words::word;

/// One command: its name in each language, what it does in words, and what it needs.
struct Entry {
    id: &'static str,
    en: &'static str,
    about: &'static str,
    needs: Option<Perm>,
    read: fn(&str) -> Command,
}

const ENTRIES: [Entry; 10] = [
    Entry {
        id: "tersedia",
        en: "available",
        about: "command-pool",
        needs: Some(Perm::ClaimTickets),
        read: |_| Command::Pool,
    },
    Entry {
        id: "tugas",
        en: "tasks",
        about: "command-tasks",
        needs: Some(Perm::ClaimTickets),
        read: |_| Command::Tasks,
    },
    Entry {
        id: "siap",
        en: "ready",
        about: "command-on-duty",
        needs: Some(Perm::Duty),
        read: |_| Command::OnDuty,
    },
    Entry {
        id: "libur",
        en: "off",
        about: "command-off-duty",
        needs: Some(Perm::Duty),
        read: |_| Command::OffDuty,
    },
    Entry {
        id: "darurat",
        en: "emergencies",
        about: "command-alerts",
        needs: Some(Perm::ManageTickets),
        read: |_| Command::Alerts,
    },
    Entry {
        id: "approval",
        en: "approval",
        about: "command-prices",
        needs: Some(Perm::DecidePrices),
        read: |_| Command::Prices,
    },
    Entry {
        id: "start",
        en: "start",
        about: "command-start",
        needs: None,
        read: |payload| Command::Start(payload.to_owned()),
    },
    Entry {
        id: "bahasa",
        en: "language",
        about: "command-language",
        needs: None,
        read: |_| Command::Language,
    },
    Entry {
        id: "bantuan",
        en: "help",
        about: "command-help",
        needs: None,
        read: |_| Command::Help,
    },
    Entry {
        id: "batal",
        en: "cancel",
        about: "command-cancel",
        needs: None,
        read: |_| Command::Cancel,
    },
];

/// Other spellings that people try, and the command that they mean.
const ALIASES: [(&str, &str); 2] = [("approvals", "approval"), ("persetujuan", "approval")];

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLine {
    /// Without the slash: `a-z`.
    pub command: &'static str,
    pub about: String,
}

/// The command of that name, in any language and case, with what was typed after it.
pub fn read(name: &str, rest: &str) -> Option<Command> {
    let alias = ALIASES.iter().find(|(alias, _)| name.eq_ignore_ascii_case(alias));
    let name = alias.map_or(name, |(_, name)| name);
    ENTRIES
        .iter()
        .find(|entry| name.eq_ignore_ascii_case(entry.id) || name.eq_ignore_ascii_case(entry.en))
        .map(|entry| (entry.read)(rest))
}

/// What a chat offers to someone of this role; to someone not yet known, what anyone may do.
pub fn menu(role: Option<Role>, locale: Locale) -> Vec<MenuLine> {
    let seen = |entry: &&Entry| match (role, entry.needs) {
        (None, None) => entry.about != "command-cancel",
        (None, Some(_)) => false,
        (Some(_), None) => entry.about != "command-start",
        (Some(role), Some(perm)) => role.may(perm),
    };
    ENTRIES
        .iter()
        .filter(seen)
        .map(|entry| MenuLine {
            command: match locale {
                Locale::Id => entry.id,
                Locale::En => entry.en,
            },
            about: word(locale, entry.about),
        })
        .collect()
}
