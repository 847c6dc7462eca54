//! Words that mean something in any state, and answers that are typed instead of pressed.

use domain::customer::visible;
use domain::person::Locale;
use domain::rating::Stars;

use crate::tap::{Answer, Tap};

/// What people say before they say something, and whom they say it to.
const GREETINGS: [&str; 66] = [
    "assalamualaikum",
    "assalamu",
    "asalamualaikum",
    "alaikum",
    "waalaikumsalam",
    "warahmatullahi",
    "wabarakatuh",
    "wr",
    "wb",
    "salam",
    "sejahtera",
    "shalom",
    "halo",
    "hallo",
    "helo",
    "hello",
    "hai",
    "hi",
    "hei",
    "hey",
    "selamat",
    "pagi",
    "siang",
    "sore",
    "malam",
    "good",
    "morning",
    "afternoon",
    "evening",
    "permisi",
    "misi",
    "punten",
    "p",
    "tes",
    "test",
    "admin",
    "min",
    "cs",
    "kak",
    "kakak",
    "pak",
    "bapak",
    "bu",
    "ibu",
    "mas",
    "mbak",
    "bang",
    "gan",
    "om",
    "tante",
    "sis",
    "dear",
    "mau",
    "ingin",
    "tanya",
    "nanya",
    "bertanya",
    "numpang",
    "izin",
    "boleh",
    "dulu",
    "dong",
    "ya",
    "there",
    "sir",
    "madam",
];

/// A word that means something in any state; it must be the whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keyword {
    Menu,
    Cancel,
    Stop,
    Start,
    Office,
    /// With the number that was asked about.
    Status(Option<String>),
    /// With all data in the message, when it has more than the word.
    Register(Option<String>),
    /// With the problem in the message.
    Report(Option<String>),
    Change,
    Data,
    /// What is still to be paid.
    Bills,
    Speak(Locale),
}

/// Reads a message that is a keyword. Case, spaces and punctuation do not matter.
pub fn read(text: &str) -> Option<Keyword> {
    let text = visible(text);
    if let Some(rest) = tail(&text, &["daftar", "register"]) {
        // "daftar harga" asks for a price list.
        let rest = rest.trim_start_matches([' ', ':', '.', ',', '-']);
        let begins = rest.starts_with(['#', '|', ';', '\n']);
        if begins && rest.chars().any(char::is_alphanumeric) {
            return Some(Keyword::Register(Some(rest.to_owned())));
        }
        // The first mark is what people leave out.
        let mark = ['#', '|', ';']
            .into_iter()
            .find(|mark| rest.matches(*mark).count() >= 2);
        if let Some(mark) = mark {
            return Some(Keyword::Register(Some(format!("{mark}{rest}"))));
        }
    }
    if let Some(rest) = tail(&text, &["lapor", "report"]) {
        let problem = rest.trim_matches(|c: char| c.is_whitespace() || "#|;:,.!".contains(c));
        // "Lapor masalah" is what the menu calls it, and no problem yet.
        let is_title = matches!(plain(problem).as_str(), "" | "masalah" | "a problem");
        let problem = problem.replace(['#', '|'], "\n");
        return Some(Keyword::Report((!is_title).then_some(problem)));
    }
    let plain = plain(&text);
    if let Some(number) = plain.strip_prefix("status ") {
        let number = number.replace(' ', "-");
        let is_number = number.chars().any(|c| c.is_ascii_digit()) && !number.contains(' ');
        return is_number.then_some(Keyword::Status(Some(number)));
    }
    Some(match plain.as_str() {
        "menu" | "0" => Keyword::Menu,
        "batal" | "batalkan" | "cancel" => Keyword::Cancel,
        "stop" | "berhenti" | "unsubscribe" | "jangan kirim" => Keyword::Stop,
        "mulai" | "start" => Keyword::Start,
        "bantuan" | "cs" | "help" | "agent" => Keyword::Office,
        "status" => Keyword::Status(None),
        "daftar" | "register" => Keyword::Register(None),
        "ubah" | "change" => Keyword::Change,
        "data saya" | "my data" => Keyword::Data,
        "tagihan" | "invoice" | "bills" => Keyword::Bills,
        "english" => Keyword::Speak(Locale::En),
        "indonesia" | "bahasa indonesia" => Keyword::Speak(Locale::Id),
        _ => return None,
    })
}

