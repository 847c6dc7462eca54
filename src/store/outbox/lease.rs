//! The sender's side: rows are leased, sent outside any transaction, and settled.

use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, TicketId, UserId};
use domain::person::Locale;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use crate::store::entity::outbox::{Column, Entity, Model};
use crate::store::outbox::Lane;
use crate::store::outbox::cards::{self, Shown};
use crate::store::outbox::push;
use crate::store::{Error, Source, Tx};

/// The states of a message that nobody is known to have sent.
const UNSENT: [&str; 3] = ["queued", "failed", "dropped"];

/// A message that this process may send until its lease ends.
#[derive(Debug, Clone)]
pub struct Leased {
    pub id: DeliveryId,
    pub lane: Lane,
    pub recipient: String,
    pub user: Option<UserId>,
    pub ticket: Option<TicketId>,
    pub kind: String,
    pub locale: Locale,
    pub payload: String,
    /// How often it was leased, this time included.
    pub attempts: i32,
    /// When the lease ends, which tells it from every other lease of the message.
    pub until: DateTime<Utc>,
    /// Since when it may be with the service though nobody has heard so.
    pub departed_at: Option<DateTime<Utc>>,
    /// Whoever had it before died or was cut off without a word: it may have arrived, and nobody knows as what.
    pub is_orphan: bool,
    /// Only words that were approved beforehand may go.
    pub standby_only: bool,
}

/// What became of a leased message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The service took it; with its id for the message, and the card that this message now is.
    Sent {
        external_id: Option<String>,
        card: Option<Shown>,
    },
    /// Not now: it was tried and did not go.
    Retry { at: DateTime<Utc>, error: String },
    /// Not now: it was not tried, because its chat may not have more before then.
    Later { at: DateTime<Utc> },
    /// Not any more.
    Failed { error: String },
    /// Not any more, and there is a word for why.
    Undelivered { fault: String, error: String },
    /// At once, in words that were approved beforehand.
    Standby { error: String },
    /// It may have been taken: nothing before then, when news of it may have come.
    Unsure { at: DateTime<Utc>, error: String },
    /// As before: it may have been taken, and the time for news is not over.
    Waiting { at: DateTime<Utc> },
    /// Overtaken: there is nothing left to say.
    Dropped,
    /// Not begun: anyone may take it at once.
    Returned,
}

/// Leases up to `limit` messages of a lane until `until`: for each chat the oldest that waits, so that the
/// order within a chat is kept, and a chat that backs off holds back nobody else. What is of these `kinds` and still has
/// its time to wait holds back only what else is told unasked of its ticket.
pub async fn lease(
    tx: &Tx,
    (channel, kinds): (&str, &[&str]),
    lane: Lane,
    limit: u64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Leased>, Error> {
    let backend = tx.inner.get_database_backend();
    // SQLite has one writer: nobody else can hold these rows.
    let skip = if backend == DbBackend::Postgres {
        "FOR UPDATE SKIP LOCKED"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE outbox SET leased_until = $5, attempts = attempts + 1 WHERE id IN (\
         SELECT o.id FROM outbox o WHERE o.state = 'queued' AND o.channel = $1 AND o.lane = $2 \
         AND o.run_at <= $3 AND (o.leased_until IS NULL OR o.leased_until <= $3) \
         AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.state = 'queued' AND p.recipient = o.recipient \
         AND p.lane = o.lane AND p.channel = o.channel AND p.id < o.id \
         AND NOT (p.run_at > $3 AND p.attempts = 0 AND p.kind IN ({}) \
         AND (p.lane = $6 OR o.ticket_id IS NULL OR o.ticket_id <> p.ticket_id))) \
         ORDER BY o.id LIMIT $4 {skip}) RETURNING *",
        push::listed(kinds),
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [
        channel.into(),
        lane.number().into(),
        now.into(),
        limit.into(),
        until.into(),
        Lane::Reply.number().into(),
    ];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut rows = Model::find_by_statement(statement).all(&tx.inner).await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows.into_iter().map(|row| leased(row, lane, until)).collect())
}

/// When the next message that waits may go, seen from now; `None` when nothing waits.
pub async fn next_due(source: &impl Source, channel: &str) -> Result<Option<DateTime<Utc>>, Error> {
    let row = Entity::find()
        .select_only()
        .column(Column::RunAt)
        .column(Column::LeasedUntil)
        .filter(Column::State.eq("queued"))
        .filter(Column::Channel.eq(channel))
        .order_by_asc(Expr::cust(
            "CASE WHEN leased_until > run_at THEN leased_until ELSE run_at END",
        ))
        .limit(1)
        .into_tuple::<(DateTime<Utc>, Option<DateTime<Utc>>)>()
        .one(source.connection())
        .await?;
    Ok(row.map(|(run_at, leased)| leased.map_or(run_at, |until| Ord::max(until, run_at))))
}

