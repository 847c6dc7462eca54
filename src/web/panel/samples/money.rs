//! What the small company's customers owe: every state of an invoice, and what is wrong with a draft.

use domain::document::Kind;
use domain::invalid::{Fault, Invalid};
use domain::invoice::{Discount, Line, Quantity, State, Totals};
use domain::money::Rupiah;
use domain::tax::Vat;

use crate::web::panel::contact::Phone;
use crate::web::panel::delivery::{self, Channel};
use crate::web::panel::form::Form;
use crate::web::panel::invoice::{
    Draft, DraftPart, Entry, Invoice, InvoicePage, Item, Job, Past, Payment, Reversed, Stand, Sums, Wrong,
};
use crate::web::panel::invoices::{self, Filter, InvoicesPage};
use crate::web::panel::page::{Pages, Tab};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::Place;
use crate::web::panel::ticket::{Bill, Customer};

const DISCOUNT: Discount = Discount::Percent(750);

fn lines() -> Vec<Line> {
    let line = |description: &str, thousandths, unit: &str, price| Line {
        description: description.to_owned(),
        quantity: Quantity(thousandths),
        unit: unit.to_owned(),
        unit_price: Rupiah(price),
    };
    vec![
        line(
            "Perbaikan fiber, termasuk penyambungan ulang di tiang",
            1000,
            "unit",
            350_000,
        ),
        line("Kabel drop core", 27_500, "meter", 6_500),
    ]
}

fn sums() -> Sums {
    let vat = Vat::on("2026-11-22".parse().expect("a date"));
    let totals = Totals::of(&lines(), DISCOUNT, vat).expect("sums");
    Sums::of(&totals, DISCOUNT, true)
}

impl Samples {
    pub(crate) fn bill() -> Bill {
        Bill {
            id: "i7".to_owned(),
            number: Some("INV/2026/XI/0007".to_owned()),
            stand: Stand {
                state: State::Sent,
                is_overdue: true,
            },
            total: sums().total,
            left: Some("Rp250.000".to_owned()),
            due: Some("Sel, 17 Nov".to_owned()),
        }
    }

    fn past(self) -> Vec<Past> {
        let past =
            |title: &str, icon, by: &str, minutes, version, reason: Option<&str>, changes: &[&str]| Past {
                title: title.to_owned(),
                icon,
                by: by.to_owned(),
                at: self.at(minutes),
                version,
                reason: reason.map(str::to_owned),
                changes: changes.iter().map(|text| (*text).to_owned()).collect(),
            };
        vec![
            past(
                "Invoice dikembalikan",
                "rotate-ccw",
                "Maya Putri",
                12,
                4,
                Some("Diskonnya kurang, pelanggan lama."),
                &[],
            ),
            past(
                "Invoice diajukan ke sales",
                "hourglass",
                "Rina Kartika",
                40,
                3,
                None,
                &[],
            ),
            past(
                "Invoice diubah",
                "pencil",
                "Rina Kartika",
                42,
                2,
                None,
                &[
                    "Baris ditambah: Kabel drop core, 27,5 meter × Rp6.500",
                    "Diskon: tidak ada → 7,5%",
                    "Total: Rp388.500 → Rp542.866",
                ],
            ),
            past("Draf invoice dibuat", "file-text", "Sistem", 60, 1, None, &[]),
        ]
    }

    fn draft() -> Draft {
        let entry = |(n, line): (usize, Line)| Entry {
            n,
            nth: n + 1,
            description: line.description.clone(),
            quantity: crate::web::panel::invoice::sums::count(line.quantity),
            unit: line.unit.clone(),
            price: line.unit_price.to_string(),
            amount: line.amount().ok().map(|amount| amount.to_string()),
            is_new: false,
        };
        Draft {
            id: "i7".to_owned(),
            version: "4".to_owned(),
            lines: lines().into_iter().enumerate().map(entry).collect(),
            discount: "7,5%".to_owned(),
            due_date: String::new(),
            sums: Some(sums()),
            withholds: true,
            terms: 14,
            today: "2026-11-23".to_owned(),
            ..Draft::default()
        }
    }

