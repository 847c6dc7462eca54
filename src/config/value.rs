//! How the text of a setting becomes a value, or a sentence that says what was expected.

use chrono::{NaiveTime, Timelike};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serializer, de::Error};
use std::net::SocketAddr;
use url::Url;

pub(crate) fn socket_address<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(from)?;
    let wrong = || {
        Error::custom(format!(
            "expects an address and port such as 127.0.0.1:8080, not {text:?}"
        ))
    };
    text.parse().map_err(|_| wrong())
}

pub(crate) fn between<'de, D: Deserializer<'de>, const LOW: u32, const HIGH: u32>(
    from: D,
) -> Result<u32, D::Error> {
    let number = i64::deserialize(from)?;
    let wrong = || {
        Error::custom(format!(
            "expects a whole number from {LOW} to {HIGH}, not {number}"
        ))
    };
    let number = u32::try_from(number).map_err(|_| wrong())?;
    if (LOW..=HIGH).contains(&number) {
        Ok(number)
    } else {
        Err(wrong())
    }
}

/// A zone under its name.
pub(crate) mod zone {
    use domain::calendar::Zone;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field over like this"
    )]
    pub(crate) fn serialize<S: Serializer>(zone: &Zone, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(zone.0.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Zone, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|_| Error::custom(format!("expects a zone such as Asia/Jakarta, not {text:?}")))
    }
}

/// A time of day such as `08:00`.
pub(crate) mod time {
    use crate::config::value::{clock_text, clock_time};
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field over like this"
    )]
    pub(crate) fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&clock_text(*time))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(from)?;
        clock_time(&text).ok_or_else(|| Error::custom(format!("expects a time such as 08:00, not {text:?}")))
    }
}

/// Writes `08:00`, or `08:00:30` where there are seconds.
pub(crate) fn clock_text(time: NaiveTime) -> String {
    let pattern = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.format(pattern).to_string()
}

/// Reads `08:00` or `08:00:00`.
pub(crate) fn clock_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    time.ok()
}

/// The longest line, in letters: what fits on a letter and in a message.
pub(crate) const LINE: usize = 200;

/// One line of text, or nothing.
pub(crate) fn line<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if is_line(&text) {
        Ok(text)
    } else {
        Err(Error::custom(not_a_line()))
    }
}

/// One line of text, and something in it.
pub(crate) fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = line(from)?;
    if text.trim().is_empty() {
        Err(Error::custom("must not be empty"))
    } else {
        Ok(text)
    }
}

/// Lines of text, as many as one may want.
pub(crate) fn lines<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let lines = Vec::<String>::deserialize(from)?;
    if lines.iter().all(|text| is_line(text)) {
        Ok(lines)
    } else {
        Err(Error::custom(not_a_line()))
    }
}

fn is_line(text: &str) -> bool {
    text.chars().count() <= LINE && !text.chars().any(char::is_control)
}

fn not_a_line() -> String {
    format!("expects a text of one line and at most {LINE} letters")
}

/// A text; none is nothing.
#[expect(clippy::ref_option, reason = "serde hands the field over like this")]
pub(crate) fn text_if_any<S: Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(text.as_deref().unwrap_or_default())
}

/// A secret, never shown; nothing is none. A stray space or line break is refused, because it
/// is what a careless copy brings along and no secret has one.
pub(crate) fn secret_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::custom("has a space or line break in it"));
    }
    Ok(Some(text.into()))
}

/// A web address without a slash at its end.
pub(crate) fn base_url<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    base_url_if_any(from)?.ok_or_else(|| Error::custom("must not be empty"))
}

/// A web address without a slash at its end; nothing is none.
pub(crate) fn base_url_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let url = Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    match url {
        Some(url) if url.password().is_none() && url.username().is_empty() => {
            Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
        }
        Some(_) => Err(Error::custom(
            "expects an address without a name and password in it",
        )),
        None => Err(Error::custom(format!(
            "expects an address such as https://tanggap.example.com, not {text:?}"
        ))),
    }
}

/// The password in an address, as it is written there.
pub(crate) fn password(address: &str) -> Option<String> {
    Url::parse(address).ok()?.password().map(ToOwned::to_owned)
}
