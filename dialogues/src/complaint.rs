//! What somebody tells before anyone knows him: kept until there is a customer to report it.

use domain::request::{PHOTOS, told};
use serde::{Deserialize, Serialize};

use crate::heard::Media;
use crate::keyword;

/// A problem that was told before there was a customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Media>,
}

impl Complaint {
    /// What somebody says first, if it is more than a greeting.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut new = Self::default();
        new.add(text);
        new.text.is_some().then_some(new)
    }

    /// Whatever is said of it later stands below; whoever greets says nothing of it.
    pub(crate) fn add(&mut self, text: &str) {
        if keyword::greets(text) {
            return;
        }
        let whole = match &self.text {
            Some(before) if before.contains(text.trim()) => return,
            Some(before) => format!("{before}\n{text}"),
            None => text.to_owned(),
        };
        if let Some(whole) = told(&whole) {
            self.text = Some(whole);
        }
    }

    /// With what was said after it.
    pub(crate) fn and(mut self, later: Self) -> Self {
        if let Some(text) = &later.text {
            self.add(text);
        }
        let left = PHOTOS.saturating_sub(self.photos.len());
        self.photos.extend(later.photos.into_iter().take(left));
        self
    }
}
