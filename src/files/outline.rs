//! Where a file ends by its own account, and what stands behind that.
//!
//! Decoders forgive: half a JPEG becomes a picture with a grey half, and nobody looks behind the end. A file
//! that was cut on its way must be sent again, and a file that is two (a picture that is also a PDF, a zip, a
//! page) has no business here.

use crate::files::fitness::{Media, Unfit};

/// How far into a file readers of PDFs look for its beginning (ISO 32000, note to 7.5.2).
const PDF_SEARCH: usize = 1024;
/// How far before its end a PDF says that it ends.
const PDF_TAIL: usize = 2048;

/// Fails for a file that is cut short, or that holds another.
pub(crate) fn check(bytes: &[u8], media: Media) -> Result<(), Unfit> {
    let end = match media {
        Media::Jpeg => end_of_jpeg(bytes),
        Media::Png => end_of_png(bytes),
        Media::Webp => end_of_webp(bytes),
        Media::Pdf => end_of_pdf(bytes),
        Media::Mp4 | Media::ThreeGp | Media::M4a => end_of_boxes(bytes),
        Media::Ogg => end_of_ogg(bytes),
        // These are frames one after the other: whatever came can be played.
        Media::Mp3 | Media::Aac | Media::Amr => Some(bytes.len()),
    };
    let behind = end.and_then(|end| bytes.get(end..)).ok_or(Unfit::CutShort)?;
    let head = &bytes[..bytes.len().min(PDF_SEARCH)];
    let is_pdf_too = media != Media::Pdf && find(head, b"%PDF-").is_some();
    if is_pdf_too || holds_another(behind) {
        return Err(Unfit::TwoInOne);
    }
    Ok(())
}

/// Whether what stands behind a file's end is a file too. Cameras put more pictures there (a preview, the
/// other eye, a short film) and padding; none of them an archive, a document, a page or a program.
fn holds_another(behind: &[u8]) -> bool {
    let trimmed = behind.trim_ascii_start();
    let is_other = infer::get(trimmed).is_some_and(|kind| {
        use infer::MatcherType::{App, Archive, Doc, Text};
        matches!(kind.matcher_type(), App | Archive | Doc | Text)
    });
    // An archive is read from its end, so it may begin anywhere.
    is_other || find(behind, b"PK\x05\x06").is_some() || find(behind, b"%PDF-").is_some()
}

/// Behind the end-of-image mark of a JPEG's first picture (ITU-T T.81, annex B).
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        // Marks may have any number of fill bytes before them.
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let mark = *bytes.get(at + 1)?;
        at += 2;
        match mark {
            0xd9 => return Some(at),
            // These stand alone.
            0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length = u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]);
                at += usize::from(length);
                if mark == 0xda {
                    at = end_of_scan(bytes, at)?;
                }
            }
        }
    }
}

/// The next mark behind coded pixels, in which 0xff is followed by 0, or by a restart mark.
fn end_of_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let coded = bytes.get(from..)?;
    let is_mark = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    coded.windows(2).position(is_mark).map(|offset| from + offset)
}

/// Behind the IEND chunk (PNG specification, 5.3).
fn end_of_png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let end = at
            .checked_add(12)?
            .checked_add(usize::try_from(length).ok()?)
            .filter(|end| *end <= bytes.len())?;
        if &head[4..] == b"IEND" {
            return Some(end);
        }
        at = end;
    }
}

/// Behind the RIFF container, whose length is its second word (RFC 9649, 2.4).
fn end_of_webp(bytes: &[u8]) -> Option<usize> {
    let size = bytes.get(4..8)?;
    let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]);
    let end = usize::try_from(size).ok()?.checked_add(8)?;
    (end <= bytes.len()).then_some(end)
}

/// Behind the last box: each tells its length, in 64 bits behind its name where 32 do not hold it, and 0 is the rest
/// (ISO/IEC 14496-12, 4.2).
fn end_of_boxes(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let length = match length {
            0 => return Some(bytes.len()),
            1 => {
                let long = bytes.get(at + 8..at + 16)?;
                usize::try_from(u64::from_be_bytes(long.try_into().ok()?)).ok()?
            }
            short => usize::try_from(short).ok()?,
        };
        if length < 8 {
            return None;
        }
        at = at.checked_add(length).filter(|end| *end <= bytes.len())?;
    }
    Some(at)
}

/// Behind the last page: each lists the lengths of its segments (RFC 3533, 6).
fn end_of_ogg(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while bytes.get(at..at + 4) == Some(b"OggS".as_slice()) {
        let segments = usize::from(*bytes.get(at + 26)?);
        let lengths = bytes.get(at + 27..at + 27 + segments)?;
        let body: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        at = at
            .checked_add(27 + segments + body)
            .filter(|end| *end <= bytes.len())?;
    }
    (at > 0).then_some(at)
}

/// Behind the last `%%EOF`. Some writers leave blanks or a line of their own after it, so it is looked for.
fn end_of_pdf(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.len().saturating_sub(PDF_TAIL);
    let last = bytes[tail..].windows(5).rposition(|word| word == b"%%EOF")?;
    Some(tail + last + 5)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
