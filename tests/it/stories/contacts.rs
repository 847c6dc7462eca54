//! Whoever writes on WhatsApp is one person, by whatever names the service gives at the moment.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::arrival::{Arrival, Said, Who};
use domain::phone::Phone;
use tanggap::app::contacts::{Way, address};
use tanggap::app::conversation::arrived;
use tanggap::store::contacts::Kind;

use crate::harness::{Phone as Device, Setup, World, story};

const SITI: &str = "6281234567801";
const SITI_ID: &str = "ID.1502000000000001";

fn who(phone: Option<&str>, user: Option<&str>) -> Who {
    Who {
        phone: phone.map(|phone| Phone::vouched(phone).expect("a phone")),
        user_id: user.map(str::to_owned),
        parent_id: None,
        name: Some("Siti".to_owned()),
    }
}

fn says(id: &str, who: Who, at: DateTime<Utc>, said: Said) -> Arrival {
    Arrival {
        external_id: id.to_owned(),
        who,
        sent_at: at,
        received_at: at,
        forwarded: false,
        reply_to: None,
        said,
    }
}

async fn writes(world: &World, id: &str, who: Who, at: DateTime<Utc>) {
    // A reaction is a message like any other, and is answered by nothing.
    let arrival = says(id, who, at, Said::Gesture);
    arrived(&world.running.app, arrival).await.expect("handled");
}

/// The admin, with Telegram.
pub(crate) async fn rina(world: &World) -> Device {
    let device = world.phone(900, "Rina", true).await;
    let me = world.admin.get("auth/me").await.expect(200);
    let path = format!("users/{}", me["id"].as_str().expect("an id"));
    let form = serde_json::json!({ "telegram_id": 900, "version": me["version"] });
    world.admin.patch(&path, form).await.expect(200);
    device
}

async fn customer(world: &World, name: &str, phone: &str) -> serde_json::Value {
    let form = serde_json::json!({ "name": name, "address": "Jl. Melati 5, Bekasi", "phone": phone });
    world.admin.post("customers", form).await.expect(201)
}

story!(
    one_person_is_one_chat_whether_the_phone_is_shown_or_not, Setup::unreached(), world => {
        let now = world.clock.now();
        writes(&world, "wamid.1", who(Some(SITI), Some(SITI_ID)), now).await;
        let id = world.owner_of(Kind::Phone, "+6281234567801").await.expect("known by phone");
        writes(&world, "wamid.2", who(None, Some(SITI_ID)), now + TimeDelta::seconds(5)).await;
        writes(&world, "wamid.3", who(Some(SITI), None), now + TimeDelta::seconds(3)).await;
        assert_eq!(world.owner_of(Kind::User, SITI_ID).await, Some(id));
        let siti = world.contact(id).await;
        assert_eq!(siti.last_inbound_at, Some(now + TimeDelta::seconds(5)), "never backwards");
        assert_eq!(siti.profile_name.as_deref(), Some("Siti"));

        // The same message again, now under another name: nothing happens.
        writes(&world, "wamid.3", who(Some("6281299999999"), None), now).await;
        assert_eq!(world.owner_of(Kind::Phone, "+6281299999999").await, None);

        // A new number: the person stays who she was, and is written to there.
        let new = who(Some("6281234567999"), Some("ID.1502000000000002"));
        let renamed = says("wamid.4", who(Some(SITI), Some(SITI_ID)), now, Said::Renamed(new));
        arrived(&world.running.app, renamed).await.expect("handled");
        assert_eq!(world.owner_of(Kind::Phone, "+6281234567999").await, Some(id));
        assert_eq!(world.owner_of(Kind::Phone, "+6281234567801").await, None, "a former number");
        let way = address(&world.running.app.db, id).await.expect("a look").expect("an address").way;
        assert_eq!(way, Some(Way::Phone("+6281234567999".to_owned())));
    }
);

story!(
    messages_at_the_same_moment_make_one_chat, Setup::unreached(), world => {
        let now = world.clock.now();
        let ids = ["wamid.a", "wamid.b", "wamid.c", "wamid.d", "wamid.e", "wamid.f"];
        let all = ids.map(|id| writes(&world, id, who(Some(SITI), Some(SITI_ID)), now));
        futures::future::join_all(all).await;
        let id = world.owner_of(Kind::Phone, "+6281234567801").await.expect("known");
        assert_eq!(world.owner_of(Kind::User, SITI_ID).await, Some(id));
    }
);

story!(
    a_customer_of_the_office_is_written_to_and_recognised_when_she_writes, Setup::unreached(), world => {
        let now = world.clock.now();
        let siti = customer(&world, "Siti Aminah", SITI).await;
        let made = world.told_on(&siti).await.expect("a chat of the typed phone");
        assert_eq!(world.told_on(&siti).await.expect("the same").id, made.id);
        assert_eq!(made.last_inbound_at, None);

        // She has a user name and shows no phone: nobody we know. With a message that shows both, we do.
        writes(&world, "wamid.1", who(None, Some(SITI_ID)), now).await;
        let unknown = world.owner_of(Kind::User, SITI_ID).await.expect("a chat");
        assert_eq!(world.contact(unknown).await.customer, None);
        writes(&world, "wamid.2", who(Some(SITI), Some(SITI_ID)), now).await;
        let known = world.owner_of(Kind::User, SITI_ID).await.expect("a chat");
        assert_eq!(world.owner_of(Kind::Phone, "+6281234567801").await, Some(known));
        let chat = world.contact(known).await;
        assert_eq!(chat.customer.map(|id| id.to_string()).as_deref(), siti["id"].as_str());
        assert_eq!(chat.last_inbound_at, Some(now), "both were hers");

        // Erased, nobody knows her by any name.
        let path = format!("customers/{}?erase=true", siti["id"].as_str().expect("an id"));
        world.admin.delete(&path).await.expect(204);
        assert_eq!(world.owner_of(Kind::Phone, "+6281234567801").await, None);
        assert_eq!(world.contact(known).await.profile_name, None);
    }
);

story!(
    two_customers_who_are_one_person_stay_apart_and_the_admins_hear_of_it_once, Setup::unreached(), world => {
        let now = world.clock.now();
        let rina = rina(&world).await;
        let (siti, sri) = (
            customer(&world, "Siti Aminah", SITI).await,
            customer(&world, "Sri Wahyuni", "6281234567802").await,
        );
        let both = [(1, &siti, SITI, SITI_ID), (2, &sri, "6281234567802", "ID.2")];
        for (n, customer, phone, user) in both {
            world.told_on(customer).await.expect("a chat");
            writes(&world, &format!("wamid.{n}"), who(Some(phone), Some(user)), now).await;
        }
        for n in 3..5 {
            writes(&world, &format!("wamid.{n}"), who(Some(SITI), Some("ID.2")), now).await;
        }
        let by_phone = world.owner_of(Kind::Phone, "+6281234567801").await.expect("Siti");
        assert_ne!(world.owner_of(Kind::User, "ID.2").await, Some(by_phone));
        rina.sees("Sri Wahyuni").await;
        world.drained().await;
        assert_eq!(rina.count("orang yang sama").await, 1);
    }
);
