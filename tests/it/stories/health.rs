//! Whether the process lives, can work, and what it has counted.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tanggap::web::State;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::harness::{Setup, World, story};

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = world.http.get(format!("{}{path}", world.admin.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a body"))
}

story!(
    /// Alive and ready, with the version; counters for this machine only.
    a_process_that_works_says_so, world => {
        for (path, status) in [("/healthz", "ok"), ("/readyz", "ready")] {
            let (code, body) = get(&world, path, &[]).await;
            let body: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!((code, &body["status"], &body["reasons"]), (200, &json!(status), &json!([])));
            assert_eq!(body["version"], env!("CARGO_PKG_VERSION"));
        }
        assert_eq!(get(&world, "/metrics", &[]).await.0, 200);
        let proxied = get(&world, "/metrics", &[("x-forwarded-for", "203.0.113.9")]).await;
        assert_eq!(proxied.0, 404, "whom a proxy serves is not this machine");
    }
);

story!(
    /// With a token, the counters are for who knows it.
    counters_for_who_knows_the_token,
    Setup { adjust: |config| config.server.metrics_token = Some("angka-rahasia".into()), ..Setup::default() },
    world => {
        assert_eq!(get(&world, "/metrics", &[]).await.0, 401);
        assert_eq!(get(&world, "/metrics", &[("authorization", "Bearer angka-rahasi")]).await.0, 401);
        let (code, text) = get(&world, "/metrics", &[("authorization", "Bearer angka-rahasia")]).await;
        assert_eq!(code, 200, "{text}");
    }
);

story!(
    /// A process of which a role broke takes no more work.
    a_process_that_lost_a_role_is_not_ready, world => {
        let state = State::new(world.running.app.clone(), CancellationToken::new(), String::new);
        let broken = state.broken.clone();
        let routes = tanggap::web::routes(state);
        for status in [200, 503] {
            let request = Request::get("/readyz").body(Body::empty()).expect("a request");
            let answer = routes.clone().oneshot(request).await.expect("an answer");
            assert_eq!(answer.status(), status);
            broken.cancel();
        }
    }
);
