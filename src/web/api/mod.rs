//! The JSON API under `/api/v1`: it only translates between HTTP and the use cases.
//!
//! A noun per file: its forms, and one function per call. Every call is added to [`Calls`] with the
//! permission that it needs; the OpenAPI document is made of the same functions.

pub mod alerts;
pub mod audit;
pub mod auth;
pub mod customers;
pub mod deliveries;
pub mod document;
pub mod documents;
pub mod input;
pub mod invoices;
pub mod letters;
pub mod lines;
pub mod once;
pub mod quarantine;
pub mod quota;
pub mod ratings;
pub mod requests;
pub mod services;
pub mod tickets;
pub mod users;

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use domain::permission::Perm;
use serde::Serialize;
use utoipa::IntoParams;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::page::Page;
use crate::app::sessions::Kind;
use crate::web::State;
use crate::web::access::{self, Denied, Door, Route, guard};
use crate::web::api::once::{Keep, once};
use crate::web::problem::{self, Problem};

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// What a call answers.
pub(crate) type Answer<T> = Result<Json<T>, Problem>;

/// The calls, each with its permission.
#[derive(Default)]
pub struct Calls(Vec<Call>);

struct Call {
    /// `None`: open to everyone.
    perm: Option<Perm>,
    keep: Keep,
    routes: UtoipaMethodRouter<State>,
}

/// `cursor` and `limit`, as every list takes them; [`input::List`] reads them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes")]
pub(crate) struct PageQuery {
    /// `next_cursor` of the page before.
    #[param(pattern = "^c[0-9]{1,18}$")]
    cursor: Option<String>,
    /// How many; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// The API, its document and the page to browse it.
pub fn routes(state: &State) -> Router<State> {
    let document = Bytes::from(document().to_string());
    let router = calls().0.into_iter().fold(OpenApiRouter::new(), |router, call| {
        router.routes(call.guarded(state))
    });
    let router = Router::from(router)
        .route(
            "/openapi.json",
            get(move || async move { ([(CONTENT_TYPE, "application/json")], document) }),
        )
        .fallback(|| async { Problem::NotFound })
        .layer(middleware::from_fn(problem::speak))
        .layer(middleware::map_response(closed_to_browsers));
    let browse = SwaggerUi::new("/api/docs").config(Config::from(format!("{BASE}/openapi.json")));
    let browse = Router::from(browse).layer(middleware::map_response(open_to_browsers));
    Router::new().nest(BASE, router).merge(browse)
}

/// The OpenAPI document.
pub fn document() -> serde_json::Value {
    let calls = calls();
    let list = calls.list();
    let router = calls
        .0
        .into_iter()
        .fold(OpenApiRouter::with_openapi(document::begun()), |router, call| {
            router.routes(call.routes)
        });
    document::finished(&router.into_openapi(), &list)
}

/// Every call, for whoever walks all of them.
pub fn list() -> Vec<Route> {
    calls().list()
}

fn calls() -> Calls {
    let nouns = [
        auth::calls,
        users::calls,
        customers::calls,
        services::calls,
        quota::calls,
        tickets::calls,
        letters::calls,
        requests::calls,
        alerts::calls,
        ratings::calls,
        documents::calls,
        invoices::calls,
        deliveries::calls,
        quarantine::calls,
        audit::calls,
    ];
    nouns.into_iter().fold(Calls::default(), |calls, add| add(calls))
}

impl Calls {
    /// Adds a call for people with this permission.
    #[must_use]
    pub(crate) fn guarded(self, perm: Perm, keep: Keep, routes: UtoipaMethodRouter<State>) -> Self {
        self.add(Some(perm), keep, routes)
    }

    /// Adds a call for everyone.
    #[must_use]
    pub(crate) fn open(self, routes: UtoipaMethodRouter<State>) -> Self {
        self.add(None, Keep::Plain, routes)
    }

    fn add(mut self, perm: Option<Perm>, keep: Keep, routes: UtoipaMethodRouter<State>) -> Self {
        self.0.push(Call { perm, keep, routes });
        self
    }

    fn list(&self) -> Vec<Route> {
        let of = |call: &Call| {
            let perm = call.perm;
            let items = call.routes.1.paths.iter().flat_map(|(path, item)| {
                let methods = [
                    (Method::GET, &item.get),
                    (Method::POST, &item.post),
                    (Method::PATCH, &item.patch),
                    (Method::DELETE, &item.delete),
                ];
                let path = format!("{BASE}{path}");
                let served = methods.into_iter().filter(|(_, operation)| operation.is_some());
                served.map(move |(method, _)| (method, path.clone()))
            });
            let routes = items.map(|(method, path)| Route { method, path, perm });
            routes.collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }
}

impl Call {
    fn guarded(self, state: &State) -> UtoipaMethodRouter<State> {
        let (schemas, paths, handler) = self.routes;
        let Some(perm) = self.perm else {
            return (schemas, paths, handler);
        };
        let (keep, once_state) = (self.keep, state.clone());
        let handler = handler.route_layer(middleware::from_fn(move |request: Request, next: Next| {
            once(once_state.clone(), keep, request, next)
        }));
        (schemas, paths, guard(DOOR, perm, state, handler))
    }
}

const DOOR: Door = Door {
    kind: Kind::Api,
    credential: access::bearer,
    refuse,
};

fn refuse(_: &State, _: &Request, denied: Denied) -> Response {
    let problem = match denied {
        Denied::SignedOut => Problem::Unauthenticated,
        Denied::MustChangePassword(_) => Problem::MustChangePassword,
        Denied::Forbidden(_) => Problem::Forbidden,
        Denied::Failed(error) => error.into(),
    };
    problem.into_response()
}

/// 201, the object, and where it is found.
pub(crate) fn created<T: Serialize>(base: &str, id: &str, object: T) -> Response {
    let place = HeaderValue::try_from(format!("{base}/{id}")).ok();
    let mut response = (StatusCode::CREATED, Json(object)).into_response();
    if let Some(place) = place {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}

/// A page as it is sent.
pub(crate) fn paged<T>(page: Result<Page<T>, crate::app::Error>) -> Answer<Page<T>> {
    Ok(Json(page?))
}

async fn closed_to_browsers(response: Response) -> Response {
    with(
        response,
        [
            (CACHE_CONTROL, "no-store"),
            (
                CONTENT_SECURITY_POLICY,
                "default-src 'none'; frame-ancestors 'none'",
            ),
        ],
    )
}

async fn open_to_browsers(response: Response) -> Response {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                  img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
    with(
        response,
        [(CONTENT_SECURITY_POLICY, policy), (CACHE_CONTROL, "no-cache")],
    )
}

fn with(mut response: Response, headers: [(HeaderName, &'static str); 2]) -> Response {
    for (name, value) in headers {
        // What a handler said itself, such as the narrower policy of a file, stays.
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
