//! Spreadsheets on their way in.

use chrono::{DateTime, Utc};
use domain::ids::{ImportId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, QueryFilter, Set};

use crate::store::entity::import::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    pub filename: String,
    /// `None`: it is saved or given up.
    pub content: Option<String>,
    pub created_by: UserId,
    pub created_at: DateTime<Utc>,
    /// Rows that were gone through.
    pub done: i32,
    /// Customers that came of them.
    pub saved: i32,
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<Model> for Import {
    fn from(row: Model) -> Self {
        Self {
            id: ImportId(row.id),
            filename: row.filename,
            content: row.content,
            created_by: UserId(row.created_by),
            created_at: row.created_at,
            done: row.done,
            saved: row.saved,
            finished_at: row.finished_at,
        }
    }
}

/// Keeps a spreadsheet.
pub async fn insert(
    tx: &Tx,
    (filename, content): (String, String),
    by: UserId,
    at: DateTime<Utc>,
) -> Result<Import, Error> {
    let row = ActiveModel {
        id: NotSet,
        filename: Set(filename),
        content: Set(Some(content)),
        created_by: Set(by.0),
        created_at: Set(at),
        done: Set(0),
        saved: Set(0),
        finished_at: Set(None),
    };
    Ok(row.insert(&tx.inner).await?.into())
}

/// One spreadsheet.
pub async fn by_id(source: &impl Source, id: ImportId) -> Result<Option<Import>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    Ok(row.map(Into::into))
}

/// Notes how far it is, if nobody else went on since `import.done`. With `finished_at` its content goes.
pub async fn advance(
    tx: &Tx,
    import: &Import,
    (done, saved): (i32, i32),
    finished_at: Option<DateTime<Utc>>,
) -> Result<bool, Error> {
    let mut change = Entity::update_many()
        .col_expr(Column::Done, Expr::value(done))
        .col_expr(Column::Saved, Expr::value(saved));
    if finished_at.is_some() {
        change = change
            .col_expr(Column::FinishedAt, Expr::value(finished_at))
            .col_expr(Column::Content, Expr::value(Option::<String>::None));
    }
    let changed = change
        .filter(Column::Id.eq(import.id.0))
        .filter(Column::Done.eq(import.done))
        .filter(Column::FinishedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Forgets spreadsheets that came before then. Answers how many.
pub async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    let gone = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(&tx.inner)
        .await?;
    Ok(gone.rows_affected)
}
