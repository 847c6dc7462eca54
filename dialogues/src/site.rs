//! What is said of a visit: places, photos, papers, letters.

use chrono::NaiveDate;
use domain::document::Kind;
use domain::ids::TicketId;
use domain::visit::Verdict;
use serde::{Deserialize, Serialize};

use crate::card::Tally;
use crate::text::{Code, Moment, Text, named};
use crate::visiting::Why;

/// A text of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "site")]
pub enum Site {
    /// Before the visit's check-in is due.
    Reminder {
        ticket: TicketId,
        due: Moment,
    },
    // Checking in
    AskLocation {
        ticket: TicketId,
    },
    /// Anything but a place came.
    LocationOnly {
        ticket: TicketId,
    },
    LocationForwarded {
        ticket: TicketId,
    },
    LocationVenue {
        ticket: TicketId,
    },
    /// (0, 0), or beyond the earth.
    LocationNowhere {
        ticket: TicketId,
    },
    /// A place that nothing asked for.
    LocationNotAsked,
    /// A live location is there; a better fix is waited for.
    Settling {
        ticket: TicketId,
        distance_meters: Option<f64>,
    },
    /// The place proves too little: what is still to be said.
    Explain {
        ticket: TicketId,
        why: Why,
        reason: bool,
        photo: bool,
    },
    ExplainBadReason {
        ticket: TicketId,
        fault: Code,
    },
    CheckedIn {
        ticket: TicketId,
        at: Moment,
        verdict: Verdict,
        distance_meters: Option<f64>,
        accuracy_meters: Option<f64>,
    },
    TooEarly {
        ticket: TicketId,
        date: NaiveDate,
    },
    AlreadyCheckedIn {
        ticket: TicketId,
    },
    NotCheckedIn {
        ticket: TicketId,
    },
    AskPlacePhoto {
        ticket: TicketId,
    },
    PlacePhotoTaken {
        ticket: TicketId,
    },
    /// To admins: someone checked in whose place proves too little.
    CheckInDoubted {
        ticket: TicketId,
        by: String,
        verdict: Verdict,
        distance_meters: Option<f64>,
        reason: Option<String>,
    },
    /// To the technician: an admin wrote the check-in down.
    CheckInRecorded {
        ticket: TicketId,
        by: String,
    },
    // Photos and papers
    /// The progress card while the upload mode is open.
    Uploading {
        tally: Tally,
    },
    /// The progress card once it is closed.
    Uploaded {
        tally: Tally,
    },
    /// Not a file, or not one that belongs here.
    UploadHint {
        ticket: TicketId,
        kind: Kind,
    },
    TooMany {
        ticket: TicketId,
        kind: Kind,
        most: usize,
    },
    TooLarge {
        ticket: TicketId,
    },
    /// The same photo was here a moment ago.
    Repeated {
        ticket: TicketId,
    },
    /// The mode was left; what came in stays.
    UploadLeft,
    /// The job takes no more files: it is over, or someone else's.
    UploadOver {
        ticket: TicketId,
    },
    /// Looked into, and not taken.
    FileRefused {
        ticket: TicketId,
        kind: Kind,
        why: Code,
    },
    /// Could not be fetched; to its sender.
    FileLost {
        ticket: TicketId,
        kind: Kind,
    },
    /// Could not be fetched; to admins.
    FileLostOf {
        ticket: TicketId,
        by: String,
    },
    /// A photo that shows up on another ticket; to admins.
    PhotoReused {
        ticket: TicketId,
        by: String,
    },
    /// The photo that was to explain a check-in is no good, and there is no other; to admins.
    PlacePhotoRefused {
        ticket: TicketId,
        by: String,
    },
    /// Photos that nothing asked for: whose are they?
    WhichJob {
        count: usize,
    },
    NoJobForPhotos,
    /// Photos whose sender has not said what they are for, though asked; to admins.
    PhotosUnplaced {
        by: String,
        count: usize,
    },
    Placed {
        tally: Tally,
    },
    // Leaving
    CheckOutSummary {
        ticket: TicketId,
        since: Moment,
        minutes: i64,
        evidence: usize,
        bast: usize,
    },
    CheckOutLeft {
        ticket: TicketId,
    },
    /// With what is still missing.
    CheckedOut {
        ticket: TicketId,
        at: Moment,
        evidence: bool,
        bast: bool,
    },
    AlreadyCheckedOut {
        ticket: TicketId,
    },
    JobDone {
        ticket: TicketId,
    },
    // Letters
    Letter {
        ticket: TicketId,
        kind: Kind,
        number: Option<String>,
    },
    NoLetter {
        ticket: TicketId,
        kind: Kind,
    },
    /// The visit is another than the drawn letters say.
    LettersRevoked {
        ticket: TicketId,
    },
}

impl From<Site> for Text {
    fn from(site: Site) -> Self {
        Self::Site(site)
    }
}

named! {
    Site,
    Site::Reminder { .. } => "reminder",
    Site::AskLocation { .. } => "ask-location",
    Site::LocationOnly { .. } => "location-only",
    Site::LocationForwarded { .. } => "location-forwarded",
    Site::LocationVenue { .. } => "location-venue",
    Site::LocationNowhere { .. } => "location-nowhere",
    Site::LocationNotAsked => "location-not-asked",
    Site::Settling { .. } => "settling",
    Site::Explain { .. } => "explain",
    Site::ExplainBadReason { .. } => "explain-bad-reason",
    Site::CheckedIn { .. } => "checked-in",
    Site::TooEarly { .. } => "too-early",
    Site::AlreadyCheckedIn { .. } => "already-checked-in",
    Site::NotCheckedIn { .. } => "not-checked-in",
    Site::AskPlacePhoto { .. } => "ask-place-photo",
    Site::PlacePhotoTaken { .. } => "place-photo-taken",
    Site::CheckInDoubted { .. } => "check-in-doubted",
    Site::CheckInRecorded { .. } => "check-in-recorded",
    Site::Uploading { .. } => "uploading",
    Site::Uploaded { .. } => "uploaded",
    Site::UploadHint { .. } => "upload-hint",
    Site::TooMany { .. } => "too-many",
    Site::TooLarge { .. } => "too-large",
    Site::Repeated { .. } => "repeated",
    Site::UploadLeft => "upload-left",
    Site::UploadOver { .. } => "upload-over",
    Site::FileRefused { .. } => "file-refused",
    Site::FileLost { .. } => "file-lost",
    Site::FileLostOf { .. } => "file-lost-of",
    Site::PhotoReused { .. } => "photo-reused",
    Site::PlacePhotoRefused { .. } => "place-photo-refused",
    Site::WhichJob { .. } => "which-job",
    Site::PhotosUnplaced { .. } => "photos-unplaced",
    Site::NoJobForPhotos => "no-job-for-photos",
    Site::Placed { .. } => "placed",
    Site::CheckOutSummary { .. } => "check-out-summary",
    Site::CheckOutLeft { .. } => "check-out-left",
    Site::CheckedOut { .. } => "checked-out",
    Site::AlreadyCheckedOut { .. } => "already-checked-out",
    Site::JobDone { .. } => "job-done",
    Site::Letter { .. } => "letter",
    Site::NoLetter { .. } => "no-letter",
    Site::LettersRevoked { .. } => "letters-revoked",
}
