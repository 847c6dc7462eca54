//! What customers of the small company report, say and think of it.

use crate::web::panel::chat::{Chat, Line};
use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::delivery::State;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab};
use crate::web::panel::ratings::{
    Asked, Average, Bar, Change, Figure, Given, Line as Weekly, RatingsPage, Score, Share, Trend, Who,
};
use crate::web::panel::requests::{Customer, Request, RequestPage, RequestsPage, Stage};
use crate::web::panel::samples::Samples;
use crate::web::panel::shell::{Place, Shell, Stopped};

impl Samples {
    fn request(self, n: u32, state: Stage) -> Request {
        Request {
            id: format!("r{n}"),
            number: format!("LAP-{n:06}"),
            is_question: n.is_multiple_of(3),
            name: "Budi Santoso".to_owned(),
            customer: (n != 3).then(|| Customer {
                id: "c1".to_owned(),
                number: "PLG-000012".to_owned(),
                phone: Some(Phone::of("+6281234567890")),
                address: "Jl. Melati No. 12, Dago, Coblong, Bandung".to_owned(),
            }),
            text: "Internet mati sejak pagi, lampu LOS merah berkedip".to_owned(),
            photos: 2,
            site: Some(Site::of(-6.885_12, 107.613_58)),
            state,
            ticket_id: (state == Stage::Accepted).then(|| "t41".to_owned()),
            answer: None,
            handled_by: (state != Stage::New).then(|| "Rina Kartika".to_owned()),
            handled: (state != Stage::New).then(|| self.at(5)),
            at: self.at(24),
        }
    }

    pub(crate) fn requests(self) -> RequestsPage {
        let tab = |label: &str, here| Tab {
            label: label.to_owned(),
            href: "/panel/requests".to_owned(),
            here,
        };
        let all = (45..).zip(Stage::ALL).map(|(n, stage)| self.request(n, stage));
        RequestsPage {
            shell: Shell {
                stopped: Some(Stopped {
                    since: self.at(12),
                    why: "token".to_owned(),
                }),
                requests: 3,
                ..self.shell(Place::Requests)
            },
            tabs: vec![tab("Baru", true), tab("Dijawab", false)],
            is_new: true,
            requests: all.collect(),
            pages: Pages::default(),
        }
    }

    pub(crate) fn no_requests(self) -> RequestsPage {
        RequestsPage {
            requests: Vec::new(),
            ..self.requests()
        }
    }

    pub(crate) fn request_page(self, n: u32, stage: Stage) -> RequestPage {
        let form = self.ticket_form();
        RequestPage {
            shell: self.shell(Place::Requests),
            request: self.request(n, stage),
            photos: Vec::new(),
            chat: Some(self.chat()),
            form: Form::filled([("problem", "Internet mati sejak pagi")]),
            dialog: "",
            services: form.services,
            quota: form.quota,
        }
    }

    pub(crate) fn refused_request(self) -> RequestPage {
        let mut wrong = domain::invalid::Invalid::default();
        wrong.note("reason", domain::invalid::Fault::TooShort);
        RequestPage {
            form: Form::filled([("reason", "x")]).wrong(wrong),
            dialog: "dismiss",
            ..self.request_page(45, Stage::New)
        }
    }