    pub(crate) fn draft_part() -> DraftPart {
        DraftPart {
            draft: Draft {
                is_apart: true,
                ..Self::draft()
            },
        }
    }

    fn payment(self, id: &str, amount: i64, is_reversed: bool) -> Payment {
        Payment {
            id: id.to_owned(),
            method: "method-transfer",
            amount: Rupiah(amount).to_string(),
            withheld: (!is_reversed).then(|| "Rp9.759".to_owned()),
            paid_on: "Kemarin".to_owned(),
            reference: Some("BCA 2211/FTSCY/WS95051".to_owned()),
            proof: (!is_reversed).then(|| "/panel/documents/8/content".to_owned()),
            by: Some("Rina Kartika".to_owned()),
            at: self.at(8),
            reversed: is_reversed.then(|| Reversed {
                at: self.at(5),
                by: Some("Rina Kartika".to_owned()),
                reason: Some("Salah invoice".to_owned()),
            }),
        }
    }

    pub(crate) fn invoice(self, state: State) -> InvoicePage {
        let is_final = state.is_final();
        let has_money = matches!(state, State::Sent | State::Paid);
        let receipt = [
            ("method", "transfer"),
            ("amount", "Rp250.000"),
            ("paid_on", "2026-11-23"),
        ];
        InvoicePage {
            shell: self.shell(Place::Invoices),
            form: Form::default(),
            draft: Self::draft(),
            invoice: Invoice {
                id: "i7".to_owned(),
                number: is_final.then(|| "INV/2026/XI/0007".to_owned()),
                version: 4,
                stand: Stand {
                    state,
                    is_overdue: state == State::Sent,
                },
                ticket: Job {
                    id: "t41".to_owned(),
                    number: "TKT-000041".to_owned(),
                    problem: "Internet mati total sejak pagi, lampu LOS merah.".to_owned(),
                },
                customer: Customer {
                    id: "c1".to_owned(),
                    number: "PLG-000012".to_owned(),
                    name: "Budi Santoso".to_owned(),
                    phone: Some(Phone::of("+6281234567890")),
                    address: "Jl. Melati No. 12, Dago, Coblong, Bandung".to_owned(),
                    notes: None,
                },
                items: lines().iter().map(Item::of).collect(),
                sums: sums(),
                due: is_final.then(|| "Selasa, 17 November 2026".to_owned()),
                link: is_final
                    .then(|| "https://tanggap.example.com/i/4Jx0dVfTq2oUoG9l0bC1y7n3sR5wZ8kA".to_owned()),
                paid: if has_money { "Rp292.866" } else { "Rp0" }.to_owned(),
                outstanding: (state == State::Sent).then(|| "Rp250.000".to_owned()),
                judges: if state == State::Submitted {
                    vec!["Maya Putri".to_owned()]
                } else {
                    vec![]
                },
                returned: (state == State::Draft).then(|| self.past().remove(0)),
                void_because: (state == State::Void).then(|| "Salah layanan".to_owned()),
                overtaken: None,
                seen: 4,
                keeps_form: false,
                payments: if has_money {
                    vec![
                        self.payment("p1", 283_107, false),
                        self.payment("p2", 283_107, true),
                    ]
                } else {
                    vec![]
                },
                receipt: Form::filled(receipt),
                methods: vec![("transfer", "method-transfer"), ("cash", "method-cash")],
                today: "2026-11-23".to_owned(),
                proofs: if has_money {
                    vec![
                        self.file(8, Kind::PaymentProof, "bukti transfer.jpg", true),
                        self.file(9, Kind::PaymentProof, "bukti transfer.pdf", false),
                    ]
                } else {
                    vec![]
                },
                past: self.past(),
                deliveries: if is_final {
                    vec![delivery::Delivery {
                        channel: Channel::Whatsapp,
                        recipient: "•••• 7890".to_owned(),
                        ..self.delivery("d9", "Tautan invoice", delivery::State::Read, None)
                    }]
                } else {
                    vec![]
                },
                opened: None,
            },
        }
    }

