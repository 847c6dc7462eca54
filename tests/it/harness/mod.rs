//! A whole company for a story: the product, the simulator, and typed people who speak HTTP to both.

mod api;
mod backend;
mod browser;
mod cable;
mod chromium;
mod customer;
mod kills;
mod office;
mod phone;
pub(crate) mod picture;
mod process;
mod s3;
mod sharing;
mod waits;
pub(crate) mod whatsapp;
mod world;

pub(crate) use crate::harness::api::{Answer, Api};
pub(crate) use crate::harness::backend::{Backend, number, order, variable};
pub(crate) use crate::harness::browser::Browser;
pub(crate) use crate::harness::cable::Cables;
pub(crate) use crate::harness::chromium::Chromium;
pub(crate) use crate::harness::customer::Customer;
pub(crate) use crate::harness::kills::{call, kill_at_random, on_each, said};
pub(crate) use crate::harness::office::{Boy, Office, office};
pub(crate) use crate::harness::phone::Phone;
pub(crate) use crate::harness::process::Process;
pub(crate) use crate::harness::s3::S3;
pub(crate) use crate::harness::sharing::{Live, Received};
pub(crate) use crate::harness::world::{PASSWORD, Second, Setup, World, form, simulate};

/// Tells one story on every backend there is.
///
/// `story!(name, setup, |world| async move { … });` or without a setup.
macro_rules! story {
    ($(#[$doc:meta])* $name:ident, $world:ident => $body:block) => {
        story!($(#[$doc])* $name, crate::harness::Setup::default(), $world => $body);
    };
    ($(#[$doc:meta])* $name:ident, $setup:expr, $world:ident => $body:block) => {
        $(#[$doc])*
        #[test]
        fn $name() {
            crate::harness::tell(stringify!($name), $setup, |$world| Box::pin(async move {
                let $world = $world;
                $body
                $world.finish().await;
            }));
        }
    };
}
pub(crate) use story;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How long a story waits for what must become so. No story measures time: this is the patience of a machine that
/// does many other things.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

type Told = Pin<Box<dyn Future<Output = ()>>>;

/// Runs a story on each backend, one after the other, with a world of its own each time.
pub(crate) fn tell(name: &str, setup: Setup, story: impl Fn(World) -> Told) {
    for backend in Backend::all() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let world = World::new(backend, name, setup.clone()).await;
            story(world).await;
        });
    }
}
