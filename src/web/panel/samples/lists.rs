//! The rest of the small company: forms, lists and people.

use domain::invalid::{Fault, Invalid};
use domain::person::Role;

use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::customers::{Customer, CustomerForm, CustomerPage, CustomersPage};
use crate::web::panel::delivery::{Delivery, State};
use crate::web::panel::form::Form;
use crate::web::panel::hand::Load;
use crate::web::panel::page::{Pages, Tab};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::{Flash, Place, Shell, Tone};
use crate::web::panel::ticket_form::{self, Free, Pick, Quota, TicketForm};
use crate::web::panel::tickets::{Choice, Filter, Line, TicketsPage};
use crate::web::panel::users::{Secret, SecretKind, Session, Telegram, User, UserForm, UserPage, UsersPage};

impl Samples {
    fn quota(self, used: i32) -> Quota {
        let day = self.reader.zone.date(self.reader.now);
        let free = (1..4).map(|n| day + chrono::Days::new(n));
        Quota {
            today: day.to_string(),
            day: self.reader.long_day(day),
            load: Load { used, quota: 12 },
            available: i64::from(12 - used),
            next: free
                .map(|date| Free {
                    date: date.to_string(),
                    short: self.reader.day(date),
                    full: self.reader.long_day(date),
                })
                .collect(),
            hands: Self::hands(),
        }
    }

    pub(crate) fn ticket_form(self) -> TicketForm {
        let pick = |n: u32, name: &str, address: &str| Pick {
            id: format!("c{n}"),
            number: format!("PLG-{n:06}"),
            name: name.to_owned(),
            address: address.to_owned(),
        };
        TicketForm {
            shell: self.shell(Place::Board),
            form: Form::filled([
                ("customer_id", "c2"),
                ("visit_date", "2026-11-23"),
                ("visit_time", "13:00"),
            ]),
            editing: None,
            services: vec![ticket_form::Service {
                id: "s1".to_owned(),
                name: "Perbaikan fiber".to_owned(),
                price: "Rp150.000".to_owned(),
            }],
            picks: vec![
                pick(1, "Budi Santoso", "Jl. Melati No. 12, Dago, Coblong, Bandung"),
                pick(
                    2,
                    "Toko Maju Jaya",
                    "Jl. Lengkong Besar No. 88, Lengkong, Bandung",
                ),
                pick(3, "Hotel Kenanga", "Jl. Braga No. 5, Sumur Bandung, Bandung"),
            ],
            quota: self.quota(9),
        }
    }

    pub(crate) fn wrong_ticket_form(self) -> TicketForm {
        let mut wrong = Invalid::default();
        for (field, fault) in [
            ("name", Fault::Required),
            ("phone", Fault::BadPhone),
            ("service_id", Fault::Required),
            ("problem", Fault::TooShort),
            ("visit_date", Fault::Past),
        ] {
            wrong.note(field, fault);
        }
        TicketForm {
            form: Form::filled([
                ("customer_kind", "new"),
                ("phone", "0812-abc"),
                ("problem", "x"),
                ("visit_date", "2026-11-20"),
            ])
            .wrong(wrong),
            quota: self.quota(12),
            ..self.ticket_form()
        }
    }

    fn lines(self) -> Vec<Line> {
        let board = self.board().board;
        board
            .columns
            .into_iter()
            .flat_map(|column| column.jobs.into_iter().map(move |job| (column.status, job)))
            .map(|(status, job)| Line {
                id: job.id,
                number: job.number,
                status,
                problem: job.problem,
                service: job.service,
                customer: job.customer,
                visit: job.visit,
                technician: job.technician,
                created: job.since,
            })
            .collect()
    }

    pub(crate) fn tickets(self) -> TicketsPage {
        let tab = |label: &str, here| Tab {
            label: label.to_owned(),
            href: "/panel/tickets".to_owned(),
            here,
        };
        TicketsPage {
            shell: Shell {
                flash: Some(Flash {
                    tone: Tone::Good,
                    text: "TKT-000046".to_owned(),
                }),
                ..self.shell(Place::Tickets)
            },
            filter: Filter {
                q: "bandung".to_owned(),
                ..Filter::default()
            },
            sheet: "/panel/tickets.csv".to_owned(),
            tabs: vec![
                tab("Semua", true),
                tab("Open", false),
                tab("Assigned", false),
                tab("In-Progress", false),
                tab("Done", false),
                tab("Closed", false),
                tab("Cancelled", false),
            ],
            technicians: vec![Choice {
                id: "u1".to_owned(),
                name: "Andi Pratama".to_owned(),
            }],
            tickets: self.lines(),
            pages: Pages {
                first: None,
                next: Some("/panel/tickets?cursor=x".to_owned()),
            },
        }
    }

