//! The yardstick: axum and sqlx with the same work and nothing else. Look; if the job is free, one
//! transaction with claim, quota, audit and outgoing rows; answer in the webhook's reply.

use crate::service::SECRET;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use sea_orm::sqlx::postgres::PgPoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, Pool};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;
use tokio::net::TcpListener;

const SCHEMA: [&str; 6] = [
    "CREATE TABLE users (id BIGINT PRIMARY KEY, telegram_id BIGINT NOT NULL UNIQUE, name TEXT NOT NULL)",
    "CREATE TABLE tickets (id BIGINT PRIMARY KEY, status TEXT NOT NULL, technician_id BIGINT, claimed_at TEXT)",
    "CREATE TABLE days (user_id BIGINT NOT NULL, date TEXT NOT NULL, used INT NOT NULL, quota INT NOT NULL, \
     PRIMARY KEY (user_id, date), CHECK (used <= quota))",
    "CREATE TABLE audit (at TEXT NOT NULL, actor_id BIGINT NOT NULL, action TEXT NOT NULL, ticket_id BIGINT NOT NULL)",
    "CREATE TABLE outbox (recipient BIGINT NOT NULL, ticket_id BIGINT NOT NULL, kind TEXT NOT NULL, \
     payload TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE INDEX outbox_by_ticket ON outbox (ticket_id)",
];
const LOOK: &str = "SELECT u.id, t.status, t.technician_id, w.name, t.claimed_at FROM users u \
     JOIN tickets t ON t.id = $2 LEFT JOIN users w ON w.id = t.technician_id WHERE u.telegram_id = $1";
const TAKE: &str = "UPDATE tickets SET status = 'assigned', technician_id = $1, claimed_at = $2 \
     WHERE id = $3 AND status = 'open'";
const COUNT: &str = "INSERT INTO days (user_id, date, used, quota) VALUES ($1, $2, 1, 500) \
     ON CONFLICT (user_id, date) DO UPDATE SET used = days.used + 1";
const NOTE: &str =
    "INSERT INTO audit (at, actor_id, action, ticket_id) VALUES ($1, $2, 'ticket.claimed', $3)";
const CARD: &str = "INSERT INTO outbox (recipient, ticket_id, kind, payload, state, at) \
     VALUES ($1, $2, 'job_card', $3, 'queued', $4)";
const DROP: &str =
    "UPDATE outbox SET state = 'dropped' WHERE ticket_id = $1 AND kind = 'offer' AND state = 'queued'";

type Seen = (i64, String, Option<i64>, Option<String>, Option<String>);

/// Makes a database with `users` technicians from `first` on and their offers of `tickets` tickets, and
/// serves taps until it is killed.
pub(crate) async fn serve(url: &str, address: SocketAddr, first: i64, users: i64, tickets: i64) {
    let listener = TcpListener::bind(address).await.expect("the address is free");
    if url.starts_with("postgres") {
        let pool = PgPoolOptions::new()
            .max_connections(10)
            .connect(url)
            .await
            .expect("PostgreSQL");
        fill_postgres(&pool, first, users, tickets).await;
        axum::serve(listener, postgres(pool.clone(), pool))
            .await
            .expect("served");
    } else {
        let options = SqliteConnectOptions::from_str(url).expect("a SQLite address");
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal);
        let options = options
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        // One writer, as SQLite has it; readers never wait for it.
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .expect("SQLite");
        fill_sqlite(&writer, first, users, tickets).await;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .expect("SQLite");
        axum::serve(listener, sqlite(readers, writer))
            .await
            .expect("served");
    }
}

#[derive(Deserialize)]
struct Update {
    callback_query: Query,
}

#[derive(Deserialize)]
struct Query {
    id: String,
    from: From,
    data: String,
}

#[derive(Deserialize)]
struct From {
    id: i64,
}

fn is_from_telegram(headers: &HeaderMap) -> bool {
    headers
        .get("x-telegram-bot-api-secret-token")
        .is_some_and(|secret| secret.as_bytes() == SECRET.as_bytes())
}

fn reply(query: &Query, text: &str) -> Json<Value> {
    let answer = json!({ "method": "answerCallbackQuery", "callback_query_id": query.id, "text": text, "show_alert": true });
    Json(answer)
}

