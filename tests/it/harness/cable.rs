//! Cables between the product and its servers, which a story can cut and mend.

use std::net::{Ipv4Addr, SocketAddr};

use tanggap::config::Config;
use tanggap::config::database::DatabaseUrl;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// One cable: whoever connects to its near end speaks to the server at the far end.
pub(crate) struct Cable {
    whole: watch::Sender<bool>,
}

/// Those of a process on PostgreSQL and Redis.
pub(crate) struct Cables {
    pub(crate) database: Cable,
    pub(crate) redis: Cable,
}

impl Cables {
    /// Lays them between the servers of these settings and whoever is started with them; none on SQLite.
    pub(crate) async fn lay(config: &mut Config) -> Option<Self> {
        let DatabaseUrl::Postgres(_) = &config.database.url else {
            return None;
        };
        let (database, url) = Cable::lay(config.database.url.expose()).await;
        config.database.url = DatabaseUrl::Postgres(url.into());
        let redis = config.redis.url.as_ref().expect("replicas meet in Redis");
        let (redis, url) = Cable::lay(secrecy::ExposeSecret::expose_secret(redis)).await;
        config.redis.url = Some(url.into());
        Some(Self { database, redis })
    }
}

impl Cable {
    /// A cable to the server of this address; answers the address of its near end.
    async fn lay(url: &str) -> (Self, String) {
        let (_, rest) = url.split_once("://").expect("a scheme");
        let place = rest.split('/').next().expect("a place");
        let server = place.rsplit('@').next().expect("a server").to_owned();
        let near = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
            .await
            .expect("a free port");
        let address = near.local_addr().expect("an address").to_string();
        let url = url.replace(&server, &address);
        let (whole, state) = watch::channel(true);
        spawn(async move {
            while let Ok((stream, _)) = near.accept().await {
                spawn(carry(stream, server.clone(), state.clone()));
            }
        });
        (Self { whole }, url)
    }

    /// Nothing passes any more, and whoever connects is hung up on.
    pub(crate) fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// It is as before; what broke stays broken.
    pub(crate) fn mend(&self) {
        self.whole.send_replace(true);
    }
}

async fn carry(mut near: TcpStream, server: String, mut state: watch::Receiver<bool>) {
    if !*state.borrow() {
        return;
    }
    if let Ok(mut far) = TcpStream::connect(server).await {
        tokio::select! {
            _ = copy_bidirectional(&mut near, &mut far) => {}
            _ = state.wait_for(|whole| !whole) => {}
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "cables lie beside the story")]
fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work);
}
