//! What customers read, and what the office reads of them.

use domain::ids::{CustomerId, RequestId, TicketId};
use domain::phone::Phone;
use domain::rating::{Stars, Subject};
use domain::request::{Kind, State};
use domain::ticket::Status;
use serde::{Deserialize, Serialize};

use crate::card::Visit;
use crate::text::{Code, Text, named};

/// A text to a customer, or about one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "say")]
pub enum Customer {
    // Getting to know each other
    /// May we keep your data?
    Consent {
        name: Option<String>,
        company: String,
        privacy: Option<String>,
    },
    ConsentRefused {
        phone: String,
    },
    AskName,
    /// Or is it the one in the profile?
    AskNameOf {
        name: String,
    },
    BadName,
    AskAddress,
    BadAddress {
        fault: Code,
    },
    /// A pin is no address.
    AskLandmark,
    PlaceOutside,
    /// Neither words nor a place.
    AddressOnly,
    /// Is it the number that writes?
    AskPhoneOf {
        phone: Phone,
    },
    AskPhone,
    /// The service does not tell the number.
    AskPhoneUnseen,
    BadPhone {
        fault: Code,
    },
    Confirm(Entry),
    AskFix,
    /// A registration was left half way.
    Unfinished,
    Registered {
        customer: CustomerId,
        name: String,
        /// The menu comes with it, and not what was complained of first.
        #[serde(default)]
        menu: bool,
    },
    /// In one message, with everything that was kept.
    RegisteredAtOnce {
        customer: CustomerId,
        entry: Entry,
        privacy: Option<String>,
    },
    AlreadyRegistered {
        customer: CustomerId,
    },
    /// What is wrong with a registration in one message, all of it.
    FormFaults {
        faults: Vec<FieldFault>,
    },
    Data {
        customer: CustomerId,
        entry: Entry,
    },
    DataChanged(Entry),
    // Finding the way
    Menu {
        name: String,
    },
    /// To someone who is no customer yet.
    Door {
        company: String,
    },
    Puzzled,
    /// Not understood for the second time: a person will read it.
    PassedOn,
    StaleChoice,
    Unreadable,
    /// It came long after it was sent.
    CameLate,
    /// The answer did not fit several times.
    Stuck,
    Left,
    NothingToLeave,
    Spoken,
    // Reporting
    AskProblem,
    BadProblem {
        fault: Code,
    },
    PhotosOnly {
        count: usize,
    },
    PlaceOnly,
    /// A voice message is kept, and words are wanted.
    VoiceOnly,
    /// The same of other files.
    FilesOnly,
    Summary {
        words: String,
        photos: usize,
        /// Films, sounds and papers.
        #[serde(default)]
        others: usize,
        place: bool,
        address: String,
    },
    AskPhotos {
        left: usize,
    },
    TooManyPhotos {
        most: usize,
        /// Not all of them are photos.
        #[serde(default)]
        mixed: bool,
    },
    BadFile,
    Reported {
        request: RequestId,
    },
    PhotoFollowed {
        request: RequestId,
    },
    PlaceFollowed {
        request: RequestId,
    },
    /// A photo of a report could not be fetched, or is none.
    PhotoLost {
        request: RequestId,
    },
    // How it stands
    Standing {
        lines: Vec<Line>,
    },
    NothingStanding,
    /// Does not exist, or is someone else's.
    NotFound,
    // The office
    AskQuestion {
        hours: Option<String>,
    },
    QuestionTaken {
        request: RequestId,
        /// When it is closed now: its hours.
        closed: Option<String>,
    },
    OfficeSays {
        words: String,
    },
    Stopped {
        company: String,
        phone: String,
    },
    Started {
        company: String,
    },
    // A ticket's way
    TicketCreated {
        ticket: TicketId,
        request: Option<RequestId>,
        problem: String,
        visit: Visit,
    },
    /// The visit is at another time, and nobody has the job.
    VisitMoved {
        ticket: TicketId,
        visit: Visit,
    },
    TechnicianAssigned {
        ticket: TicketId,
        technician: String,
        visit: Visit,
    },
    TechnicianArrived {
        ticket: TicketId,
        technician: String,
    },
    TicketDone {
        ticket: TicketId,
        technician: String,
    },
    TicketCancelled {
        ticket: TicketId,
    },
    // What they think
    RateTechnician {
        ticket: TicketId,
        technician: String,
        link: Option<String>,
    },
    RateOffice {
        ticket: TicketId,
        /// Set when nothing was asked before.
        link: Option<String>,
    },
    AskComment {
        sorry: bool,
    },
    RatingThanks,
    RatingOver,
    // To the office
    RequestCame {
        request: RequestId,
        kind: Kind,
        name: String,
        words: String,
    },
    RatedLow {
        ticket: TicketId,
        name: String,
        subject: Subject,
        stars: Stars,
        comment: Option<String>,
    },
    /// Someone registered with the number of another customer.
    PhoneShared {
        customer: CustomerId,
        other: CustomerId,
    },
    /// A customer whose number the office wrote down typed another one.
    PhoneChanged {
        customer: CustomerId,
        name: String,
    },
    /// Somebody writes on while the office has the chat.
    WroteAgain {
        request: RequestId,
        name: String,
        words: String,
    },
}

