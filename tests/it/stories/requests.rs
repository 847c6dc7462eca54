//! Requests that cannot be served: each gets a clear problem, and nothing is changed.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{World, story};

/// Sends these bytes as JSON and answers the status and the problem.
async fn raw(world: &World, method: Method, path: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
    let request = world
        .http
        .request(method, format!("{}/api/v1/{path}", world.admin.base))
        .bearer_auth(world.admin.token.as_deref().expect("a token"))
        .header("content-type", "application/json")
        .body(body);
    let response = request.send().await.expect("an answer");
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json",
        "{path}"
    );
    let status = response.status().as_u16();
    let problem: Value = response.json().await.expect("a problem");
    assert_eq!(problem["status"], json!(status));
    assert_eq!(
        problem["instance"],
        json!(format!("/api/v1/{}", path.split('?').next().unwrap_or(path)))
    );
    (status, problem)
}

/// The fields that a problem blames, each with its code.
fn blamed(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().expect("errors");
    errors
        .iter()
        .map(|error| {
            (
                error["field"].as_str().expect("a field"),
                error["code"].as_str().expect("a code"),
            )
        })
        .collect()
}

story!(
    /// Truncated, deep, huge, of the wrong kind, in the wrong encoding: never a 500, never a change.
    bodies_that_cannot_be_read, world => {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let deep_object = format!("{{\"name\":{}1{}}}", "{\"a\":".repeat(200), "}".repeat(200));
        let huge = format!("{{\"name\":\"{}\"}}", "x".repeat(1 << 20));
        let enormous = "x".repeat(20 << 20);
        let cases: [(&[u8], u16, &str); 16] = [
            (enormous.as_bytes(), 413, "too-large"),
            (b"", 400, "malformed"),
            (b"{", 400, "malformed"),
            (b"{\"name\": \"Bu An", 400, "malformed"),
            (b"{\"name\": NaN}", 400, "malformed"),
            (b"{\"latitude\": 1e999}", 400, "malformed"),
            (b"nonsense", 400, "malformed"),
            (b"{\"name\": \"\xff\xfe\"}", 400, "malformed"),
            (b"{\"name\": \"\\ud800\"}", 400, "malformed"),
            (b"{} trailing", 400, "malformed"),
            (deep.as_bytes(), 400, "malformed"),
            (deep_object.as_bytes(), 400, "malformed"),
            (huge.as_bytes(), 413, "too-large"),
            (b"[]", 422, "invalid"),
            (b"\"text\"", 422, "invalid"),
            (b"null", 422, "invalid"),
        ];
        for (body, status, kind) in cases {
            let told = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            let (found, problem) = raw(&world, Method::POST, "customers", body.to_vec()).await;
            assert_eq!((found, problem["type"].as_str()), (status, Some(kind)), "{told}: {problem}");
        }
        assert_eq!(world.admin.get("customers").await.expect(200)["data"], json!([]));
    }
);

