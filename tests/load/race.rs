//! The war: every technician taps every job, and the time until each is told.

use crate::bot_api::{BotApi, number};
use crate::company::{ADMIN, Company, PASSWORD, Technician};
use crate::database::{Database, postgres_lent};
use crate::figures::{Spread, millis, percentile, rate};
use crate::service::{Plan, Service};
use crate::storm::{Heard, storm};
use crate::tap::{Tap, button};
use crate::usage;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::collections::{HashMap, HashSet};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TECHNICIANS: i64 = 200;
const TICKETS: usize = 50;
const CONNECTIONS: usize = 100;
const OPEN_RATE: u32 = 1000;
const FIRST_TELEGRAM_ID: i64 = 500_001;

/// What one contestant did in all runs.
#[derive(Default)]
struct Record {
    taps_a_second: Vec<f64>,
    median: Vec<f64>,
    slowest: Vec<f64>,
    cpu: Vec<f64>,
    open_median: Vec<f64>,
    open_slowest: Vec<f64>,
}

/// Measures on each database (or `only` one), so many runs, the service and the yardstick in turn.
pub(crate) async fn measure(only: Option<&str>, runs: usize) {
    println!(
        "{} taps on {TICKETS} tickets over {CONNECTIONS} connections, {runs} runs each, in turn",
        taps_in_a_run()
    );
    println!("(middle and range of the runs; times in ms; CPU of the server process alone, in µs a tap)");
    let folder = tempfile::tempdir().expect("a folder");
    if only.is_none_or(|only| only == "postgres") {
        let server = postgres_lent().expect("a PostgreSQL");
        let (ours, theirs) = (
            Database::postgres(&server, "war").await,
            Database::postgres(&server, "bare").await,
        );
        compare("PostgreSQL", folder.path(), &ours.url, &theirs.url, runs).await;
        ours.remove().await;
        theirs.remove().await;
    }
    if only.is_none_or(|only| only == "sqlite") {
        let (ours, theirs) = (
            Database::sqlite(folder.path(), "war"),
            Database::sqlite(folder.path(), "bare"),
        );
        compare("SQLite", folder.path(), &ours.url, &theirs.url, runs).await;
    }
}

fn taps_in_a_run() -> usize {
    usize::try_from(TECHNICIANS).expect("few") * TICKETS
}

async fn compare(name: &str, folder: &std::path::Path, ours: &str, theirs: &str, runs: usize) {
    let (bot_api, address) = BotApi::listen(Duration::ZERO).await;
    let plan = Plan::new(folder, ours.to_owned(), address);
    plan.prepare(ADMIN, PASSWORD);
    let service = Service::start(&plan).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (idle, _) = usage::memory(service.child.id());
    let mut company = Company::open(service.address).await;
    let technicians = company.hire(TECHNICIANS, FIRST_TELEGRAM_ID).await;
    let (after_hiring, _) = usage::memory(service.child.id());
    usage::forget_peak(service.child.id());

    let yardstick = Plan::new(folder, theirs.to_owned(), address).address;
    let mut bare = Command::new(std::env::current_exe().expect("this program"));
    let tickets = (TICKETS * 2 * runs).to_string();
    bare.args([
        "bare",
        theirs,
        &yardstick.to_string(),
        &FIRST_TELEGRAM_ID.to_string(),
        &TECHNICIANS.to_string(),
        &tickets,
    ]);
    let bare = Service::ready(bare, yardstick).await;

    let (mut record, mut bare_record) = (Record::default(), Record::default());
    let mut updates = 1..;
    let mut bare_tickets = 1..;
    for _ in 0..runs {
        for open in [None, Some(OPEN_RATE)] {
            let tickets = company.open_tickets(TICKETS, 0).await;
            let jobs = tickets
                .iter()
                .map(|ticket| (ticket.clone(), button(ticket)))
                .collect();
            let taps = Arc::new(shuffled_taps(&mut updates, &technicians, jobs));
            let heard = run(&service, &taps, open, &mut record).await;
            check(&mut company, &bot_api, &technicians, &taps, heard).await;

            let jobs = bare_tickets
                .by_ref()
                .take(TICKETS)
                .map(|id: usize| (id.to_string(), id.to_string()))
                .collect();
            let taps = Arc::new(shuffled_taps(&mut updates, &technicians, jobs));
            run(&bare, &taps, open, &mut bare_record).await;
        }
    }
    let (_, peak) = usage::memory(service.child.id());
    report(name, record, bare_record);
    let (_, bare_peak) = usage::memory(bare.child.id());
    println!(
        "  memory       idle {idle:.0} MB, {after_hiring:.0} MB after {TECHNICIANS} passwords, at most {peak:.0} MB in the war (bare {bare_peak:.0} MB)"
    );
    let calls = bot_api.calls();
    let chats: HashSet<i64> = calls.iter().map(|call| number(&call.params["chat_id"])).collect();
    let edits = calls
        .iter()
        .filter(|call| call.method.starts_with("edit"))
        .count();
    println!(
        "  meanwhile    {} calls of the Bot API in {} chats, {edits} edits",
        calls.len(),
        chats.len()
    );
    println!(
        "  ready        {:.0} ms after the start (bare {:.0} ms, with an empty database to fill)",
        millis(service.ready_after),
        millis(bare.ready_after)
    );
}

