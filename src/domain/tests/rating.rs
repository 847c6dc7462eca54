//! Stars, and the numbers of reports.

use crate::ids::RequestId;
use crate::invalid::Fault;
use crate::rating::Stars;

#[test]
fn there_are_five_stars() {
    assert_eq!(Stars::ALL.map(Stars::count), [5, 4, 3, 2, 1]);
    assert_eq!(Stars::try_from(0_u8), Err(Fault::OutOfRange));
    assert_eq!(Stars::try_from(6_i32), Err(Fault::OutOfRange));
    let low = Stars::ALL.map(Stars::is_low);
    assert_eq!(low, [false, false, false, true, true]);
}

#[test]
fn a_reports_number_reads_back_and_is_no_tickets() {
    assert_eq!(RequestId(45).number(), "LAP-000045");
    for text in ["LAP-000045", "lap-45", " Lap-45 "] {
        assert_eq!(RequestId::from_number(text), Some(RequestId(45)), "{text}");
    }
    for text in ["45", "TKT-000045", "LAP-", "LAP-x", "é"] {
        assert_eq!(RequestId::from_number(text), None, "{text}");
    }
}
