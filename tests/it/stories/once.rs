//! Calls made again with their `Idempotency-Key`.

use reqwest::Method;
use serde_json::{Value, json};
use tanggap::store;

use crate::harness::story;

story!(
    /// Created, changed and deleted once, and answered alike, with the place of what was created.
    the_same_call_answers_the_same, world => {
        let form = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        let first = world.admin.post_once("users", "u-1", form.clone()).await;
        let again = world.admin.post_once("users", "u-1", form.clone()).await;
        assert_eq!(first.headers["location"], again.headers["location"]);
        assert_eq!(again.headers["content-type"], "application/json");
        assert_eq!(first.expect(201), again.expect(201));
        let mut other = form.clone();
        other["password"] = json!("sandi lain 1");
        assert_eq!(world.admin.post_once("users", "u-1", other).await.problem(422), "idempotency-mismatch");
        assert_eq!(world.admin.post_once("customers", "u-1", form.clone()).await.problem(422), "idempotency-mismatch");
        let taken = world.admin.post_once("users", "u-2", form).await;
        assert_eq!(taken.problem(422), "invalid", "another key is another call");

        let (customer, _) = world.basics().await;
        let path = format!("customers/{}", customer["id"].as_str().expect("an id"));
        let key = [("idempotency-key", "p-1")];
        let change = json!({ "name": "Bapak Hartono Jaya", "version": customer["version"] });
        let first = world.admin.send(Method::PATCH, &path, Some(change.clone()), &key).await.expect(200);
        let again = world.admin.send(Method::PATCH, &path, Some(change), &key).await.expect(200);
        assert_eq!(first, again, "the second is not stale");
        for key in [[("idempotency-key", "d-1")]; 2] {
            let done = world.admin.send(Method::DELETE, &path, None, &key).await;
            assert_eq!((done.status.as_u16(), done.body), (204, json!("")));
        }
        let erase = format!("{path}?erase=true");
        let erase = world.admin.send(Method::DELETE, &erase, None, &[("idempotency-key", "d-1")]);
        assert_eq!(erase.await.problem(422), "idempotency-mismatch");
    }
);

story!(
    /// Many at once with one key: one is done, and all hear of it alike, even when it could be done only once.
    many_at_once_are_one, world => {
        let form = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        let calls = (0..8).map(|_| world.admin.post_once("users", "same", form.clone()));
        let answers = futures::future::join_all(calls).await;
        let id = answers[0].body["id"].clone();
        for answer in answers {
            assert_eq!(answer.expect(201)["id"], id);
        }
        let users = world.admin.get("users?role=sales").await.expect(200);
        assert_eq!(users["data"].as_array().map(Vec::len), Some(1));
    }
);

story!(
    /// What failed is not kept; keys belong to their person; a key must be one.
    keys_are_keys, world => {
        let wrong = json!({ "name": "S", "base_price": 1 });
        assert_eq!(world.admin.post_once("services", "k", wrong).await.problem(422), "invalid");
        let right = json!({ "name": "Servis", "base_price": 1 });
        world.admin.post_once("services", "k", right.clone()).await.expect(201);
        let form = json!({ "username": "agus", "name": "Agus", "role": "admin", "password": "sandi awal 1" });
        world.admin.post("users", form).await.expect(201);
        let agus = world.admin.sign_in("agus", "sandi awal 1").await;
        let change = json!({ "current": "sandi awal 1", "new": "sandi baru 12" });
        for _ in 0..2 {
            let changed = agus.post_once("auth/password", "p", change.clone()).await;
            assert_eq!(changed.status.as_u16(), 204, "{}", changed.body);
        }
        agus.post_once("services", "k", json!({ "name": "Servis Agus", "base_price": 2 })).await.expect(201);
        let long = "x".repeat(256);
        for key in ["", " ", "a b", "k\u{e9}", long.as_str()] {
            let answer = world.admin.post_once("services", key, right.clone()).await;
            assert_eq!(answer.body["errors"][0]["field"], "Idempotency-Key", "{key:?}");
            assert_eq!(answer.problem(422), "invalid");
        }
        world.admin.post_once("services", &"x".repeat(255), right).await.expect(201);
    }
);

story!(
    /// A secret is given out once; neither it nor a password can be read in what is kept.
    secrets_are_not_kept, world => {
        let form = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        let user = world.admin.post_once("users", "u", form).await.expect(201);
        let path = format!("users/{}", user["id"].as_str().expect("an id"));
        let reset = world.admin.post_once(&format!("{path}/password"), "r", json!({})).await.expect(200);
        let password = reset["password"].as_str().expect("a password").to_owned();
        let again = world.admin.post_once(&format!("{path}/password"), "r", json!({})).await;
        assert_eq!(again.problem(409), "conflict");
        world.admin.sign_in("maya", &password).await;
        let invite = world.admin.post_once(&format!("{path}/invite"), "i", json!({})).await.expect(200);
        let link = invite["link"].as_str().expect("a link").to_owned();
        let again = world.admin.post_once(&format!("{path}/invite"), "i", json!({})).await;
        assert_eq!(again.problem(409), "conflict");

        let me = world.admin.get("auth/me").await.expect(200);
        let me = me["id"].as_str().expect("an id").parse().expect("an id");
        let db = &world.running.app.db;
        for (key, secret) in [("u", "sandi awal 1"), ("r", password.as_str()), ("i", link.as_str())] {
            let kept = store::idempotency::find(db, me, key).await.expect("read").expect("kept");
            assert!(!format!("{kept:?}").contains(secret), "{kept:?}");
            if key != "u" {
                assert_eq!(kept.body, None);
            }
        }
        let kept = store::idempotency::find(db, me, "u").await.expect("read").expect("kept");
        assert!(kept.fingerprint.starts_with("$argon2id$"), "a password can be guessed from a fast hash: {kept:?}");
        assert!(kept.body.is_some_and(|body| serde_json::from_str::<Value>(&body).is_ok()));
    }
);
