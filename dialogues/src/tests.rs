//! Flows as transcripts.

mod keyword;
mod paying;
mod pricing;
mod served;
mod talk;
mod telling;
mod visiting;
mod wandering;

use domain::ids::TicketId;
use domain::person::Role;

use crate::linking::Linking;
use crate::releasing::Releasing;
use crate::text::Text;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

fn releasing() -> Releasing {
    Releasing {
        ticket: TicketId(7),
        epoch: 1,
    }
}

fn linking() -> Linking {
    let (name, company) = ("Budi".to_owned(), "PT Contoh".to_owned());
    Linking {
        invite_hash: "h".to_owned(),
        name,
        role: Role::Technician,
        company,
    }
}

fn turn(next: Next) -> Turn {
    match next {
        Next::Turn(turn) => turn,
        Next::Run(_, command) => panic!("ran {command:?}"),
    }
}

#[test]
fn a_reason_is_asked_for_until_it_says_something() {
    let state = releasing().begin().state.expect("asks");
    let turn = turn(state.on_input(Input::Text("  x ".to_owned())));
    assert!(matches!(turn.say[0].text, Text::BadReason { .. }));
    let next = turn
        .state
        .expect("still asks")
        .on_input(Input::Text("Ban bocor di jalan".to_owned()));
    let Next::Run(state, command) = next else {
        panic!("should run")
    };
    assert_eq!(
        command,
        Command::Release {
            ticket: TicketId(7),
            epoch: 1,
            reason: "Ban bocor di jalan".to_owned()
        }
    );
    let end = state.on_outcome(Outcome::Released { ticket: TicketId(7) });
    assert_eq!(end.state, None);
}

#[test]
fn only_the_persons_own_contact_links() {
    let state = linking().begin().state.expect("asks");
    let turn = turn(state.on_input(Input::Contact {
        phone: "62812".to_owned(),
        own: false,
    }));
    assert_eq!(turn.say[0].text, Text::ContactNotOwn);
    let next = turn.state.expect("still asks").on_input(Input::Contact {
        phone: "62812".to_owned(),
        own: true,
    });
    let Next::Run(state, Command::Link { phone, .. }) = next else {
        panic!("should run")
    };
    assert_eq!(phone.as_deref(), Some("62812"));
    let end = state.on_outcome(Outcome::PhoneDiffers);
    assert_eq!((end.state, &end.say[0].text), (None, &Text::ContactMismatch));
}

/// A saved conversation of an earlier version still loads: never change these lines, add new ones.
#[test]
fn saved_states_still_load() {
    for golden in [
        r#"{"flow":"releasing","ticket":7,"epoch":1}"#,
        r#"{"flow":"linking","invite_hash":"h","name":"Budi","role":"technician","company":"PT Contoh"}"#,
        r#"{"flow":"visiting","ticket":7,"epoch":1,"stage":"asking"}"#,
        r#"{"flow":"visiting","ticket":7,"epoch":1,"stage":{"settling":{"best":{"position":{"latitude":-6.2,"longitude":106.8},"accuracy_meters":400.0,"age_seconds":3,"live":true},"finding":{"verdict":"outside","distance_meters":350.5},"until":"2026-11-22T03:02:00Z"}}}"#,
        r#"{"flow":"visiting","ticket":7,"epoch":1,"stage":{"explaining":{"fix":null,"why":"no_fix","reason":"GPS mati","photo":null}}}"#,
        r#"{"flow":"visiting","ticket":7,"epoch":1,"stage":{"explaining":{"fix":null,"why":"no_fix","reason":null,"photo":null,"kept":12}}}"#,
        r#"{"flow":"uploading","upload":12,"ticket":7,"epoch":1,"kind":"bast"}"#,
        r#"{"flow":"uploading","upload":12,"ticket":7,"epoch":1,"kind":"bast","since":500}"#,
        r#"{"flow":"pricing","ticket":7,"invoice":12,"version":3,"epoch":5,"wants":"any"}"#,
        r#"{"flow":"pricing","ticket":7,"invoice":12,"version":3,"epoch":5,"wants":"reason"}"#,
    ] {
        let state: State = serde_json::from_str(golden).expect(golden);
        assert_eq!(serde_json::to_string(&state).expect("writes"), golden);
    }
}
