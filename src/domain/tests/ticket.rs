//! The ticket's life, written out once more by hand.

use crate::ticket::Status::{Assigned, Cancelled, Closed, Done, InProgress, Open};
use crate::ticket::{Status, problem, reason};

#[test]
fn only_these_steps_exist() {
    let steps = [
        (Open, Assigned),
        (Open, Cancelled),
        (Assigned, Open),
        (Assigned, InProgress),
        (Assigned, Cancelled),
        (InProgress, Open),
        (InProgress, Done),
        (InProgress, Cancelled),
        (Done, Closed),
    ];
    for from in Status::ALL {
        for to in Status::ALL {
            assert_eq!(from.may_become(to), steps.contains(&(from, to)), "{from} to {to}");
        }
    }
}

#[test]
fn states_have_stable_names() {
    for status in Status::ALL {
        assert_eq!(status.as_str().parse(), Ok(status));
        assert_eq!(status.is_over(), matches!(status, Closed | Cancelled));
        assert_eq!(status.uses_company_quota(), status != Cancelled);
    }
    assert!("OPEN".parse::<Status>().is_err());
}

#[test]
fn words_are_asked_for() {
    assert!(problem("ab").is_err());
    assert!(problem(&"x".repeat(1001)).is_err());
    assert!(reason("  \n ").is_err());
    assert_eq!(reason(" Ban bocor ").as_deref(), Ok("Ban bocor"));
}
