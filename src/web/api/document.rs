//! The OpenAPI document: made of the calls themselves, completed with what holds for all of them.

use serde_json::{Map, Value, json};
use utoipa::PartialSchema;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::web::access::Route;
use crate::web::api::BASE;
use crate::web::api::once::HEADER;
use crate::web::problem::{self, FieldError, KINDS, MEDIA_TYPE};

const DESCRIPTION: &str = "Ids are opaque strings; times are RFC 3339 in UTC, dates `YYYY-MM-DD` in the company's \
zone; money is whole rupiah; a missing value is `null`. Lists are read page by page: `next_cursor` asks for the \
next. Writes accept an `Idempotency-Key`; a `PATCH` with an older `version` is refused as `stale`. Errors are \
`application/problem+json`, their `detail` in the language of `Accept-Language` (`id` or `en`).";

/// What a problem's answer is called in the document: status, name, description.
const REFUSALS: [(u16, &str, &str); 11] = [
    (400, "Malformed", "The content cannot be read: `malformed`."),
    (
        401,
        "Unauthenticated",
        "No token, or none that stands; at sign-in, a wrong name or password.",
    ),
    (
        403,
        "Forbidden",
        "The role may not do this, or the password must be changed first.",
    ),
    (404, "NotFound", "There is no such thing."),
    (
        409,
        "Conflict",
        "A rule says no: `stale`, `conflict`, `wrong-state`, `quota-exhausted`, `already-taken`.",
    ),
    (
        413,
        "TooLarge",
        "The content has more than 1 MiB, or a file more than 20 MiB.",
    ),
    (
        415,
        "UnsupportedMedia",
        "The content is not JSON, or a file is not of a kind that is taken.",
    ),
    (
        422,
        "Invalid",
        "Fields are wrong (`errors` names them), or the `Idempotency-Key` was used for another call.",
    ),
    (
        429,
        "TooManyRequests",
        "Too many failures; `Retry-After` says when to try again.",
    ),
    (500, "Internal", "Something is broken; nothing was changed."),
    (503, "Unavailable", "The database cannot be reached; try again."),
];

/// Answers' fields that take a few values only: object, field, values.
const VALUES: [(&str, &str, &[&str]); 15] = [
    ("User", "role", &["admin", "technician", "sales"]),
    ("User", "locale", &["id", "en"]),
    ("Token", "token_type", &["Bearer"]),
    ("Customer", "source", &["panel", "whatsapp", "import"]),
    (
        "Ticket",
        "status",
        &["open", "assigned", "in_progress", "done", "closed", "cancelled"],
    ),
    (
        "Document",
        "kind",
        &[
            "assignment_letter",
            "travel_letter",
            "bast",
            "evidence",
            "payment_proof",
            "check_in",
            "report",
        ],
    ),
    ("Document", "state", &["ready", "erased"]),
    ("Request", "kind", &["report", "question"]),
    ("Request", "state", &["new", "accepted", "answered", "dismissed"]),
    ("TimelineEvent", "channel", &CHANNELS),
    ("AuditEntry", "channel", &CHANNELS),
    ("Delivery", "channel", &["telegram", "whatsapp"]),
    (
        "Delivery",
        "state",
        &["queued", "sent", "delivered", "read", "failed"],
    ),
    ("Quarantined", "channel", &["telegram", "whatsapp"]),
    ("Quarantined", "state", &["held", "handled", "discarded"]),
];

const CHANNELS: [&str; 5] = ["telegram", "whatsapp", "panel", "api", "system"];

/// The document before any call is in it.
pub(crate) fn begun() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Tanggap")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .build();
    OpenApiBuilder::new().info(info).build()
}

