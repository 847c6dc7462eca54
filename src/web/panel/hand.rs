//! A technician as someone to give a job to: how much of the day is taken, and what stands in the way.

use crate::app::quota;

/// What is to be known about a technician before a job is given to him.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// No place is left: he cannot take it.
    QuotaFull,
    /// He is off duty today: he can be given it all the same.
    OffDuty,
}

impl Remark {
    /// The text key of the remark.
    pub const fn label(self) -> &'static str {
        match self {
            Self::QuotaFull => "hand-full",
            Self::OffDuty => "hand-off-duty",
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
    pub remark: Option<Remark>,
}

impl Hand {
    /// Of a date's quota.
    pub fn of(own: quota::Own) -> Self {
        let load = Load {
            used: own.used,
            quota: own.quota,
        };
        let remark = if load.used >= load.quota {
            Some(Remark::QuotaFull)
        } else {
            (!own.on_duty).then_some(Remark::OffDuty)
        };
        Self {
            id: own.id,
            name: own.name,
            load,
            remark,
        }
    }

    /// Whether the job cannot be given to him.
    pub fn is_full(&self) -> bool {
        self.remark == Some(Remark::QuotaFull)
    }
}
