//! Photos, letters and other files: what is known of them; the bytes are in the object storage.

mod erase;
mod lease;
mod letters;
mod likeness;

use chrono::{DateTime, NaiveDate, Utc};
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId, UploadId, UserId};
use domain::letter::Consignment;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};

pub use crate::store::documents::erase::{erased, needs, personal_of, photos_before, take_back};
pub use crate::store::documents::lease::{
    Known, Settled, extend, lease, next_due, put_off, release_all, settle, waiting,
};
pub use crate::store::documents::letters::{
    by_token, is_followed, letter, name_outside, revoke, revoke_drawn, revoke_one_kind,
};
pub use crate::store::documents::likeness::{flag, is_proof, is_used_elsewhere, shown_elsewhere};
use crate::store::entity::document::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub ticket: Option<TicketId>,
    pub epoch: Option<i32>,
    /// `None`: its sender has not said yet what it is for.
    pub kind: Option<Kind>,
    pub upload: Option<UploadId>,
    pub number: Option<String>,
    pub filename: String,
    pub media_type: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// In hexadecimal.
    pub sha256: Option<String>,
    /// 64 bits that are alike for pictures that look alike.
    pub perceptual: Option<i64>,
    /// Pixels.
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub flags: Vec<String>,
    pub state: State,
    /// Why it was refused or lost: a code.
    pub error: Option<String>,
    /// Where it came from: `telegram`, `whatsapp`, `panel` or `api`.
    pub channel: String,
    /// What the channel needs to fetch it.
    pub source: Option<String>,
    /// What the channel calls the same bytes sent again.
    pub source_key: Option<String>,
    /// What the channel calls the file once we have sent it.
    pub external_id: Option<String>,
    pub uploaded_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// What only a letter has that was drawn here.
    pub drawn: Option<Drawn>,
    pub attempts: i32,
}

/// What a letter that was drawn here has beside its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The secret in the address of the page that vouches for it.
    pub token: String,
    /// Its last day, if it has one.
    pub valid_until: Option<NaiveDate>,
    pub consignment: Consignment,
}

impl TryFrom<Model> for Document {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what: &'static str, value: &str| Error::Unreadable {
            what,
            value: value.to_owned(),
        };
        let kind = match &row.kind {
            Some(kind) => Some(kind.parse().map_err(|_| unreadable("document kind", kind))?),
            None => None,
        };
        let state = row
            .state
            .parse()
            .map_err(|_| unreadable("document state", &row.state))?;
        let flags = serde_json::from_str(&row.flags).map_err(|_| unreadable("document flags", &row.flags))?;
        let drawn = match row.token {
            None => None,
            Some(token) => {
                let text = row.consignment.unwrap_or_default();
                Some(Drawn {
                    token,
                    valid_until: row.valid_until,
                    consignment: serde_json::from_str(&text).map_err(|_| unreadable("consignment", &text))?,
                })
            }
        };
        Ok(Self {
            id: DocumentId(row.id),
            ticket: row.ticket_id.map(TicketId),
            epoch: row.epoch,
            kind,
            upload: row.upload_id.map(UploadId),
            number: row.number,
            filename: row.filename,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            perceptual: row.perceptual,
            width: row.width,
            height: row.height,
            flags,
            state,
            error: row.error,
            channel: row.channel,
            source: row.source,
            source_key: row.source_key,
            external_id: row.external_id,
            uploaded_by: row.uploaded_by.map(UserId),
            created_at: row.created_at,
            revoked_at: row.revoked_at,
            drawn,
            attempts: row.attempts,
        })
    }
}

