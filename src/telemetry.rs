//! Logs without secrets, and the counters that `/metrics` shows.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::io::{self, IsTerminal, Stderr, Write};
use std::sync::{Arc, OnceLock};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged when `RUST_LOG` does not say otherwise.
const FILTER: &str = "info,sqlx=warn,sea_orm_migration=warn,memory_serve=warn";

/// Upper bounds of the histograms' buckets, in seconds.
const BUCKETS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0,
];

/// Shorter than this a secret would blot out ordinary words.
const SHORTEST_SECRET: usize = 6;

/// Sends the log to standard error: for people at a terminal, as JSON lines otherwise, filtered
/// by `RUST_LOG`. Wherever one of `secrets` would appear, `***` does, since libraries put
/// addresses with tokens in them into their errors. The second call in a process changes nothing.
pub fn log(secrets: impl IntoIterator<Item = String>) {
    let filter = EnvFilter::try_from_default_env();
    let misunderstood = filter.as_ref().err().map(ToString::to_string);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| EnvFilter::new(FILTER)))
        .with_writer(Redacting::new(secrets));
    let installed = if io::stderr().is_terminal() {
        builder.with_ansi(true).finish().try_init()
    } else {
        builder.json().flatten_event(true).finish().try_init()
    };
    if installed.is_ok()
        && let Some(error) = misunderstood.filter(|_| is_filter_given())
    {
        tracing::warn!(error, "RUST_LOG is not understood, {FILTER} is used");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "RUST_LOG is the log library's own, no setting of ours"
)]
fn is_filter_given() -> bool {
    std::env::var_os(EnvFilter::DEFAULT_ENV).is_some()
}

/// Everything counted in this process by the `metrics` macros.
#[derive(Clone, Debug)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Begins to count; every call in a process gives the same counters.
    pub fn start() -> Self {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        Self(HANDLE.get_or_init(install).clone())
    }

    /// The counters in Prometheus' text format.
    pub fn render(&self) -> String {
        self.0.render()
    }
}

fn install() -> PrometheusHandle {
    let builder = || PrometheusBuilder::new().set_buckets(&BUCKETS);
    let installed = builder().and_then(PrometheusBuilder::install_recorder);
    // Somebody else in this process counts already: what we show stays empty.
    installed.unwrap_or_else(|error| {
        tracing::warn!(%error, "metrics are not counted");
        PrometheusBuilder::new().build_recorder().handle()
    })
}

/// Standard error with the secrets blotted out.
#[derive(Clone)]
struct Redacting<W = fn() -> Stderr> {
    secrets: Arc<[String]>,
    to: W,
}

impl Redacting {
    fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        Self::to(secrets, io::stderr)
    }
}

impl<W> Redacting<W> {
    fn to(secrets: impl IntoIterator<Item = String>, to: W) -> Self {
        let secrets = secrets
            .into_iter()
            .filter(|secret| secret.len() >= SHORTEST_SECRET);
        Self {
            secrets: secrets.collect(),
            to,
        }
    }
}

impl<'a, O: Write, W: Fn() -> O> MakeWriter<'a> for Redacting<W> {
    type Writer = Blotter<O>;

    fn make_writer(&'a self) -> Self::Writer {
        Blotter {
            secrets: self.secrets.clone(),
            to: (self.to)(),
        }
    }
}

/// Writes one event, which the log hands over whole.
struct Blotter<O> {
    secrets: Arc<[String]>,
    to: O,
}

impl<O: Write> Write for Blotter<O> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        if self.secrets.iter().any(|secret| text.contains(secret.as_str())) {
            let blotted = self
                .secrets
                .iter()
                .fold(text.into_owned(), |text, s| text.replace(s.as_str(), "***"));
            self.to.write_all(blotted.as_bytes())?;
        } else {
            self.to.write_all(event)?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::telemetry::{Metrics, Redacting, log};
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("a page").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn secrets_never_reach_the_log() {
        let page = Page::default();
        let copy = page.clone();
        let writer = Redacting::to(["123:hunter2".to_owned(), "abc".to_owned()], move || copy.clone());
        let subscriber = tracing_subscriber::fmt().with_writer(writer).json().finish();
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(
                url = "https://api.telegram.org/bot123:hunter2/getMe",
                "abc: no answer"
            );
        });
        let text = String::from_utf8(page.0.lock().expect("a page").clone()).expect("text");
        assert!(
            text.contains("/bot***/getMe") && !text.contains("hunter2"),
            "{text}"
        );
        assert!(
            text.contains("abc: no answer"),
            "too short to be a secret: {text}"
        );
    }

    #[test]
    fn starting_twice_is_harmless_and_counts_in_one_place() {
        log([]);
        log([]);
        let (one, other) = (Metrics::start(), Metrics::start());
        metrics::counter!("telemetry_test").increment(2);
        metrics::histogram!("telemetry_test_seconds").record(0.003);
        assert!(one.render().contains("telemetry_test 2"), "{}", one.render());
        assert!(
            other
                .render()
                .contains("telemetry_test_seconds_bucket{le=\"0.005\"} 1"),
            "{}",
            other.render()
        );
    }
}
