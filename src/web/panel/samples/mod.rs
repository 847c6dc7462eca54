//! A small company on one afternoon: every page of the panel with something on it, for the tests that render them.

mod company;
mod letters;
pub(crate) mod lists;
mod money;
mod past;
mod sheets;
mod visits;
mod voices;

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::Zone;
use domain::invalid::{Fault, Invalid};
use domain::person::{Locale, Role};
use domain::ticket::Status;

use crate::web::panel::alerts::Alarm;
use crate::web::panel::board::{Board, BoardPage, Check, Column, Filter, Job, Notice};
use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::delivery::{Channel, Delivery, State};
use crate::web::panel::form::Form;
use crate::web::panel::hand::{Hand, Load, Remark};
use crate::web::panel::shell::{Person, Place, Shell, Theme, Tone};
use crate::web::panel::ticket::{self, Event, May, Technician, Ticket, TicketPage};
use crate::web::panel::when::{Reader, When};

/// One reader of every page.
#[derive(Clone, Copy)]
pub(crate) struct Samples {
    pub(crate) reader: Reader,
    pub(crate) theme: Theme,
}

impl Samples {
    pub(crate) fn read_in(locale: Locale) -> Self {
        let now: DateTime<Utc> = "2026-11-23T03:20:00Z".parse().expect("a moment");
        let zone: Zone = "Asia/Jakarta".parse().expect("a zone");
        Self {
            reader: Reader { locale, zone, now },
            theme: Theme::System,
        }
    }

    pub(crate) fn shell(self, place: Place) -> Shell {
        Shell {
            locale: self.reader.locale,
            theme: self.theme,
            demo: place == Place::Services,
            company: "Cepat Net".to_owned(),
            path: "/panel".to_owned(),
            place,
            person: Some(Person {
                name: "Rina Kartika".to_owned(),
                role: Role::Admin,
            }),
            active: Some(12),
            alerts: u64::from(place == Place::Board),
            held: u64::from(place == Place::Held) * 2,
            requests: u64::from(place == Place::Requests),
            invoices: 3,
            stopped: None,
            flash: None,
        }
    }

    pub(crate) fn ago(self, minutes: i64) -> When {
        self.reader.age(self.reader.now - TimeDelta::minutes(minutes))
    }

    pub(crate) fn at(self, minutes: i64) -> When {
        self.reader.clock(self.reader.now - TimeDelta::minutes(minutes))
    }

