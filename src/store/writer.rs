//! SQLite's one writer: work queues up in order and is committed in groups.
//!
//! Competing writers on SQLite wait for each other by polling and starve for seconds; one writer does not,
//! and one fsync serves everyone who queued up while the last one ran. Each job has a savepoint of its own,
//! so that one that fails takes nobody with it.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use crate::store::{Effects, Error, Tx};

/// How many jobs share a commit at most: enough to spread an fsync thin, few enough to answer soon.
const GROUP: usize = 64;

type Finish = Box<dyn FnOnce(bool) + Send>;
type Job = Box<dyn for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Ran> + Send>;

/// What became of a job: whether its savepoint stays, and how to tell whoever waits.
struct Ran {
    keep: bool,
    finish: Finish,
}

/// The way to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Jobs(mpsc::Sender<JobBox>);

/// A named type, so that the channel can derive `Debug` around it.
pub(crate) struct JobBox(Job);

impl std::fmt::Debug for JobBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

/// The writer itself: a future that the runtime drives until every sender is gone.
#[derive(Debug)]
pub struct Writer {
    connection: DatabaseConnection,
    jobs: mpsc::Receiver<JobBox>,
}

/// A writer on this connection, and the way to it.
pub(crate) fn writer(connection: DatabaseConnection) -> (Jobs, Writer) {
    let (sender, jobs) = mpsc::channel(1024);
    (Jobs(sender), Writer { connection, jobs })
}

impl Jobs {
    pub(crate) async fn run<T, E, F>(&self, work: F) -> Result<(T, Effects), E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (answer, told) = oneshot::channel::<Result<T, E>>();
        let (effects_in, effects_out) = oneshot::channel::<Effects>();
        let job: Job = Box::new(move |tx| {
            async move {
                let result = AssertUnwindSafe(work(tx)).catch_unwind().await;
                let result = result.unwrap_or_else(|_| Err(Error::Panicked.into()));
                let keep = result.is_ok();
                let effects = tx.effects();
                let finish: Finish = Box::new(move |committed| {
                    let result = if committed || !keep {
                        result
                    } else {
                        Err(Error::Stopped.into())
                    };
                    // Whoever asked may have gone away meanwhile; the work stands all the same.
                    drop(effects_in.send(effects));
                    drop(answer.send(result));
                });
                Ran { keep, finish }
            }
            .boxed()
        });
        self.0.send(JobBox(job)).await.map_err(|_| Error::Stopped)?;
        let value = told.await.map_err(|_| Error::Stopped)??;
        Ok((value, effects_out.await.unwrap_or_default()))
    }
}

impl Writer {
    /// Works until no one can send any more.
    pub async fn run(mut self) {
        let mut group = Vec::with_capacity(GROUP);
        while self.jobs.recv_many(&mut group, GROUP).await > 0 {
            self.commit(&mut group).await;
        }
    }

    /// Works while someone else waits for it; without a writer, only waits.
    pub async fn drive(writer: Option<Self>) {
        match writer {
            Some(writer) => writer.run().await,
            None => std::future::pending().await,
        }
    }

    async fn commit(&self, group: &mut Vec<JobBox>) {
        let outer = match self.begin().await {
            Ok(outer) => outer,
            Err(error) => {
                // Dropping the jobs tells everyone that the writer could not serve them.
                tracing::error!(%error, "the writer cannot open a transaction");
                group.clear();
                return;
            }
        };
        let mut ran = Vec::with_capacity(group.len());
        let mut sound = true;
        for job in group.drain(..) {
            match run_one(&outer, job.0).await {
                Ok(finish) => ran.push(finish),
                Err(error) => {
                    // The transaction itself may be gone with the savepoint: nobody in it is told success.
                    tracing::error!(%error, "a savepoint failed; its group is rolled back");
                    sound = false;
                    break;
                }
            }
        }
        let ended = if sound {
            outer.commit().await
        } else {
            outer.rollback().await
        };
        if let Err(error) = &ended {
            tracing::error!(%error, "a group could not be ended");
        }
        let committed = sound && ended.is_ok();
        for finish in ran {
            finish(committed);
        }
    }
}

impl Writer {
    /// Takes the write lock at once: a transaction that begins by reading could not write after someone else
    /// has (another process at the console, say), and its whole group would fail.
    async fn begin(&self) -> Result<DatabaseTransaction, sea_orm::DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await
    }
}

async fn run_one(outer: &DatabaseTransaction, job: Job) -> Result<Finish, sea_orm::DbErr> {
    let tx = Tx::new(outer.begin().await?);
    let ran = job(&tx).await;
    let (savepoint, _) = tx.into_parts();
    if ran.keep {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    Ok(ran.finish)
}
