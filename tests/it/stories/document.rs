//! The OpenAPI document: committed, so that a change of the API is seen, and true to the routes.

use std::collections::BTreeSet;

use serde_json::Value;
use tanggap::web::api;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/openapi.json");
const FRESH: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/openapi.json");

#[test]
fn the_document_is_the_committed_one() {
    let fresh = format!("{:#}\n", api::document());
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    std::fs::write(FRESH, &fresh).expect("the fresh document is written");
    assert!(
        fresh == committed,
        "the API's document has changed; look at the difference, and if it is meant:\n  cp {FRESH} {COMMITTED}"
    );
}

#[test]
fn every_call_is_described_and_every_description_is_a_call() {
    let document = api::document();
    let described: BTreeSet<String> = operations(&document)
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    let routes = api::list();
    let served: BTreeSet<String> = routes
        .iter()
        .map(|route| format!("{} {}", route.method.as_str().to_lowercase(), route.path))
        .collect();
    assert_eq!(described, served);
    assert_eq!(routes.len(), served.len(), "a call is listed twice");
    let open: Vec<&str> = routes
        .iter()
        .filter(|route| route.perm.is_none())
        .map(|route| route.path.as_str())
        .collect();
    assert_eq!(
        open,
        ["/api/v1/auth/login"],
        "only signing in needs no permission"
    );
}

#[test]
fn every_field_of_an_answer_is_always_there() {
    let document = api::document();
    let asked: BTreeSet<&str> = operations(&document)
        .filter_map(|(_, _, operation)| {
            operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()
        })
        .filter_map(|place| place.rsplit('/').next())
        .collect();
    assert!(asked.len() > 10, "{asked:?}");
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let is_part_of_a_form = |name: &str| {
        let place = format!("schemas/{name}\"");
        asked
            .iter()
            .any(|form| schemas[*form].to_string().contains(&place))
    };
    for (name, schema) in schemas {
        if schema["additionalProperties"] == false && is_part_of_a_form(name) {
            continue;
        }
        if asked.contains(name.as_str()) {
            assert_eq!(
                schema["additionalProperties"], false,
                "{name} takes what it does not know"
            );
            continue;
        }
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let there: BTreeSet<&str> = schema["properties"]
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys())
            .map(String::as_str)
            .collect();
        assert_eq!(required, there, "{name}: a missing value is null, not absent");
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}
