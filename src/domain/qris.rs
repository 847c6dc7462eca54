//! QRIS, the Indonesian payment code: the merchant's static text becomes one that asks for an exact amount.
//!
//! The text is a row of data objects: two digits of a tag, two of a length, the value (EMVCo, "QR Code
//! Specification for Payment Systems, Merchant-Presented Mode"). Its last object is a checksum over all before it.

use crc::{CRC_16_IBM_3740, Crc};

use crate::money::Rupiah;

/// EMVCo's CRC: polynomial 1021, beginning with FFFF.
const CHECKSUM: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

/// Tags of the specification, section 4.7.
const FORMAT: &str = "00";
const INITIATION: &str = "01";
const CATEGORY: &str = "52";
const CURRENCY: &str = "53";
const AMOUNT: &str = "54";
const TIP: &str = "55";
const TIP_FIXED: &str = "56";
const TIP_SHARE: &str = "57";
const COUNTRY: &str = "58";
const NAME: &str = "59";
const CITY: &str = "60";
const CHECK: &str = "63";

/// Rupiah in ISO 4217, and Indonesia in ISO 3166-1.
const RUPIAH: &str = "360";
const INDONESIA: &str = "ID";

/// A merchant's static QRIS text that was found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qris {
    objects: Vec<(String, String)>,
}

/// Why a text is no QRIS that we can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrisFault {
    /// A length points behind the end, or something is no digit where one belongs.
    #[error("it is no row of tags, lengths and values")]
    Broken,
    #[error("its checksum does not match: a letter is missing or wrong")]
    Checksum,
    /// A needed part is missing; with its tag.
    #[error("part {0} is missing")]
    Missing(&'static str),
    #[error("it is not for rupiah")]
    Currency,
    #[error("it is not an Indonesian merchant's")]
    Country,
    /// It already asks for an amount: it was made for one purchase.
    #[error("it is a code for one purchase, not the merchant's static code")]
    NotStatic,
    #[error("the amount cannot be written into a code")]
    Amount,
}

impl Qris {
    /// Reads a merchant's static text.
    pub fn parse(text: &str) -> Result<Self, QrisFault> {
        let text = text.trim();
        if !text.is_ascii() {
            return Err(QrisFault::Broken);
        }
        let objects = objects(text)?;
        if !matches!(objects.last(), Some((tag, value)) if tag == CHECK && value.len() == 4) {
            return Err(QrisFault::Missing(CHECK));
        }
        let (before, given) = text.split_at(text.len() - 4);
        if !given.eq_ignore_ascii_case(&checksum(before)) {
            return Err(QrisFault::Checksum);
        }
        let qris = Self { objects };
        qris.check()?;
        Ok(qris)
    }

    fn check(&self) -> Result<(), QrisFault> {
        for tag in [FORMAT, CATEGORY, CURRENCY, COUNTRY, NAME, CITY] {
            if self.value(tag).is_none_or(str::is_empty) {
                return Err(QrisFault::Missing(tag));
            }
        }
        if self
            .objects
            .first()
            .is_none_or(|(tag, value)| tag != FORMAT || value != "01")
        {
            return Err(QrisFault::Missing(FORMAT));
        }
        // Whose account it is: any of the tags that are kept for merchant accounts.
        let is_account = |tag: &str| matches!(tag.parse::<u8>(), Ok(2..=51));
        if !self.objects.iter().any(|(tag, _)| is_account(tag)) {
            return Err(QrisFault::Missing("26"));
        }
        if self.value(CURRENCY) != Some(RUPIAH) {
            return Err(QrisFault::Currency);
        }
        if self.value(COUNTRY) != Some(INDONESIA) {
            return Err(QrisFault::Country);
        }
        if self.value(INITIATION) == Some("12") || self.value(AMOUNT).is_some() {
            return Err(QrisFault::NotStatic);
        }
        Ok(())
    }

    fn value(&self, tag: &str) -> Option<&str> {
        let object = self.objects.iter().find(|(own, _)| own == tag);
        object.map(|(_, value)| value.as_str())
    }

    /// Whose code it is, as a bank shows it to whoever pays.
    pub fn merchant(&self) -> &str {
        self.value(NAME).unwrap_or_default()
    }

    /// The merchant's static text, as it was read.
    pub fn text(&self) -> String {
        let parts = self
            .objects
            .iter()
            .map(|(tag, value)| format!("{tag}{:02}{value}", value.len()));
        parts.collect()
    }

    /// The text that asks for exactly this amount, once.
    pub fn asking(&self, amount: Rupiah) -> Result<String, QrisFault> {
        let figures = amount.0.to_string();
        // Thirteen characters are the most that an amount may take (EMVCo, 4.7.3).
        if amount.0 <= 0 || figures.len() > 13 {
            return Err(QrisFault::Amount);
        }
        let mut kept: Vec<(String, String)> = self
            .objects
            .iter()
            // What whoever pays could add is no part of an invoice.
            .filter(|(tag, _)| ![INITIATION, TIP, TIP_FIXED, TIP_SHARE, CHECK].contains(&tag.as_str()))
            .cloned()
            .collect();
        kept.insert(1, (INITIATION.to_owned(), "12".to_owned()));
        let behind = kept.iter().position(|(tag, _)| tag.as_str() > AMOUNT);
        kept.insert(behind.unwrap_or(kept.len()), (AMOUNT.to_owned(), figures));
        let written = kept
            .iter()
            .map(|(tag, value)| [tag.clone(), format!("{:02}", value.len()), value.clone()].concat());
        let mut text = written.collect::<Vec<_>>().concat();
        text.push_str("6304");
        let sum = checksum(&text);
        text.push_str(&sum);
        Ok(text)
    }
}

fn objects(text: &str) -> Result<Vec<(String, String)>, QrisFault> {
    let mut objects = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (tag, behind) = rest.split_at_checked(2).ok_or(QrisFault::Broken)?;
        let (length, behind) = behind.split_at_checked(2).ok_or(QrisFault::Broken)?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(tag) || !digits(length) {
            return Err(QrisFault::Broken);
        }
        let length = length.parse().map_err(|_| QrisFault::Broken)?;
        let (value, behind) = behind.split_at_checked(length).ok_or(QrisFault::Broken)?;
        if objects.iter().any(|(own, _)| own == tag) {
            return Err(QrisFault::Broken);
        }
        objects.push((tag.to_owned(), value.to_owned()));
        rest = behind;
    }
    Ok(objects)
}

/// Four capital hexadecimal digits over everything before them, their own tag and length included.
fn checksum(text: &str) -> String {
    format!("{:04X}", CHECKSUM.checksum(text.as_bytes()))
}
