//! Signing in, passwords, sessions, and the admin who is always left.

use serde_json::json;

use crate::harness::story;

story!(
    /// An initial password must be changed before anything else, and ends the other sessions.
    the_first_password_is_changed, world => {
        let form = json!({ "username": "Maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        let user = world.admin.post("users", form).await.expect(201);
        assert_eq!((&user["username"], &user["must_change_password"]), (&json!("maya"), &json!(true)));
        let first = world.admin.sign_in("maya", "sandi awal 1").await;
        let other = world.admin.sign_in("MAYA", "sandi awal 1").await;
        assert_eq!(first.get("services").await.problem(403), "forbidden");
        assert_eq!(first.get("auth/me").await.expect(200)["username"], "maya");
        let wrong = json!({ "current": "salah salah", "new": "sandi baru 12" });
        assert_eq!(first.post("auth/password", wrong).await.problem(422), "invalid");
        let same = json!({ "current": "sandi awal 1", "new": "sandi awal 1" });
        assert_eq!(first.post("auth/password", same).await.problem(422), "invalid");
        let change = json!({ "current": "sandi awal 1", "new": "sandi baru 12" });
        assert_eq!(first.post("auth/password", change).await.status.as_u16(), 204);
        first.get("services").await.expect(200);
        assert_eq!(other.get("auth/me").await.problem(401), "unauthenticated");
        assert_eq!(first.get("users").await.problem(403), "forbidden");
        assert_eq!(first.post("auth/logout", json!({})).await.status.as_u16(), 204);
        assert_eq!(first.get("auth/me").await.problem(401), "unauthenticated");
    }
);

story!(
    /// A reset gives a new password once and ends what was signed in; revoking ends it too.
    resets_and_revocations, world => {
        let form = json!({ "username": "maya", "name": "Maya", "role": "sales", "password": "sandi awal 1" });
        let user = world.admin.post("users", form).await.expect(201);
        let path = format!("users/{}", user["id"].as_str().expect("an id"));
        let signed = world.admin.sign_in("maya", "sandi awal 1").await;
        let reset = world.admin.post(&format!("{path}/password"), json!({})).await.expect(200);
        let password = reset["password"].as_str().expect("a password").to_owned();
        assert_eq!(signed.get("auth/me").await.problem(401), "unauthenticated");
        let signed = world.admin.sign_in("maya", &password).await;
        assert_eq!(signed.get("auth/me").await.expect(200)["must_change_password"], json!(true));
        let revoked = world.admin.post(&format!("{path}/sessions/revoke"), json!({})).await;
        assert_eq!(revoked.status.as_u16(), 204);
        assert_eq!(signed.get("auth/me").await.problem(401), "unauthenticated");
        world.admin.patch(&path, json!({ "active": false })).await.expect(200);
        let body = json!({ "username": "maya", "password": password });
        assert_eq!(world.admin.anonymous().post("auth/login", body).await.problem(401), "unauthenticated");
    }
);

story!(
    /// Failures slow the account down and say for how long; a stranger learns nothing of who exists.
    failures_are_slowed_down, world => {
        let door = world.admin.anonymous();
        let wrong = |name: &str| json!({ "username": name, "password": "bukan ini sandinya" });
        let known = door.post("auth/login", wrong("rina")).await;
        let unknown = door.post("auth/login", wrong("tidakada")).await;
        assert_eq!(known.body["detail"], unknown.body["detail"]);
        assert_eq!((known.problem(401), unknown.problem(401)), ("unauthenticated".into(), "unauthenticated".into()));
        let mut slowed = None;
        for _ in 0..6 {
            let answer = door.post("auth/login", wrong("rina")).await;
            if answer.status.as_u16() == 429 {
                slowed = Some(answer);
                break;
            }
        }
        let slowed = slowed.expect("the account is slowed down");
        let wait: u64 = slowed.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
        assert!((1..=900).contains(&wait), "{wait}");
        assert_eq!(slowed.problem(429), "too-many-requests");
    }
);

story!(
    /// The last active admin can be neither demoted nor deactivated, not even by two at once.
    the_last_admin_stays, world => {
        let rina = world.admin.get("auth/me").await.expect(200);
        let own = format!("users/{}", rina["id"].as_str().expect("an id"));
        assert_eq!(world.admin.patch(&own, json!({ "role": "sales" })).await.problem(409), "conflict");
        assert_eq!(world.admin.patch(&own, json!({ "active": false })).await.problem(409), "conflict");
        let form = json!({ "username": "agus", "name": "Agus", "role": "admin", "password": "sandi awal 1" });
        let agus = world.admin.post("users", form).await.expect(201);
        let other = format!("users/{}", agus["id"].as_str().expect("an id"));
        let (first, second) = tokio::join!(
            world.admin.patch(&own, json!({ "active": false })),
            world.admin.patch(&other, json!({ "active": false })),
        );
        let done = [first.status.as_u16(), second.status.as_u16()].iter().filter(|s| **s == 200).count();
        assert!(done <= 1, "both left: {first:?} {second:?}");
        world.leaves_something();
    }
);
