//! Whom a body speaks of: found for each message by the names that both tell.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::whatsapp::payload::{Message, News, Person};

/// The people of one value.
pub(crate) struct People {
    /// As they stand there; one that cannot be read has no names.
    all: Vec<Person>,
    by_name: HashMap<String, usize>,
    /// The value tells of one event only: whom it speaks of is whose it is.
    alone: bool,
}

impl People {
    pub(crate) fn new(contacts: &[Value], alone: bool) -> Self {
        let read = |value| Person::deserialize(value).unwrap_or_default();
        let all: Vec<Person> = contacts.iter().map(read).collect();
        let mut by_name = HashMap::new();
        for (at, person) in all.iter().enumerate() {
            for name in [&person.wa_id, &person.user_id].into_iter().flatten() {
                by_name.entry(name.clone()).or_insert(at);
            }
        }
        Self { all, by_name, alone }
    }

    /// Who wrote, with his place among the people.
    pub(crate) fn author(&self, message: &Message) -> Option<(usize, &Person)> {
        // Some providers put the id where the phone belongs.
        self.find(message.from.as_deref(), message.from_user_id.as_deref())
    }

    /// Whom a message of ours went to, with his place among the people.
    pub(crate) fn recipient(&self, status: &News) -> Option<(usize, &Person)> {
        let phone = status.recipient_id.as_deref();
        self.find(phone, status.recipient_user_id.as_deref())
    }

    /// Whoever bears one of these names. The only person of a value may be another than whom an event is about: of
    /// him it must be told by name, or nobody else can be meant.
    fn find(&self, phone: Option<&str>, user: Option<&str>) -> Option<(usize, &Person)> {
        let given = |name: Option<&str>| name.filter(|name| !name.is_empty()).map(str::to_owned);
        let (phone, user) = (given(phone), given(user));
        let named = [&user, &phone].into_iter().flatten();
        let by_name = named.into_iter().find_map(|name| self.by_name.get(name)).copied();
        let only = || {
            let [one] = &self.all[..] else { return None };
            let differs =
                |his: &Option<String>, told: &Option<String>| his.is_some() && told.is_some() && his != told;
            let nobody = phone.is_none() && user.is_none();
            let fits = self.alone && !differs(&one.wa_id, &phone) && !differs(&one.user_id, &user);
            (nobody || fits).then_some(0)
        };
        let at = by_name.or_else(only)?;
        self.all.get(at).map(|person| (at, person))
    }
}
