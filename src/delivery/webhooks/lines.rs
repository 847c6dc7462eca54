//! Whose events are whose: those of one person are handled one after the other, and nobody else waits for them.

use std::collections::HashMap;

use crate::delivery::webhooks::Event;

/// An event, and the number of its body in the batch.
pub(crate) type Numbered = (usize, Event);

/// Events by person, each person's in order: whatever shares a name is one person's.
pub(crate) fn lines(events: Vec<Numbered>) -> Vec<Vec<Numbered>> {
    let mut lines: Vec<Vec<(usize, Numbered)>> = Vec::new();
    let mut of_name: HashMap<String, usize> = HashMap::new();
    for (place, event) in events.into_iter().enumerate() {
        let mut found: Vec<usize> = event
            .1
            .names
            .iter()
            .filter_map(|name| of_name.get(name).copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        let line = found.first().copied().unwrap_or_else(|| {
            lines.push(Vec::new());
            lines.len() - 1
        });
        for other in found.into_iter().skip(1) {
            let joined = std::mem::take(&mut lines[other]);
            lines[line].extend(joined);
            for known in of_name.values_mut().filter(|known| **known == other) {
                *known = line;
            }
        }
        for name in &event.1.names {
            of_name.insert(name.clone(), line);
        }
        lines[line].push((place, event));
    }
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|mut line| {
            line.sort_by_key(|(place, _)| *place);
            line.into_iter().map(|(_, event)| event).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::delivery::webhooks::lines::lines;
    use crate::delivery::webhooks::{Event, What};

    fn event(id: &str, names: &[&str]) -> (usize, Event) {
        let event = Event {
            external_id: id.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            raw: String::new().into(),
            what: What::Unreadable(String::new()),
        };
        (0, event)
    }

    fn told(events: Vec<(usize, Event)>) -> Vec<Vec<String>> {
        let ids = |line: Vec<(usize, Event)>| line.into_iter().map(|(_, event)| event.external_id).collect();
        lines(events).into_iter().map(ids).collect()
    }

    #[test]
    fn whoever_shares_a_name_is_one_person_and_nobody_else_waits_for_him() {
        let events = vec![
            event("1", &["ID.1"]),
            event("2", &["+62812"]),
            event("3", &["ID.2", "+62813"]),
            event("4", &["ID.1"]),
            // Only now it is seen that the first two are one.
            event("5", &["ID.1", "+62812"]),
            event("6", &["+62812"]),
            event("7", &[]),
        ];
        assert_eq!(
            told(events),
            [vec!["1", "2", "4", "5", "6"], vec!["3"], vec!["7"]]
        );
    }
}
