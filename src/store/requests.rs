//! What customers report or ask by chat, with its photos.

use chrono::{DateTime, Utc};
use domain::geo::Position;
use domain::ids::{ContactId, CustomerId, DocumentId, RequestId, TicketId, UserId};
use domain::request::{Kind, State};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};

use crate::store::customers::position;
use crate::store::entity::request::{ActiveModel, Column, Entity, Model};
use crate::store::entity::{document, request_photo};
use crate::store::page;
use crate::store::{Error, Source, Tx};

/// One report or question.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub id: RequestId,
    pub contact: ContactId,
    /// `None`: asked by someone who is no customer.
    pub customer: Option<CustomerId>,
    pub kind: Kind,
    pub words: String,
    pub position: Option<Position>,
    pub state: State,
    pub ticket: Option<TicketId>,
    /// The flow's own number: the same one is sent once.
    pub draft: Option<i64>,
    pub answer: Option<String>,
    pub handled_by: Option<UserId>,
    pub handled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// Which requests to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub customer: Option<CustomerId>,
}

/// How many requests nobody has looked at.
pub async fn waiting(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::New.as_str()))
        .count(source.connection())
        .await?)
}

/// How a request ends.
#[derive(Debug, Clone)]
pub struct End {
    pub state: State,
    pub ticket: Option<TicketId>,
    pub answer: Option<String>,
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
}

impl TryFrom<Model> for Request {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what: &'static str, value: &str| Error::Unreadable {
            what,
            value: value.to_owned(),
        };
        Ok(Self {
            id: RequestId(row.id),
            contact: ContactId(row.contact_id),
            customer: row.customer_id.map(CustomerId),
            kind: row
                .kind
                .parse()
                .map_err(|_| unreadable("request kind", &row.kind))?,
            state: row
                .state
                .parse()
                .map_err(|_| unreadable("request state", &row.state))?,
            words: row.words,
            position: position(row.latitude, row.longitude),
            ticket: row.ticket_id.map(TicketId),
            draft: row.draft,
            answer: row.answer,
            handled_by: row.handled_by.map(UserId),
            handled_at: row.handled_at,
            created_at: row.created_at,
        })
    }
}

/// Adds a request; the id is the database's.
pub async fn insert(tx: &Tx, request: Request) -> Result<Request, Error> {
    let row = ActiveModel {
        id: NotSet,
        contact_id: Set(request.contact.0),
        customer_id: Set(request.customer.map(|id| id.0)),
        kind: Set(request.kind.as_str().to_owned()),
        words: Set(request.words),
        latitude: Set(request.position.map(|p| p.latitude)),
        longitude: Set(request.position.map(|p| p.longitude)),
        state: Set(request.state.as_str().to_owned()),
        ticket_id: Set(request.ticket.map(|id| id.0)),
        draft: Set(request.draft),
        answer: Set(request.answer),
        handled_by: Set(request.handled_by.map(|id| id.0)),
        handled_at: Set(request.handled_at),
        created_at: Set(request.created_at),
    };
    row.insert(&tx.inner).await?.try_into()
}