    /// A draft that cannot be saved: each line's faults, and the discount's.
    pub(crate) fn wrong_invoice(self) -> InvoicePage {
        let mut page = self.invoice(State::Draft);
        let wrong = |field: &str, label, nth, fault: Fault| Wrong {
            field: field.to_owned(),
            label,
            nth,
            why: format!("fault-{}", fault.code()),
        };
        page.draft.lines[1].price = "mahal".to_owned();
        page.draft.lines[1].amount = None;
        page.draft.sums = None;
        page.draft.faults = vec![
            wrong("price-1", "line-price", Some(2), Fault::BadNumber),
            wrong("discount", "field-discount", None, Fault::OutOfRange),
        ];
        page
    }

    /// Someone else has saved the draft meanwhile.
    pub(crate) fn overtaken_invoice(self) -> InvoicePage {
        let mut page = self.invoice(State::Draft);
        page.invoice.overtaken = Some(self.past().remove(2));
        page.invoice.keeps_form = true;
        page.draft.refusal = Some(crate::web::words::word(self.reader.locale, "inv-stale"));
        page
    }

    /// A payment that was refused: the dialog stands open with what was typed.
    pub(crate) fn refused_payment(self) -> InvoicePage {
        let mut page = self.invoice(State::Sent);
        page.invoice.opened = Some("pay".to_owned());
        page.form = Form::filled([
            ("method", "cash"),
            ("amount", "lima ratus"),
            ("paid_on", "2026-11-24"),
        ])
        .wrong(Invalid(vec![
            ("amount", Fault::BadNumber),
            ("paid_on", Fault::TooFar),
        ]));
        page
    }

    pub(crate) fn invoices(self) -> InvoicesPage {
        let line = |n: u32, state, is_overdue, customer: &str, left: Option<&str>| invoices::Line {
            id: n.to_string(),
            number: (!matches!(state, State::Draft | State::Submitted))
                .then(|| format!("INV/2026/XI/{n:04}")),
            stand: Stand { state, is_overdue },
            customer: customer.to_owned(),
            ticket: format!("TKT-{n:06}"),
            total: Rupiah(i64::from(n) * 137_500).to_string(),
            left: left.map(str::to_owned),
            due: (state == State::Sent).then(|| "Sel, 17 Nov".to_owned()),
            issued: "Jum, 20 Nov".to_owned(),
        };
        let tab = |label: &str, here| Tab {
            label: label.to_owned(),
            href: "/panel/invoices".to_owned(),
            here,
        };
        InvoicesPage {
            shell: self.shell(Place::Invoices),
            filter: Filter::default(),
            tabs: vec![
                tab("Semua · 6", true),
                tab("Draf · 1", false),
                tab("Lewat jatuh tempo · 1", false),
            ],
            sums: invoices::Sums {
                count: 6,
                billed: "Rp12.375.000".to_owned(),
                settled: "Rp8.250.000".to_owned(),
                outstanding: "Rp4.125.000".to_owned(),
            },
            invoices: vec![
                line(9, State::Draft, false, "Hotel Kenanga", None),
                line(8, State::Submitted, false, "Klinik Sehat", None),
                line(7, State::Sent, true, "Budi Santoso", Some("Rp250.000")),
                line(6, State::Approved, false, "Toko Maju Jaya", None),
                line(5, State::Paid, false, "Warung Bu Tini", None),
                line(4, State::Void, false, "Wati Suryani", None),
            ],
            pages: Pages::default(),
            sheet: "/panel/invoices.csv".to_owned(),
        }
    }

    pub(crate) fn no_invoices(self) -> InvoicesPage {
        InvoicesPage {
            invoices: vec![],
            filter: Filter {
                q: "tidak ada".to_owned(),
                ..Filter::default()
            },
            ..self.invoices()
        }
    }
}
