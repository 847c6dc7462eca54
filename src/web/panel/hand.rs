//! A technician as someone to give a job to: how much of the day is taken, and what stands in the way.

/// Why a technician cannot take the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    QuotaFull,
    OffDuty,
    NotLinked,
    Unreachable,
    Excluded,
}

impl Hindrance {
    /// The text key of the reason.
    pub const fn label(self) -> &'static str {
        match self {
            Self::QuotaFull => "hand-full",
            Self::OffDuty => "hand-off-duty",
            Self::NotLinked => "hand-not-linked",
            Self::Unreachable => "hand-unreachable",
            Self::Excluded => "hand-excluded",
        }
    }
}

/// How much of a day is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    pub used: i32,
    pub quota: i32,
}

impl Load {
    /// The part that is taken, 0 to 100.
    pub fn percent(self) -> i32 {
        match self.quota {
            ..=0 => 100,
            quota => (self.used.clamp(0, quota)) * 100 / quota,
        }
    }

    /// The tint of its bar: `full`, `tight` in the last quarter, or nothing.
    pub fn tone(self) -> &'static str {
        match self.percent() {
            100.. => "full",
            76.. => "tight",
            _ => "",
        }
    }
}

/// A technician and his day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    pub id: String,
    pub name: String,
    pub load: Load,
    /// Off duty is said but does not hinder a planned visit; a full quota does.
    pub hindrance: Option<Hindrance>,
}
