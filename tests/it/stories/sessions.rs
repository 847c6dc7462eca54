//! Tokens: how long they last, and who may try to get one.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use tanggap::app::act::Act;
use tanggap::app::users;
use tanggap::store;

use crate::harness::{Setup, story};

fn frozen() -> Setup {
    Setup {
        frozen: Some("2026-11-22T03:00:00Z"),
        ..Setup::default()
    }
}

story!(
    /// Five failures for a name, then one every three minutes; who exists is never told; a success costs nothing.
    a_guesser_waits, frozen(), world => {
        let door = world.admin.anonymous();
        let wrong = |name: &str| json!({ "username": name, "password": "bukan ini" });
        let right = json!({ "username": "rina", "password": "kata sandi panjang" });
        for _ in 0..12 {
            door.post("auth/login", right.clone()).await.expect(200);
        }
        for name in ["rina", "tidakada"] {
            for _ in 0..5 {
                assert_eq!(door.post("auth/login", wrong(name)).await.problem(401), "unauthenticated");
            }
            let slowed = door.post("auth/login", wrong(name)).await;
            assert_eq!(slowed.headers["retry-after"], "181", "{name}");
            assert_eq!(slowed.problem(429), "too-many-requests");
        }
        let slowed = door.post("auth/login", right.clone()).await;
        assert_eq!(slowed.problem(429), "too-many-requests", "a right guess waits too");
        world.clock.advance(TimeDelta::seconds(181));
        door.post("auth/login", right).await.expect(200);
    }
);

story!(
    /// Twenty failures a minute from one address, whatever the names; the proxy's word counts.
    an_address_waits, frozen(), world => {
        let door = world.admin.anonymous();
        let from = |address: &'static str, name: String| {
            let door = door.clone();
            async move {
                let body = json!({ "username": name, "password": "bukan ini" });
                door.send(Method::POST, "auth/login", Some(body), &[("x-forwarded-for", address)]).await.status.as_u16()
            }
        };
        for n in 0..20 {
            assert_eq!(from("203.0.113.9", format!("nama{n}")).await, 401);
        }
        assert_eq!(from("203.0.113.9", "lain".to_owned()).await, 429);
        assert_eq!(from("1.2.3.4, 203.0.113.9", "lain".to_owned()).await, 429, "what he wrote himself does not count");
        assert_eq!(from("203.0.113.10", "lain".to_owned()).await, 401);
        world.clock.advance(TimeDelta::seconds(4));
        assert_eq!(from("203.0.113.9", "lain".to_owned()).await, 401);
    }
);

story!(
    /// Many guesses at once are compared only as far as they may fail.
    guesses_at_once_are_counted, frozen(), world => {
        let door = world.admin.anonymous();
        let guess = json!({ "username": "rina", "password": "bukan ini" });
        let answers = futures::future::join_all((0..20).map(|_| door.post("auth/login", guess.clone()))).await;
        let compared = answers.iter().filter(|answer| answer.status.as_u16() == 401).count();
        assert!((5..=6).contains(&compared), "{compared} of 20 were compared");
    }
);

story!(
    /// A token ends by itself.
    tokens_expire, frozen(), world => {
        world.clock.advance(TimeDelta::days(29));
        world.admin.get("auth/me").await.expect(200);
        world.clock.advance(TimeDelta::days(2));
        assert_eq!(world.admin.get("auth/me").await.problem(401), "unauthenticated");
        world.leaves_something();
    }
);

/// `kata sandi lama` at costs that nobody would choose today.
const CHEAP: &str =
    "$argon2id$v=19$m=64,t=1,p=1$bUCoknt2HNiKHEgk+HgCuQ$/tOvqR0KqqvkUuX16za0ckO3p36j2IPDTcUYdHCMxy4";

story!(
    /// A hash of other costs is made anew at the next sign-in, and nothing else changes.
    old_hashes_are_renewed, world => {
        let app = &world.running.app;
        let new = users::New {
            username: "lama".to_owned(),
            name: "Lama".to_owned(),
            role: "sales".to_owned(),
            ..users::New::default()
        };
        let (draft, _) = users::check(&new, "kata sandi lama", app.now()).expect("a sound form");
        let hash = users::PasswordHash(CHEAP.to_owned());
        let user = users::create(app, &Act::system(app.now()), draft, hash, false).await.expect("created");
        let signed = world.admin.sign_in("lama", "kata sandi lama").await;
        let kept = store::users::by_username(&app.db, "lama").await.expect("read").expect("there");
        assert!(kept.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.password_hash);
        assert_eq!(kept.version, user.version);
        signed.get("auth/me").await.expect(200);
        world.admin.sign_in("lama", "kata sandi lama").await;
        let again = store::users::by_username(&app.db, "lama").await.expect("read").expect("there");
        assert_eq!(again.password_hash, kept.password_hash, "once is enough");
    }
);
