//! Who hears of an emergency, and what may be decided.

use crate::alert::{Audience, Decision, Extension, Resolution, State};
use crate::invalid::Fault;

#[test]
fn everyone_hears_once_those_on_duty_have_let_enough_repeats_go_by() {
    let heard = |after| [0, 1, 2, 3, 4].map(|repeats| Audience::after(repeats, after) == Audience::All);
    assert_eq!(heard(3), [false, false, false, false, true]);
    assert_eq!(heard(1), [false, false, true, true, true]);
    assert_eq!(heard(0), [false, true, true, true, true]);
    assert_eq!(Audience::after(i32::MAX, u32::MAX), Audience::OnDuty);
}

#[test]
fn a_check_in_is_put_off_by_one_of_three_spans() {
    for minutes in [15, 30, 60] {
        assert_eq!(Extension::of(minutes).map(Extension::minutes), Ok(minutes));
    }
    for minutes in [i64::MIN, -15, 0, 14, 16, 45, 61, i64::MAX] {
        assert_eq!(Extension::of(minutes), Err(Fault::BadValue));
    }
}

#[test]
fn names_come_back() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    for decision in Decision::ALL {
        assert_eq!(decision.as_str().parse(), Ok(decision));
    }
    for resolution in Resolution::ALL {
        assert_eq!(resolution.as_str().parse(), Ok(resolution));
    }
    assert_eq!("late".parse::<State>(), Err(Fault::BadValue));
}