fn late(name: Option<&str>, claimed_at: Option<&str>) -> String {
    let at = claimed_at.and_then(|at| at.parse::<DateTime<Utc>>().ok());
    let by = at.map_or(0, |at| (clock() - at).num_milliseconds());
    format!(
        "Sudah diambil {}. Anda terpaut {by} ms.",
        name.unwrap_or_default()
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the yardstick has no house and no clock of its own"
)]
fn clock() -> DateTime<Utc> {
    Utc::now()
}

/// The same handler for each database: sqlx's types differ, the work does not.
macro_rules! handler {
    ($fill:ident, $routes:ident, $tap:ident, $claim:ident, $database:ty) => {
        async fn $fill(pool: &Pool<$database>, first: i64, users: i64, tickets: i64) {
            let mut tx = pool.begin().await.expect("a transaction");
            for statement in SCHEMA {
                sqlx::query(statement)
                    .execute(&mut *tx)
                    .await
                    .expect("a schema");
            }
            for id in first..first + users {
                let user =
                    sqlx::query("INSERT INTO users (id, telegram_id, name) VALUES ($1, $1, 'Teknisi')");
                user.bind(id).execute(&mut *tx).await.expect("a user");
            }
            for id in 1..=tickets {
                let ticket = sqlx::query("INSERT INTO tickets (id, status) VALUES ($1, 'open')");
                ticket.bind(id).execute(&mut *tx).await.expect("a ticket");
                let offers = sqlx::query(
                    "INSERT INTO outbox (recipient, ticket_id, kind, payload, state, at) \
                     SELECT telegram_id, $1, 'offer', '{}', 'queued', '' FROM users",
                );
                offers.bind(id).execute(&mut *tx).await.expect("offers");
            }
            tx.commit().await.expect("committed");
        }

        fn $routes(readers: Pool<$database>, writer: Pool<$database>) -> Router {
            let router = Router::new()
                .route("/readyz", get(async || "ready"))
                .route("/webhooks/telegram", post($tap));
            router.with_state((readers, writer))
        }

        async fn $tap(
            State((readers, writer)): State<(Pool<$database>, Pool<$database>)>,
            headers: HeaderMap,
            body: Bytes,
        ) -> Result<Json<Value>, StatusCode> {
            if !is_from_telegram(&headers) {
                return Err(StatusCode::UNAUTHORIZED);
            }
            let update: Update = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
            let query = update.callback_query;
            let ticket: i64 = query.data.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
            let answer = $claim(&readers, &writer, query.from.id, ticket).await;
            match answer {
                Ok(text) => Ok(reply(&query, &text)),
                Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
            }
        }

        async fn $claim(
            readers: &Pool<$database>,
            writer: &Pool<$database>,
            telegram_id: i64,
            ticket: i64,
        ) -> Result<String, sqlx::Error> {
            let look = || {
                sqlx::query_as::<_, Seen>(LOOK)
                    .bind(telegram_id)
                    .bind(ticket)
                    .fetch_one(readers)
            };
            let (user, status, owner, name, claimed_at) = look().await?;
            if status != "open" {
                let won = owner == Some(user);
                return Ok(if won {
                    "Berhasil".to_owned()
                } else {
                    late(name.as_deref(), claimed_at.as_deref())
                });
            }
            let now = clock();
            let (at, date) = (now.to_rfc3339(), now.date_naive().to_string());
            let mut tx = writer.begin().await?;
            let taken = sqlx::query(TAKE)
                .bind(user)
                .bind(&at)
                .bind(ticket)
                .execute(&mut *tx)
                .await?;
            if taken.rows_affected() == 0 {
                tx.rollback().await?;
                let (_, _, _, name, claimed_at) = look().await?;
                return Ok(late(name.as_deref(), claimed_at.as_deref()));
            }
            sqlx::query(COUNT)
                .bind(user)
                .bind(&date)
                .execute(&mut *tx)
                .await?;
            sqlx::query(NOTE)
                .bind(&at)
                .bind(user)
                .bind(ticket)
                .execute(&mut *tx)
                .await?;
            sqlx::query(CARD)
                .bind(telegram_id)
                .bind(ticket)
                .bind("{}")
                .bind(&at)
                .execute(&mut *tx)
                .await?;
            sqlx::query(DROP).bind(ticket).execute(&mut *tx).await?;
            tx.commit().await?;
            Ok("Berhasil".to_owned())
        }
    };
}

handler!(
    fill_postgres,
    postgres,
    tap_on_postgres,
    claim_on_postgres,
    sqlx::Postgres
);
handler!(fill_sqlite, sqlite, tap_on_sqlite, claim_on_sqlite, sqlx::Sqlite);
