//! Ids and the numbers that people use.

use crate::ids::{CustomerId, TicketId};

#[test]
fn people_say_numbers_in_several_ways() {
    assert_eq!(TicketId(123).number(), "TKT-000123");
    assert_eq!(CustomerId(45).number(), "PLG-000045");
    for text in ["TKT-000123", "tkt-123", " 123 "] {
        assert_eq!(TicketId::from_number(text), Some(TicketId(123)), "{text}");
    }
    for text in ["TKT-", "TKT-0", "x123", "-5", "TKT-12a", "é", "tk", ""] {
        assert_eq!(TicketId::from_number(text), None, "{text}");
    }
}

#[test]
fn only_positive_whole_numbers_are_ids() {
    assert_eq!("7".parse(), Ok(TicketId(7)));
    for text in ["", "0", "-1", "+1", "1.0", "99999999999999999999", "一"] {
        assert!(text.parse::<TicketId>().is_err(), "{text}");
    }
}
