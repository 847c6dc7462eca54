//! What a file is for, by its stable names.

use crate::document::{Kind, State};

#[test]
fn names_go_round() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    for state in State::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    assert!("photo".parse::<Kind>().is_err());
}

#[test]
fn only_papers_may_be_pdf() {
    assert!(Kind::Bast.may_be_pdf() && Kind::TravelLetter.may_be_pdf());
    assert!(!Kind::Evidence.may_be_pdf() && !Kind::CheckIn.may_be_pdf());
}