    #[expect(clippy::too_many_lines, reason = "one page, told in one piece")]
    pub(crate) fn board(self) -> BoardPage {
        let today = self.reader.zone.date(self.reader.now);
        let job = |n: u32,
                   problem: &str,
                   service: &str,
                   customer: &str,
                   area: &str,
                   visit: &str,
                   who: Option<&str>,
                   minutes| Job {
            id: format!("t{n}"),
            number: format!("TKT-{n:06}"),
            version: 1,
            problem: problem.to_owned(),
            service: service.to_owned(),
            customer: customer.to_owned(),
            area: area.to_owned(),
            visit: self.reader.visit(
                (!visit.is_empty()).then_some(today),
                domain::calendar::time(visit).ok(),
            ),
            is_late: n == 39,
            technician: who.map(str::to_owned),
            check: (n == 37).then(|| Check {
                tone: "bad",
                icon: "map-pin-x",
                text: "Di luar radius, 1,4 km · kurang BAST".to_owned(),
            }),
            since: self.ago(minutes),
        };
        let column = |status, jobs: Vec<Job>, more: u64| Column {
            status,
            count: u64::try_from(jobs.len()).unwrap_or(0) + more,
            jobs,
        };
        BoardPage {
            shell: self.shell(Place::Board),
            is_part: false,
            board: Board {
                filter: Filter::default(),
                technicians: vec![],
                alarms: vec![self.alarm()],
                more_alarms: 3,
                notices: vec![Notice {
                    tone: Tone::Warn,
                    text: crate::web::words::counted(self.reader.locale, "notice-held", 2),
                    href: "/panel/held".to_owned(),
                    verb: crate::web::words::word(self.reader.locale, "notice-held-verb"),
                }],
                columns: vec![
                    column(
                        Status::Open,
                        vec![
                            job(
                                41,
                                "Internet mati total sejak pagi, lampu LOS merah",
                                "Perbaikan fiber",
                                "Budi Santoso",
                                "Coblong, Bandung",
                                "11:00",
                                None,
                                4,
                            ),
                            job(
                                44,
                                "Pasang CCTV 4 kamera",
                                "Pemasangan CCTV",
                                "Toko Maju Jaya",
                                "Lengkong, Bandung",
                                "15:30",
                                None,
                                22,
                            ),
                            job(
                                45,
                                "Pindah titik router ke lantai dua dan tarik kabel baru sepanjang kurang lebih dua puluh meter lewat plafon",
                                "Instalasi kabel",
                                "Hotel Kenanga",
                                "Sumur Bandung",
                                "",
                                None,
                                95,
                            ),
                        ],
                        0,
                    ),
                    column(
                        Status::Assigned,
                        vec![
                            job(
                                39,
                                "Servis pompa air",
                                "Servis pompa",
                                "Wati Suryani",
                                "Antapani, Bandung",
                                "09:00",
                                Some("Sari Dewi"),
                                61,
                            ),
                            job(
                                40,
                                "AC tidak dingin",
                                "Servis AC",
                                "Klinik Sehat",
                                "Cicendo, Bandung",
                                "13:00",
                                Some("Andi Pratama"),
                                12,
                            ),
                        ],
                        0,
                    ),
                    column(
                        Status::InProgress,
                        vec![job(
                            37,
                            "Ganti kapasitor kulkas",
                            "Perbaikan kulkas",
                            "Warung Bu Tini",
                            "Kiaracondong",
                            "09:00",
                            Some("Andi Pratama"),
                            35,
                        )],
                        0,
                    ),
                    column(Status::Done, vec![], 0),
                ],
            },
        }
    }

    pub(crate) fn alarm(self) -> Alarm {
        Alarm {
            id: "a1".to_owned(),
            ticket_id: "t39".to_owned(),
            number: "TKT-000039".to_owned(),
            problem: "Servis pompa air".to_owned(),
            customer: "Wati Suryani".to_owned(),
            technician: "Sari Dewi".to_owned(),
            phone: Some(Phone::of("+6281234567891")),
            reachable: false,
            due: self.at(50),
            late: self.ago(50),
            repeats: 2,
            hands: Self::hands(),
        }
    }

    pub(crate) fn empty_board(self) -> BoardPage {
        BoardPage {
            board: Board::default(),
            ..self.board()
        }
    }

    pub(crate) fn hands() -> Vec<Hand> {
        let hand = |id: &str, name: &str, used, quota, remark| Hand {
            id: id.to_owned(),
            name: name.to_owned(),
            load: Load { used, quota },
            remark,
        };
        vec![
            hand("u1", "Andi Pratama", 3, 4, None),
            hand("u2", "Sari Dewi", 1, 4, None),
            hand("u3", "Dewi Lestari", 4, 4, Some(Remark::QuotaFull)),
            hand("u4", "Joko Susilo", 0, 2, Some(Remark::OffDuty)),
        ]
    }

