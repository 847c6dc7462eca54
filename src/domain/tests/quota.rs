//! Capacity and what is left of it.

use proptest::prelude::*;

use crate::quota::{Hand, Standing, capacity, own};

fn hand(daily_quota: Option<i32>, on_duty: bool, reachable: bool) -> Hand {
    Hand {
        daily_quota,
        on_duty,
        reachable,
    }
}

#[test]
fn today_counts_only_those_on_duty_and_reachable() {
    let hands = [
        hand(None, true, true),
        hand(Some(2), false, true),
        hand(Some(3), true, false),
    ];
    assert_eq!(capacity(&hands, 4, true), 4);
    assert_eq!(capacity(&hands, 4, false), 9);
}

#[test]
fn zero_means_none_and_null_means_the_default() {
    assert_eq!(own(None, 4), 4);
    assert_eq!(own(Some(0), 4), 0);
    assert_eq!(capacity(&[hand(Some(0), true, true)], 4, true), 0);
    assert_eq!(capacity(&[], 4, true), 0);
}

proptest! {
    #[test]
    fn available_is_never_below_zero(capacity in any::<i32>(), used in any::<i32>()) {
        let left = Standing { capacity, used }.available();
        prop_assert!(left >= 0, "{}", left);
    }
}
