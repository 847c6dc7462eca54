//! The law of the house: who may name whom, where each thing lives, how long a file may be.

mod locales;
mod samples;
mod source;

use crate::source::{
    Source, has_word, is_rust, modules_declared, named_paths, read_sources, without_comments_and_texts,
};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Who may name whom; a room may always name itself. `domain` and `dialogues` are crates.
const MAY_NAME: [(&str, &[&str]); 16] = [
    ("clock", &[]),
    ("telemetry", &[]),
    ("config", &["domain"]),
    ("store", &["domain", "config"]),
    ("files", &["domain", "config"]),
    ("cluster", &["domain", "config"]),
    (
        "app",
        &[
            "domain",
            "dialogues",
            "config",
            "clock",
            "store",
            "files",
            "cluster",
        ],
    ),
    (
        "delivery",
        &[
            "domain",
            "dialogues",
            "config",
            "clock",
            "cluster",
            "files",
            "store::inbox",
            "store::outbox",
            "app::conversation",
        ],
    ),
    ("telegram", &["domain", "dialogues", "config", "delivery"]),
    ("whatsapp", &["domain", "dialogues", "config", "delivery"]),
    ("web", &["domain", "config", "clock", "app"]),
    ("jobs", &["domain", "config", "clock", "cluster", "app"]),
    ("simulator", &["config"]),
    ("runtime", &["*"]),
    ("lib", &["*"]),
    ("main", &["*"]),
];

/// Names that have one home: what is named, and the beginnings of the paths where it may be.
const HOMES: [(&str, &[&str]); 28] = [
    ("sea_orm", &["src/store/"]),
    ("sqlx", &["src/store/"]),
    ("sea_orm_migration", &["migrations/", "src/store/"]),
    ("migrations", &["src/store/", "src/runtime", "src/main.rs"]),
    ("teloxide", &["src/telegram/"]),
    ("dptree", &["src/telegram/"]),
    (
        "axum",
        &[
            "src/web/",
            "src/telegram/intake",
            "src/whatsapp/intake",
            "src/simulator/",
            "src/runtime",
        ],
    ),
    ("axum_extra", &["src/web/"]),
    ("askama", &["src/web/", "src/simulator/"]),
    ("argon2", &["src/web/session"]),
    ("redis", &["src/cluster/redis"]),
    ("object_store", &["src/files/"]),
    ("image", &["src/files/", "src/simulator/picture"]),
    ("fast_qr", &["src/files/code.rs"]),
    ("krilla", &["src/files/pdf/"]),
    ("rustybuzz", &["src/files/pdf/"]),
    ("infer", &["src/files/"]),
    ("zip", &["src/web/panel/export"]),
    // The simulator calls webhooks, as the services do; the demo's people press start over HTTP.
    (
        "reqwest",
        &["src/whatsapp/", "src/telegram/", "src/simulator/", "src/runtime/"],
    ),
    ("metrics_exporter_prometheus", &["src/telemetry.rs"]),
    ("tracing_subscriber", &["src/telemetry.rs"]),
    ("Utc::now", &["src/clock.rs"]),
    ("Local::now", &[]),
    ("SystemTime::now", &["src/clock.rs"]),
    ("env::var", &["src/config/mod.rs", "src/telemetry.rs"]),
    ("env::vars", &["src/config/mod.rs"]),
    ("tokio::spawn", &["src/runtime"]),
    ("task::spawn", &["src/runtime"]),
];

/// What the pure crates may not name: `domain` and `dialogues` take time, ids and facts as arguments.
const IMPURE: [&str; 9] = [
    "async", "tokio", "rand", "fs", "net", "env", "process", "thread", "Instant",
];

const NO_NAMES: [&str; 9] = [
    "utils", "util", "helpers", "helper", "common", "types", "manager", "managers", "misc",
];

const MOST_LINES: usize = 450;

/// A rule that is broken, and where.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Breach {
    path: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

#[test]
fn the_house_keeps_its_law() {
    let sources = read_sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(sources.len() > 50, "the sources were not found");
    let breaches = broken_laws(&sources);
    let told: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "{} breaches of the law:\n{}",
        told.len(),
        told.join("\n")
    );
}

