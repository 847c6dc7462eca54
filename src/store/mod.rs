//! The database: the only place that names `sea_orm`.
//!
//! Reads go to a pool. Writes go through [`Db::write`], one transaction each: on PostgreSQL on a
//! connection of their own, on SQLite through one writer that commits in groups.

pub mod alerts;
pub mod approvals;
pub mod audit;
pub mod channels;
pub mod claim;
pub mod contacts;
pub mod conversations;
pub mod customers;
pub mod documents;
mod entity;
mod error;
pub mod idempotency;
pub mod imports;
pub mod inbox;
pub mod installation;
pub mod invoices;
pub mod messages;
pub mod numbers;
pub mod open;
pub mod outbox;
mod page;
pub mod quotas;
pub mod ratings;
pub mod requests;
pub mod services;
pub mod settings;
pub mod tickets;
pub mod tokens;
pub mod uploads;
pub mod users;
pub mod visits;
pub mod webhooks;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};

pub use crate::store::error::Error;
pub use crate::store::open::{migrate, open, pending_migrations};
use crate::store::writer::Jobs;
pub use crate::store::writer::Writer;

/// The database, for reading and for opening transactions. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) pool: DatabaseConnection,
    /// SQLite's single writer; PostgreSQL has none.
    pub(crate) jobs: Option<Jobs>,
}

/// One transaction. What must happen once it has committed is noted on it.
#[derive(Debug)]
pub struct Tx {
    pub(crate) inner: DatabaseTransaction,
    effects: Mutex<Effects>,
}

/// What the rest of the system must hear after a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a bell of its own")]
pub struct Effects {
    /// Messages wait in the outbox.
    pub outbox: bool,
    /// Tickets that changed, for whoever watches the board.
    pub tickets: bool,
    /// Files wait to be fetched.
    pub files: bool,
    /// The company's settings changed.
    pub settings: bool,
}

/// Something that queries can run on: the pool, or a transaction.
pub trait Source: Sync {
    /// SeaORM's connection.
    type Connection: ConnectionTrait;
    /// The connection to run on.
    fn connection(&self) -> &Self::Connection;
}

impl Source for Db {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.pool
    }
}

impl Source for Tx {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction) -> Self {
        Self {
            inner,
            effects: Mutex::default(),
        }
    }

    pub(crate) fn into_parts(self) -> (DatabaseTransaction, Effects) {
        (
            self.inner,
            self.effects.into_inner().unwrap_or_else(PoisonError::into_inner),
        )
    }

    pub(crate) fn effects(&self) -> Effects {
        self.effects
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Messages were queued.
    pub(crate) fn note_outbox(&self) {
        self.effects.lock().unwrap_or_else(PoisonError::into_inner).outbox = true;
    }

    /// Files wait to be fetched.
    pub(crate) fn note_files(&self) {
        self.effects.lock().unwrap_or_else(PoisonError::into_inner).files = true;
    }

    /// The company's settings changed.
    pub(crate) fn note_settings(&self) {
        self.effects
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .settings = true;
    }

    /// A ticket changed.
    pub fn note_tickets(&self) {
        self.effects
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .tickets = true;
    }
}

impl Db {
    /// Runs `work` in one transaction: committed when it returns `Ok`, rolled back otherwise.
    ///
    /// The answer comes after the commit is durable, with what the rest of the system must hear.
    /// Nothing slow belongs in `work`: on SQLite every writer waits for it.
    pub async fn write<T, E, F>(&self, work: F) -> Result<(T, Effects), E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        if let Some(jobs) = &self.jobs {
            return jobs.run(work).await;
        }
        let tx = Tx::new(self.pool.begin().await.map_err(Error::from)?);
        match work(&tx).await {
            Ok(value) => {
                let (inner, effects) = tx.into_parts();
                inner.commit().await.map_err(Error::from)?;
                Ok((value, effects))
            }
            Err(error) => {
                // The connection rolls back on its own when this fails.
                drop(tx.into_parts().0.rollback().await);
                Err(error)
            }
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.pool.ping().await.map_err(Error::from)
    }

    /// Whether this is SQLite: one process, one writer.
    pub fn is_embedded(&self) -> bool {
        self.jobs.is_some()
    }

    /// Closes the pool once its connections are back.
    pub async fn close(self) {
        drop(Arc::new(self.pool.close().await));
    }
}
