//! What the company decides, and how its month stands.

use domain::invalid::{Fault, Invalid};

use crate::app::settings::{Kind, Origin};
use crate::web::panel::calendar::{CalendarPage, Chosen, Day};
use crate::web::panel::form::Form;
use crate::web::panel::hand::Load;
use crate::web::panel::page::Tab;
use crate::web::panel::samples::Samples;
use crate::web::panel::settings::{Picture, Row, SettingsPage};
use crate::web::panel::shell::Place;

impl Samples {
    /// A section that was refused, with every kind of setting.
    pub(crate) fn settings(self) -> SettingsPage {
        let row = |key, kind, origin| Row {
            key,
            kind,
            origin,
            start: "4".to_owned(),
            now: (origin == Origin::Office).then(|| "7".to_owned()),
            choices: Vec::new(),
        };
        SettingsPage {
            shell: self.shell(Place::Settings),
            tabs: vec![Tab {
                label: "Perusahaan".to_owned(),
                href: "/panel/settings/company".to_owned(),
                here: true,
            }],
            section: "company",
            form: Form::default().wrong(Invalid(vec![("visit.radius_meters", Fault::OutOfRange)])),
            rows: vec![
                row("company.name", Kind::Name, Origin::File),
                row("company.vat_registered", Kind::Switch, Origin::Environment),
                row("company.qris", Kind::Qris, Origin::Office),
                row(
                    "visit.radius_meters",
                    Kind::Number { low: 1, high: 9 },
                    Origin::Office,
                ),
                Row {
                    choices: vec![("id".to_owned(), "Bahasa Indonesia".to_owned())],
                    ..row("company.locale", Kind::Language, Origin::File)
                },
            ],
            is_unsaved: true,
            qris: Some(Picture {
                merchant: "PT Contoh".to_owned(),
                side: 33,
                path: "M4 4h7v1h-7z".to_owned(),
            }),
        }
    }

    /// A month with a full date, one where nobody works, and one with places left.
    pub(crate) fn calendar(self) -> CalendarPage {
        let day = |number: u32, used, quota| {
            Some(Day {
                number,
                full: format!("{number} November 2026"),
                href: format!("/panel/quota/calendar?month=2026-11&date=2026-11-{number:02}"),
                load: Load { used, quota },
                left: Ord::max(quota - used, 0),
                is_past: number < 22,
                is_today: number == 22,
                is_chosen: number == 23,
            })
        };
        CalendarPage {
            shell: self.shell(Place::Calendar),
            title: "November 2026".to_owned(),
            here: "/panel/quota/calendar?month=2026-11&date=2026-11-23".to_owned(),
            previous: "/panel/quota/calendar?month=2026-10".to_owned(),
            next: "/panel/quota/calendar?month=2026-12".to_owned(),
            today: "/panel/quota/calendar?month=2026-11".to_owned(),
            weekdays: vec![("Sen".to_owned(), "Senin".to_owned())],
            weeks: vec![vec![None, day(21, 0, 0), day(22, 4, 4), day(23, 3, 8)]],
            chosen: Chosen {
                date: "2026-11-23".to_owned(),
                quota: self.ticket_form().quota,
                is_open: true,
            },
        }
    }
}
