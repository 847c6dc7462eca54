//! A check-in and an upload mode, as transcripts.

use chrono::{DateTime, TimeDelta, Utc};
use domain::document::Kind;
use domain::geo::Position;
use domain::ids::{TicketId, UploadId};
use domain::visit::{FRESH, Finding, Fix, Verdict};

use crate::heard::{Media, Origin, Place};
use crate::say::Choice;
use crate::site::Site;
use crate::text::{Moment, Text};
use crate::turn::{Command, Input, Next, Outcome, State, Turn};
use crate::uploading::Uploading;
use crate::visiting::{CheckIn, Stage, Visiting, Why};

const TICKET: TicketId = TicketId(7);

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn place(origin: Origin) -> Input {
    let place = Place {
        latitude: -6.2,
        longitude: 106.8,
        accuracy_meters: Some(20.0),
        origin,
        moved: false,
        sent_at: now() - TimeDelta::seconds(5),
    };
    Input::Place { place, at: now() }
}

fn photo(caption: Option<&str>) -> Input {
    Input::File(Media {
        is_photo: true,
        source: "file".to_owned(),
        source_key: "key".to_owned(),
        filename: None,
        media_type: None,
        size: Some(1000),
        caption: caption.map(str::to_owned),
        album: None,
        reply_to: None,
        sent_at: now(),
    })
}

fn asking() -> State {
    Visiting::begin(TICKET, 1).state.expect("asks")
}

fn said(next: Next) -> (State, Site) {
    let Next::Turn(turn) = next else {
        panic!("ran a command")
    };
    let Text::Site(site) = turn.say[0].text.clone() else {
        panic!("said something else")
    };
    (turn.state.expect("goes on"), site)
}

fn ran(next: Next) -> (State, CheckIn) {
    match next {
        Next::Run(state, Command::CheckIn(command)) => (state, command),
        other => panic!("did not check in: {other:?}"),
    }
}

fn not_proven(meters: f64, may_improve: bool, moved: bool) -> Outcome {
    Outcome::NotProven {
        fix: Fix {
            position: Position {
                latitude: -6.2,
                longitude: 106.8,
            },
            accuracy_meters: Some(20.0),
            age_seconds: 5,
            live: true,
        },
        finding: Finding {
            verdict: Verdict::Outside,
            distance_meters: Some(meters),
        },
        may_improve,
        moved,
        at: now(),
    }
}

#[test]
fn a_live_place_is_tried_with_its_age_and_patience() {
    let (_, command) = ran(asking().on_input(place(Origin::Live)));
    let fix = command.fix.expect("a fix");
    assert!(fix.live && command.patient);
    assert_eq!(fix.age_seconds, 5);
    let (_, command) = ran(asking().on_input(place(Origin::LiveEnded)));
    assert!(command.fix.expect("a fix").live && !command.patient);
    let (_, command) = ran(asking().on_input(place(Origin::Static)));
    assert!(!command.fix.expect("a fix").live);
}

#[test]
fn what_proves_nothing_is_not_tried() {
    let (_, text) = said(asking().on_input(place(Origin::Forwarded)));
    assert_eq!(text, Site::LocationForwarded { ticket: TICKET });
    let (_, text) = said(asking().on_input(place(Origin::Venue)));
    assert_eq!(text, Site::LocationVenue { ticket: TICKET });
    for (latitude, longitude) in [(0.0, 0.0), (91.0, 0.0), (f64::NAN, 1.0)] {
        let Input::Place { place, at } = place(Origin::Static) else {
            unreachable!()
        };
        let place = Place {
            latitude,
            longitude,
            ..place
        };
        let (_, text) = said(asking().on_input(Input::Place { place, at }));
        assert_eq!(text, Site::LocationNowhere { ticket: TICKET });
    }
    for input in [Input::Text("sampai".to_owned()), Input::Other, photo(None)] {
        let (state, text) = said(asking().on_input(input));
        assert_eq!(text, Site::LocationOnly { ticket: TICKET });
        assert!(matches!(
            state,
            State::Visiting(Visiting {
                stage: Stage::Asking,
                ..
            })
        ));
    }
}