story!(
    /// Every field that is wrong is named at once, with a code and words.
    fields_that_are_wrong_are_named, world => {
        let types = r#"{"name": 5, "address": null, "latitude": "x", "withholds_pph23": "ya", "nmae": "x"}"#;
        let (status, problem) = raw(&world, Method::POST, "customers", types).await;
        assert_eq!(status, 422);
        let mut found = blamed(&problem);
        found.sort_unstable();
        let expected = [
            ("address", "required"), ("latitude", "bad-number"), ("name", "bad-value"),
            ("nmae", "unknown"), ("withholds_pph23", "bad-value"),
        ];
        assert_eq!(found, expected, "{problem}");
        let values = r#"{"name": "\u0000\u0007x", "address": "  ", "phone": "12", "latitude": 91, "longitude": 1e308,
            "timezone": "Mars/Base", "notes": "a\u0000b"}"#;
        let (status, problem) = raw(&world, Method::POST, "customers", values).await;
        assert_eq!(status, 422);
        let expected = [
            ("name", "unreadable"), ("address", "required"), ("phone", "bad-phone"), ("latitude", "out-of-range"),
            ("timezone", "bad-value"), ("notes", "unreadable"),
        ];
        assert_eq!(blamed(&problem), expected, "{problem}");
        let numbers = r#"{"name": "Servis", "base_price": 9223372036854775808}"#;
        let (status, problem) = raw(&world, Method::POST, "services", numbers).await;
        assert_eq!((status, blamed(&problem)), (422, vec![("base_price", "bad-number")]), "{problem}");
        let empty = raw(&world, Method::POST, "users", "{}").await;
        let required = ["username", "name", "role", "password"].map(|field| (field, "required"));
        assert_eq!((empty.0, blamed(&empty.1)), (422, required.to_vec()));
        for (text, code) in [("0000-00-00", "bad-date"), ("2026-13-01", "bad-date"), ("+262143-01-01", "bad-date"),
            ("2026-1-1", "bad-date"), ("9999-12-31", "too-far"), ("0001-01-01", "past"), ("\u{0}", "bad-date")] {
            let form = json!({ "customer_id": "1", "service_id": "1", "problem": "AC bocor", "visit_date": text });
            let (status, problem) = raw(&world, Method::POST, "tickets", form.to_string()).await;
            assert_eq!(status, 422);
            assert!(blamed(&problem).contains(&("visit_date", code)), "{text}: {problem}");
        }
        assert_eq!(world.admin.get("customers").await.expect(200)["data"], json!([]));
        assert_eq!(world.admin.get("services").await.expect(200)["data"], json!([]));
    }
);

story!(
    /// Whole numbers may be written as 5.0; null empties a field of a PATCH, and only one that may be empty.
    a_patch_tells_absent_from_null, world => {
        let form = json!({ "name": "Bu Ani", "address": "Jl. Melati 12, Bandung", "phone": "0812 3456 7890",
            "latitude": -6.9, "longitude": 107.6, "notes": "galak" });
        let customer = world.admin.post("customers", form).await.expect(201);
        let path = format!("customers/{}", customer["id"].as_str().expect("an id"));
        let same = world.admin.patch(&path, json!({})).await.expect(200);
        assert_eq!((&same["phone"], &same["notes"]), (&json!("+6281234567890"), &json!("galak")));
        let emptied = json!({ "phone": null, "notes": null, "latitude": null, "longitude": null });
        let emptied = world.admin.patch(&path, emptied).await.expect(200);
        for field in ["phone", "notes", "latitude", "longitude"] {
            assert!(emptied[field].is_null(), "{field}");
        }
        let (status, problem) = raw(&world, Method::PATCH, &path, r#"{"name": null}"#).await;
        assert_eq!((status, blamed(&problem)), (422, vec![("name", "required")]));
        let half = world.admin.patch(&path, json!({ "latitude": 1.0 })).await;
        assert_eq!(half.problem(422), "invalid");
        let version = emptied["version"].as_f64().expect("a version");
        let whole = json!({ "name": "Bu Ani Wati", "version": version }).to_string();
        assert!(whole.contains(".0"), "{whole}");
        let saved = world.admin.patch(&path, serde_json::from_str(&whole).expect("JSON")).await.expect(200);
        assert_eq!(saved["name"], "Bu Ani Wati");
        assert_eq!(world.admin.patch(&path, json!({ "version": version })).await.problem(409), "stale");
    }
);

story!(
    /// Addresses, methods, media and queries that are not known.
    addresses_that_are_not_known, world => {
        for path in ["nope", "users/", "users/abc", "users/0", "users/-1", "users/9223372036854775808",
            "users/%00", "users/%FF", "customers/1%2F2", "tickets/TKT-000001"] {
            assert_eq!(world.admin.get(path).await.problem(404), "not-found", "{path}");
        }
        let wrong = world.admin.send(Method::PUT, "users", Some(json!({})), &[]).await;
        assert_eq!(wrong.headers["allow"], "GET,HEAD,POST");
        assert_eq!(wrong.problem(405), "malformed");
        let url = format!("{}/api/v1/customers", world.admin.base);
        let token = world.admin.token.clone().expect("a token");
        for media in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/xml")] {
            let mut request = world.http.post(&url).bearer_auth(&token).body("{}");
            if let Some(media) = media {
                request = request.header("content-type", media);
            }
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status().as_u16(), 415, "{media:?}");
        }
        let charset = world.http.post(&url).bearer_auth(&token).header("content-type", "application/json; charset=utf-8");
        assert_eq!(charset.body("{}").send().await.expect("an answer").status().as_u16(), 422);
        for query in ["limit=0", "limit=201", "limit=x", "limit=-1", "cursor=", "cursor=x", "cursor=c-1", "lmit=5",
            "cursor=c99999999999999999999", "limit=1&limit=2"] {
            assert_eq!(world.admin.get(&format!("customers?{query}")).await.problem(422), "invalid", "{query}");
        }
        for query in ["status=opened", "date=2026-02-30", "q=x&q=y", &format!("q={}", "x".repeat(101))] {
            assert_eq!(world.admin.get(&format!("tickets?{query}")).await.problem(422), "invalid", "{query}");
        }
        for query in ["q=%00", "q=%25_%5C%27%22%3B--", "customer_id=abc", "technician_id=0", "status=open&status=done"] {
            world.admin.get(&format!("tickets?{query}")).await.expect(200);
        }
        for query in ["from=kemarin", "to=2026-02-30", "from=2026-11-22T25:00:00Z"] {
            assert_eq!(world.admin.get(&format!("audit?{query}")).await.problem(422), "invalid", "{query}");
        }
        for query in ["from=2026-11-22", "to=9999-12-31", "from=2026-11-22T00:00:00%2B07:00", "from=2026-11-22T00:00:00+07:00",
            "from=0000-01-01&to=0001-01-01T00:00:00Z"] {
            world.admin.get(&format!("audit?{query}")).await.expect(200);
        }
    }
);

