//! Numbers as they stand on paper.

use chrono::NaiveDate;

use crate::number;

#[test]
fn the_month_is_roman() {
    let on = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    assert_eq!(number::invoice(on(11, 22), 1), "INV/2026/XI/0001");
    assert_eq!(number::invoice(on(4, 1), 12_345), "INV/2026/IV/12345");
    assert_eq!(number::letter(on(1, 31), 7, "ST", "TGP"), "007/ST/TGP/I/2026");
    assert_eq!(
        number::letter(on(12, 1), 1000, "SJ", "TGP"),
        "1000/SJ/TGP/XII/2026"
    );
}
