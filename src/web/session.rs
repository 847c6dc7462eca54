//! Signing in: passwords as Argon2id, tokens in exchange, failures slowed down, cookies for the panel.
//!
//! Both doors call [`sign_in`]; the panel then sets [`cookie`] and clears it with [`no_cookie`].
//! New passwords go through [`Hasher::hash`], changed ones through [`change_password`].

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::{self, Output, ParamsString, Salt};
use argon2::password_hash::{self, CustomizedPasswordHasher, PasswordVerifier, generate_salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use chrono::TimeDelta;
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use domain::person::Password;
use tokio::sync::Semaphore;

use crate::app::sessions::{self, Given, Kind, Origin, Signed, User};
use crate::app::users::{self, PasswordHash};
use crate::app::{self, Act, Channel};
use crate::web::State;

/// Hashes at a time: each takes a core and 19 MB for about 30 ms.
const AT_ONCE: usize = 2;

/// Hashes and compares passwords, a few at a time, off the threads that serve. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    /// What a sign-in under an unknown name is compared with, so that it takes as long.
    decoy: Arc<OnceLock<String>>,
}

/// Why someone is not let in.
#[derive(Debug)]
pub enum Refused {
    /// The name, the password or the account is wrong; which, nobody is told.
    Wrong,
    /// Too many failures: there is this long to wait.
    Slowed(TimeDelta),
    Failed(app::Error),
}

impl From<app::Error> for Refused {
    fn from(error: app::Error) -> Self {
        Self::Failed(error)
    }
}

/// Where someone comes from.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    pub address: Option<IpAddr>,
    pub user_agent: Option<String>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            decoy: Arc::default(),
        }
    }
}

impl Hasher {
    /// The PHC string of a password (Argon2id, 19 MiB, 2 passes).
    pub async fn hash(&self, password: &Password) -> PasswordHash {
        let _permit = self.permits.acquire().await;
        let password = password.clone();
        PasswordHash(aside(move || digest(password.expose())).await)
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long, and is not.
    pub async fn matches(&self, hash: Option<&PasswordHash>, password: &str) -> bool {
        let _permit = self.permits.acquire().await;
        self.compare(hash, password).await
    }

    async fn compare(&self, hash: Option<&PasswordHash>, password: &str) -> bool {
        let (hash, password) = (hash.map(|hash| hash.0.clone()), password.to_owned());
        let decoy = self.decoy.clone();
        aside(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| decoy.get_or_init(|| digest("decoy")).clone());
            let hash = phc::PasswordHash::new(&hash);
            let is_same = |hash| Frugal.verify_password(password.as_bytes(), &hash).is_ok();
            hash.is_ok_and(is_same) && known
        })
        .await
    }
}

/// Exchanges a name and a password for a token: `Kind::Api` for programs, `Kind::Session` for the panel.
pub async fn sign_in(
    state: &State,
    username: &str,
    password: &str,
    (kind, channel): (Kind, Channel),
    caller: Caller,
) -> Result<(User, Given), Refused> {
    let app = &state.app;
    let slowed = || state.throttles.wait(caller.address, username, app.now());
    if let Some(wait) = slowed() {
        return Err(Refused::Slowed(wait));
    }
    let found = sessions::candidate(app, username).await?;
    let matched = {
        let _permit = state.hasher.permits.acquire().await;
        // Again under the permit: of many guesses at once only as many are compared as may fail.
        if let Some(wait) = slowed() {
            return Err(Refused::Slowed(wait));
        }
        let hash = found.as_ref().map(|(_, hash)| hash);
        let matched = state.hasher.compare(hash, password).await;
        if !matched {
            state.throttles.failed(caller.address, username, app.now());
        }
        matched
    };
    let Some((user, hash)) = found.filter(|_| matched) else {
        tracing::info!(channel = channel.as_str(), "a sign-in was refused");
        metrics::counter!("sign_in_failures_total").increment(1);
        return Err(Refused::Wrong);
    };
    let act = Act::of(user.id, channel, app.now());
    let origin = Origin {
        ip: caller.address.map(|address| address.to_string()),
        user_agent: caller.user_agent,
    };
    let given = match sessions::open(app, &act, &user, kind, origin).await {
        // The password was changed while it was compared.
        Err(app::Error::Stale) => return Err(Refused::Wrong),
        given => given?,
    };
    if is_outdated(&hash.0) {
        rehash(state, &user, hash, password).await;
    }
    Ok((user, given))
}

