//! How the databases find what the panel's lists and the clocks ask for.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use domain::ids::{TicketId, UserId};
use domain::ticket::Status;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use tanggap::store::{Source, alerts, audit, outbox, tickets};

use crate::harness::{World, story};

/// A database that keeps in mind what it was asked.
struct Ear(DatabaseConnection);

impl Source for Ear {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.0
    }
}

/// What the main lists ask, each with its name.
async fn asked(world: &World) -> Vec<(&'static str, Statement)> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let url = world.config.database.url.expose();
    let mut database = Database::connect(url).await.expect("the database");
    let keep = heard.clone();
    database.set_metric_callback(move |info| keep.lock().expect("a list").push(info.statement.clone()));
    let ear = Ear(database);
    let now = world.clock.now();
    let mut all = Vec::new();
    let mut note = |name| {
        let asked: Vec<Statement> = heard.lock().expect("a list").drain(..).collect();
        assert!(!asked.is_empty(), "{name} asks nothing");
        all.extend(asked.into_iter().map(|statement| (name, statement)));
    };
    let column = tickets::Filter {
        status: vec![Status::Open],
        ..tickets::Filter::default()
    };
    tickets::list(&ear, &column, None, 100).await.expect("read");
    note("a column of the board");
    tickets::counts(&ear, &tickets::Filter::default())
        .await
        .expect("read");
    note("the board's counts");
    tickets::list(&ear, &tickets::Filter::default(), Some(9), 50)
        .await
        .expect("read");
    note("the list of tickets");
    let own = tickets::Filter {
        technician: Some(UserId(1)),
        ..tickets::Filter::default()
    };
    tickets::list(&ear, &own, None, 50).await.expect("read");
    note("a technician's tickets");
    tickets::overdue(&ear, now).await.expect("read");
    note("visits that are overdue");
    tickets::due_between(&ear, now, now + TimeDelta::hours(1))
        .await
        .expect("read");
    note("visits that are due");
    alerts::open(&ear, 20).await.expect("read");
    note("emergencies");
    let failed = outbox::Filter {
        state: Some("failed".to_owned()),
        ticket: None,
    };
    outbox::list(&ear, &failed, None, 50).await.expect("read");
    note("failed messages");
    outbox::failures(&ear).await.expect("read");
    note("how many messages failed");
    outbox::spent(&ear, now, 500).await.expect("read");
    note("what is to be forgotten");
    let of_ticket = outbox::Filter {
        state: None,
        ticket: Some(TicketId(1)),
    };
    outbox::list(&ear, &of_ticket, None, 50).await.expect("read");
    note("a ticket's messages");
    audit::timeline(&ear, TicketId(1)).await.expect("read");
    note("a ticket's story");
    all
}

/// How the database would find it.
async fn plan(world: &World, statement: Statement) -> String {
    let url = world.config.database.url.expose();
    let database = Database::connect(url).await.expect("the database");
    let tx = database.begin().await.expect("begun");
    let (explain, at) = if world.backend.is_sqlite() {
        ("EXPLAIN QUERY PLAN", 3)
    } else {
        // Of tables as small as these all is read at once, unless that is said to be dear.
        tx.execute_unprepared("SET LOCAL enable_seqscan = off")
            .await
            .expect("said");
        ("EXPLAIN", 0)
    };
    let question = Statement {
        sql: format!("{explain} {}", statement.sql),
        ..statement
    };
    let lines = tx.query_all_raw(question).await.expect("a plan");
    let line = |row: &sea_orm::QueryResult| row.try_get_by_index::<String>(at).expect("a line");
    let plan: Vec<String> = lines.iter().map(line).collect();
    tx.rollback().await.expect("nothing was done");
    plan.join("\n")
}

story!(
    /// However many tickets and messages there are, what is asked every few seconds does not read them all.
    lists_are_found_by_their_indexes, world => {
        for (name, statement) in asked(&world).await {
            let sql = statement.sql.clone();
            let plan = plan(&world, statement).await;
            for table in ["tickets", "outbox", "alerts", "audit"] {
                assert!(!plan.contains(&format!("Seq Scan on {table}")), "{name}: {plan}\n{sql}");
                // In the order of its ids and up to a limit nothing more is read than is shown.
                let all = plan.lines().any(|line| line.trim() == format!("SCAN {table}"));
                assert!(!all || name == "the list of tickets", "{name}: {plan}\n{sql}");
            }
            if name == "failed messages" || name == "how many messages failed" {
                assert!(plan.contains("outbox_failed"), "{name}: {plan}\n{sql}");
            }
            if name == "what is to be forgotten" {
                assert!(plan.contains("outbox_unforgotten"), "{name}: {plan}\n{sql}");
            }
        }
    }
);