/// What a customer says of himself, checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    pub address: String,
    /// `None` only of somebody whom the office wrote down without one.
    pub phone: Option<Phone>,
    /// There is a pin on the map too.
    pub pin: bool,
}

/// One field that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    pub field: Field,
    pub fault: Code,
}

/// The fields of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Address,
    Phone,
}

/// One ticket, or one report that is no ticket yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Ticket {
        ticket: TicketId,
        service: String,
        status: Status,
        visit: Visit,
        technician: Option<String>,
    },
    Request {
        request: RequestId,
        state: State,
        text: String,
    },
}

impl From<Customer> for Text {
    fn from(text: Customer) -> Self {
        Self::Customer(text)
    }
}

named! {
    Customer,
    Customer::Consent { .. } => "customer-consent",
    Customer::ConsentRefused { .. } => "customer-consent-refused",
    Customer::AskName => "customer-ask-name",
    Customer::AskNameOf { .. } => "customer-ask-name-of",
    Customer::BadName => "customer-bad-name",
    Customer::AskAddress => "customer-ask-address",
    Customer::BadAddress { .. } => "customer-bad-address",
    Customer::AskLandmark => "customer-ask-landmark",
    Customer::PlaceOutside => "customer-place-outside",
    Customer::AddressOnly => "customer-address-only",
    Customer::AskPhoneOf { .. } => "customer-ask-phone-of",
    Customer::AskPhone => "customer-ask-phone",
    Customer::AskPhoneUnseen => "customer-ask-phone-unseen",
    Customer::BadPhone { .. } => "customer-bad-phone",
    Customer::Confirm(_) => "customer-confirm",
    Customer::AskFix => "customer-ask-fix",
    Customer::Unfinished => "customer-unfinished",
    Customer::Registered { .. } => "customer-registered",
    Customer::RegisteredAtOnce { .. } => "customer-registered-at-once",
    Customer::AlreadyRegistered { .. } => "customer-already-registered",
    Customer::FormFaults { .. } => "customer-form-faults",
    Customer::Data { .. } => "customer-data",
    Customer::DataChanged(_) => "customer-data-changed",
    Customer::Menu { .. } => "customer-menu",
    Customer::Door { .. } => "customer-door",
    Customer::Puzzled => "customer-puzzled",
    Customer::PassedOn => "customer-passed-on",
    Customer::StaleChoice => "customer-stale-choice",
    Customer::Unreadable => "customer-unreadable",
    Customer::CameLate => "customer-came-late",
    Customer::Stuck => "customer-stuck",
    Customer::Left => "customer-left",
    Customer::NothingToLeave => "customer-nothing-to-leave",
    Customer::Spoken => "customer-spoken",
    Customer::AskProblem => "customer-ask-problem",
    Customer::BadProblem { .. } => "customer-bad-problem",
    Customer::PhotosOnly { .. } => "customer-photos-only",
    Customer::PlaceOnly => "customer-place-only",
    Customer::VoiceOnly => "customer-voice-only",
    Customer::FilesOnly => "customer-files-only",
    Customer::Summary { .. } => "customer-summary",
    Customer::AskPhotos { .. } => "customer-ask-photos",
    Customer::TooManyPhotos { .. } => "customer-too-many-photos",
    Customer::BadFile => "customer-bad-file",
    Customer::Reported { .. } => "customer-reported",
    Customer::PhotoFollowed { .. } => "customer-photo-followed",
    Customer::PlaceFollowed { .. } => "customer-place-followed",
    Customer::PhotoLost { .. } => "customer-photo-lost",
    Customer::Standing { .. } => "customer-standing",
    Customer::NothingStanding => "customer-nothing-standing",
    Customer::NotFound => "customer-not-found",
    Customer::AskQuestion { .. } => "customer-ask-question",
    Customer::QuestionTaken { .. } => "customer-question-taken",
    Customer::OfficeSays { .. } => "customer-office-says",
    Customer::Stopped { .. } => "customer-stopped",
    Customer::Started { .. } => "customer-started",
    Customer::TicketCreated { .. } => "customer-ticket-created",
    Customer::VisitMoved { .. } => "customer-visit-moved",
    Customer::TechnicianAssigned { .. } => "customer-technician-assigned",
    Customer::TechnicianArrived { .. } => "customer-technician-arrived",
    Customer::TicketDone { .. } => "customer-ticket-done",
    Customer::TicketCancelled { .. } => "customer-ticket-cancelled",
    Customer::RateTechnician { .. } => "customer-rate-technician",
    Customer::RateOffice { .. } => "customer-rate-office",
    Customer::AskComment { .. } => "customer-ask-comment",
    Customer::RatingThanks => "customer-rating-thanks",
    Customer::RatingOver => "customer-rating-over",
    Customer::RequestCame { .. } => "customer-request-came",
    Customer::RatedLow { .. } => "customer-rated-low",
    Customer::PhoneShared { .. } => "customer-phone-shared",
    Customer::PhoneChanged { .. } => "customer-phone-changed",
    Customer::WroteAgain { .. } => "customer-wrote-again",
}