fn broken_laws(sources: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| is_rust(&source.path)) {
        let code = without_comments_and_texts(&source.text);
        let tell = |line: usize, rule: String| Breach {
            path: source.path.clone(),
            line,
            rule,
        };
        found.extend(
            check_form(source, &code)
                .into_iter()
                .map(|(line, rule)| tell(line, rule)),
        );
        let own = modules_declared(&code);
        let arrows = named_paths(&code)
            .into_iter()
            .filter(|(_, named)| !own.contains(&named[0]));
        found.extend(arrows.filter_map(|(line, named)| Some(tell(line, breach_of(&source.path, &named)?))));
    }
    found.extend(unreachable_files(sources));
    found.extend(check_code_map(sources));
    found.sort();
    found.dedup();
    found
}

/// Length, first line, name, and words that are not written here.
fn check_form(source: &Source, code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines = source.text.lines().count();
    if lines > MOST_LINES {
        found.push((lines, format!("a file has at most {MOST_LINES} lines")));
    }
    if !source.text.starts_with("//! ") {
        found.push((1, "a file opens with one `//!` sentence".to_owned()));
    }
    for part in source
        .path
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| NO_NAMES.contains(part))
    {
        found.push((1, format!("`{part}` says nothing: name the noun")));
    }
    for (number, line) in (1..).zip(code.lines()) {
        let packed: String = line.split_whitespace().collect();
        if has_word(line, "super") && packed.contains("super::") {
            found.push((number, "write `crate::`, never `super::`".to_owned()));
        }
        if packed.contains("#[allow(") || packed.contains("#![allow(") {
            found.push((
                number,
                "write `#[expect(…, reason = …)]`, never `#[allow]`".to_owned(),
            ));
        }
        if packed.starts_with("pubuse") && packed.ends_with("::*;") {
            found.push((number, "a `pub use …::*` hides what is public".to_owned()));
        }
        if packed.contains("#[ignore") {
            found.push((number, "a test that is not run shows nothing".to_owned()));
        }
        if packed.contains("#[path=") {
            found.push((number, "a module is where its name says".to_owned()));
        }
    }
    found
}

/// The rule that a file at `path` breaks by naming `named`, if it does.
fn breach_of(path: &str, named: &[String]) -> Option<String> {
    let whole = named.join("::");
    if path.starts_with("src/domain/") || path.starts_with("dialogues/") {
        let word = IMPURE.iter().find(|word| named.iter().any(|part| part == *word));
        let crates = ["tanggap", "migrations", "sea_orm", "teloxide", "axum", "reqwest"];
        let ours = named
            .first()
            .is_some_and(|first| crates.contains(&first.as_str()));
        let up = path.starts_with("src/domain/") && named.first().is_some_and(|first| first == "dialogues");
        return (word.is_some() || ours || up).then(|| format!("a pure crate does not name `{whole}`"));
    }
    if !path.starts_with("src/") {
        return None;
    }
    let is_home = |homes: &[&str]| homes.iter().any(|home| path.starts_with(home));
    for (name, homes) in HOMES {
        let parts: Vec<&str> = name.split("::").collect();
        let named_here = if let [one] = parts[..] {
            named[0] == one
        } else {
            ends_like(named, &parts)
        };
        if named_here && !is_home(homes) {
            return Some(format!("`{name}` lives in {}, not here", homes.join(", ")));
        }
    }
    let room = path
        .strip_prefix("src/")?
        .split('/')
        .next()?
        .trim_end_matches(".rs");
    let target = match named {
        [first, rest @ ..] if first == "crate" => rest.first().map(|second| (second, rest)),
        [first, ..] if first == "domain" || first == "dialogues" => Some((first, named)),
        _ => None,
    };
    let (target, from) = target?;
    if target == room {
        return None;
    }
    let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == room) else {
        return Some(format!("the room `{room}` is not on the map"));
    };
    let two = from
        .iter()
        .take(2)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("::");
    let fine = allowed
        .iter()
        .any(|name| *name == "*" || name == target || *name == two);
    (!fine).then(|| format!("`{room}` may not name `{two}`"))
}