/// The document with full paths, who may call what, and every refusal.
pub(crate) fn finished(openapi: &OpenApi, routes: &[Route]) -> Value {
    let mut document = serde_json::to_value(openapi).unwrap_or_default();
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let paths: Map<String, Value> = paths
        .into_iter()
        .map(|(path, item)| (format!("{BASE}{path}"), item))
        .collect();
    document["paths"] = Value::Object(paths);
    for route in routes {
        let operation = &mut document["paths"][&route.path][route.method.as_str().to_lowercase()];
        complete(operation, route);
    }
    for route in routes {
        link(&mut document["paths"], route);
    }
    let components = &mut document["components"];
    components["securitySchemes"] = json!({ "token": {
        "type": "http", "scheme": "bearer", "description": "The `token` that `auth/login` answers."
    } });
    components["schemas"]["Problem"] = schema::<problem::View>();
    components["schemas"]["Problem"]["properties"]["type"]["enum"] = json!(KINDS);
    components["schemas"]["FieldError"] = schema::<FieldError>();
    for (status, name, description) in REFUSALS {
        components["responses"][name] = refusal(status, description);
    }
    let schemas = components["schemas"].as_object_mut();
    for schema in schemas.into_iter().flat_map(Map::values_mut) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        properties
            .into_iter()
            .flat_map(Map::values_mut)
            .for_each(forget_default);
    }
    for (object, field, values) in VALUES {
        components["schemas"][object]["properties"][field]["enum"] = json!(values);
    }
    document
}

/// A form's blank is no default of the API: what is absent is absent.
fn forget_default(property: &mut Value) {
    if let Some(fields) = property.as_object_mut() {
        fields.remove("default");
    }
    // The default of an enumeration stands beside it, as an object without properties.
    let blank = json!({ "type": "object" });
    let Some(parts) = property.get_mut("allOf").and_then(Value::as_array_mut) else {
        return;
    };
    parts.iter_mut().for_each(forget_default);
    parts.retain(|part| *part != blank);
    if let [only] = parts.as_mut_slice() {
        *property = only.take();
    }
}

fn complete(operation: &mut Value, route: &Route) {
    let writes = route.method != "GET";
    let is_guarded = route.perm.is_some();
    let has_content = !operation["requestBody"].is_null();
    let in_path = route.path.contains('{');
    let in_query = operation["parameters"]
        .as_array()
        .is_some_and(|list| list.iter().any(|parameter| parameter["in"] == "query"));
    if let Some(perm) = route.perm {
        operation["security"] = json!([{ "token": [] }]);
        operation["x-permission"] = json!(format!("{perm:?}"));
    }
    if writes && is_guarded {
        add_key(operation);
    }
    let own_account = route.path.contains("/auth/");
    let may_answer = |status: u16| match status {
        400 | 413 => has_content || (writes && is_guarded),
        403 => is_guarded && !own_account,
        404 => in_path,
        409 => writes && is_guarded,
        415 => has_content,
        422 => has_content || in_query || (writes && is_guarded),
        429 => has_content && own_account,
        _ => true,
    };
    for (status, name, _) in REFUSALS.into_iter().filter(|(status, ..)| may_answer(*status)) {
        let place = format!("#/components/responses/{name}");
        operation["responses"][status.to_string()] = json!({ "$ref": place });
    }
    if !operation["responses"]["201"].is_null() {
        operation["responses"]["201"]["headers"] = json!({ "Location": {
            "description": "Where the object is found.", "required": true, "schema": { "type": "string" }
        } });
    }
}

/// Where something is created, what can be done with it is linked.
fn link(paths: &mut Value, route: &Route) {
    let Some((noun, _)) = route.path.split_once("/{id}") else {
        return;
    };
    let method = route.method.as_str().to_lowercase();
    let operation = paths[&route.path][&method]["operationId"].clone();
    let Some(created) = paths
        .get_mut(noun)
        .and_then(|item| item.pointer_mut("/post/responses/201"))
    else {
        return;
    };
    if let Some(name) = operation.as_str() {
        created["links"][name] = json!({ "operationId": name, "parameters": { "id": "$response.body#/id" } });
    }
}

fn add_key(operation: &mut Value) {
    let parameter = json!({
        "name": HEADER, "in": "header", "required": false,
        "description": "The same key and content answer the same, and are done once.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
    });
    match operation["parameters"].as_array_mut() {
        Some(list) => list.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn refusal(status: u16, description: &str) -> Value {
    let mut response = json!({
        "description": description,
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } }
    });
    let header = match status {
        401 => Some(("WWW-Authenticate", json!({ "type": "string" }))),
        429 | 503 => Some(("Retry-After", json!({ "type": "integer", "minimum": 1 }))),
        _ => None,
    };
    if let Some((name, schema)) = header {
        response["headers"] = json!({ name: { "schema": schema, "required": status != 503 } });
    }
    response
}

fn schema<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap_or_default()
}