story!(
    /// The detail is in the caller's language; Indonesian when he names none of ours.
    problems_speak_the_callers_language, world => {
        let cases = [
            (None, "Yang diminta tidak ada."),
            (Some("en"), "There is no such thing."),
            (Some("en-GB,en;q=0.9,id;q=0.8"), "There is no such thing."),
            (Some("fr;q=1.0, id;q=0.4, en;q=0.3"), "Yang diminta tidak ada."),
            (Some("fr, *;q=0.1"), "Yang diminta tidak ada."),
            (Some("en;q=0"), "Yang diminta tidak ada."),
            (Some(";;;q=,,"), "Yang diminta tidak ada."),
        ];
        for (language, detail) in cases {
            let headers: Vec<(&str, &str)> = language.map(|language| ("accept-language", language)).into_iter().collect();
            let answer = world.admin.send(Method::GET, "users/999", None, &headers).await;
            assert_eq!(answer.body["detail"], json!(detail), "{language:?}");
        }
    }
);

story!(
    /// Every answer has a request's id and careful headers; cookies do not open the API.
    every_answer_is_sealed, world => {
        for path in ["users", "nope", "openapi.json"] {
            let answer = world.admin.send(Method::GET, path, None, &[("x-request-id", "abc-1.2")]).await;
            assert_eq!(answer.headers["x-request-id"], "abc-1.2", "{path}");
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        }
        let forged = world.admin.send(Method::GET, "users", None, &[("x-request-id", "a b<>")]).await;
        assert_ne!(forged.headers["x-request-id"], "a b<>");
        let token = world.admin.token.clone().expect("a token");
        for cookie in [format!("sid={token}"), format!("__Host-sid={token}")] {
            let answer = world.admin.anonymous().send(Method::GET, "auth/me", None, &[("cookie", &cookie)]).await;
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
            assert_eq!(answer.problem(401), "unauthenticated");
        }
        for value in ["Bearer", "Bearer ", "Basic abc", "Bearer tgp_x", &format!("Bearer {}", "x".repeat(5000))] {
            let answer = world.admin.anonymous().send(Method::GET, "auth/me", None, &[("authorization", value)]).await;
            assert_eq!(answer.problem(401), "unauthenticated");
        }
    }
);