#[test]
fn a_vague_place_is_waited_for_and_the_best_of_it_counts() {
    let (state, _) = ran(asking().on_input(place(Origin::Live)));
    let turn = state.on_outcome(not_proven(400.0, true, false));
    let state = turn.state.expect("waits");
    assert_eq!(state.wakes_at(), Some(now() + FRESH));
    let (state, _) = ran(state.on_input(place(Origin::Live)));
    let turn = state.on_outcome(not_proven(150.0, true, true));
    assert!(turn.say.is_empty(), "a movement is not answered");
    let state = turn.state.expect("still waits");
    assert_eq!(state.wakes_at(), Some(now() + FRESH), "no longer than at first");
    let (state, _) = ran(state.on_input(place(Origin::Live)));
    let state = state
        .on_outcome(not_proven(900.0, true, true))
        .state
        .expect("waits");
    let (state, command) = ran(state.on_input(Input::Waited));
    assert!(!command.patient);
    let turn = state.on_outcome(not_proven(150.0, false, false));
    let Text::Site(Site::Explain {
        why, reason, photo, ..
    }) = &turn.say[0].text
    else {
        panic!("asks for an explanation")
    };
    assert_eq!((*why, *reason, *photo), (Why::Far { meters: 150.0 }, true, true));
}

#[test]
fn a_reason_and_a_photo_come_in_any_order() {
    let far = || {
        let (state, _) = ran(asking().on_input(place(Origin::Live)));
        state
            .on_outcome(not_proven(5000.0, false, false))
            .state
            .expect("explains")
    };
    let reason = || Input::Text("Titik di peta keliru".to_owned());
    let (state, text) = said(far().on_input(reason()));
    assert!(matches!(
        text,
        Site::Explain {
            reason: false,
            photo: true,
            ..
        }
    ));
    let (_, command) = ran(state.on_input(photo(None)));
    assert_eq!(command.reason.as_deref(), Some("Titik di peta keliru"));
    assert!(command.photo.is_some() && command.fix.is_some());

    let (state, text) = said(Next::Turn(kept(far())));
    assert!(matches!(
        text,
        Site::Explain {
            reason: true,
            photo: false,
            ..
        }
    ));
    let (state, text) = said(state.on_input(Input::Text("x".to_owned())));
    assert!(matches!(text, Site::ExplainBadReason { .. }));
    let (_, command) = ran(state.on_input(reason()));
    assert_eq!((command.kept, command.photo), (Some(UploadId(3)), None));

    let (_, command) = ran(far().on_input(photo(Some("Pagar terkunci, dari seberang"))));
    assert_eq!(command.reason.as_deref(), Some("Pagar terkunci, dari seberang"));
}

/// A photo comes, and is kept at once.
fn kept(state: State) -> Turn {
    let Next::Run(state, Command::KeepPlacePhoto { .. }) = state.on_input(photo(None)) else {
        panic!("keeps the photo")
    };
    state.on_outcome(Outcome::PlacePhotoKept { upload: UploadId(3) })
}

#[test]
fn an_album_that_explains_is_answered_once_and_asked_for_again_when_it_is_no_good() {
    let state = Visiting::without_fix(TICKET, 1).state.expect("explains");
    let first = kept(state);
    assert_eq!(first.say.len(), 1);
    let second = kept(first.state.expect("explains"));
    assert!(second.say.is_empty(), "the same question again: {:?}", second.say);
    let reason = Input::Text("GPS rusak".to_owned());
    let (state, command) = ran(second.state.expect("explains").on_input(reason));
    assert_eq!(command.kept, Some(UploadId(3)));
    let (state, text) = said(Next::Turn(state.on_outcome(Outcome::PlacePhotoGone)));
    let Site::Explain { reason, photo, .. } = text else {
        panic!("asks again")
    };
    assert_eq!((reason, photo), (false, true));
    let (_, command) = ran(state.on_input(self::photo(None)));
    assert_eq!((command.kept, command.photo.is_some()), (None, true));
}

