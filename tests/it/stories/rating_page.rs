//! The page behind a rating's link: shown to whoever has it, and nothing changes by looking.

use chrono::TimeDelta;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tanggap::app::ratings;

use crate::harness::{Chromium, Setup, World, story};
use crate::stories::reporting::closed;

fn standing() -> Setup {
    Setup {
        frozen: Some("2026-11-23T03:00:00Z"),
        ..Setup::default()
    }
}

/// A ticket that Budi had, closed; answers it and the path of its page.
async fn asked(world: &World) -> (Value, String) {
    let (budi, _) = world.technician(1001, "Budi").await;
    let (customer, _) = world.basics().await;
    let ticket = closed(world, &customer, &budi).await;
    let id = ticket["id"].as_str().expect("an id").parse().expect("an id");
    let rating = ratings::of_ticket(&world.running.app, id).await.expect("a look");
    (ticket, format!("/r/{}", rating.expect("asked for").token))
}

/// Looks at a page as a browser without a cookie, or as a preview of a link.
async fn look(world: &World, path: &str) -> (StatusCode, String) {
    let url = format!("{}{path}", world.admin.base);
    let answer = world.http.get(url).send().await.expect("an answer");
    is_careful(answer.headers());
    (answer.status(), answer.text().await.expect("a page"))
}

/// Sends the page's form; the browser is led back to the page.
async fn send(world: &World, path: &str, form: &[(&str, &str)]) -> (StatusCode, String) {
    let url = format!("{}{path}", world.admin.base);
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    let call = world
        .http
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.finish());
    let answer = call.send().await.expect("an answer");
    is_careful(answer.headers());
    (answer.status(), answer.text().await.expect("a page"))
}

fn is_careful(headers: &HeaderMap) {
    let of = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert_eq!(of("referrer-policy"), "same-origin");
    assert_eq!(of("x-robots-tag"), "noindex, nofollow, noarchive");
    assert_eq!(of("cache-control"), "no-store");
    assert!(of("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
}

async fn rating(world: &World) -> Value {
    let all = world.admin.get("ratings").await.expect(200);
    all["data"][0].clone()
}

story!(
    /// Stars for both, changed within a day, and closed after it; each form shows what was taken.
    stars_are_given_on_the_page_and_changed_for_a_day, standing(), world => {
        let (ticket, page) = asked(&world).await;
        let (status, shown) = look(&world, &page).await;
        assert_eq!(status, 200);
        for words in ["PT Uji Coba", ticket["number"].as_str().expect("a number"), "teknisi Budi", "23 November 2026"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!shown.contains("<script") && !shown.contains(" checked"), "{shown}");
        assert!(!shown.contains("Hartono") && !shown.contains("0812"), "it does not say whose it is");
        let (_, english) = look(&world, &format!("{page}?lang=en")).await;
        assert!(english.contains("How was the work of Budi?"), "{english}");
        for _ in 0..3 {
            look(&world, &page).await;
        }
        assert_eq!(rating(&world).await["technician_stars"], Value::Null, "looking is not voting");

        let form = [("technician_stars", "4"), ("cs_stars", "2"), ("comment", "Datang <b>terlambat</b>")];
        let (status, shown) = send(&world, &page, &form).await;
        assert_eq!(status, 200);
        assert!(shown.contains("Nilai Anda sudah kami terima"), "{shown}");
        assert!(shown.contains("Datang &#60;b&#62;terlambat") && shown.matches(" checked").count() == 2, "{shown}");
        let given = rating(&world).await;
        assert_eq!((&given["technician_stars"], &given["cs_stars"]), (&json!(4), &json!(2)));
        assert_eq!(given["via"], "page");

        world.clock.advance(TimeDelta::hours(23));
        let (status, _) = send(&world, &format!("{page}?lang=en"), &[("technician_stars", "5")]).await;
        assert_eq!(status, 200);
        assert_eq!(rating(&world).await["technician_stars"], 5);
        world.clock.advance(TimeDelta::hours(25));
        let (status, shown) = look(&world, &page).await;
        assert_eq!(status, 200);
        assert!(shown.contains("Penilaian sudah ditutup") && !shown.contains("<form"), "{shown}");
        let (status, _) = send(&world, &page, &[("technician_stars", "1")]).await;
        assert_eq!(status, 409);
        assert_eq!(rating(&world).await["technician_stars"], 5);
    }
);

story!(
    /// Forms that no honest page sends, and links that lead nowhere: told in words, and nothing is kept of them.
    what_is_not_a_rating_is_told_and_not_kept, standing(), world => {
        let (_, page) = asked(&world).await;
        let long = "x".repeat(501);
        let wrong: [&[(&str, &str)]; 4] = [
            &[],
            &[("technician_stars", "6")],
            &[("cs_stars", "0"), ("technician_stars", "3")],
            &[("cs_stars", "5"), ("comment", &long)],
        ];
        for form in wrong {
            let (status, shown) = send(&world, &page, form).await;
            assert_eq!(status, 422, "{form:?}");
            assert!(shown.contains("role=\"alert\""), "{shown}");
        }
        assert_eq!(send(&world, &page, &[("cs_stars", "banyak")]).await.0, 400);
        let elsewhere = world
            .http
            .post(format!("{}{page}", world.admin.base))
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://elsewhere.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("cs_stars=1");
        assert_eq!(elsewhere.send().await.expect("an answer").status(), 403, "another site's form");
        let given = rating(&world).await;
        assert_eq!((&given["technician_stars"], &given["cs_stars"]), (&Value::Null, &Value::Null));

        let mut told = StatusCode::OK;
        for number in 0..40 {
            let (status, shown) = look(&world, &format!("/r/nobody-knows-{number}")).await;
            assert!(status == 404 || status == 429, "{status}");
            assert!(!shown.contains("<form"));
            told = status;
        }
        assert_eq!(told, 429, "guessing is slowed down");
        world.clock.advance(TimeDelta::minutes(5));
        assert_eq!(look(&world, &page).await.0, 200);
    }
);

story!(
    /// Without a script, on a small screen, in light and dark: five stars under a thumb.
    the_page_is_sound_on_a_phone, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (_, page) = asked(&world).await;
            for (width, light) in [(320, "light"), (390, "dark"), (1280, "light")] {
                chromium.screen(width, light).await;
                chromium.go(&page).await;
                chromium.is_sound(&format!("the rating at {width}")).await;
                let small = "[...document.querySelectorAll('.stars label')].filter(one => one.offsetWidth < 44 || one.offsetHeight < 44).length";
                assert_eq!(chromium.is(small).await, 0, "stars too small for a thumb at {width}");
            }
            chromium.click("label[for=technician_stars-4]").await;
            chromium.click("label[for=cs_stars-5]").await;
            chromium.click("button").await;
            chromium.find(".told.good").await;
            assert_eq!(chromium.is("document.querySelectorAll('input:checked').length").await, 2);
            chromium.is_sound("the rating that was given").await;
            chromium.go("/r/nobody-knows-this").await;
            chromium.is_sound("a link to nowhere").await;
            chromium.close().await;
        }
    }
);
