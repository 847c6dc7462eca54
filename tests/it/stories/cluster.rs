//! What replicas share in Redis, and how they do without it.

use std::time::Duration;

use tanggap::cluster::{Change, Cluster, Limit, Reserve, Topic};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::harness::Backend;

const PATIENCE: Duration = Duration::from_secs(10);

/// A replica in touch with the others until it is told to stop.
struct Replica {
    cluster: Cluster,
    stop: CancellationToken,
    work: tokio::task::JoinHandle<()>,
}

impl Replica {
    fn start(url: &str, prefix: &str) -> Self {
        let cluster = Cluster::redis(&url.to_owned().into(), prefix).expect("an address");
        let stop = CancellationToken::new();
        let run = cluster.clone().run(stop.clone());
        #[expect(clippy::disallowed_methods, reason = "a story starts the replica itself")]
        let work = tokio::spawn(run);
        Self { cluster, stop, work }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.work.await.expect("ends");
    }
}

/// Tells a story of two replicas, when there is a Redis.
fn two_replicas(prefix: &str, story: impl AsyncFn(Replica, Replica)) {
    let Some(Backend::Postgres { redis, .. }) = Backend::servers() else {
        eprintln!("LEFT OUT: replicas in Redis; ./tests/run runs them");
        return;
    };
    let prefix = format!("{prefix}:{}", std::process::id());
    runtime()
        .block_on(async { story(Replica::start(&redis, &prefix), Replica::start(&redis, &prefix)).await });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

#[test]
fn a_wake_up_and_a_change_reach_the_other_replica() {
    two_replicas("news", async |one, other| {
        let mut changes = other.cluster.watch();
        // Whoever begins to listen looks once, since he cannot know what he missed.
        let begun = timeout(PATIENCE, changes.recv()).await.expect("it listens");
        assert_eq!(begun.expect("a change"), Change::Tickets);
        timeout(PATIENCE, other.cluster.woken(Topic::Outbox, "story"))
            .await
            .expect("it looks");
        timeout(PATIENCE, other.cluster.woken(Topic::Inbox, "story"))
            .await
            .expect("it looks");

        one.cluster.wake(Topic::Inbox);
        timeout(PATIENCE, other.cluster.woken(Topic::Inbox, "story"))
            .await
            .expect("woken");
        one.cluster.publish(Change::Tickets);
        let change = timeout(PATIENCE, changes.recv()).await.expect("told");
        assert_eq!(change.expect("a change"), Change::Tickets);
        let quiet = timeout(
            Duration::from_millis(100),
            other.cluster.woken(Topic::Outbox, "story"),
        )
        .await;
        assert!(quiet.is_err(), "nobody woke the outbox");
        one.stop().await;
        other.stop().await;
    });
}

#[test]
fn a_limit_holds_for_all_replicas_together() {
    two_replicas("limits", async |one, other| {
        let both = [&one.cluster, &other.cluster];
        let window = Limit::every(Duration::ZERO).at_most(20, Duration::from_mins(1));
        let mut passed = 0;
        for n in 0..30 {
            match both[n % 2].reserve(&window, "-100", Duration::ZERO).await {
                Reserve::After(_) => passed += 1,
                Reserve::Refused(wait) => assert!(wait > Duration::from_secs(50), "{wait:?}"),
            }
        }
        assert_eq!(passed, 20);

        let gap = Limit::every(Duration::from_millis(20));
        let began = Instant::now();
        for n in 0..40 {
            let asked = both[n % 2].reserve(&gap, "bot", Duration::from_secs(1)).await;
            let Reserve::After(wait) = asked else {
                panic!("{asked:?}")
            };
            sleep(wait).await;
        }
        assert!(
            began.elapsed() >= Duration::from_millis(39 * 20 - 5),
            "{:?}",
            began.elapsed()
        );

        one.cluster.postpone(&gap, "7", Duration::from_secs(30)).await;
        let asked = other.cluster.reserve(&gap, "7", Duration::from_secs(1)).await;
        assert!(
            matches!(asked, Reserve::Refused(wait) if wait > Duration::from_secs(29)),
            "{asked:?}"
        );
        one.stop().await;
        other.stop().await;
    });
}

#[test]
fn one_leads_and_another_follows_when_it_stops() {
    two_replicas("lead", async |one, other| {
        assert!(one.cluster.lead("task").await);
        assert!(!other.cluster.lead("task").await);
        assert!(
            other.cluster.lead("another task").await,
            "each task has its own leader"
        );
        // Longer than a lead lasts: it is renewed, though nobody asks.
        sleep(Duration::from_secs(12)).await;
        assert!(one.cluster.lead("task").await && !other.cluster.lead("task").await);
        one.stop().await;
        let followed = async {
            while !other.cluster.lead("task").await {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(PATIENCE, followed).await.expect("the lead is passed on");
        other.stop().await;
    });
}

#[test]
fn an_address_with_tls_can_be_used() {
    runtime().block_on(async {
        drop(rustls::crypto::ring::default_provider().install_default());
        let cluster = Cluster::redis(&"rediss://127.0.0.1:1/0".to_owned().into(), "nowhere");
        assert!(cluster.is_ok(), "{cluster:?}");
    });
}

#[test]
fn without_redis_everything_goes_on_more_slowly() {
    runtime().block_on(async {
        // Nobody listens on port 1.
        let alone = Replica::start("redis://127.0.0.1:1/", "nowhere");
        let limit = Limit::every(Duration::from_millis(100));
        let began = Instant::now();
        let first = alone.cluster.reserve(&limit, "bot", Duration::ZERO).await;
        assert_eq!(first, Reserve::After(Duration::ZERO));
        let asked = alone.cluster.reserve(&limit, "bot", Duration::ZERO).await;
        assert!(
            matches!(asked, Reserve::Refused(wait) if wait > Duration::from_millis(200)),
            "{asked:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert!(!alone.cluster.healthy());
        alone.cluster.wake(Topic::Outbox);
        timeout(PATIENCE, alone.cluster.woken(Topic::Outbox, "story"))
            .await
            .expect("it wakes itself");

        let leads = async {
            while !alone.cluster.lead("task").await {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(PATIENCE * 2, leads)
            .await
            .expect("scheduled work still happens");
        alone.stop().await;
    });
}