/// Changes one's own password and ends one's other sessions. Wrong current passwords count as failures.
pub async fn change_password(
    state: &State,
    act: &Act,
    signed: &Signed,
    current: &str,
    new: &str,
) -> Result<(), Refused> {
    let (app, user) = (&state.app, &signed.user);
    if let Some(wait) = state.throttles.wait(None, &user.username, app.now()) {
        return Err(Refused::Slowed(wait));
    }
    let mut invalid = Invalid::default();
    let password = invalid.take("new", Password::parse(new));
    let hash = PasswordHash(user.password_hash.clone());
    if state.hasher.matches(Some(&hash), current).await {
        if current == new {
            invalid.note("new", Fault::SamePassword);
        }
    } else {
        invalid.note("current", Fault::WrongPassword);
        state.throttles.failed(None, &user.username, app.now());
    }
    let (Some(password), Ok(())) = (password, invalid.clone().check()) else {
        return Err(app::Error::Invalid(invalid).into());
    };
    let hash = state.hasher.hash(&password).await;
    let new = users::NewPassword {
        hash,
        must_change: false,
        verified: Some(PasswordHash(user.password_hash.clone())),
        keep: Some(signed.token),
    };
    Ok(users::set_password(app, act, user.id, new).await?)
}

/// Gives someone a generated password, which he must change; this is the only time it can be read.
pub async fn reset_password(state: &State, act: &Act, id: UserId) -> Result<String, app::Error> {
    let password = users::generated_password();
    let parsed = Password::parse(&password).map_err(|fault| Invalid::one("password", fault))?;
    let hash = state.hasher.hash(&parsed).await;
    let new = users::NewPassword {
        hash,
        must_change: true,
        verified: None,
        keep: None,
    };
    users::set_password(&state.app, act, id, new).await?;
    Ok(password)
}

/// The name of the panel's cookie. Browsers take `__Host-` only over https, for this host and the path `/`.
pub fn cookie_name(state: &State) -> &'static str {
    if state.app.config.server.is_https() {
        "__Host-sid"
    } else {
        "sid"
    }
}

/// The `Set-Cookie` that keeps someone signed in to the panel.
///
/// `Lax`, not `Strict`: people come from links in Telegram and must not look signed out.
pub fn cookie(state: &State, given: &Given) -> HeaderValue {
    let life = (given.expires_at - state.app.now()).num_seconds().max(0);
    set_cookie(state, &given.token, life)
}

/// The `Set-Cookie` that takes the cookie away.
pub fn no_cookie(state: &State) -> HeaderValue {
    set_cookie(state, "", 0)
}

/// The panel's token among the cookies of a request.
pub fn cookie_token(state: &State, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(state);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, token)| token.to_owned())
}

fn set_cookie(state: &State, token: &str, seconds: i64) -> HeaderValue {
    let secure = if state.app.config.server.is_https() {
        "; Secure"
    } else {
        ""
    };
    let name = cookie_name(state);
    HeaderValue::try_from(format!(
        "{name}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}"
    ))
    .expect("a token is of letters, digits, dash and underscore")
}

/// A hash of other costs than today's is made anew, now that the password is at hand.
async fn rehash(state: &State, user: &User, old: PasswordHash, password: &str) {
    let Ok(password) = Password::parse(password) else {
        return;
    };
    let new = state.hasher.hash(&password).await;
    if let Err(error) = users::rehash(&state.app, user.id, old, new).await {
        tracing::warn!(%error, "a password could not be hashed anew");
    }
}

fn is_outdated(hash: &str) -> bool {
    let Ok(parsed) = phc::PasswordHash::new(hash) else {
        return false;
    };
    let today = Params::default();
    Params::try_from(&parsed).map_or(true, |params| {
        params.m_cost() != today.m_cost()
            || params.t_cost() != today.t_cost()
            || params.p_cost() != today.p_cost()
    })
}

fn digest(password: &str) -> String {
    Frugal
        .hash_password_with_params(password.as_bytes(), &generate_salt(), Params::default())
        .expect("the default costs are valid, and the salt is the system's")
        .to_string()
}

/// Argon2id whose memory goes back to the system. What a thread frees glibc keeps for that thread, up to
/// 32 MiB at a time, and hashes run on many threads: forty sign-ins left half a gigabyte behind. So a little
/// more is asked for than that, and only as much is touched as is used.
struct Frugal;

/// Asked for, in blocks of 1 KiB.
const ASKED: usize = 33 * 1024;

impl CustomizedPasswordHasher<phc::PasswordHash> for Frugal {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<phc::PasswordHash> {
        let algorithm = algorithm.map_or(Ok(Algorithm::Argon2id), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::V0x13), Version::try_from)?;
        let text = ParamsString::try_from(&params)?;
        let (length, used) = (
            params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN),
            params.block_count(),
        );
        let mut memory = Vec::with_capacity(used.max(ASKED));
        memory.resize(used, Block::default());
        let mut out = vec![0; length];
        Argon2::new(algorithm, version, params)
            .hash_password_into_with_memory(password, salt, &mut out, memory)?;
        Ok(phc::PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: text,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(&out)?),
        })
    }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(value) => value,
        // It panicked (the next layer answers), or the process is stopping.
        Err(error) => {
            std::panic::resume_unwind(error.try_into_panic().unwrap_or_else(|_| Box::new("stopped")))
        }
    }
}