    pub(crate) fn delivery(self, id: &str, what: &str, state: State, error: Option<&str>) -> Delivery {
        Delivery {
            id: id.to_owned(),
            what: what.to_owned(),
            channel: Channel::Telegram,
            recipient: "Sari D…".to_owned(),
            state,
            at: self.at(30),
            error: error.map(str::to_owned),
            technical: error.map(|_| "Bad Request: chat not found".to_owned()),
            may_resend: state == State::Failed,
            ticket_id: Some("t41".to_owned()),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one page, told in one piece")]
    pub(crate) fn ticket(self, status: Status) -> TicketPage {
        let event =
            |title: &str, rest: Option<&str>, minutes, actor: &str, channel, note: Option<&str>| Event {
                title: title.to_owned(),
                rest: rest.map(str::to_owned),
                at: self.at(minutes),
                actor: actor.to_owned(),
                channel,
                icon: "zap",
                note: note.map(str::to_owned),
            };
        let taken = !matches!(status, Status::Open | Status::Cancelled);
        TicketPage {
            shell: self.shell(Place::Tickets),
            form: Form::default(),
            is_part: false,
            ticket: Ticket {
                id: "t41".to_owned(),
                number: "TKT-000041".to_owned(),
                version: 3,
                status,
                problem: "Internet mati total sejak pagi, lampu LOS merah.\nSudah dicoba dinyalakan ulang."
                    .to_owned(),
                service: "Perbaikan fiber".to_owned(),
                visit: format!(
                    "{}, 11.00 WIB",
                    self.reader.long_day(self.reader.zone.date(self.reader.now))
                ),
                due: taken.then(|| self.at(-70)),
                site: Some(Site::of(-6.885_12, 107.613_58)),
                created: self.at(95),
                created_by: "Rina Kartika".to_owned(),
                ended_because: (status == Status::Cancelled).then(|| "Pelanggan sudah pindah".to_owned()),
                customer: ticket::Customer {
                    id: "c1".to_owned(),
                    number: "PLG-000012".to_owned(),
                    name: "Budi Santoso".to_owned(),
                    phone: Some(Phone::of("+6281234567890")),
                    address: "Jl. Melati No. 12, Dago, Coblong, Bandung".to_owned(),
                    notes: Some("Rumah pagar hijau, ada anjing.".to_owned()),
                },
                technician: taken.then(|| Technician {
                    id: "u1".to_owned(),
                    name: "Andi Pratama".to_owned(),
                    since: self.at(22),
                    reachable: true,
                }),
                alarm: (status == Status::Assigned).then(|| self.alarm()),
                present: matches!(status, Status::InProgress | Status::Done).then(|| self.visit()),
                earlier: if status == Status::InProgress {
                    vec![self.earlier_visit()]
                } else {
                    vec![]
                },
                files: if taken { self.letters() } else { vec![] },
                is_mapped: true,
                reader: self.reader,
                timeline: vec![
                    event(
                        "Diambil",
                        Some("oleh Andi Pratama"),
                        22,
                        "Andi Pratama",
                        Channel::Telegram,
                        None,
                    ),
                    event(
                        "Dilepas",
                        Some("oleh Sari Dewi"),
                        31,
                        "Sari Dewi",
                        Channel::Telegram,
                        Some("Motor mogok di Cihampelas, tidak sempat sampai jam 11."),
                    ),
                    event(
                        "Diambil",
                        Some("oleh Sari Dewi"),
                        90,
                        "Sari Dewi",
                        Channel::Telegram,
                        None,
                    ),
                    event(
                        "Ditawarkan",
                        Some("ke 5 teknisi"),
                        95,
                        "Sistem",
                        Channel::System,
                        None,
                    ),
                    event("Tiket dibuat", None, 95, "Rina Kartika", Channel::Panel, None),
                ],
                deliveries: vec![
                    self.delivery("d1", "Kartu tugas", State::Read, None),
                    self.delivery(
                        "d2",
                        "Tawaran tiket",
                        State::Failed,
                        Some("Bot diblokir oleh penerima."),
                    ),
                    self.delivery("d3", "Tawaran diperbarui", State::Queued, None),
                ],
                bill: (status == Status::Done).then(Self::bill),
                may_bill: false,
                may: May::at(status),
                hands: Self::hands(),
                opened: None,
            },
        }
    }

    /// An upload that was refused: the dialog stands open with what was chosen.
    pub(crate) fn refused_upload(self) -> TicketPage {
        let mut page = self.ticket(Status::InProgress);
        page.ticket.opened = Some("upload");
        page.form = Form::filled([("kind", "bast")]).wrong(Invalid::one("file", Fault::CutShort));
        page
    }

    /// A replacement that was refused: the dialog stands open with what was typed.
    pub(crate) fn refused_ticket(self) -> TicketPage {
        let mut page = self.ticket(Status::Assigned);
        page.ticket.opened = Some("replace");
        page.form = Form::filled([("reason", "x")]).wrong(Invalid::one("reason", Fault::TooShort));
        page
    }
}
