//! What was done and looked at in the small company.

use serde_json::{Value, json};

use crate::app::audit::{Row, Subject, View};
use crate::app::tickets::Named;
use crate::web::panel::audit::{AuditPage, Entry, Filter, Kind};
use crate::web::panel::delivery::Channel;
use crate::web::panel::held::{Held, HeldPage};
use crate::web::panel::page::{Pages, Tab};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::Place;
use crate::web::panel::tickets::Choice;

impl Samples {
    fn deed(self, action: &str, (kind, id): (&str, &str), detail: Value) -> Entry {
        let row = Row {
            view: View {
                id: "1".to_owned(),
                at: self.reader.now,
                actor: Some(Named {
                    id: "1".to_owned(),
                    name: "Rina Kartika".to_owned(),
                }),
                channel: "panel".to_owned(),
                action: action.to_owned(),
                subject: Subject {
                    kind: kind.to_owned(),
                    id: id.to_owned(),
                },
                detail: (!detail.is_null()).then_some(detail),
            },
            ticket: None,
            name: Some("Bapak Hartono".to_owned()),
        };
        Entry::of(&row, self.reader)
    }

    pub(crate) fn audit(self) -> AuditPage {
        let tab = |label: &str, here| Tab {
            label: label.to_owned(),
            href: "/panel/audit".to_owned(),
            here,
        };
        AuditPage {
            shell: self.shell(Place::Audit),
            filter: Filter {
                action: "@looks".to_owned(),
                ticket_id: "41".to_owned(),
                ..Filter::default()
            },
            tabs: vec![tab("Semua", false), tab("Siapa melihat", true)],
            people: vec![Choice {
                id: "1".to_owned(),
                name: "Rina Kartika".to_owned(),
            }],
            kinds: vec![Kind {
                label: "audit-looks",
                deeds: vec![("customer_viewed", "Data pelanggan dilihat".to_owned())],
            }],
            entries: vec![
                self.deed("customer_viewed", ("customer", "12"), Value::Null),
                self.deed("customers_exported", ("customer", "0"), json!({ "count": 12 })),
                self.deed(
                    "user_changed",
                    ("user", "2"),
                    json!({ "active": false, "name": "Budi" }),
                ),
                self.deed("payment_recorded", ("invoice", "3"), json!({ "amount": 150_000 })),
                self.deed("user_created", ("user", "4"), json!({ "role": "technician" })),
                self.deed("rating_given", ("ticket", "41"), json!({ "stars": 5 })),
                self.deed(
                    "ticket_cancelled",
                    ("ticket", "41"),
                    json!({ "reason": "<b>Pindah</b> rumah" }),
                ),
            ],
            pages: Pages {
                first: None,
                next: Some("/panel/audit?cursor=c1".to_owned()),
            },
            sheet: "/panel/audit.csv".to_owned(),
        }
    }

    /// What waits for a person, or nothing.
    pub(crate) fn held(self, any: bool) -> HeldPage {
        let input = Held {
            id: "q1".to_owned(),
            channel: Channel::Telegram,
            external_id: "998877".to_owned(),
            error: crate::web::words::word(self.reader.locale, "cause-input-unreadable"),
            technical: "missing field `message_id`".to_owned(),
            attempts: 3,
            received: self.reader.clock(self.reader.now),
        };
        HeldPage {
            shell: self.shell(Place::Held),
            inputs: if any { vec![input] } else { Vec::new() },
            input_pages: Pages::default(),
            failed: if any { self.failed() } else { Vec::new() },
            failed_pages: Pages::default(),
        }
    }

    pub(crate) fn no_audit(self) -> AuditPage {
        AuditPage {
            filter: Filter::default(),
            entries: Vec::new(),
            pages: Pages::default(),
            ..self.audit()
        }
    }
}