    pub(crate) fn customer(self) -> Customer {
        Customer {
            id: "c1".to_owned(),
            number: "PLG-000012".to_owned(),
            name: "Budi Santoso".to_owned(),
            address: "Jl. Melati No. 12, Dago, Coblong, Bandung".to_owned(),
            phone: Some(Phone::of("+6281234567890")),
            site: Some(Site::of(-6.885_12, 107.613_58)),
            notes: None,
            source: "source-panel",
            archived: false,
            erased: false,
            created: self.at(60 * 24 * 9),
            version: 1,
        }
    }

    pub(crate) fn customers(self) -> CustomersPage {
        let second = Customer {
            id: "c2".to_owned(),
            number: "PLG-000013".to_owned(),
            name: "Toko Maju Jaya".to_owned(),
            phone: None,
            archived: true,
            ..self.customer()
        };
        CustomersPage {
            shell: self.shell(Place::Customers),
            q: String::new(),
            archived: true,
            sheet: "/panel/customers.csv".to_owned(),
            customers: vec![self.customer(), second],
            pages: Pages::default(),
        }
    }

    pub(crate) fn customer_page(self) -> CustomerPage {
        CustomerPage {
            shell: self.shell(Place::Customers),
            customer: self.customer(),
            tickets: self.lines().into_iter().take(2).collect(),
            invoices: vec![],
            chat: Some(self.chat()),
            form: Form::default(),
        }
    }

    pub(crate) fn customer_form(self) -> CustomerForm {
        CustomerForm {
            shell: self.shell(Place::Customers),
            form: Form::default(),
            editing: None,
        }
    }

    pub(crate) fn user(n: u32, name: &str, role: Role, telegram: Telegram) -> User {
        User {
            id: format!("u{n}"),
            username: name.to_lowercase().replace(' ', "."),
            name: name.to_owned(),
            role,
            telegram,
            active: n != 4,
            on_duty: n != 3,
            must_change_password: n == 1,
            load: Load { used: 3, quota: 4 },
            version: 1,
        }
    }

    pub(crate) fn users(self) -> UsersPage {
        UsersPage {
            shell: self.shell(Place::Users),
            tabs: vec![
                Tab {
                    label: "Semua".to_owned(),
                    href: "/panel/users".to_owned(),
                    here: true,
                },
                Tab {
                    label: "Teknisi".to_owned(),
                    href: "/panel/users?role=technician".to_owned(),
                    here: false,
                },
            ],
            users: vec![
                Self::user(1, "Andi Pratama", Role::Technician, Telegram::Linked),
                Self::user(2, "Sari Dewi", Role::Technician, Telegram::Unreachable),
                Self::user(3, "Joko Susilo", Role::Technician, Telegram::NotLinked),
                Self::user(4, "Maya Putri", Role::Sales, Telegram::NotLinked),
                Self::user(5, "Rina Kartika", Role::Admin, Telegram::Linked),
            ],
            pages: Pages::default(),
        }
    }

    pub(crate) fn user_page(self) -> UserPage {
        UserPage {
            shell: self.shell(Place::Users),
            user: Self::user(1, "Andi Pratama", Role::Technician, Telegram::NotLinked),
            form: Form::filled([
                ("role", "technician"),
                ("name", "Andi Pratama"),
                ("phone", "0812-3456-7890"),
                ("locale", "id"),
            ]),
            secret: Some(Secret {
                kind: SecretKind::Invite,
                value: "https://t.me/tanggap_bot?start=inv_4Jx0dVfTq2oUoG9l0bC1y7n3sR5wZ8kAeHqLmPtXvYc"
                    .to_owned(),
                expires: Some(self.at(-72 * 60)),
            }),
            sessions: vec![
                Session {
                    is_api: false,
                    since: self.at(300),
                    last_used: Some(self.at(12)),
                    ip: "10.0.0.7".to_owned(),
                    device: "Chrome, Android".to_owned(),
                },
                Session {
                    is_api: true,
                    since: self.at(900),
                    last_used: None,
                    ip: String::new(),
                    device: String::new(),
                },
            ],
        }
    }

    pub(crate) fn user_form(self) -> UserForm {
        UserForm {
            shell: self.shell(Place::Users),
            form: Form::filled([("role", "technician"), ("locale", "id")]),
        }
    }

    pub(crate) fn failed(self) -> Vec<Delivery> {
        vec![self.delivery(
            "d2",
            "Tawaran tiket",
            State::Failed,
            Some("Bot diblokir oleh penerima."),
        )]
    }
}