/// Adds a file; the id is the database's. One that waits is fetched after the commit.
pub async fn insert(tx: &Tx, document: Document) -> Result<Document, Error> {
    let waits = document.state == State::Waiting;
    let drawn = document.drawn;
    let consignment = drawn.as_ref().map(|drawn| &drawn.consignment);
    let consignment = consignment.and_then(|consignment| serde_json::to_string(consignment).ok());
    let row = ActiveModel {
        id: NotSet,
        ticket_id: Set(document.ticket.map(|id| id.0)),
        epoch: Set(document.epoch),
        kind: Set(document.kind.map(|kind| kind.as_str().to_owned())),
        upload_id: Set(document.upload.map(|id| id.0)),
        number: Set(document.number),
        filename: Set(document.filename),
        media_type: Set(document.media_type),
        size: Set(document.size),
        sha256: Set(document.sha256),
        perceptual: Set(document.perceptual),
        width: Set(document.width),
        height: Set(document.height),
        flags: Set(serde_json::to_string(&document.flags).unwrap_or_else(|_| "[]".to_owned())),
        state: Set(document.state.as_str().to_owned()),
        error: Set(document.error),
        channel: Set(document.channel),
        source: Set(document.source),
        source_key: Set(document.source_key),
        external_id: Set(document.external_id),
        uploaded_by: Set(document.uploaded_by.map(|id| id.0)),
        created_at: Set(document.created_at),
        revoked_at: Set(document.revoked_at),
        valid_until: Set(drawn.as_ref().and_then(|drawn| drawn.valid_until)),
        token: Set(drawn.map(|drawn| drawn.token)),
        consignment: Set(consignment),
        attempts: Set(0),
        run_at: Set(document.created_at),
        leased_until: Set(None),
    };
    let saved = row.insert(&tx.inner).await?;
    if waits {
        tx.note_files();
    }
    saved.try_into()
}

/// One file.
pub async fn by_id(source: &impl Source, id: DocumentId) -> Result<Option<Document>, Error> {
    Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Several files.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Document>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids));
    let rows = rows.all(source.connection()).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A ticket's files in the order in which they came, whatever their state.
pub async fn of_ticket(source: &impl Source, ticket: TicketId) -> Result<Vec<Document>, Error> {
    of_tickets(source, vec![ticket.0]).await
}

/// The files of these tickets, in the order in which they came.
pub async fn of_tickets(source: &impl Source, tickets: Vec<i64>) -> Result<Vec<Document>, Error> {
    let rows = Entity::find()
        .filter(Column::TicketId.is_in(tickets))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The files of one opening of an upload mode.
pub async fn of_upload(source: &impl Source, upload: UploadId) -> Result<Vec<Document>, Error> {
    let rows = Entity::find()
        .filter(Column::UploadId.eq(upload.0))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many files of that kind an assignment has in these states.
pub async fn count(
    source: &impl Source,
    (ticket, epoch): (TicketId, i32),
    kind: Kind,
    states: &[State],
) -> Result<usize, Error> {
    let found = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::State.is_in(states.iter().map(|state| state.as_str())))
        .count(source.connection())
        .await?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

/// The kinds of letters that an assignment has.
pub async fn letters(source: &impl Source, ticket: TicketId, epoch: i32) -> Result<Vec<Kind>, Error> {
    let kinds = [Kind::AssignmentLetter, Kind::TravelLetter, Kind::BastForm];
    let found: Vec<Option<String>> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .distinct()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Kind.is_in(kinds.map(Kind::as_str)))
        .filter(Column::State.eq(State::Ready.as_str()))
        .filter(Column::RevokedAt.is_null())
        .into_tuple()
        .all(source.connection())
        .await?;
    let has = |kind: &Kind| found.iter().flatten().any(|name| name == kind.as_str());
    Ok(kinds.into_iter().filter(has).collect())
}

/// Says whose the files of an opening are that nobody had asked for.
pub async fn place(
    tx: &Tx,
    upload: UploadId,
    (ticket, epoch): (TicketId, i32),
    kind: Kind,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::TicketId, Expr::value(ticket.0))
        .col_expr(Column::Epoch, Expr::value(epoch))
        .col_expr(Column::Kind, Expr::value(kind.as_str()))
        .filter(Column::UploadId.eq(upload.0))
        .filter(Column::TicketId.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Whether someone has sent these very bytes for this assignment and kind before, as the channel says.
pub async fn is_repeat(
    source: &impl Source,
    (ticket, epoch): (TicketId, i32),
    kind: Kind,
    source_key: &str,
) -> Result<bool, Error> {
    let row = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::SourceKey.eq(source_key))
        .filter(Column::State.is_in([State::Waiting.as_str(), State::Ready.as_str()]))
        .into_tuple::<i64>()
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}