/// Each technician's tap on each ticket: ticket after ticket, the people of each in a random order.
fn shuffled_taps(
    updates: &mut impl Iterator<Item = i64>,
    technicians: &[Technician],
    jobs: Vec<(String, String)>,
) -> Vec<Tap> {
    let mut random = StdRng::seed_from_u64(20_261_122);
    let mut taps = Vec::with_capacity(technicians.len() * jobs.len());
    for (ticket, button) in jobs {
        let mut people: Vec<&Technician> = technicians.iter().collect();
        people.shuffle(&mut random);
        taps.extend(
            people
                .into_iter()
                .map(|who| Tap::new(updates.next().expect("endless"), who, &ticket, &button)),
        );
    }
    taps
}

async fn run(service: &Service, taps: &Arc<Vec<Tap>>, open: Option<u32>, record: &mut Record) -> Vec<Heard> {
    let (cpu, start) = (usage::cpu(service.child.id()), Instant::now());
    let heard = storm(service.address, taps, CONNECTIONS, open).await;
    let (took, cpu) = (
        start.elapsed(),
        usage::cpu(service.child.id()).saturating_sub(cpu),
    );
    let mut times: Vec<Duration> = heard.iter().map(|heard| heard.after).collect();
    let (median, slowest) = (
        millis(percentile(&mut times, 500)),
        millis(percentile(&mut times, 990)),
    );
    if open.is_some() {
        record.open_median.push(median);
        record.open_slowest.push(slowest);
    } else {
        record.taps_a_second.push(rate(taps.len(), took));
        record.median.push(median);
        record.slowest.push(slowest);
        record.cpu.push(1e6 / rate(taps.len(), cpu));
    }
    heard
}

/// A run counts only if it was right: one winner for each ticket, everybody told, the others by whom.
async fn check(
    company: &mut Company,
    bot_api: &BotApi,
    technicians: &[Technician],
    taps: &[Tap],
    heard: Vec<Heard>,
) {
    let by_id: HashMap<&str, &Technician> = technicians.iter().map(|who| (who.id.as_str(), who)).collect();
    // An answer may ride in the reply, or be a call of its own.
    let calls = bot_api.calls();
    let called = calls.iter().filter_map(|call| {
        let query = call.params["callback_query_id"].as_str()?;
        Some((query, call.params["text"].as_str().unwrap_or_default()))
    });
    let called: HashMap<&str, &str> = called.collect();
    let mut winners: HashMap<&str, &Technician> = HashMap::new();
    for tap in taps {
        if !winners.contains_key(tap.ticket.as_str()) {
            let ticket = company.ticket(&tap.ticket).await;
            let winner = ticket["technician"]["id"].as_str();
            let winner = winner.unwrap_or_else(|| panic!("nobody won ticket {}", tap.ticket));
            winners.insert(&tap.ticket, by_id[winner]);
        }
    }
    assert_eq!(heard.len(), taps.len(), "a tap was not answered");
    for heard in heard {
        let tap = &taps[heard.tap];
        let said = heard
            .said
            .as_deref()
            .or_else(|| called.get(tap.query.as_str()).copied());
        let said = said.unwrap_or_else(|| panic!("tap {} on {} was not answered", tap.query, tap.ticket));
        let winner = winners[tap.ticket.as_str()];
        let names_winner = said.contains(&winner.name);
        assert_eq!(
            names_winner,
            winner.telegram_id != tap.technician,
            "{} was told: {said}",
            tap.technician
        );
    }
}

fn report(name: &str, ours: Record, theirs: Record) {
    println!(
        "\n{name:<14} {:>26} {:>26} {:>8}",
        "tanggap", "bare axum + sqlx", "ratio"
    );
    let line = |what: &str, ours: Vec<f64>, theirs: Vec<f64>, digits: usize| {
        let (ours, theirs) = (Spread::of(ours), Spread::of(theirs));
        println!(
            "  {what:<12} {:>26} {:>26} {:>8.2}",
            ours.show(digits),
            theirs.show(digits),
            ours.middle / theirs.middle
        );
    };
    line("taps/s", ours.taps_a_second, theirs.taps_a_second, 0);
    line("p50", ours.median, theirs.median, 1);
    line("p99", ours.slowest, theirs.slowest, 1);
    line("CPU a tap", ours.cpu, theirs.cpu, 0);
    line("p50 at 1000/s", ours.open_median, theirs.open_median, 2);
    line("p99 at 1000/s", ours.open_slowest, theirs.open_slowest, 2);
}
