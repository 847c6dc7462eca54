//! What is wrong with a form, field by field, all at once.

use std::fmt;

/// Why a field was refused; each has a text in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    Required,
    TooShort,
    TooLong,
    /// Letters, digits, dot, dash and underscore only.
    BadUsername,
    BadPhone,
    /// A phone that stands in a house: no message reaches it.
    Landline,
    BadDate,
    BadTime,
    BadNumber,
    BadValue,
    OutOfRange,
    /// Latitude and longitude go together.
    Incomplete,
    /// The date has gone by.
    Past,
    /// The date is too far away to plan.
    TooFar,
    /// Someone else has it already.
    Taken,
    Unknown,
    /// An id that names nothing.
    NotFound,
    /// The thing exists but may not be used now (an archived customer, an inactive service).
    Inactive,
    /// The current password does not match.
    WrongPassword,
    /// The new password is the old one.
    SamePassword,
    /// Control characters, or nothing visible.
    Unreadable,
    /// A file ends before its end.
    CutShort,
    /// A file has another inside.
    TwoInOne,
    /// A picture larger than any camera makes.
    TooManyPixels,
    /// A picture too small to show anything.
    TooSmall,
    /// A file that no program can make sense of.
    Undecodable,
    /// A table without the columns that it needs.
    NoColumns,
    /// A table with more rows than are read at once.
    TooManyRows,
    /// A text in an encoding other than UTF-8.
    NotUtf8,
    /// No code of a company: capitals and digits.
    BadCode,
    /// No stretch of the day.
    BadHours,
    /// No web address.
    BadAddress,
    /// No web address of map tiles.
    BadTiles,
    /// No QRIS of an Indonesian merchant.
    BadQris,
    /// A QRIS with a letter missing or wrong.
    QrisChecksum,
    /// A QRIS that was made for one purchase.
    QrisNotStatic,
}

impl Fault {
    /// Every fault, for tests that render them all.
    pub const ALL: [Self; 36] = [
        Self::Required,
        Self::TooShort,
        Self::TooLong,
        Self::BadUsername,
        Self::BadPhone,
        Self::Landline,
        Self::BadDate,
        Self::BadTime,
        Self::BadNumber,
        Self::BadValue,
        Self::OutOfRange,
        Self::Incomplete,
        Self::Past,
        Self::TooFar,
        Self::Taken,
        Self::Unknown,
        Self::NotFound,
        Self::Inactive,
        Self::WrongPassword,
        Self::SamePassword,
        Self::Unreadable,
        Self::CutShort,
        Self::TwoInOne,
        Self::TooManyPixels,
        Self::TooSmall,
        Self::Undecodable,
        Self::NoColumns,
        Self::TooManyRows,
        Self::NotUtf8,
        Self::BadCode,
        Self::BadHours,
        Self::BadAddress,
        Self::BadTiles,
        Self::BadQris,
        Self::QrisChecksum,
        Self::QrisNotStatic,
    ];

    /// The stable code that programs read, e.g. `too-long`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::BadUsername => "bad-username",
            Self::BadPhone => "bad-phone",
            Self::Landline => "landline",
            Self::BadDate => "bad-date",
            Self::BadTime => "bad-time",
            Self::BadNumber => "bad-number",
            Self::BadValue => "bad-value",
            Self::OutOfRange => "out-of-range",
            Self::Incomplete => "incomplete",
            Self::Past => "past",
            Self::TooFar => "too-far",
            Self::Taken => "taken",
            Self::Unknown => "unknown",
            Self::NotFound => "not-found",
            Self::Inactive => "inactive",
            Self::WrongPassword => "wrong-password",
            Self::SamePassword => "same-password",
            Self::Unreadable => "unreadable",
            Self::CutShort => "cut-short",
            Self::TwoInOne => "two-in-one",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooSmall => "too-small",
            Self::Undecodable => "undecodable",
            Self::NoColumns => "no-columns",
            Self::TooManyRows => "too-many-rows",
            Self::NotUtf8 => "not-utf8",
            Self::BadCode => "bad-code",
            Self::BadHours => "bad-hours",
            Self::BadAddress => "bad-address",
            Self::BadTiles => "bad-tiles",
            Self::BadQris => "bad-qris",
            Self::QrisChecksum => "qris-checksum",
            Self::QrisNotStatic => "qris-not-static",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A form that cannot be taken: which fields, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invalid(pub Vec<(&'static str, Fault)>);

impl Invalid {
    /// One field, one fault.
    pub fn one(field: &'static str, fault: Fault) -> Self {
        Self(vec![(field, fault)])
    }

    /// Notes a fault and goes on, so that all are told at once.
    pub fn note(&mut self, field: &'static str, fault: Fault) {
        self.0.push((field, fault));
    }

    /// Keeps the value, or notes why there is none.
    pub fn take<T>(&mut self, field: &'static str, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.note(field, fault)).ok()
    }

    /// `Err` when anything was noted.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list: Vec<String> = self
            .0
            .iter()
            .map(|(field, fault)| format!("{field}: {}", fault.code()))
            .collect();
        f.write_str(&list.join(", "))
    }
}

/// A line of text that people read: trimmed, `min..=max` characters, nothing invisible.
pub fn line(text: &str, min: usize, max: usize) -> Result<String, Fault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(text, min, max)
}

/// A paragraph: as [`line`], with its line breaks kept.
pub fn paragraph(text: &str, min: usize, max: usize) -> Result<String, Fault> {
    let lines: Vec<String> = text
        .trim()
        .lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    bounded(lines.join("\n"), min, max)
}

fn bounded(text: String, min: usize, max: usize) -> Result<String, Fault> {
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Fault::Unreadable);
    }
    match text.chars().count() {
        0 if min > 0 => Err(Fault::Required),
        n if n < min => Err(Fault::TooShort),
        n if n > max => Err(Fault::TooLong),
        _ => Ok(text),
    }
}
