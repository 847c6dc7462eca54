//! What a file may be called: other people's machines will keep it under that name.

use domain::document::Kind;

use crate::files::Media;

/// Characters of a name at most.
const LONGEST: usize = 100;

/// The name without folders, marks that shells or headers read, and endings that lie; a plain one when
/// nothing is left of it.
pub(crate) fn sound(given: &str, kind: Kind, media: Media) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_turning(*c) && !r#""<>:|?*;%"#.contains(*c))
        .take(LONGEST)
        .collect();
    let kept = kept.trim();
    let stem = match kept.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending, media) => stem,
        _ => kept,
    };
    let stem = stem.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = if stem.is_empty() { kind.as_str() } else { stem };
    format!("{stem}.{}", media.extension())
}

fn is_ending(ending: &str, media: Media) -> bool {
    let ending = ending.to_ascii_lowercase();
    ending == media.extension() || (media == Media::Jpeg && matches!(ending.as_str(), "jpeg" | "jpe"))
}

/// Marks that turn the direction of writing, so that `gpj.exe` reads `exe.jpg`.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use domain::document::Kind;

    use crate::app::documents::name::sound;
    use crate::files::Media;

    #[test]
    fn names_are_made_harmless() {
        let jpeg = |given: &str| sound(given, Kind::Evidence, Media::Jpeg);
        assert_eq!(jpeg("Foto depan.JPG"), "Foto depan.jpg");
        assert_eq!(jpeg("foto.jpeg"), "foto.jpg");
        assert_eq!(jpeg("../../etc/passwd"), "passwd.jpg");
        assert_eq!(jpeg("C:\\Users\\rina\\surat.png"), "surat.png.jpg");
        assert_eq!(jpeg("virus.jpg.exe"), "virus.jpg.exe.jpg");
        assert_eq!(jpeg("a\"b\r\nc;d.jpg"), "ab  cd.jpg");
        assert_eq!(jpeg("foto\u{202e}gpj.exe"), "fotogpj.exe.jpg");
        for nothing in ["", "   ", "...", "/", ".jpg"] {
            assert_eq!(jpeg(nothing), "evidence.jpg", "{nothing:?}");
        }
        let long = sound(&"é".repeat(500), Kind::TravelLetter, Media::Pdf);
        assert_eq!(long.chars().count(), 104);
    }
}
