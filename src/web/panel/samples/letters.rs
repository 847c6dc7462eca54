//! Letters that somebody of the small company is about to have drawn.

use domain::document::Kind;
use domain::invalid::{Fault, Invalid};

use crate::web::panel::form::Form;
use crate::web::panel::letter::{Draft, LetterPage, Row, Wrong};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::Place;

impl Samples {
    pub(crate) fn letter_form(self) -> LetterPage {
        let row = |n: usize, name: &str, serial: &str| Row {
            n,
            nth: n + 1,
            name: name.to_owned(),
            quantity: "1,5".to_owned(),
            unit: "meter".to_owned(),
            serial: serial.to_owned(),
            condition: "Baru".to_owned(),
        };
        LetterPage {
            shell: self.shell(Place::Tickets),
            letter: Draft {
                ticket: "t37".to_owned(),
                number: "TKT-000037".to_owned(),
                customer: "Toko Maju Jaya".to_owned(),
                technician: "Andi Pratama".to_owned(),
                kind: Kind::TravelLetter,
                rows: vec![row(0, "Router", "ZTEGC8A1"), row(1, "Kabel drop core", "")],
                faults: vec![],
            },
            form: Form::filled([("vehicle", "Avanza B 1234 XYZ")]),
        }
    }

    pub(crate) fn wrong_letter_form(self) -> LetterPage {
        let page = self.letter_form();
        LetterPage {
            letter: Draft {
                kind: Kind::BastForm,
                faults: vec![Wrong {
                    field: "quantity-1".to_owned(),
                    label: "line-quantity",
                    nth: 2,
                    why: "fault-bad-number".to_owned(),
                }],
                ..page.letter
            },
            form: page.form.wrong(Invalid::one("goods", Fault::OutOfRange)),
            shell: page.shell,
        }
    }
}
