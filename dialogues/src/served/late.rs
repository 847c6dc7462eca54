//! What comes long after it was sent: nobody goes on as if it had just been said.

use chrono::{DateTime, Utc};

use crate::customer::Customer;
use crate::say::Say;
use crate::served::{Chat, Turn};

impl Chat {
    /// Something comes only now. Whoever sent it hears so once for all that was on its way by then; what is being
    /// asked, and may be answered by number, stays as it was.
    pub fn came_late(mut self, sent_at: DateTime<Utc>, at: DateTime<Utc>) -> Turn {
        let is_said = self.late_at.is_some_and(|said| said >= sent_at);
        let mut say = Vec::new();
        if !is_said {
            self.late_at = Some(at);
            say.push(Say::text(Customer::CameLate));
        }
        Turn { chat: self, say }
    }
}
