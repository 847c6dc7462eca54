//! The live card of each kind that a chat shows for a ticket, by the service's message id.

use domain::ids::{TicketId, UserId};
use domain::person::Locale;
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::store::{Error, Source, Tx};

/// Which card.
#[derive(Debug, Clone, Copy)]
pub struct CardKey<'a> {
    pub channel: &'a str,
    pub recipient: &'a str,
    pub ticket: TicketId,
    pub kind: &'a str,
    /// Which assignment of the ticket it belongs to.
    pub epoch: i32,
}

/// A card, wherever it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub ticket: TicketId,
    pub kind: &'static str,
    pub epoch: i32,
}

impl Shown {
    /// The card in one chat.
    pub fn at<'a>(self, channel: &'a str, recipient: &'a str) -> CardKey<'a> {
        CardKey {
            channel,
            recipient,
            ticket: self.ticket,
            kind: self.kind,
            epoch: self.epoch,
        }
    }
}

/// Makes sure that the card is known, with the message it has, if it has one.
pub(crate) async fn ensure(
    source: &impl Source,
    key: CardKey<'_>,
    user: Option<UserId>,
    locale: Locale,
) -> Result<(), Error> {
    run(
        source,
        "INSERT INTO cards (channel, recipient, ticket_id, kind, user_id, locale, epoch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (ticket_id, kind, epoch, channel, recipient) DO UPDATE SET locale = excluded.locale",
        vec![
            key.channel.into(),
            key.recipient.into(),
            key.ticket.0.into(),
            key.kind.into(),
            user.map(|u| u.0).into(),
            locale.as_str().into(),
            key.epoch.into(),
        ],
    )
    .await
}

/// The message that shows the card, if one was sent.
pub async fn card_message(source: &impl Source, key: CardKey<'_>) -> Result<Option<String>, Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT message_id FROM cards WHERE ticket_id = $1 AND kind = $2 AND channel = $3 AND recipient = $4 \
         AND epoch = $5",
        [
            key.ticket.0.into(),
            key.kind.into(),
            key.channel.into(),
            key.recipient.into(),
            key.epoch.into(),
        ],
    );
    match connection.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "message_id")?),
        None => Ok(None),
    }
}

/// A chat that has a card, or will have it soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub recipient: String,
    pub user: Option<UserId>,
    pub locale: Locale,
}

/// Every chat that has this card, or will have it soon.
pub async fn holders(source: &impl Source, channel: &str, card: Shown) -> Result<Vec<Holder>, Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT recipient, user_id, locale FROM cards WHERE ticket_id = $1 AND kind = $2 AND epoch = $3 \
         AND channel = $4 ORDER BY recipient",
        [
            card.ticket.0.into(),
            card.kind.into(),
            card.epoch.into(),
            channel.into(),
        ],
    );
    let rows = connection.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            let locale: String = row.try_get("", "locale")?;
            Ok(Holder {
                recipient: row.try_get("", "recipient")?,
                user: row.try_get::<Option<i64>>("", "user_id")?.map(UserId),
                locale: locale.parse().unwrap_or_default(),
            })
        })
        .collect()
}

/// Which card a message shows: its kind, and its epoch.
pub async fn card_at(
    source: &impl Source,
    channel: &str,
    recipient: &str,
    message: &str,
) -> Result<Option<(String, i32)>, Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT kind, epoch FROM cards WHERE recipient = $1 AND message_id = $2 AND channel = $3",
        [recipient.into(), message.into(), channel.into()],
    );
    match connection.query_one_raw(statement).await? {
        Some(row) => Ok(Some((row.try_get("", "kind")?, row.try_get("", "epoch")?))),
        None => Ok(None),
    }
}

/// The message of a card goes on as a card of another kind, so that the next one is sent anew.
pub async fn pass_on(tx: &Tx, key: CardKey<'_>, to: &str) -> Result<(), Error> {
    let values = |kind: &str| -> Vec<Value> {
        vec![
            key.ticket.0.into(),
            kind.into(),
            key.channel.into(),
            key.recipient.into(),
            key.epoch.into(),
        ]
    };
    run(
        tx,
        "DELETE FROM cards WHERE ticket_id = $1 AND kind = $2 AND channel = $3 AND recipient = $4 AND epoch = $5",
        values(to),
    )
    .await?;
    let mut moved = values(key.kind);
    moved.push(to.into());
    run(
        tx,
        "UPDATE cards SET kind = $6 WHERE ticket_id = $1 AND kind = $2 AND channel = $3 AND recipient = $4 \
         AND epoch = $5",
        moved,
    )
    .await
}

/// Notes that the card's message is gone, so that the next one is sent anew.
pub async fn forget_card(source: &impl Source, key: CardKey<'_>) -> Result<(), Error> {
    shown(source, key, None).await
}

/// Notes which message shows the card.
pub(crate) async fn shown(
    source: &impl Source,
    key: CardKey<'_>,
    message: Option<String>,
) -> Result<(), Error> {
    run(
        source,
        "UPDATE cards SET message_id = $5 WHERE ticket_id = $1 AND kind = $2 AND channel = $3 AND recipient = $4 \
         AND epoch = $6",
        vec![key.ticket.0.into(), key.kind.into(), key.channel.into(), key.recipient.into(), message.into(),
            key.epoch.into(),
        ],
    )
    .await
}

async fn run(source: &impl Source, sql: &str, values: Vec<Value>) -> Result<(), Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