#[test]
fn walking_on_while_explaining_can_still_prove_it() {
    let (state, _) = ran(asking().on_input(place(Origin::Live)));
    let state = state
        .on_outcome(not_proven(5000.0, false, false))
        .state
        .expect("explains");
    let (state, command) = ran(state.on_input(place(Origin::Live)));
    assert_eq!(command.reason, None);
    let turn = state.on_outcome(not_proven(900.0, false, true));
    assert!(turn.say.is_empty());
    let (state, _) = ran(turn.state.expect("explains").on_input(place(Origin::Live)));
    let end = state.on_outcome(checked_in(None));
    assert_eq!(end.state, None);
}

#[test]
fn what_was_explained_goes_along_with_a_nearer_place() {
    let (state, _) = ran(asking().on_input(place(Origin::Static)));
    let far = state.on_outcome(not_proven(5000.0, false, false));
    let state = kept(far.state.expect("explains")).state.expect("explains");
    let (_, command) = ran(state.on_input(place(Origin::Static)));
    assert!(command.kept.is_some(), "a photo that came is not asked for again");
    assert_eq!(command.reason, None);
}

#[test]
fn without_a_fix_only_the_explanation_counts() {
    let state = Visiting::without_fix(TICKET, 1).state.expect("explains");
    let (state, _) = said(state.on_input(Input::Text("GPS rusak".to_owned())));
    let (_, command) = ran(state.on_input(photo(None)));
    assert_eq!(command.fix, None);
}

#[test]
fn a_photo_of_the_place_follows_when_it_is_wanted() {
    let (state, _) = ran(asking().on_input(place(Origin::Static)));
    let turn = state.on_outcome(checked_in(Some(UploadId(3))));
    assert_eq!(turn.say.len(), 2);
    let state = turn.state.expect("waits for the photo");
    let (state, text) = said(state.on_input(Input::Text("nanti".to_owned())));
    assert_eq!(text, Site::AskPlacePhoto { ticket: TICKET });
    let Next::Run(state, Command::Attach { upload, .. }) = state.on_input(photo(None)) else {
        panic!("takes the photo")
    };
    assert_eq!(upload, UploadId(3));
    assert_eq!(state.on_outcome(Outcome::Attached).state, None, "one is enough");
}

#[test]
fn an_upload_mode_takes_files_and_names_its_job_to_anything_else() {
    let mode = Uploading {
        upload: UploadId(3),
        ticket: TICKET,
        epoch: 1,
        kind: Kind::Bast,
        since: None,
    };
    let turn: Turn = mode.begin();
    assert!(turn.say.is_empty(), "its card speaks");
    let Next::Run(state, _) = turn.state.expect("open").on_input(photo(None)) else {
        panic!("takes it")
    };
    let state = state.on_outcome(Outcome::Attached).state.expect("still open");
    let Next::Turn(turn) = state.on_input(place(Origin::Live)) else {
        panic!("only hints")
    };
    let hint = Site::UploadHint {
        ticket: TICKET,
        kind: Kind::Bast,
    };
    assert_eq!(turn.say[0].text, hint.into());
    assert!(matches!(
        turn.say[0].choices[0][..],
        [Choice::Press { .. }, Choice::Press { .. }]
    ));
    let state = turn.state.expect("still open");
    assert_eq!(
        state.on_outcome(Outcome::UploadOver { ticket: TICKET }).state,
        None
    );
}

fn checked_in(place_photo: Option<UploadId>) -> Outcome {
    Outcome::CheckedIn {
        ticket: TICKET,
        at: Moment {
            at: now(),
            zone: "Asia/Jakarta".parse().expect("a zone"),
        },
        finding: Finding {
            verdict: Verdict::Verified,
            distance_meters: Some(38.0),
        },
        accuracy_meters: Some(12.0),
        place_photo,
    }
}
