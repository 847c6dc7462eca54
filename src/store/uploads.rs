//! Openings of a chat's upload mode: whose photos these are, and what for.

use chrono::{DateTime, TimeDelta, Utc};
use domain::document::Kind;
use domain::ids::{TicketId, UploadId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::store::entity::upload::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub user: UserId,
    /// What it is for; `None` until the sender of unasked photos has said.
    pub purpose: Option<Purpose>,
    /// What the chat service calls photos that were sent together.
    pub album: Option<String>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Whose photos, and what they show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose {
    pub ticket: TicketId,
    pub epoch: i32,
    pub kind: Kind,
}

impl TryFrom<Model> for Upload {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let purpose = match (row.ticket_id, row.epoch, row.kind) {
            (Some(ticket), Some(epoch), Some(kind)) => Some(Purpose {
                ticket: TicketId(ticket),
                epoch,
                kind: kind.parse().map_err(|_| Error::Unreadable {
                    what: "upload kind",
                    value: kind,
                })?,
            }),
            _ => None,
        };
        Ok(Self {
            id: UploadId(row.id),
            user: UserId(row.user_id),
            purpose,
            album: row.album,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        })
    }
}

/// Opens the upload mode.
pub async fn open(
    tx: &Tx,
    user: UserId,
    purpose: Option<Purpose>,
    album: Option<String>,
    at: DateTime<Utc>,
) -> Result<Upload, Error> {
    let row = ActiveModel {
        id: NotSet,
        user_id: Set(user.0),
        ticket_id: Set(purpose.map(|purpose| purpose.ticket.0)),
        epoch: Set(purpose.map(|purpose| purpose.epoch)),
        kind: Set(purpose.map(|purpose| purpose.kind.as_str().to_owned())),
        album: Set(album),
        opened_at: Set(at),
        closed_at: Set(None),
    };
    row.insert(&tx.inner).await?.try_into()
}

/// One opening.
pub async fn by_id(source: &impl Source, id: UploadId) -> Result<Option<Upload>, Error> {
    Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Closes an opening. `false`: it was closed before.
pub async fn close(tx: &Tx, id: UploadId, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::ClosedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// A person's openings for a purpose that still stand; `None`: for any.
pub async fn standing(source: &impl Source, user: UserId) -> Result<Vec<Upload>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::TicketId.is_not_null())
        .filter(Column::ClosedAt.is_null())
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The newest opening of a person for a purpose that stood when something was sent, which is known to the second:
/// what was sent in the second in which a mode was closed came after it.
pub async fn standing_at(
    source: &impl Source,
    user: UserId,
    sent: DateTime<Utc>,
) -> Result<Option<Upload>, Error> {
    let until = sent + TimeDelta::seconds(1);
    let open_still = Condition::any()
        .add(Column::ClosedAt.is_null())
        .add(Column::ClosedAt.gte(until));
    Entity::find()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::TicketId.is_not_null())
        // The photo of a place is taken only while it is asked for.
        .filter(Column::Kind.ne(Kind::CheckIn.as_str()))
        .filter(Column::OpenedAt.lte(until))
        .filter(open_still)
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// A person's opening that was closed at that very moment: by whatever was opened then.
pub async fn closed_at(
    source: &impl Source,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Option<Upload>, Error> {
    Entity::find()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::TicketId.is_not_null())
        .filter(Column::ClosedAt.eq(at))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The opening that already holds photos of this album.
pub async fn of_album(source: &impl Source, user: UserId, album: &str) -> Result<Option<Upload>, Error> {
    Entity::find()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Album.eq(album))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Notes that an album's photos come in through this opening.
pub async fn holds_album(tx: &Tx, id: UploadId, album: &str) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Album, Expr::value(album))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Says what an opening is for. `false`: that was said before.
pub async fn place(tx: &Tx, id: UploadId, purpose: Purpose) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::TicketId, Expr::value(purpose.ticket.0))
        .col_expr(Column::Epoch, Expr::value(purpose.epoch))
        .col_expr(Column::Kind, Expr::value(purpose.kind.as_str()))
        .filter(Column::Id.eq(id.0))
        .filter(Column::TicketId.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Openings since before then whose sender has not said what they are for, and was not asked again; the oldest first.
pub async fn unplaced(source: &impl Source, before: DateTime<Utc>, limit: u64) -> Result<Vec<Upload>, Error> {
    let rows = Entity::find()
        .filter(Column::TicketId.is_null())
        .filter(Column::ClosedAt.is_null())
        .filter(Column::OpenedAt.lt(before))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Closes every opening for a ticket.
pub async fn close_all(tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::ClosedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}
