//! The kill loop: the service dies by `kill -9` at random moments under claims and broadcasts, and
//! everything ends as if nothing had happened. Told to stop by SIGTERM, not even a message comes twice.
//!
//! `KILLS=100 KILL_SEED=7 cargo test --test kill` kills more often, and at the moments of that seed.
#![expect(clippy::print_stderr, reason = "a test says its seed, and what it left out")]

mod bot_api;
mod company;
mod database;
mod history;
mod service;
mod tap;
mod wire;

use crate::bot_api::BotApi;
use crate::company::{ADMIN, Company, PASSWORD, Technician};
use crate::database::{Database, postgres_lent};
use crate::history::{Answer, History};
use crate::service::{Plan, Service};
use crate::tap::{Tap, button, post, told};
use crate::wire::Wire;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const TECHNICIANS: i64 = 20;
/// These can take no more than so many jobs, so that the quota is met as well.
const SMALL_QUOTAS: [usize; 2] = [2, 3];
const FIRST_TELEGRAM_ID: i64 = 600_001;
const TICKETS_A_ROUND: usize = 30;
const TAPS_A_TICKET: usize = 10;
const TAPS_A_SECOND: u32 = 300;
/// What a call of the Bot API takes, so that some are on their way at any moment.
const LATENCY: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_nothing_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::sqlite(folder.path(), "kill");
    survive(folder.path(), &database, End::Killed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_nothing_on_postgres() {
    let Some(server) = postgres_lent() else {
        eprintln!("left out: no TANGGAP_TEST_POSTGRES_URL; ./tests/run has one");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::postgres(&server, "kill").await;
    survive(folder.path(), &database, End::Killed).await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stops_lose_and_repeat_nothing_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::sqlite(folder.path(), "stop");
    survive(folder.path(), &database, End::Stopped).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stops_lose_and_repeat_nothing_on_postgres() {
    let Some(server) = postgres_lent() else {
        eprintln!("left out: no TANGGAP_TEST_POSTGRES_URL; ./tests/run has one");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::postgres(&server, "stop").await;
    survive(folder.path(), &database, End::Stopped).await;
    database.remove().await;
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long and where to look is said by command"
)]
fn said_by_command(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().expect("a whole number"))
}

/// How a process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// `kill -9`.
    Killed,
    /// SIGTERM.
    Stopped,
}

async fn survive(folder: &Path, database: &Database, end: End) {
    let kills = match end {
        End::Killed => said_by_command("KILLS", 10),
        End::Stopped => said_by_command("STOPS", 3),
    };
    let seed = said_by_command("KILL_SEED", 20_261_122);
    eprintln!("{end:?} {kills} times, seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let (bot_api, address) = BotApi::listen(LATENCY).await;
    let plan = Plan::new(folder, database.url.clone(), address);
    plan.prepare(ADMIN, PASSWORD);
    let mut service = Service::start(&plan).await;
    let mut company = Company::open(service.address).await;
    let technicians = company.hire(TECHNICIANS, FIRST_TELEGRAM_ID).await;
    let mut history = History::calm(&mut company, &technicians, plan.address).await;
    for (who, quota) in technicians.iter().zip(SMALL_QUOTAS) {
        history.limit(&mut company, who, quota).await;
    }
    let mut update = 1_000_000;
    for round in 1..=kills {
        // Quotas are for a date: each round has one of its own, as long as there are any.
        let day = round % 300;
        let tickets = company.open_tickets(TICKETS_A_ROUND, day).await;
        // Nobody taps this one: it is only offered, to everyone.
        history.offered_only.extend(company.open_tickets(1, day).await);
        let lanes = taps_by_person(&mut random, &mut update, &technicians, &tickets);
        let storm = storm(&plan, lanes);
        let length = Duration::from_secs(1) * u32::try_from(TICKETS_A_ROUND * TAPS_A_TICKET).expect("few")
            / TAPS_A_SECOND;
        let moment = length.mul_f64(random.random_range(0.05..1.2));
        let (answers, again) = tokio::join!(storm, end_and_start(service, &plan, moment, end));
        service = again;
        eprintln!(
            "round {round}: {end:?} after {} ms, ready again after {} ms",
            moment.as_millis(),
            service.ready_after.as_millis()
        );
        assert!(
            service.ready_after < Duration::from_secs(5),
            "ready again only after {:?}",
            service.ready_after
        );
        // Telegram may deliver once more what was already answered.
        let late: Vec<Tap> = answers
            .iter()
            .filter(|_| random.random_bool(0.2))
            .map(|answer| answer.tap.clone())
            .collect();
        history.answers.extend(answers);
        history.answers.extend(crate::storm(&plan, vec![late]).await);
        history.tickets.extend(tickets);
    }
    // What was on its way when it was killed may come twice.
    let repeats = if end == End::Killed { kills } else { 0 };
    history.judge(&mut company, &bot_api, &technicians, repeats).await;
    drop(service);
}

/// Everyone's taps in the order in which he makes them, with the moment of each.
fn taps_by_person(
    random: &mut StdRng,
    update: &mut i64,
    technicians: &[Technician],
    tickets: &[String],
) -> Vec<Vec<Tap>> {
    let mut pairs: Vec<(&Technician, &String)> = Vec::new();
    for ticket in tickets {
        pairs.extend(
            technicians
                .choose_multiple(random, TAPS_A_TICKET)
                .map(|who| (who, ticket)),
        );
    }
    pairs.shuffle(random);
    let mut lanes = vec![Vec::new(); technicians.len()];
    for (who, ticket) in pairs {
        *update += 1;
        let place = technicians
            .iter()
            .position(|other| other.id == who.id)
            .expect("one of them");
        lanes[place].push(Tap::new(*update, who, ticket, &button(ticket)));
    }
    lanes
}

/// Delivers as Telegram does: one person's taps one after the other, each again and again until it is
/// answered with 200, and never twice at once.
async fn storm(plan: &Plan, lanes: Vec<Vec<Tap>>) -> Vec<Answer> {
    let count = u32::try_from(lanes.len()).expect("few");
    let pace = Duration::from_secs(1) * count / TAPS_A_SECOND;
    let (to, start) = (plan.address, Instant::now());
    let mut running = JoinSet::new();
    for (lane, taps) in (0..).zip(lanes) {
        running.spawn(async move {
            let mut wire = Wire::new(to);
            let mut answers = Vec::new();
            for (number, tap) in (0..).zip(taps) {
                let due = start + pace * number + pace * lane / count;
                tokio::time::sleep_until(due.into()).await;
                let said = deliver(&mut wire, &tap).await;
                answers.push(Answer { tap, said });
            }
            answers
        });
    }
    running.join_all().await.into_iter().flatten().collect()
}

/// Until it is answered. Gives what the reply said, if it said anything.
async fn deliver(wire: &mut Wire, tap: &Tap) -> Option<String> {
    let start = Instant::now();
    loop {
        match post(wire, tap).await {
            Ok(reply) if reply.status == 200 => return told(&reply),
            Ok(reply) => assert!(reply.status >= 500, "a tap was refused with {}", reply.status),
            // It died, or is not there yet.
            Err(_) => {}
        }
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "a tap was not taken within a minute"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn end_and_start(service: Service, plan: &Plan, after: Duration, end: End) -> Service {
    tokio::time::sleep(after).await;
    match end {
        End::Killed => service.kill(),
        End::Stopped => {
            let took = stop(service).await;
            assert!(took < Duration::from_secs(10), "stopping took {took:?}");
        }
    }
    Service::start(plan).await
}

/// SIGTERM: it finishes what is in hand and ends by itself, without an error. Answers how long that took.
async fn stop(mut service: Service) -> Duration {
    let start = Instant::now();
    let told = Command::new("kill")
        .args(["-TERM", &service.child.id().to_string()])
        .status();
    assert!(told.expect("the program kill").success());
    loop {
        if let Some(status) = service.child.try_wait().expect("a status") {
            assert_eq!(status.code(), Some(0), "it ended with {status}");
            return start.elapsed();
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "it does not end after SIGTERM"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
