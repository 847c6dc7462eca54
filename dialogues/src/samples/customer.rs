//! One of every text that customers read.

use chrono::NaiveTime;
use domain::ids::{CustomerId, RequestId};
use domain::phone::Phone;
use domain::rating::{Stars, Subject};
use domain::request::{Kind, State};
use domain::ticket::Status;

use crate::customer::{Customer, Entry, Field, FieldFault, Line};
use crate::samples::{TICKET, company, name, visit};
use crate::text::{Code, Text};

const REQUEST: RequestId = RequestId(45);
const CUSTOMER: CustomerId = CustomerId(45);
/// As long as anyone may make it, and awkward.
const PROBLEM: &str = "AC kamar <tidak> dingin & menetes ke *kasur*. ";

/// Every text to or about a customer at least once.
pub(crate) fn texts() -> Vec<Text> {
    let mut all = plain();
    all.extend(of_registration());
    all.extend(of_reports());
    all.extend(of_the_office());
    all.extend(of_tickets());
    all.extend(of_ratings());
    all.into_iter().map(Text::Customer).collect()
}

fn plain() -> Vec<Customer> {
    vec![
        Customer::AskName,
        Customer::BadName,
        Customer::AskAddress,
        Customer::AskLandmark,
        Customer::PlaceOutside,
        Customer::AddressOnly,
        Customer::AskPhone,
        Customer::AskPhoneUnseen,
        Customer::AskFix,
        Customer::Unfinished,
        Customer::Puzzled,
        Customer::PassedOn,
        Customer::StaleChoice,
        Customer::Unreadable,
        Customer::CameLate,
        Customer::Stuck,
        Customer::Left,
        Customer::NothingToLeave,
        Customer::Spoken,
        Customer::AskProblem,
        Customer::PlaceOnly,
        Customer::VoiceOnly,
        Customer::FilesOnly,
        Customer::BadFile,
        Customer::NothingStanding,
        Customer::NotFound,
        Customer::RatingThanks,
        Customer::RatingOver,
        Customer::Menu { name: name() },
        Customer::Door { company: company() },
    ]
}

fn of_registration() -> Vec<Customer> {
    let faults = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| Code((*code).to_owned()))
            .collect::<Vec<_>>()
    };
    let mut all = vec![
        Customer::Consent {
            name: Some(name()),
            company: company(),
            privacy: Some("https://contoh.co.id/privasi".to_owned()),
        },
        Customer::Consent {
            name: None,
            company: company(),
            privacy: None,
        },
        Customer::ConsentRefused {
            phone: "021-1234567".to_owned(),
        },
        Customer::ConsentRefused { phone: String::new() },
        Customer::AskNameOf { name: name() },
        Customer::AskPhoneOf { phone: phone() },
        Customer::Registered {
            customer: CUSTOMER,
            name: name(),
            menu: true,
        },
        Customer::AlreadyRegistered { customer: CUSTOMER },
    ];
    for pin in [true, false] {
        let privacy = pin.then(|| "https://contoh.co.id/privasi".to_owned());
        all.extend([
            Customer::Confirm(entry(pin)),
            Customer::RegisteredAtOnce {
                customer: CUSTOMER,
                entry: entry(pin),
                privacy,
            },
            Customer::Data {
                customer: CUSTOMER,
                entry: entry(pin),
            },
            Customer::DataChanged(entry(pin)),
        ]);
    }
    all.extend(
        faults(&["required", "too-short", "too-long", "of-tomorrow"])
            .into_iter()
            .map(|fault| Customer::BadAddress { fault }),
    );
    all.extend(
        faults(&["required", "bad-phone", "landline"])
            .into_iter()
            .map(|fault| Customer::BadPhone { fault }),
    );
    for field in [Field::Name, Field::Address, Field::Phone] {
        let of_field = [
            "required",
            "too-short",
            "too-long",
            "bad-value",
            "bad-phone",
            "landline",
        ];
        let faults = faults(&of_field)
            .into_iter()
            .map(|fault| FieldFault { field, fault });
        all.push(Customer::FormFaults {
            faults: faults.collect(),
        });
    }
    all
}

