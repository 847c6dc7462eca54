//! Who may come in: every route states its permission, and a door turns a credential into a person.
//!
//! A door says where the credential is and how it refuses. Its routes are collected in [`Routes`] (the
//! panel) or `api::Calls` (the API), which have two ways to add one: `guarded(perm, …)` (the panel's shorter
//! `get` and `post` are the same) and `open(…)`; so a route without a permission cannot be written, and [`Route`]
//! lists them all for the tests. Handlers behind a guard take `Extension<Signed>`, the person and the token.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::handler::Handler;
use axum::http::header::{AUTHORIZATION, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{self, MethodRouter};
use domain::permission::Perm;

use crate::app;
use crate::app::sessions::{self, Given, Kind, Signed};
use crate::web::State;
use crate::web::session::{Caller, cookie, cookie_token};

/// Why a request is not let in.
#[derive(Debug)]
pub enum Denied {
    /// There is no credential that stands.
    SignedOut,
    /// Until the password is changed only one's own account is open.
    MustChangePassword(Box<Signed>),
    /// The role lacks this permission.
    Forbidden(Box<Signed>),
    Failed(app::Error),
}

/// Where a door looks for the credential, and what it answers to whom it refuses.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    pub kind: Kind,
    pub credential: fn(&State, &HeaderMap) -> Option<String>,
    pub refuse: fn(&State, &Request, Denied) -> Response,
}

/// A route, for whoever walks all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// As in the router: `/panel/tickets/{id}`.
    pub path: String,
    /// `None`: open to everyone.
    pub perm: Option<Perm>,
}

/// The routes of a door, each with its permission.
#[derive(Debug)]
pub struct Routes {
    door: Door,
    state: State,
    router: Router<State>,
    list: Vec<Route>,
}

impl Routes {
    /// No routes yet.
    pub fn new(door: Door, state: &State) -> Self {
        Self {
            door,
            state: state.clone(),
            router: Router::new(),
            list: Vec::new(),
        }
    }

    /// Adds a route for people with this permission: `guarded(Perm::X, Method::GET, "/panel", get(page))`.
    #[must_use]
    pub fn guarded(self, perm: Perm, method: Method, path: &str, handler: MethodRouter<State>) -> Self {
        let handler = guard(self.door, perm, &self.state, handler);
        self.add(Some(perm), method, path, handler)
    }

    /// Adds what people with this permission may look at.
    #[must_use]
    pub fn get<H, T>(self, perm: Perm, path: &str, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.guarded(perm, Method::GET, path, routing::get(handler))
    }

    /// Adds what people with this permission may do by a form.
    #[must_use]
    pub fn post<H, T>(self, perm: Perm, path: &str, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.guarded(perm, Method::POST, path, routing::post(handler))
    }

    /// Adds a route for everyone.
    #[must_use]
    pub fn open(self, method: Method, path: &str, handler: MethodRouter<State>) -> Self {
        self.add(None, method, path, handler)
    }

    /// The router, and the list of its routes.
    pub fn into_parts(self) -> (Router<State>, Vec<Route>) {
        (self.router, self.list)
    }

    fn add(mut self, perm: Option<Perm>, method: Method, path: &str, handler: MethodRouter<State>) -> Self {
        let path = path.to_owned();
        self.router = self.router.route(&path, handler);
        self.list.push(Route { method, path, perm });
        self
    }
}

/// Lets only people with this permission through; they stand in the request's extensions.
pub fn guard(door: Door, perm: Perm, state: &State, handler: MethodRouter<State>) -> MethodRouter<State> {
    let state = state.clone();
    handler.route_layer(middleware::from_fn(move |request: Request, next: Next| {
        let state = state.clone();
        async move {
            match admit(&state, door, perm, request.headers()).await {
                Ok(signed) => {
                    let lasts = sessions::used(&state.app, door.kind, &signed).await;
                    let token = (door.credential)(&state, request.headers());
                    let mut request = request;
                    request.extensions_mut().insert(signed);
                    let mut response = next.run(request).await;
                    // Unless the answer has a cookie of its own: it may be the one that signs out.
                    if let Some((expires_at, token)) = lasts.zip(token)
                        && !response.headers().contains_key(SET_COOKIE)
                    {
                        let cookie = cookie(&state, &Given { token, expires_at });
                        response.headers_mut().append(SET_COOKIE, cookie);
                    }
                    response
                }
                Err(denied) => (door.refuse)(&state, &request, denied),
            }
        }
    }))
}

/// Who holds the request's credential, if he may do this.
pub async fn admit(state: &State, door: Door, perm: Perm, headers: &HeaderMap) -> Result<Signed, Denied> {
    let token = (door.credential)(state, headers).ok_or(Denied::SignedOut)?;
    let signed = sessions::who(&state.app, door.kind, &token)
        .await
        .map_err(Denied::Failed)?
        .ok_or(Denied::SignedOut)?;
    if signed.user.must_change_password && perm != Perm::OwnAccount {
        return Err(Denied::MustChangePassword(Box::new(signed)));
    }
    if !signed.user.role.may(perm) {
        return Err(Denied::Forbidden(Box::new(signed)));
    }
    Ok(signed)
}

/// The API's credential: `Authorization: Bearer …`, and nothing else.
pub fn bearer(_: &State, headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

/// The panel's credential: its cookie, and nothing else.
pub fn session_cookie(state: &State, headers: &HeaderMap) -> Option<String> {
    cookie_token(state, headers)
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let user_agent = parts
            .headers
            .get(USER_AGENT)
            .and_then(|agent| agent.to_str().ok());
        Ok(Self {
            address: peer.map(|ConnectInfo(peer)| address(peer.ip(), &parts.headers)),
            user_agent: user_agent.map(str::to_owned),
        })
    }
}

/// Who called: the peer, or, when that is a proxy of our own network, whom the proxy names.
///
/// A proxy adds the address that it saw at the end of `X-Forwarded-For`; what stands before it the
/// caller may have written himself. So the last public address counts.
fn address(peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !is_near(peer) {
        return peer;
    }
    let forwarded: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    let public = forwarded.iter().rev().find(|address| !is_near(**address));
    public.or(forwarded.last()).copied().unwrap_or(peer)
}

/// Loopback, private (RFC 1918, RFC 4193) or link-local.
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::HeaderMap;

    use crate::web::access::address;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        address(peer.parse::<IpAddr>().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_proxy_of_our_own_network_is_believed() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.3", &[]), "10.0.0.3");
        assert_eq!(seen("::ffff:10.0.0.3", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn what_the_caller_wrote_himself_does_not_count() {
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            seen("127.0.0.1", &["1.1.1.1", "198.51.100.1, 10.0.0.7"]),
            "198.51.100.1"
        );
        assert_eq!(seen("127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(seen("127.0.0.1", &["10.9.9.9, 192.168.1.4"]), "192.168.1.4");
    }
}
