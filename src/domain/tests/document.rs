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
    let told = |kind: Kind| kind.told().parse::<Kind>();
    assert!(
        Kind::ALL
            .into_iter()
            .all(|kind| told(kind).is_ok_and(|told| told.told() == kind.told()))
    );
    assert_eq!(told(Kind::BastForm), Ok(Kind::Bast));
    assert!("photo".parse::<Kind>().is_err());
}

#[test]
fn only_papers_may_be_pdf() {
    assert!(Kind::Bast.may_be_pdf() && Kind::TravelLetter.may_be_pdf());
    let anything: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| kind.may_be_anything())
        .collect();
    assert_eq!(anything, [Kind::Report]);
    assert!(!Kind::Evidence.may_be_pdf() && !Kind::CheckIn.may_be_pdf());
}
