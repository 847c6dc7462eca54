//! One of every text of a visit.

use domain::document::Kind;
use domain::visit::Verdict;

use crate::card::{Job, Progress, Tally};
use crate::samples::{TICKET, at, job, name, visit, zone};
use crate::site::Site;
use crate::text::{Code, Moment, Text};
use crate::visiting::Why;

/// Every text of a visit at least once.
pub(crate) fn texts() -> Vec<Text> {
    let ticket = TICKET;
    let mut all = vec![
        Site::Reminder {
            ticket,
            due: moment(),
        },
        Site::AskLocation { ticket },
        Site::LocationOnly { ticket },
        Site::LocationForwarded { ticket },
        Site::LocationVenue { ticket },
        Site::LocationNowhere { ticket },
        Site::LocationNotAsked,
        Site::TooEarly {
            ticket,
            date: visit(None).date,
        },
        Site::AlreadyCheckedIn { ticket },
        Site::NotCheckedIn { ticket },
        Site::AskPlacePhoto { ticket },
        Site::PlacePhotoTaken { ticket },
        Site::CheckInRecorded { ticket, by: name() },
        Site::TooLarge { ticket },
        Site::Repeated { ticket },
        Site::UploadOver { ticket },
        Site::FileLostOf { ticket, by: name() },
        Site::PhotoReused { ticket, by: name() },
        Site::PlacePhotoRefused { ticket, by: name() },
        Site::WhichJob { count: 1 },
        Site::WhichJob { count: 3 },
        Site::NoJobForPhotos,
        Site::PhotosUnplaced { by: name(), count: 1 },
        Site::PhotosUnplaced { by: name(), count: 3 },
        Site::UploadLeft,
        Site::CheckOutLeft { ticket },
        Site::AlreadyCheckedOut { ticket },
        Site::JobDone { ticket },
    ];
    all.extend(of_places());
    all.extend(of_files());
    all.extend(of_leaving());
    let mut all: Vec<Text> = all.into_iter().map(Text::Site).collect();
    all.extend(of_cards());
    all
}

fn of_places() -> Vec<Site> {
    let ticket = TICKET;
    let distances = [None, Some(38.4), Some(1_234.0), Some(57_300.0)];
    let mut all: Vec<Site> = distances
        .map(|distance_meters| Site::Settling {
            ticket,
            distance_meters,
        })
        .to_vec();
    for why in [Why::Far { meters: 1_234.5 }, Why::NoSite, Why::NoFix] {
        for (reason, photo) in [(true, true), (true, false), (false, true)] {
            all.push(Site::Explain {
                ticket,
                why,
                reason,
                photo,
            });
        }
    }
    all.extend(["required", "too-short", "too-long", "of-tomorrow"].map(|fault| {
        let fault = Code(fault.to_owned());
        Site::ExplainBadReason { ticket, fault }
    }));
    for (verdict, distance_meters) in [
        (Verdict::Verified, Some(38.0)),
        (Verdict::Unverified, None),
        (Verdict::Unverified, Some(12.0)),
        (Verdict::Outside, Some(1_200.0)),
        (Verdict::Manual, None),
    ] {
        all.extend([None, Some(12.0)].map(|accuracy_meters| Site::CheckedIn {
            ticket,
            at: moment(),
            verdict,
            distance_meters,
            accuracy_meters,
        }));
        all.extend(
            [None, Some("Pagar <terkunci>".to_owned())].map(|reason| Site::CheckInDoubted {
                ticket,
                by: name(),
                verdict,
                distance_meters,
                reason,
            }),
        );
    }
    all
}

fn of_files() -> Vec<Site> {
    let ticket = TICKET;
    let mut all = Vec::new();
    for kind in [Kind::Evidence, Kind::Bast, Kind::CheckIn] {
        let tally = |ready, waiting, refused| Tally {
            ticket,
            kind,
            ready,
            waiting,
            refused,
            total: ready + 1,
        };
        for tally in [tally(0, 0, 0), tally(1, 0, 0), tally(3, 2, 1)] {
            all.extend([
                Site::Uploading { tally },
                Site::Uploaded { tally },
                Site::Placed { tally },
            ]);
        }
        all.extend([
            Site::UploadHint { ticket, kind },
            Site::TooMany {
                ticket,
                kind,
                most: 10,
            },
            Site::FileLost { ticket, kind },
        ]);
        all.extend(
            [
                "empty",
                "too-large",
                "unknown-kind",
                "too-many-pixels",
                "too-small",
                "two-in-one",
                "cut-short",
                "of-tomorrow",
            ]
            .map(|why| {
                let why = Code(why.to_owned());
                Site::FileRefused { ticket, kind, why }
            }),
        );
    }
    for kind in [
        Kind::AssignmentLetter,
        Kind::TravelLetter,
        Kind::BastForm,
        Kind::Bast,
    ] {
        all.push(Site::NoLetter { ticket, kind });
        all.extend(
            [None, Some("001/ST/TGP/XI/2026".to_owned())].map(|number| Site::Letter { ticket, kind, number }),
        );
    }
    all.push(Site::LettersRevoked { ticket });
    all
}

fn of_leaving() -> Vec<Site> {
    let ticket = TICKET;
    let mut all = Vec::new();
    for (minutes, evidence, bast) in [(0, 0, 0), (59, 3, 1), (101, 10, 2)] {
        all.push(Site::CheckOutSummary {
            ticket,
            since: moment(),
            minutes,
            evidence,
            bast,
        });
    }
    for (evidence, bast) in [(true, true), (true, false), (false, true), (false, false)] {
        all.push(Site::CheckedOut {
            ticket,
            at: moment(),
            evidence,
            bast,
        });
    }
    all
}

fn of_cards() -> Vec<Text> {
    [
        Verdict::Verified,
        Verdict::Unverified,
        Verdict::Outside,
        Verdict::Manual,
    ]
    .map(|verdict| {
        let progress = Progress {
            checked_in_at: at(),
            verdict,
            checked_out_at: (verdict == Verdict::Outside).then(at),
            evidence: 0,
            bast: 1,
        };
        Text::JobCard(Box::new(Job {
            progress: Some(progress),
            ..job()
        }))
    })
    .to_vec()
}

fn moment() -> Moment {
    Moment {
        at: at(),
        zone: zone(),
    }
}
