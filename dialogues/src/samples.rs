//! One of every text and label, long and awkward on purpose, for tests that show them all.

mod bill;
mod customer;
mod emergency;
mod price;
mod site;
mod wire;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::calendar::Zone;
use domain::document::Kind;
use domain::geo::Position;
use domain::ids::{InvoiceId, RatingId, RequestId, TicketId};
use domain::person::{Locale, Role};
use domain::rating::{Stars, Subject};
use domain::ticket::Status;

use crate::card::{Job, Line, Offer, Visit};
use crate::tap::{Answer, Tap};
use crate::text::{Code, Gone, Label, Moment, Text};

/// A name that breaks what forgets to escape it.
const NAME: &str = "Budi <b>& \"Santoso\"";
const COMPANY: &str = "PT Contoh & Anak";
pub(crate) const TICKET: TicketId = TicketId(123);

/// Every text at least once; those that depend on a role or a number, once for each that matters.
pub fn texts() -> Vec<Text> {
    let mut all = vec![
        Text::Unsupported,
        Text::Cancelled,
        Text::NothingToCancel,
        Text::AskLanguage,
        Text::LanguageSet,
        Text::Trouble,
        Text::ContactNotOwn,
        Text::ContactMismatch,
        Text::ContactExpected,
        Text::InviteUsed,
        Text::InviteExpired,
        Text::InviteUnknown,
        Text::TelegramTaken,
        Text::OtherTelegramLinked,
        Text::StaleButton,
        Text::NotAllowed,
        Text::PoolEmpty,
        Text::TasksEmpty,
        Text::Stranger { company: company() },
        Text::Deactivated { company: company() },
        Text::AlreadyLinked { name: name() },
        Text::Unreachable { name: name() },
        Text::ContactRefused { name: name() },
        Text::InputHeld { count: 1 },
        Text::InputHeld { count: 12 },
        Text::QuotaFull { used: 3, quota: 3 },
        Text::OnDuty { open: 0 },
        Text::OnDuty { open: 2 },
        Text::OffDuty { active: 0 },
        Text::OffDuty { active: 2 },
    ];
    for role in Role::ALL {
        all.extend(of_role(role));
    }
    all.extend(of_tickets());
    all.extend(of_races());
    all.extend(site::texts());
    all.extend(bill::texts());
    all.extend(price::texts());
    all.extend(emergency::texts());
    all.extend(wire::texts());
    all.extend(customer::texts());
    all
}

/// Every label.
pub fn labels() -> Vec<Label> {
    let mut all = vec![
        Label::Claim,
        Label::ClaimOne { ticket: TICKET },
        Label::OpenOne { ticket: TICKET },
        Label::Release,
        Label::CheckIn,
        Label::CheckOut,
        Label::ConfirmCheckOut,
        Label::LeaveCheckOut,
        Label::NoFix,
        Label::Settle,
        Label::UploadEvidence,
        Label::UploadBast,
        Label::Finish,
        Label::AssignmentLetter,
        Label::BastForm,
        Label::TravelLetter,
        Label::Map,
        Label::CopyAddress,
        Label::CopyPhone,
        Label::Refresh,
        Label::More,
        Label::NextPage,
        Label::PreviousPage,
        Label::Cancel,
        Label::Continue { minutes: 15 },
        Label::Replace,
        Label::ToPool,
        Label::ConfirmReplace,
        Label::Back,
        Label::ShareContact,
        Label::Bill,
    ];
    all.extend(Locale::ALL.map(Label::Language));
    all.extend(price::labels().into_iter().map(Label::Price));
    all.extend(taps().into_iter().map(Label::Tap));
    all.extend([true, false].map(|on_duty| Label::Hand {
        name: "Raden Mas <b>Hadiningrat</b> Kusumo Wicaksono Putra".to_owned(),
        used: 10,
        quota: 12,
        on_duty,
    }));
    all.extend([Kind::Evidence, Kind::Bast].map(|kind| Label::PlaceAs { ticket: TICKET, kind }));
    all
}

/// Every button of a customer.
pub fn taps() -> Vec<Tap> {
    let rating = RatingId(123);
    let mut all = Tap::PLAIN.to_vec();
    all.extend(Answer::ALL.map(|answer| Tap::Answer {
        flow: u32::MAX,
        answer,
    }));
    all.push(Tap::Read {
        request: RequestId(45),
    });
    all.push(Tap::Prove {
        invoice: InvoiceId(45),
    });
    all.push(Tap::Rate { rating });
    for subject in Subject::ALL {
        all.extend(Stars::ALL.map(|stars| Tap::Stars {
            rating,
            subject,
            stars,
        }));
    }
    all
}

