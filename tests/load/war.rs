//! `cargo bench --bench war`: how fast a war is decided and told, beside a bare handler of the same work.
//!
//! Runs the service as a process of its own on PostgreSQL and on SQLite, plays Telegram's webhook over
//! a hundred connections, and prints what it measured. `-- broadcast` measures offers to a thousand
//! technicians against the simulator's flood control instead.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod bare;
mod bot_api;
mod broadcast;
mod company;
mod database;
mod figures;
mod panel;
mod race;
mod service;
mod storm;
mod tap;
mod usage;
mod wire;

use std::process::Command;

const HELP: &str = "\
cargo bench --bench war -- [MODE] [--runs N] [--only postgres|sqlite]
  war        10,000 taps on 50 tickets over 100 connections, then 1,000 taps a second (default)
  broadcast  offers to 1,000 technicians against the simulator's flood control
  panel      a page of a list of 100,000 tickets, and a change on another process's board";

fn main() {
    // `cargo bench` adds --bench, and --test when it only wants to see that it starts.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match words[..] {
        ["--test", ..] => {}
        ["--help" | "-h", ..] => println!("{HELP}"),
        // What the benchmark starts itself: the yardstick as a process of its own.
        ["bare", url, address, first, users, tickets] => {
            let number = |text: &str| text.parse().expect("a number");
            let address = address.parse().expect("an address");
            runtime.block_on(bare::serve(
                url,
                address,
                number(first),
                number(users),
                number(tickets),
            ));
        }
        _ if database::postgres_lent().is_some() => runtime.block_on(measure(&words)),
        // Without a PostgreSQL at hand: once more, beside one.
        _ => {
            let servers = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers");
            let program = std::env::current_exe().expect("this program");
            let status = Command::new(servers)
                .arg(program)
                .args(&arguments)
                .status()
                .expect("tests/servers");
            std::process::exit(status.code().unwrap_or(1));
        }
    }
}

async fn measure(words: &[&str]) {
    let value = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at + 1).copied()
    };
    let only = value("--only");
    let runs = value("--runs").map_or(3, |runs| runs.parse().expect("--runs takes a number"));
    if words.contains(&"broadcast") {
        broadcast::measure(only).await;
    } else if words.contains(&"panel") {
        panel::measure(only).await;
    } else {
        race::measure(only, runs).await;
    }
}