/// One request.
pub async fn by_id(source: &impl Source, id: RequestId) -> Result<Option<Request>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Several requests.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Request>, Error> {
    let rows = Entity::find().filter(Column::Id.is_in(ids));
    let rows = rows.all(source.connection()).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What came of a chat's flow with this number.
pub async fn by_draft(
    source: &impl Source,
    contact: ContactId,
    draft: i64,
) -> Result<Option<Request>, Error> {
    let row = Entity::find()
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::Draft.eq(draft))
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The report that became this ticket.
pub async fn of_ticket(source: &impl Source, ticket: TicketId) -> Result<Option<Request>, Error> {
    let row = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .order_by_asc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// A chat's newest report or question.
pub async fn newest(source: &impl Source, contact: ContactId) -> Result<Option<Request>, Error> {
    let row = Entity::find()
        .filter(Column::ContactId.eq(contact.0))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// Keeps what the office said last about a request.
pub async fn note_answer(tx: &Tx, id: RequestId, words: &str) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Answer, Expr::value(words))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// What was asked in a chat before anyone knew who writes there is this customer's.
pub async fn belong(tx: &Tx, contact: ContactId, customer: CustomerId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::CustomerId, Expr::value(customer.0))
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::CustomerId.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Lets an answered request wait again. `false`: something else became of it.
pub async fn reopen(tx: &Tx, id: RequestId) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::New.as_str()))
        .col_expr(Column::HandledBy, Expr::value(None::<i64>))
        .col_expr(Column::HandledAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Answered.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// A chat's newest report or question since then.
pub async fn newest_since(
    source: &impl Source,
    contact: ContactId,
    since: DateTime<Utc>,
) -> Result<Option<Request>, Error> {
    let row = Entity::find()
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::CreatedAt.gte(since))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// A page of requests, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Request>, Error> {
    let mut find = Entity::find();
    if let Some(state) = filter.state {
        find = find.filter(Column::State.eq(state.as_str()));
    }
    if let Some(kind) = filter.kind {
        find = find.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(customer) = filter.customer {
        find = find.filter(Column::CustomerId.eq(customer.0));
    }
    let rows = page::newest(source, find, Column::Id, before, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Ends a request that is new, or was only answered. `false`: someone else has ended it.
pub async fn end(tx: &Tx, id: RequestId, end: End) -> Result<bool, Error> {
    let mut from = vec![State::New.as_str(), State::Answered.as_str()];
    if end.state == State::Dismissed {
        from.pop();
    }
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(end.state.as_str()))
        .col_expr(Column::HandledBy, Expr::value(end.by.map(|by| by.0)))
        .col_expr(Column::HandledAt, Expr::value(end.at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in(from));
    if let Some(ticket) = end.ticket {
        update = update.col_expr(Column::TicketId, Expr::value(ticket.0));
    }
    if let Some(answer) = end.answer {
        update = update.col_expr(Column::Answer, Expr::value(answer));
    }
    Ok(update.exec(&tx.inner).await?.rows_affected > 0)
}

/// Tells where a request is, which nobody knew, while it waits. `false`: it does not, or somebody does.
pub async fn locate(tx: &Tx, id: RequestId, position: Position) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Latitude, Expr::value(position.latitude))
        .col_expr(Column::Longitude, Expr::value(position.longitude))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::New.as_str()))
        .filter(Column::Latitude.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Gives a request one more photo.
pub async fn add_photo(tx: &Tx, id: RequestId, document: DocumentId) -> Result<(), Error> {
    let row = request_photo::ActiveModel {
        request_id: Set(id.0),
        document_id: Set(document.0),
    };
    request_photo::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// The photos of these requests: request and document, in the order in which they came.
pub async fn photos(source: &impl Source, ids: Vec<i64>) -> Result<Vec<(RequestId, DocumentId)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = request_photo::Entity::find()
        .filter(request_photo::Column::RequestId.is_in(ids))
        .order_by_asc(request_photo::Column::DocumentId)
        .all(source.connection())
        .await?;
    let pair = |row: request_photo::Model| (RequestId(row.request_id), DocumentId(row.document_id));
    Ok(rows.into_iter().map(pair).collect())
}

/// The request that a photo belongs to.
pub async fn of_photo(source: &impl Source, document: DocumentId) -> Result<Option<RequestId>, Error> {
    let row = request_photo::Entity::find()
        .filter(request_photo::Column::DocumentId.eq(document.0))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| RequestId(row.request_id)))
}

/// A request's photos belong to its ticket too.
pub async fn pass_photos(tx: &Tx, id: RequestId, ticket: TicketId) -> Result<(), Error> {
    let ids: Vec<i64> = photos(tx, vec![id.0])
        .await?
        .into_iter()
        .map(|(_, document)| document.0)
        .collect();
    document::Entity::update_many()
        .col_expr(document::Column::TicketId, Expr::value(ticket.0))
        .filter(document::Column::Id.is_in(ids))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Erases the places of requests from before then that nobody waits for any more; answers how many.
pub async fn erase_places(tx: &Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Latitude, Expr::value(None::<f64>))
        .col_expr(Column::Longitude, Expr::value(None::<f64>))
        .filter(Column::CreatedAt.lt(before))
        .filter(Column::State.ne(State::New.as_str()))
        .filter(Column::Latitude.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}

/// Drops what a customer who is erased wrote; what became of it stays. Answers which requests those are.
pub async fn erase(tx: &Tx, customer: CustomerId) -> Result<Vec<RequestId>, Error> {
    Entity::update_many()
        .col_expr(Column::Words, Expr::value("-"))
        .col_expr(Column::Answer, Expr::value(None::<String>))
        .col_expr(Column::Latitude, Expr::value(None::<f64>))
        .col_expr(Column::Longitude, Expr::value(None::<f64>))
        .filter(Column::CustomerId.eq(customer.0))
        .exec(&tx.inner)
        .await?;
    let ids = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CustomerId.eq(customer.0))
        .into_tuple::<i64>()
        .all(&tx.inner)
        .await?;
    Ok(ids.into_iter().map(RequestId).collect())
}