/// Whether a path ends with `parts`, where the last may be a method or function name.
fn ends_like(named: &[String], parts: &[&str]) -> bool {
    named
        .windows(parts.len())
        .any(|window| window.iter().zip(parts).all(|(have, want)| have == want))
}

/// Every Rust file that no `mod` leads to.
fn unreachable_files(sources: &[Source]) -> Vec<Breach> {
    let known: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let mut reached = BTreeSet::new();
    let mut ways: Vec<(String, bool)> = roots(sources).into_iter().map(|root| (root, true)).collect();
    while let Some((path, is_root)) = ways.pop() {
        let Some(source) = sources.iter().find(|source| source.path == path) else {
            continue;
        };
        if !reached.insert(path.clone()) {
            continue;
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let below = if is_root || file == "mod.rs" {
            folder.to_owned()
        } else {
            path.trim_end_matches(".rs").to_owned()
        };
        for name in modules_declared(&without_comments_and_texts(&source.text)) {
            for candidate in [format!("{below}/{name}.rs"), format!("{below}/{name}/mod.rs")] {
                if known.contains(candidate.as_str()) {
                    ways.push((candidate, false));
                }
            }
        }
    }
    let left = known
        .into_iter()
        .filter(|path| is_rust(path) && !reached.contains(*path));
    left.map(|path| Breach {
        path: path.to_owned(),
        line: 1,
        rule: "no `mod` leads here".to_owned(),
    })
    .collect()
}

/// Where the compiler begins: each package's `src/lib.rs` and `src/main.rs`, and every `.rs` that a
/// manifest names.
fn roots(sources: &[Source]) -> Vec<String> {
    let mut roots = Vec::new();
    for manifest in sources
        .iter()
        .filter(|source| source.path.ends_with("Cargo.toml"))
    {
        let folder = manifest.path.trim_end_matches("Cargo.toml");
        roots.extend(["src/lib.rs", "src/main.rs"].map(|file| format!("{folder}{file}")));
        let named = manifest
            .text
            .lines()
            .filter_map(|line| line.split_once('=')?.1.trim().strip_prefix('"'));
        let files = named
            .filter_map(|value| value.split('"').next())
            .filter(|value| is_rust(value));
        roots.extend(files.map(|file| format!("{folder}{file}")));
    }
    roots
}

/// The map and the land agree: every path that ARCHITECTURE.md names exists, every room is named.
fn check_code_map(sources: &[Source]) -> Vec<Breach> {
    const MAP: &str = "ARCHITECTURE.md";
    let tell = |line, rule| Breach {
        path: MAP.to_owned(),
        line,
        rule,
    };
    let Some(map) = sources.iter().find(|source| source.path == MAP) else {
        return vec![tell(1, "there is no map of the code".to_owned())];
    };
    let exists = |path: &str| {
        let folder = format!("{}/", path.trim_end_matches('/'));
        sources
            .iter()
            .any(|source| source.path == path || source.path.starts_with(&folder))
    };
    let is_place = |word: &str| {
        let first = word.split('/').next().unwrap_or_default();
        word.contains('/') && ["src", "dialogues", "migrations", "tests", "locales", ".ci"].contains(&first)
    };
    let mut found = Vec::new();
    for (number, line) in (1..).zip(map.text.lines()) {
        let marked = line.split('`').skip(1).step_by(2);
        let plain = marked.filter(|word| is_place(word) && !word.contains(['{', '*', ' ', '<']));
        let gone = plain.filter(|word| !exists(word));
        found.extend(gone.map(|word| tell(number, format!("`{word}` is on the map and not there"))));
    }
    let rooms = sources
        .iter()
        .filter_map(|source| source.path.strip_prefix("src/")?.split_once('/'));
    for room in rooms.map(|(room, _)| room).collect::<BTreeSet<_>>() {
        if !map.text.contains(&format!("`src/{room}/`")) {
            found.push(tell(1, format!("`src/{room}/` is there and not on the map")));
        }
    }
    found
}
