//! A spreadsheet of customers that somebody of the small company brings.

use domain::invalid::{Fault, Invalid};

use crate::web::panel::form::Form;
use crate::web::panel::import::{Bad, Good, ImportPage, Known, Sheet, SheetPage};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::Place;

impl Samples {
    pub(crate) fn import_page(self) -> ImportPage {
        ImportPage {
            shell: self.shell(Place::Customers),
            form: Form::default().wrong(Invalid::one("file", Fault::NoColumns)),
        }
    }

    /// Looked at, being saved, and saved.
    pub(crate) fn sheets(self) -> [SheetPage; 3] {
        let looked = Sheet {
            id: "3".to_owned(),
            filename: "pelanggan.csv".to_owned(),
            total: 412,
            done: 0,
            saved: 0,
            is_finished: false,
            ready: 409,
            first: vec![Good {
                name: "Budi Santoso".to_owned(),
                phone: "0812-3456-7890".to_owned(),
                address: "Jl. Melati 12, Coblong, Bandung".to_owned(),
            }],
            wrong: vec![Bad {
                line: 7,
                name: "B".to_owned(),
                faults: vec![
                    ("field-name", "fault-too-short".to_owned()),
                    ("field-withholds", "fault-bad-value".to_owned()),
                ],
            }],
            known: vec![
                Known {
                    line: 9,
                    name: "Ibu Wati".to_owned(),
                    customer: Some(("PLG-000012".to_owned(), "/panel/customers/12".to_owned())),
                    repeats: None,
                },
                Known {
                    line: 31,
                    name: "Budi Santoso".to_owned(),
                    customer: None,
                    repeats: Some(2),
                },
            ],
            unread: "Kode".to_owned(),
        };
        let saving = Sheet {
            done: 200,
            saved: 198,
            ..looked.clone()
        };
        let saved = Sheet {
            done: 412,
            saved: 409,
            is_finished: true,
            ..looked.clone()
        };
        [looked, saving, saved].map(|sheet| SheetPage {
            shell: self.shell(Place::Customers),
            sheet,
        })
    }
}