fn of_reports() -> Vec<Customer> {
    let mut all = vec![
        Customer::PhotosOnly { count: 1 },
        Customer::PhotosOnly { count: 5 },
        Customer::AskPhotos { left: 1 },
        Customer::AskPhotos { left: 4 },
        Customer::TooManyPhotos {
            most: 5,
            mixed: false,
        },
        Customer::TooManyPhotos { most: 5, mixed: true },
        Customer::Reported { request: REQUEST },
        Customer::PhotoFollowed { request: REQUEST },
        Customer::PlaceFollowed { request: REQUEST },
        Customer::PhotoLost { request: REQUEST },
    ];
    all.extend(
        ["required", "too-short", "too-long", "unreadable"].map(|fault| Customer::BadProblem {
            fault: Code(fault.to_owned()),
        }),
    );
    all.extend(
        [(0, 0, false), (1, 2, true), (5, 0, true)].map(|(photos, others, place)| Customer::Summary {
            words: PROBLEM.repeat(20),
            photos,
            others,
            place,
            address: entry(place).address,
        }),
    );
    let ticket = |(status, technician): (Status, Option<String>)| Line::Ticket {
        ticket: TICKET,
        service: "Servis AC <1 PK>".to_owned(),
        status,
        visit: visit(technician.is_some().then_some(NaiveTime::MIN)),
        technician,
    };
    let request = |state| Line::Request {
        request: REQUEST,
        state,
        text: PROBLEM.repeat(20),
    };
    let mut lines: Vec<Line> = Status::ALL.map(|status| ticket((status, Some(name())))).to_vec();
    lines.push(ticket((Status::Open, None)));
    all.push(Customer::Standing { lines });
    let lines = State::ALL.map(request).to_vec();
    all.push(Customer::Standing { lines });
    all
}

fn of_the_office() -> Vec<Customer> {
    let hours = Some("08.00-17.00".to_owned());
    let mut all = vec![
        Customer::AskQuestion { hours: hours.clone() },
        Customer::AskQuestion { hours: None },
        Customer::QuestionTaken {
            request: REQUEST,
            closed: hours,
        },
        Customer::QuestionTaken {
            request: REQUEST,
            closed: None,
        },
        Customer::OfficeSays {
            words: "Baik <Bu>, teknisi datang besok & membawa suku cadang. ".repeat(18),
        },
        Customer::Stopped {
            company: company(),
            phone: "021-1234567".to_owned(),
        },
        Customer::Stopped {
            company: company(),
            phone: String::new(),
        },
        Customer::Started { company: company() },
        Customer::PhoneShared {
            customer: CUSTOMER,
            other: CustomerId(7),
        },
        Customer::PhoneChanged {
            customer: CUSTOMER,
            name: name(),
        },
        Customer::WroteAgain {
            request: REQUEST,
            name: name(),
            words: PROBLEM.repeat(25),
        },
    ];
    all.extend(Kind::ALL.map(|kind| Customer::RequestCame {
        request: REQUEST,
        kind,
        name: name(),
        words: PROBLEM.repeat(20),
    }));
    all
}

fn of_tickets() -> Vec<Customer> {
    let ticket = TICKET;
    let technician = name();
    vec![
        Customer::TicketCreated {
            ticket,
            request: Some(REQUEST),
            problem: PROBLEM.repeat(20),
            visit: visit(None),
        },
        Customer::TicketCreated {
            ticket,
            request: None,
            problem: PROBLEM.to_owned(),
            visit: visit(Some(NaiveTime::MIN)),
        },
        Customer::VisitMoved {
            ticket,
            visit: visit(Some(NaiveTime::MIN)),
        },
        Customer::TechnicianAssigned {
            ticket,
            technician: technician.clone(),
            visit: visit(Some(NaiveTime::MIN)),
        },
        Customer::TechnicianArrived {
            ticket,
            technician: technician.clone(),
        },
        Customer::TicketDone { ticket, technician },
        Customer::TicketCancelled { ticket },
    ]
}

fn of_ratings() -> Vec<Customer> {
    let ticket = TICKET;
    let link = Some(format!("https://contoh.co.id/r/{}", "k".repeat(43)));
    let mut all = vec![
        Customer::RateTechnician {
            ticket,
            technician: name(),
            link: link.clone(),
        },
        Customer::RateTechnician {
            ticket,
            technician: name(),
            link: None,
        },
        Customer::RateOffice { ticket, link },
        Customer::RateOffice { ticket, link: None },
        Customer::AskComment { sorry: true },
        Customer::AskComment { sorry: false },
    ];
    for subject in Subject::ALL {
        all.extend(Stars::ALL.into_iter().map(|stars| Customer::RatedLow {
            ticket,
            name: name(),
            subject,
            stars,
            comment: stars.is_low().then(|| "Datang terlambat & <kotor>. ".repeat(10)),
        }));
    }
    all
}

fn entry(pin: bool) -> Entry {
    Entry {
        name: name(),
        address: "Jl. Melati <12>, Coblong, Bandung. ".repeat(7),
        phone: pin.then(phone),
        pin,
    }
}

fn phone() -> Phone {
    Phone::vouched("6281234567890").expect("a number")
}