/// What a typed message answers of what was offered last: by its number, its title, or its stars.
pub fn answer(text: &str, offered: &[Tap]) -> Option<Tap> {
    let shown = visible(text);
    let plain = plain(&shown);
    if let Ok(number) = plain.parse::<usize>() {
        return numbered(number, offered);
    }
    let stars = shown.chars().filter(|c| *c == '⭐').count();
    if stars > 0 && plain.is_empty() {
        return offered.iter().copied().find(|tap| has_stars(*tap, stars));
    }
    offered
        .iter()
        .copied()
        .find(|tap| titles(tap).contains(&plain.as_str()))
}

/// Whether it only greets, or begins to ask: there is nothing in it yet.
pub fn greets(text: &str) -> bool {
    let plain = plain(&visible(text));
    !plain.is_empty() && plain.split(' ').all(|word| GREETINGS.contains(&word))
}

/// So many stars, said by number alone or drawn.
pub fn stars(text: &str) -> Option<Stars> {
    let shown = visible(text);
    let plain = plain(&shown);
    let drawn = shown.chars().filter(|c| *c == '⭐').count();
    let count = if plain.is_empty() {
        drawn
    } else {
        plain.parse().ok()?
    };
    Stars::try_from(u8::try_from(count).ok()?).ok()
}

/// Letters and digits in small, with single spaces.
fn plain(text: &str) -> String {
    let spaced: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What follows one of the words at the beginning, if something that is no letter separates them.
fn tail<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let text = text.trim_start_matches([' ', '\n']).trim_end();
    words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        let apart = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        (head.eq_ignore_ascii_case(word) && apart).then(|| rest.trim_start_matches(' '))
    })
}

fn numbered(number: usize, offered: &[Tap]) -> Option<Tap> {
    if offered.iter().any(|tap| matches!(tap, Tap::Stars { .. })) {
        // A four is four stars, not the fourth row.
        return offered.iter().copied().find(|tap| has_stars(*tap, number));
    }
    offered.get(number.checked_sub(1)?).copied()
}

fn has_stars(tap: Tap, count: usize) -> bool {
    matches!(tap, Tap::Stars { stars, .. } if usize::from(stars.count()) == count)
}

/// What is typed for a button, in both languages, as [`plain`] writes it. The first ones are its titles.
fn titles(tap: &Tap) -> &'static [&'static str] {
    match tap {
        Tap::Menu => &["menu"],
        Tap::Report => &["lapor masalah", "report a problem", "lapor", "report"],
        Tap::Status => &["status tiket", "ticket status", "status"],
        Tap::Invoice => &["tagihan", "invoices", "invoice", "bills"],
        Tap::Data => &["data saya", "my data"],
        Tap::Office => &["bicara dengan cs", "talk to us", "cs"],
        Tap::Stop => &["berhenti pesan", "stop messages"],
        Tap::Start => &["mulai lagi", "start again"],
        Tap::Register => &["daftar sekarang", "register now", "daftar"],
        Tap::Change => &["ubah data", "change my data", "ubah"],
        Tap::Cancel => &["batal", "cancel"],
        Tap::Read { .. } => &["lanjutkan", "read the answer"],
        Tap::Prove { .. } => &["kirim bukti transfer", "send proof", "kirim bukti"],
        Tap::Rate { .. } => &["beri nilai", "rate us"],
        Tap::Stars { stars, .. } => match stars.count() {
            5 => &["sangat puas", "very good"],
            4 => &["puas", "good"],
            3 => &["cukup", "fair"],
            2 => &["kurang", "poor"],
            _ => &["sangat kurang", "very poor"],
        },
        Tap::Answer { answer, .. } => match answer {
            Answer::Agree => &["setuju", "i agree", "agree", "ya", "yes", "ok", "oke"],
            Answer::Refuse => &["tidak setuju", "i do not agree", "tidak", "no"],
            Answer::UseName => &["pakai nama ini", "use this name", "ya", "yes"],
            Answer::OtherName => &["nama lain", "another name"],
            Answer::OwnPhone => &["ya nomor ini", "yes this number", "ya", "yes", "benar"],
            Answer::OtherPhone => &["nomor lain", "another number"],
            Answer::Save => &["simpan", "save", "ya", "yes", "benar"],
            Answer::Fix => &["perbaiki", "correct it"],
            Answer::FixName => &["nama", "name"],
            Answer::FixAddress => &["alamat", "address"],
            Answer::FixPhone => &["nomor hp", "phone number", "hp", "phone"],
            Answer::Continue => &["lanjutkan", "continue", "ya", "yes"],
            Answer::Restart => &["mulai ulang", "start over"],
            Answer::Send => &["kirim laporan", "send the report", "kirim", "send", "ya", "yes"],
            Answer::AddPhotos => &["tambah foto", "add photos"],
        },
    }
}
