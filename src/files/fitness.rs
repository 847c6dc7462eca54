//! What may be kept: kinds, sizes, and the reasons to say no.

use image::ImageFormat;

/// Bytes of a file at most: what a bot may fetch from Telegram (Bot API, `getFile`).
pub const MOST_BYTES: usize = domain::document::LARGEST;
/// Pixels of a picture at most, whatever its file's size.
pub(crate) const MOST_PIXELS: u64 = 50_000_000;
/// Bytes that a picture may need in memory.
pub(crate) const MOST_MEMORY: u64 = 256 << 20;
/// Pixels of a picture's shorter side at least: less shows nothing.
pub(crate) const LEAST_SIDE: u32 = 16;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Mp4,
    /// The film of older phones.
    ThreeGp,
    /// A voice note, as WhatsApp records it (Opus).
    Ogg,
    Mp3,
    M4a,
    Aac,
    Amr,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// A picture.
    Photo,
    /// A PDF, or a picture of it.
    Paper,
    /// Those, and films and sounds that WhatsApp carries (Cloud API, "Supported media types").
    Anything,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("the file is empty")]
    Empty,
    #[error("the file has more than 20 MiB")]
    TooLarge,
    /// Its first bytes are of no kind that is taken, whatever its name says.
    #[error("the file is of a kind that is not taken")]
    Unknown,
    /// It is a PDF, and a photo is wanted.
    #[error("the file is a document, not a photo")]
    NotAPhoto,
    /// It begins as a picture or PDF and ends before its end.
    #[error("the file is not whole")]
    CutShort,
    /// It is two files in one, so that two programs would see different things in it.
    #[error("the file has another file inside")]
    TwoInOne,
    /// It says that it is larger than anything a camera makes.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// A single dot, a spacer.
    #[error("the picture is too small to show anything")]
    TooSmall,
    /// It cannot be decoded.
    #[error("the file cannot be read")]
    Unreadable,
}

impl Media {
    /// The media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::ThreeGp => "video/3gpp",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Aac => "audio/aac",
            Self::Amr => "audio/amr",
        }
    }

    /// How a file of this kind should end its name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::ThreeGp => "3gp",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Aac => "aac",
            Self::Amr => "amr",
        }
    }

    /// Whether it is a film or a sound.
    pub const fn is_played(self) -> bool {
        !matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Pdf)
    }

    pub(crate) const fn format(self) -> Option<ImageFormat> {
        match self {
            Self::Jpeg => Some(ImageFormat::Jpeg),
            Self::Png => Some(ImageFormat::Png),
            Self::Webp => Some(ImageFormat::WebP),
            _ => None,
        }
    }
}

impl Unfit {
    /// The stable name, in the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Unknown => "unknown-kind",
            Self::NotAPhoto => "not-a-photo",
            Self::CutShort => "cut-short",
            Self::TwoInOne => "two-in-one",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooSmall => "too-small",
            Self::Unreadable => "unreadable",
        }
    }

    /// Every reason, for tests that say them all.
    pub const ALL: [Self; 9] = [
        Self::Empty,
        Self::TooLarge,
        Self::Unknown,
        Self::NotAPhoto,
        Self::CutShort,
        Self::TwoInOne,
        Self::TooManyPixels,
        Self::TooSmall,
        Self::Unreadable,
    ];
}

/// What a file is by its first bytes, if that is taken.
pub(crate) fn sort(bytes: &[u8], accept: Accept) -> Result<Media, Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::TooLarge);
    }
    let kind = infer::get(bytes).map(|kind| kind.mime_type());
    let media = match kind {
        Some("image/jpeg") => Media::Jpeg,
        Some("image/png") => Media::Png,
        Some("image/webp") => Media::Webp,
        Some("application/pdf") => Media::Pdf,
        Some("video/mp4" | "video/x-m4v") => Media::Mp4,
        Some("audio/ogg" | "audio/opus") => Media::Ogg,
        Some("audio/mpeg") => Media::Mp3,
        Some("audio/m4a") => Media::M4a,
        Some("audio/aac") => Media::Aac,
        Some("audio/amr") => Media::Amr,
        // The brand of 3GPP's files (3GPP TS 26.244, 5.4), which the library does not know.
        None if bytes.get(4..11) == Some(b"ftyp3gp".as_slice()) => Media::ThreeGp,
        _ => return Err(Unfit::Unknown),
    };
    if media.is_played() && accept != Accept::Anything {
        return Err(Unfit::Unknown);
    }
    if media == Media::Pdf && accept == Accept::Photo {
        return Err(Unfit::NotAPhoto);
    }
    Ok(media)
}
