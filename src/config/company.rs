//! Who runs the field work: names, money, hours, language.

use crate::config::hours::Hours;
use crate::config::value;
use domain::calendar::Zone;
use domain::person::Locale;
use domain::qris::Qris;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Section `company`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    #[serde(deserialize_with = "value::name")]
    pub name: String,
    /// Stands in the numbers of letters.
    #[serde(deserialize_with = "code")]
    pub code: String,
    #[serde(deserialize_with = "value::line")]
    pub address: String,
    #[serde(deserialize_with = "value::line")]
    pub phone: String,
    /// The zone of quotas, dates and recaps.
    #[serde(with = "value::zone")]
    pub timezone: Zone,
    /// The language of whoever has not chosen one.
    pub locale: Locale,
    /// Whether PPN is charged.
    pub vat_registered: bool,
    #[serde(deserialize_with = "value::line")]
    pub tax_id: String,
    /// Where customers pay to, one line each.
    #[serde(deserialize_with = "value::lines")]
    pub bank_accounts: Vec<String>,
    /// The static QRIS code, if the company has one.
    #[serde(deserialize_with = "qris_if_any", serialize_with = "text_of_qris")]
    pub qris: Option<Qris>,
    /// When the office answers; none: always.
    #[serde(deserialize_with = "Hours::if_any", serialize_with = "Hours::text_if_any")]
    pub cs_hours: Option<Hours>,
    /// When nothing is pushed to customers; none: never.
    #[serde(deserialize_with = "Hours::if_any", serialize_with = "Hours::text_if_any")]
    pub quiet_hours: Option<Hours>,
    #[serde(
        deserialize_with = "value::base_url_if_any",
        serialize_with = "value::text_if_any"
    )]
    pub privacy_url: Option<String>,
}

fn qris_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Qris>, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = Qris::parse(&text).map(Some);
    read.map_err(|why| {
        Error::custom(format!(
            "expects the text of the company's static QRIS code: {why}"
        ))
    })
}

#[expect(clippy::ref_option, reason = "serde hands the field over like this")]
fn text_of_qris<S: Serializer>(qris: &Option<Qris>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&qris.as_ref().map(Qris::text).unwrap_or_default())
}

fn code<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let code = String::deserialize(from)?;
    if (2..=8).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Ok(code);
    }
    Err(Error::custom(format!(
        "expects two to eight capitals such as TGP, not {code:?}"
    )))
}
