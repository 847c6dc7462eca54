//! What customers think of closed tickets.

use chrono::{DateTime, Utc};
use domain::ids::{CustomerId, RatingId, TicketId, UserId};
use domain::rating::Stars;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, NotSet, QueryFilter, QuerySelect,
};

use crate::store::entity::rating::{ActiveModel, Column, Entity, Model};
use crate::store::page::newest;
use crate::store::{Error, Source, Tx};

/// One rating, asked for or given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub id: RatingId,
    pub ticket: TicketId,
    pub customer: CustomerId,
    /// Who served, as it was when the ticket was closed.
    pub technician: Option<UserId>,
    pub cs: Option<UserId>,
    /// Opens the page.
    pub token: String,
    pub technician_stars: Option<Stars>,
    pub technician_at: Option<DateTime<Utc>>,
    pub cs_stars: Option<Stars>,
    pub cs_at: Option<DateTime<Utc>>,
    pub comment: Option<String>,
    /// `whatsapp` or `page`.
    pub via: Option<String>,
    /// When the first stars were given.
    pub at: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Which ratings to list: those that were given.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub technician: Option<UserId>,
    pub cs: Option<UserId>,
    pub customer: Option<CustomerId>,
    /// Just so many.
    pub technician_stars: Option<Stars>,
    pub cs_stars: Option<Stars>,
    /// Since then, and before then.
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
}

impl TryFrom<Model> for Rating {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let stars = |count: Option<i32>| {
            let stars = count.map(Stars::try_from).transpose();
            stars.map_err(|_| Error::Unreadable {
                what: "rating stars",
                value: format!("rating {}", row.id),
            })
        };
        Ok(Self {
            id: RatingId(row.id),
            ticket: TicketId(row.ticket_id),
            customer: CustomerId(row.customer_id),
            technician: row.technician_id.map(UserId),
            cs: row.cs_id.map(UserId),
            technician_stars: stars(row.technician_stars)?,
            cs_stars: stars(row.cs_stars)?,
            token: row.token,
            technician_at: row.technician_at,
            cs_at: row.cs_at,
            comment: row.comment,
            via: row.via,
            at: row.at,
            opened_at: row.opened_at,
            expires_at: row.expires_at,
        })
    }
}

/// Adds a rating that is asked for; the id is the database's.
pub async fn insert(tx: &Tx, rating: &Rating) -> Result<Rating, Error> {
    let row = ActiveModel {
        id: NotSet,
        ..fields(rating)
    };
    row.insert(&tx.inner).await?.try_into()
}

/// Writes a rating back, as it was read held.
pub async fn update(tx: &Tx, rating: &Rating) -> Result<(), Error> {
    let row = ActiveModel {
        id: NotSet,
        ..fields(rating)
    };
    Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(rating.id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// One rating, whose row nobody changes before this transaction ends.
pub async fn by_id_held(tx: &Tx, id: RatingId) -> Result<Option<Rating>, Error> {
    let row = Entity::find_by_id(id.0).lock_exclusive().one(&tx.inner).await?;
    row.map(TryInto::try_into).transpose()
}

/// The rating that a page's token opens.
pub async fn by_token(source: &impl Source, token: &str) -> Result<Option<Rating>, Error> {
    let row = Entity::find()
        .filter(Column::Token.eq(token))
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The ratings of these tickets.
pub async fn of_tickets(source: &impl Source, tickets: Vec<i64>) -> Result<Vec<Rating>, Error> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::TicketId.is_in(tickets));
    let rows = rows.all(source.connection()).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of ratings that were given, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Rating>, Error> {
    let find = Entity::find().filter(given(filter));
    let rows = newest(source, find, Column::Id, before, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The stars that were given: technician and his, CS and hers.
pub async fn stars(source: &impl Source, filter: &Filter) -> Result<Vec<Given>, Error> {
    let rows = Entity::find()
        .select_only()
        .column(Column::TechnicianId)
        .column(Column::TechnicianStars)
        .column(Column::CsId)
        .column(Column::CsStars)
        .column(Column::At)
        .filter(given(filter))
        .into_tuple::<Row>()
        .all(source.connection())
        .await?;
    let of = |(technician, technician_stars, cs, cs_stars, at): Row| {
        let both = |who: Option<i64>, stars: Option<i32>| Some((UserId(who?), Stars::try_from(stars?).ok()?));
        Given {
            technician: both(technician, technician_stars),
            cs: both(cs, cs_stars),
            at,
        }
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The stars of one rating, each with whom they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub technician: Option<(UserId, Stars)>,
    pub cs: Option<(UserId, Stars)>,
    pub at: DateTime<Utc>,
}

type Row = (Option<i64>, Option<i32>, Option<i64>, Option<i32>, DateTime<Utc>);

/// Drops what a customer who is erased wrote; the stars stay.
pub async fn erase(tx: &Tx, customer: CustomerId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Comment, sea_orm::sea_query::Expr::value(None::<String>))
        .filter(Column::CustomerId.eq(customer.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

fn given(filter: &Filter) -> Condition {
    let mut all = Condition::all().add(Column::At.is_not_null());
    if let Some(technician) = filter.technician {
        all = all.add(Column::TechnicianId.eq(technician.0));
    }
    if let Some(cs) = filter.cs {
        all = all.add(Column::CsId.eq(cs.0));
    }
    if let Some(customer) = filter.customer {
        all = all.add(Column::CustomerId.eq(customer.0));
    }
    let stars = |stars: Stars| i32::from(stars.count());
    if let Some(count) = filter.technician_stars {
        all = all.add(Column::TechnicianStars.eq(stars(count)));
    }
    if let Some(count) = filter.cs_stars {
        all = all.add(Column::CsStars.eq(stars(count)));
    }
    if let Some(from) = filter.from {
        all = all.add(Column::At.gte(from));
    }
    if let Some(to) = filter.to {
        all = all.add(Column::At.lt(to));
    }
    all
}

fn fields(rating: &Rating) -> ActiveModel {
    let stars = |stars: Option<Stars>| stars.map(|stars| i32::from(stars.count()));
    let row = Model {
        id: rating.id.0,
        ticket_id: rating.ticket.0,
        customer_id: rating.customer.0,
        technician_id: rating.technician.map(|id| id.0),
        cs_id: rating.cs.map(|id| id.0),
        token: rating.token.clone(),
        technician_stars: stars(rating.technician_stars),
        technician_at: rating.technician_at,
        cs_stars: stars(rating.cs_stars),
        cs_at: rating.cs_at,
        comment: rating.comment.clone(),
        via: rating.via.clone(),
        at: rating.at,
        opened_at: rating.opened_at,
        expires_at: rating.expires_at,
    };
    row.into_active_model().reset_all()
}
