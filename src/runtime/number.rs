//! The demo's number on WhatsApp: what the product is told of it, and the customers who write to it.

use std::net::SocketAddr;

use crate::app::App;
use crate::app::customers;
use crate::app::page::Cut;
use crate::config::Config;
use crate::runtime::StartError;
use crate::simulator::{NewCustomer, Simulator, SimulatorError, WhatsappOptions};
use crate::store::customers::Filter;
use crate::whatsapp;

/// What the simulated service repeats when the webhook is set.
const VERIFY: &str = "demo-verify-word";
/// Someone who is no customer yet: name and phone.
const STRANGER: (&str, &str) = ("Ratna Dewi", "6285712345678");

/// The number that the simulator serves; its secrets open nothing else.
pub(crate) fn configure(config: &mut Config, sim: SocketAddr) {
    let number = WhatsappOptions::default();
    let settings = &mut config.whatsapp;
    settings.api_url = format!("http://{sim}");
    settings.phone_number_id = number.phone_number_id;
    settings.business_account_id = number.business_account_id;
    settings.access_token = Some(number.access_token.into());
    settings.app_secret = Some(number.app_secret.into());
    settings.verify_token = Some(VERIFY.into());
}

/// Gives every customer a phone, and a stranger one, has the templates approved, and lets the product hear of what
/// they write. Only the first customer's phone and the stranger's lie open on the page.
pub(crate) async fn open(app: &App, simulator: &Simulator, panel: SocketAddr) -> Result<(), StartError> {
    let known = customers::list(app, &Filter::default(), Cut::first(50))
        .await
        .map_err(StartError::Seed)?
        .data;
    let people = phones(
        known
            .into_iter()
            .filter_map(|customer| Some((customer.name, customer.phone?))),
    );
    let ready = async {
        simulator.add_customers(&people)?;
        for definition in whatsapp::templates::definitions() {
            simulator.submit_template(&definition.body)?;
        }
        let url = format!("http://{panel}{}", whatsapp::PATH);
        simulator.hear_customers(&url, VERIFY).await
    };
    ready
        .await
        .map_err(|error: SimulatorError| StartError::Simulator(error))
}

/// A phone for the stranger and for each of these, by name and number. The stranger may have registered in an earlier
/// run: she has one phone all the same.
fn phones(known: impl IntoIterator<Item = (String, String)>) -> Vec<NewCustomer> {
    let mut people = vec![NewCustomer {
        id: 1,
        name: STRANGER.0.to_owned(),
        phone: STRANGER.1.to_owned(),
        ..NewCustomer::default()
    }];
    for (name, phone) in known {
        if digits(&phone).eq(STRANGER.1.chars()) {
            continue;
        }
        let id = i64::try_from(people.len()).unwrap_or_default() + 1;
        people.push(NewCustomer {
            id,
            name,
            phone,
            folded: id > 2,
            ..NewCustomer::default()
        });
    }
    people
}

fn digits(phone: &str) -> impl Iterator<Item = char> {
    phone.chars().filter(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use crate::runtime::number::phones;

    #[test]
    fn the_stranger_has_one_phone_also_when_she_has_registered() {
        let known = [
            ("Siti", "+6281200000001"),
            ("Ratna Dewi", "+6285712345678"),
            ("Budi", "+6281200000002"),
        ];
        let people = phones(known.map(|(name, phone)| (name.to_owned(), phone.to_owned())));
        let told: Vec<(i64, &str)> = people.iter().map(|one| (one.id, one.name.as_str())).collect();
        assert_eq!(told, [(1, "Ratna Dewi"), (2, "Siti"), (3, "Budi")]);
    }
}