/// An offer with more problem than fits a card.
pub fn offer() -> Offer {
    Offer {
        ticket: TICKET,
        epoch: 2,
        service: "Servis AC <1 PK>".to_owned(),
        problem: "AC mati & menetes. ".repeat(50),
        area: Some("Coblong, Bandung".to_owned()),
        visit: visit(Some(NaiveTime::MIN)),
    }
}

/// A job with everything that a card can hold.
pub fn job() -> Job {
    Job {
        ticket: TICKET,
        epoch: 2,
        status: Status::Assigned,
        service: "Servis AC".to_owned(),
        problem: "AC mati & menetes. ".repeat(50),
        customer: NAME.to_owned(),
        phone: Some("+6281234567890".to_owned()),
        address: "Jl. Melati <12>, Coblong, Bandung. ".repeat(8),
        site: Some(Position {
            latitude: -6.89,
            longitude: 107.61,
        }),
        notes: Some("Pagar hijau & anjing galak. ".repeat(30)),
        visit: visit(None),
        due_at: Some(at()),
        progress: None,
    }
}

fn of_role(role: Role) -> [Text; 6] {
    [
        Text::Welcome {
            name: name(),
            role,
            company: company(),
        },
        Text::Help {
            role,
            company: company(),
        },
        Text::UnknownCommand {
            command: "<apa>".to_owned(),
            role,
        },
        Text::NotUnderstood { role },
        Text::AskContact {
            name: name(),
            role,
            company: company(),
        },
        Text::Linked { name: name(), role },
    ]
}

fn of_tickets() -> Vec<Text> {
    let line = |status| Line {
        ticket: TICKET,
        epoch: 1,
        status,
        service: "Servis AC <1 PK>".to_owned(),
        area: None,
        visit: visit(Some(NaiveTime::MIN)),
    };
    let mut all = vec![
        Text::Withdrawn { ticket: TICKET },
        Text::Excluded { ticket: TICKET },
        Text::NotOpen { ticket: TICKET },
        Text::NotYours { ticket: TICKET },
        Text::AskReleaseReason { ticket: TICKET },
        Text::Released { ticket: TICKET },
        Text::AssignedToYou {
            ticket: TICKET,
            by: name(),
        },
        Text::TicketReleased {
            ticket: TICKET,
            by: name(),
            reason: "Ban <bocor>. ".repeat(40),
        },
        Text::JobCard(Box::new(job())),
        Text::JobCard(Box::new(Job {
            phone: None,
            site: None,
            notes: None,
            due_at: None,
            ..job()
        })),
        Text::Tasks {
            lines: Status::ALL.map(line).to_vec(),
        },
    ];
    all.extend([true, false].map(|more| Text::Pool {
        lines: vec![line(Status::Open); 10],
        more,
    }));
    all.extend(
        [Gone::Released, Gone::Replaced, Gone::Cancelled].map(|why| Text::JobGone { ticket: TICKET, why }),
    );
    all.extend(
        ["required", "too-short", "too-long", "unreadable", "of-tomorrow"].map(|fault| Text::BadReason {
            ticket: TICKET,
            fault: Code(fault.to_owned()),
        }),
    );
    all
}

fn of_races() -> Vec<Text> {
    let moment = Moment {
        at: at(),
        zone: zone(),
    };
    let mut all = vec![
        Text::Offer(Box::new(offer())),
        Text::Offer(Box::new(Offer {
            area: None,
            visit: visit(None),
            ..offer()
        })),
        Text::Taken {
            offer: Box::new(offer()),
            by: name(),
            at: moment,
        },
        Text::Won {
            ticket: TICKET,
            at: moment,
        },
    ];
    all.extend(
        [-1, 0, 1, 37, 400, 1_200, 59_990, 300_000, 8_000_000].map(|margin_ms| Text::Lost {
            ticket: TICKET,
            by: name(),
            at: moment,
            margin_ms,
        }),
    );
    all
}

pub(crate) fn name() -> String {
    NAME.to_owned()
}

pub(crate) fn company() -> String {
    COMPANY.to_owned()
}

pub(crate) fn zone() -> Zone {
    "Asia/Jakarta".parse().expect("a zone that exists")
}

/// 22 November 2026, 09.14.03,212 WIB.
pub(crate) fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + chrono::TimeDelta::milliseconds(1_795_313_643_212)
}

pub(crate) fn visit(time: Option<NaiveTime>) -> Visit {
    let hour = chrono::TimeDelta::hours(13);
    Visit {
        date: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default(),
        time: time.map(|midnight| midnight + hour),
        zone: zone(),
    }
}
