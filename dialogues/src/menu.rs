//! What a customer may choose from when nothing else is being asked.

use crate::customer::Customer;
use crate::say::Say;
use crate::served::{Person, Scene};
use crate::tap::Tap;
use crate::text::Text;

/// What a customer finds in the menu, in its order.
const ROWS: [Tap; 6] = [
    Tap::Report,
    Tap::Status,
    Tap::Invoice,
    Tap::Data,
    Tap::Office,
    Tap::Stop,
];

/// The menu, with its own words or under others.
pub fn menu(scene: &Scene<'_>) -> Say {
    match &scene.person.customer {
        Some(known) => {
            let name = known.entry.name.clone();
            under(Customer::Menu { name }, scene.person)
        }
        None => {
            let company = scene.office.company.clone();
            under(Customer::Door { company }, scene.person)
        }
    }
}

/// Other words, with the menu under them.
pub fn under(text: Customer, person: &Person) -> Say {
    if person.customer.is_some() {
        return list(text);
    }
    Say::text(text)
        .row(vec![Tap::Register.choice()])
        .row(vec![Tap::Office.choice()])
}

/// Words with a customer's menu under them.
pub fn list(text: impl Into<Text>) -> Say {
    ROWS.into_iter()
        .fold(Say::text(text), |say, tap| say.row(vec![tap.choice()]))
}

/// Words with these taps under them, one a row.
pub(crate) fn asks(text: Customer, taps: &[Tap]) -> Say {
    taps.iter()
        .fold(Say::text(text), |say, tap| say.row(vec![tap.choice()]))
}
