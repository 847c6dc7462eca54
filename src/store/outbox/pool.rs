//! Offers to everyone on duty, and their end: one statement each, however many people there are.

use chrono::{DateTime, Utc};
use domain::ids::TicketId;
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::store::{Error, Tx};

/// An offer to write to everyone: what it says in JSON is the same for all; its language is each person's.
#[derive(Debug, Clone)]
pub struct Offers {
    pub ticket: TicketId,
    /// The ticket's epoch in which these offers are made.
    pub epoch: i32,
    pub kind: String,
    pub payload: String,
}

/// Everyone who may hear of the ticket: active, on duty, reachable, not replaced on it before.
const AUDIENCE: &str = "FROM users u WHERE u.role = 'technician' AND u.active AND u.on_duty \
     AND u.telegram_id IS NOT NULL AND u.telegram_blocked_at IS NULL \
     AND NOT EXISTS (SELECT 1 FROM ticket_exclusions x WHERE x.ticket_id = $1 AND x.user_id = u.id)";

/// Queues an offer to every technician on duty; each gets a new message, whatever he was offered before.
/// Answers how many.
pub async fn offer_to_pool(tx: &Tx, offers: Offers, at: DateTime<Utc>) -> Result<u64, Error> {
    let ticket: Value = offers.ticket.0.into();
    run(
        tx,
        &format!(
            "INSERT INTO cards (channel, recipient, ticket_id, kind, user_id, locale, epoch) \
             SELECT 'telegram', CAST(u.telegram_id AS TEXT), $1, 'offer', u.id, u.locale, CAST($2 AS INTEGER) \
             {AUDIENCE} ORDER BY u.telegram_id ON CONFLICT (ticket_id, kind, epoch, channel, recipient) DO NOTHING"
        ),
        vec![ticket.clone(), offers.epoch.into()],
    )
    .await?;
    let queued = run(
        tx,
        &format!(
            "INSERT INTO outbox (channel, lane, recipient, user_id, ticket_id, kind, locale, payload, state, \
             attempts, run_at, created_at, updated_at) \
             SELECT 'telegram', 1, CAST(u.telegram_id AS TEXT), u.id, $1, $2, u.locale, $3, 'queued', \
             0, $4, $4, $4 {AUDIENCE} ORDER BY u.id"
        ),
        vec![ticket, offers.kind.into(), offers.payload.into(), at.into()],
    )
    .await?;
    tx.note_outbox();
    Ok(queued)
}

/// Takes back the offers that nobody has begun to send. Answers how many. (What was leased by a process that died may
/// be on a screen: it goes once more, and is retired as whatever was sent.)
pub async fn drop_unsent_offers(tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<u64, Error> {
    run(
        tx,
        "UPDATE outbox SET state = 'dropped', updated_at = $2 WHERE ticket_id = $1 AND kind = 'offer' \
         AND state = 'queued' AND (leased_until IS NULL OR leased_until < $2) \
         AND (attempts = 0 OR error IS NOT NULL)",
        vec![ticket.0.into(), at.into()],
    )
    .await
}

/// Queues the change of every offer that was sent, or is being sent at this moment, to what `offers` says.
pub async fn retire_offers(tx: &Tx, offers: Offers, at: DateTime<Utc>) -> Result<u64, Error> {
    let queued = run(
        tx,
        "INSERT INTO outbox (channel, lane, recipient, user_id, ticket_id, kind, locale, payload, state, \
         attempts, run_at, created_at, updated_at) \
         SELECT c.channel, 1, c.recipient, c.user_id, c.ticket_id, $2, c.locale, $3, 'queued', 0, $4, $4, $4 \
         FROM cards c WHERE c.ticket_id = $1 AND c.kind = 'offer' AND c.epoch = $5 AND (c.message_id IS NOT NULL OR EXISTS \
         (SELECT 1 FROM outbox o WHERE o.ticket_id = c.ticket_id AND o.recipient = c.recipient \
         AND o.channel = c.channel AND o.kind = 'offer' AND o.state = 'queued'))",
        vec![
            offers.ticket.0.into(),
            offers.kind.into(),
            offers.payload.into(),
            at.into(),
            offers.epoch.into(),
        ],
    )
    .await?;
    tx.note_outbox();
    Ok(queued)
}

async fn run(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<u64, Error> {
    let statement = Statement::from_sql_and_values(tx.inner.get_database_backend(), sql, values);
    Ok(tx.inner.execute_raw(statement).await?.rows_affected())
}