    pub(crate) fn chat(self) -> Chat {
        let line = |inbound, text: &str, minutes| Line {
            inbound,
            text: Some(text.to_owned()),
            what: None,
            site: None,
            choices: Vec::new(),
            at: self.at(minutes),
            state: None,
            remark: None,
            error: None,
            resend: None,
        };
        Chat {
            contact_id: "k1".to_owned(),
            paused: Some(self.at(-90)),
            stopped: Some(self.at(9_000)),
            unusable: Some("blocked".to_owned()),
            is_late: true,
            lines: vec![
                line(true, "Internet mati sejak pagi", 25),
                Line {
                    choices: vec!["Lapor masalah".to_owned(), "Status tiket".to_owned()],
                    ..line(false, "Halo Siti, ada yang bisa kami bantu?", 25)
                },
                Line {
                    text: None,
                    what: Some("Percakapan WhatsApp".to_owned()),
                    state: Some(State::Read),
                    ..line(false, "", 24)
                },
                Line {
                    what: Some("Mengirim lokasi".to_owned()),
                    text: None,
                    site: Some(Site::of(-6.2, 106.8)),
                    ..line(true, "", 22)
                },
                Line {
                    remark: Some("chat-revoked"),
                    text: None,
                    ..line(true, "", 20)
                },
                Line {
                    state: Some(State::Failed),
                    error: Some("131026".to_owned()),
                    resend: Some("d1".to_owned()),
                    ..line(false, "Teknisi kami datang siang ini.\nMohon tunggu.", 10)
                },
            ],
            action: "/panel/requests/r45/answer".to_owned(),
            back: "/panel/requests/r45".to_owned(),
        }
    }

    pub(crate) fn ratings(self) -> RatingsPage {
        let score = |name: &str, average: &str, count, here| Score {
            name: name.to_owned(),
            average: average.to_owned(),
            count,
            change: (count == 13).then(|| Change {
                text: "−0,12".to_owned(),
                is_worse: true,
            }),
            bars: [(5, count, 80), (4, 1, 10), (3, 1, 10), (2, 0, 0), (1, 0, 0)]
                .map(|(stars, count, percent)| Share {
                    stars,
                    count,
                    percent,
                    href: "/panel/ratings?technician_id=1&technician_stars=5".to_owned(),
                })
                .to_vec(),
            href: "/panel/ratings?technician_id=1".to_owned(),
            here,
        };
        let given = |stars, comment: Option<&str>| Given {
            ticket_id: "t41".to_owned(),
            technician: Some("Andi Pratama".to_owned()),
            technician_stars: Some(stars),
            cs: Some("Rina Kartika".to_owned()),
            cs_stars: None,
            comment: comment.map(str::to_owned),
            at: self.at(80),
        };
        RatingsPage {
            shell: self.shell(Place::Ratings),
            tabs: vec![Tab {
                label: "30 hari".to_owned(),
                href: "/panel/ratings".to_owned(),
                here: true,
            }],
            asked: Asked::of(&Form::default(), self.reader),
            people: (Vec::new(), Vec::new()),
            figures: vec![Figure {
                label: "ratings-technicians",
                value: "4,62".to_owned(),
                href: "/panel/ratings".to_owned(),
                change: Some(Change {
                    text: "+0,12".to_owned(),
                    is_worse: false,
                }),
            }],
            trend: Self::trend(),
            sheet: "/panel/ratings.csv".to_owned(),
            who: Some(Who {
                name: "Andi Pratama".to_owned(),
                all: "/panel/ratings".to_owned(),
            }),
            technicians: vec![
                score("Andi Pratama", "4,62", 13, true),
                score("Sari Dewi", "4,10", 7, false),
            ],
            cs: vec![score("Rina Kartika", "4,80", 20, false)],
            given: vec![given(5, None), given(1, Some("Datang terlambat, <tanpa> kabar"))],
            pages: Pages::default(),
        }
    }

    fn trend() -> Trend {
        let average = |average: &str| Average {
            average: average.to_owned(),
            count: 13,
        };
        Trend {
            technicians: true,
            cs: true,
            bars: vec![Bar {
                x: 6,
                y: "7.6".to_owned(),
                height: "92.4".to_owned(),
                class: "one",
                title: "Sen, 16 Nov".to_owned(),
            }],
            lines: vec![Weekly {
                week: "Sen, 16 Nov".to_owned(),
                technicians: Some(average("4,62")),
                cs: None,
                href: "/panel/ratings".to_owned(),
            }],
            width: 320,
        }
    }

    pub(crate) fn no_ratings(self) -> RatingsPage {
        RatingsPage {
            who: None,
            technicians: Vec::new(),
            cs: Vec::new(),
            trend: Trend::default(),
            given: Vec::new(),
            ..self.ratings()
        }
    }
}