/// Makes a lease longer. `false`: someone else has taken the message over.
pub async fn extend(tx: &Tx, message: &Leased, until: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .filter(Column::Id.eq(message.id.0))
        .filter(Column::State.eq("queued"))
        .filter(Column::LeasedUntil.eq(message.until))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Notes that a message leaves now: whatever happens next, it may be with the service. `false`: it is ours no
/// more, was sent already, was overtaken by a newer one of these kinds, or its channel has stopped meanwhile and it
/// is not what tries it (`probes`).
pub async fn depart(
    tx: &Tx,
    message: &Leased,
    (kinds, probes): (&[&str], bool),
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let mut update = Entity::update_many()
        .col_expr(Column::DepartedAt, Expr::value(at))
        .filter(Column::Id.eq(message.id.0))
        .filter(Column::State.eq("queued"))
        .filter(Column::LeasedUntil.eq(message.until))
        .filter(push::overtaken(kinds).not());
    if !probes {
        update = update.filter(Expr::cust(
            "NOT EXISTS (SELECT 1 FROM channels c WHERE c.channel = outbox.channel AND c.stopped_at IS NOT NULL)",
        ));
    }
    Ok(update.exec(&tx.inner).await?.rows_affected > 0)
}

/// Ends a lease with what became of the message. Answers whether that counted: when the lease ran out and
/// someone else took the message over, the end is his to tell; only that it was sent is told by whoever
/// sent it.
pub async fn settle(
    tx: &Tx,
    channel: &str,
    message: &Leased,
    settled: Settled,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let ours = Expr::col(Column::LeasedUntil).eq(message.until);
    let counts = if matches!(settled, Settled::Sent { .. }) {
        Column::State.is_in(UNSENT).or(ours.clone())
    } else {
        Column::State.eq("queued").and(ours.clone())
    };
    // Someone else's lease stands: what he sends is newer than what we sent, and will be the live card.
    let lease = Expr::case(ours, Expr::value(None::<DateTime<Utc>>)).finally(Expr::col(Column::LeasedUntil));
    let row = Entity::update_many()
        .filter(Column::Id.eq(message.id.0))
        .filter(counts)
        .col_expr(Column::LeasedUntil, lease.into())
        .col_expr(Column::UpdatedAt, Expr::value(at));
    // Whoever knows that it did not go, says so: the next try need not wait for news of this one.
    let departed = match settled {
        Settled::Sent { .. } | Settled::Unsure { .. } | Settled::Waiting { .. } => row,
        _ => row.col_expr(Column::DepartedAt, Expr::value(None::<DateTime<Utc>>)),
    };
    let row = departed;
    let mut shows = None;
    let row = match settled {
        Settled::Sent { external_id, card } => {
            shows = card.map(|card| (card, external_id.clone()));
            row.col_expr(Column::State, Expr::value("sent"))
                .col_expr(Column::Error, Expr::value(None::<String>))
                .col_expr(Column::ExternalId, Expr::value(external_id))
        }
        Settled::Retry { at, error } => row
            .col_expr(Column::RunAt, Expr::value(at))
            .col_expr(Column::Error, Expr::value(error)),
        Settled::Failed { error } => row
            .col_expr(Column::State, Expr::value("failed"))
            .col_expr(Column::Error, Expr::value(error)),
        Settled::Undelivered { fault, error } => row
            .col_expr(Column::State, Expr::value("failed"))
            .col_expr(Column::Fault, Expr::value(fault))
            .col_expr(Column::Error, Expr::value(error)),
        Settled::Standby { error } => row
            .col_expr(Column::StandbyOnly, Expr::value(true))
            .col_expr(Column::RunAt, Expr::value(at))
            .col_expr(Column::Error, Expr::value(error)),
        Settled::Unsure { at, error } => row
            .col_expr(Column::RunAt, Expr::value(at))
            .col_expr(Column::Error, Expr::value(error)),
        Settled::Dropped => row.col_expr(Column::State, Expr::value("dropped")),
        Settled::Later { at } | Settled::Waiting { at } => row
            .col_expr(Column::RunAt, Expr::value(at))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1)),
        Settled::Returned => row.col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1)),
    };
    let counted = row.exec(&tx.inner).await?.rows_affected > 0;
    if let Some((card, message_id)) = shows.filter(|_| counted) {
        cards::shown(tx, card.at(channel, &message.recipient), message_id).await?;
    }
    Ok(counted)
}

/// What waits behind these messages for the same ticket in the same chat: for each, the id of the message in
/// front and what the one behind it says.
pub async fn behind(source: &impl Source, ids: &[DeliveryId]) -> Result<Vec<(DeliveryId, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let connection = source.connection();
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    // Ids are numbers of our own: there is nothing to escape.
    let sql = format!(
        "SELECT o.id, p.payload FROM outbox o JOIN outbox p ON p.recipient = o.recipient AND p.lane = o.lane \
         AND p.channel = o.channel AND p.ticket_id = o.ticket_id AND p.id > o.id AND p.state = 'queued' \
         WHERE o.id IN ({list}) ORDER BY p.id"
    );
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| Ok((DeliveryId(row.try_get_by_index(0)?), row.try_get_by_index(1)?)))
        .collect()
}

/// Ends every lease at once: only a process that is alone with its database may say so, when it starts.
pub async fn release_all(tx: &Tx) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::State.eq("queued"))
        .filter(Column::LeasedUntil.is_not_null())
        .exec(&tx.inner)
        .await?;
    tx.note_outbox();
    Ok(done.rows_affected)
}

fn leased(row: Model, lane: Lane, until: DateTime<Utc>) -> Leased {
    Leased {
        id: DeliveryId(row.id),
        lane,
        recipient: row.recipient,
        user: row.user_id.map(UserId),
        ticket: row.ticket_id.map(TicketId),
        kind: row.kind,
        // A language that a newer version knows is no reason to say nothing, nor to hold up what is behind.
        locale: row.locale.parse().unwrap_or_default(),
        payload: row.payload,
        attempts: row.attempts,
        is_orphan: row.attempts > 1 && row.error.is_none(),
        until: row.leased_until.unwrap_or(until),
        departed_at: row.departed_at,
        standby_only: row.standby_only,
    }
}
