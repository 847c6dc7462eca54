//! The page's files: all are there, say everything in both languages, and need nothing from elsewhere.

use std::collections::BTreeSet;

use crate::simulator::tests::{Bench, lenient};

const SCRIPTS: [&str; 14] = [
    "app", "customer", "dialogs", "dom", "letter", "media", "message", "pane", "play", "rich", "share",
    "tale", "visit", "words",
];

async fn text(bench: &Bench, path: &str) -> String {
    let answer = bench
        .http
        .get(format!("{}{path}", bench.base))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert!(answer.headers().contains_key("content-security-policy"));
    answer.text().await.unwrap()
}

/// The keys of one language's block in `words.js`.
fn keys(words: &str, language: &str) -> BTreeSet<String> {
    let block = words
        .split(&format!("const {language} = {{"))
        .nth(1)
        .unwrap()
        .split("\n};")
        .next()
        .unwrap();
    block
        .lines()
        .filter_map(|line| line.split_once(": \"").map(|(key, _)| key.trim().to_owned()))
        .collect()
}

#[tokio::test]
async fn every_file_is_served_and_none_comes_from_elsewhere() {
    let bench = Bench::new(lenient()).await;
    let page = text(&bench, "/sim").await;
    let css = text(&bench, "/sim/page.css").await;
    assert!(page.contains("DEMO") && page.contains("/sim/page.css") && page.contains("/sim/app.js"));
    assert!(!page.contains("style=\""), "the policy forbids it");
    for file in [page, css] {
        assert!(!file.contains("https://") && !file.contains("//cdn"));
    }
    for script in SCRIPTS {
        let code = text(&bench, &format!("/sim/{script}.js")).await;
        for import in code.split("from \"./").skip(1) {
            let name = import.split(".js\"").next().unwrap();
            assert!(SCRIPTS.contains(&name), "{script} wants {name}");
        }
    }
    let missing = bench
        .http
        .get(format!("{}/sim/other.js", bench.base))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn no_office_takes_part_unless_one_is_named() {
    let bench = Bench::new(lenient()).await;
    let bot = bench.http.get(format!("{}/sim/api/bot", bench.base));
    let bot: serde_json::Value = bot.send().await.unwrap().json().await.unwrap();
    assert_eq!(bot["office"], false);
    let deed = bench
        .http
        .post(format!("{}/sim/api/office/ticket", bench.base))
        .json(&serde_json::json!({ "name": "Siti" }));
    assert_eq!(deed.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn both_languages_say_everything_that_the_page_asks_for() {
    let bench = Bench::new(lenient()).await;
    let words = text(&bench, "/sim/words.js").await;
    let (id, en) = (keys(&words, "id"), keys(&words, "en"));
    assert_eq!(id, en);
    for script in SCRIPTS {
        let code = text(&bench, &format!("/sim/{script}.js")).await;
        for (at, _) in code.match_indices("t(\"") {
            // `get(` and `post(` end in the same letters.
            if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '.') {
                continue;
            }
            let key = code[at + 3..].split('"').next().unwrap();
            assert!(id.contains(key), "{script}.js asks for {key}");
        }
    }
}
