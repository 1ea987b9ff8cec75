//! The API document says what the product does.

use functions::routes::ROUTES;
use serde_json::Value;
use tests::app::TestApp;

fn document() -> Value {
    pollster::block_on(async {
        let app = TestApp::new();
        app.anon("acme").get("/api/openapi.json").await.expect(200).json()
    })
}

#[test]
fn every_documented_route_is_in_the_document_with_its_parameters() {
    let document = document();
    let mut faults = Vec::new();
    for route in ROUTES.iter().filter(|route| route.face.described().is_some()) {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        if operation["summary"].as_str().is_none_or(str::is_empty) {
            faults.push(format!("{} {}: no summary", route.method.as_str(), route.path));
        }
        let documented: Vec<&str> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|each| each["in"] == "path")
            .filter_map(|each| each["name"].as_str())
            .collect();
        for name in route.path.split(['{', '}']).skip(1).step_by(2) {
            if !documented.contains(&name) {
                faults.push(format!("{} {}: path parameter {name} is not described", route.method.as_str(), route.path));
            }
        }
        if operation["responses"].as_object().is_none_or(serde_json::Map::is_empty) {
            faults.push(format!("{} {}: no answers", route.method.as_str(), route.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = document();
    let mut missing = Vec::new();
    references(&document, &mut |reference| {
        let pointer = reference.trim_start_matches('#');
        if document.pointer(pointer).is_none() {
            missing.push(reference.to_owned());
        }
    });
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn operations_have_names_of_their_own() {
    let document = document();
    let mut names: Vec<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn the_document_is_openapi_3_1_and_both_readers_show_it() {
    assert!(document()["openapi"].as_str().unwrap().starts_with("3.1"));
    pollster::block_on(async {
        let app = TestApp::new();
        for path in ["/api/docs", "/api/redoc"] {
            let page = app.anon("acme").get(path).await.expect(200);
            assert!(page.text().contains("/api/openapi.json"));
        }
    });
}

fn references(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                visit(reference);
            }
            fields.values().for_each(|field| references(field, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, visit)),
        _ => {}
    }
}

#[test]
fn two_schemas_never_share_a_name() {
    let mut known = std::collections::BTreeMap::new();
    let mut torn = Vec::new();
    for route in ROUTES {
        let Some(described) = route.face.described() else { continue };
        for (name, schema) in described.describe().into_parts().1 {
            let schema = serde_json::to_value(schema).unwrap();
            if known.entry(name.clone()).or_insert_with(|| schema.clone()) != &schema {
                torn.push(name);
            }
        }
    }
    assert!(torn.is_empty(), "each of these names two things: {torn:?}");
    assert!(known.len() > 50, "the routes describe their bodies");
}

#[test]
fn the_groups_of_the_document_are_those_that_its_operations_are_in() {
    let document = document();
    let named = |value: &Value| value.as_str().unwrap().to_owned();
    let listed: std::collections::BTreeSet<String> =
        document["tags"].as_array().unwrap().iter().map(|tag| named(&tag["name"])).collect();
    let used: std::collections::BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|item| item.as_object().unwrap().values())
        .flat_map(|operation| operation["tags"].as_array().into_iter().flatten().map(named))
        .collect();
    assert_eq!(listed, used);
}

#[test]
fn header_fields_that_are_sent_are_described() {
    let document = document();
    pollster::block_on(async {
        let app = TestApp::new();
        let body = serde_json::json!({"title": "a", "description": "b"});
        let post = || app.client("acme").header("idempotency-key", "k").post("/api/tickets", body.clone());
        post().await.expect(201);
        let again = post().await.expect(201);
        let described = &document["paths"]["/api/tickets"]["post"]["responses"]["201"]["headers"];
        for name in ["ETag", "Location", "Idempotency-Replayed"] {
            assert!(again.headers.get(&name.to_lowercase()).is_some() && described[name].is_object(), "{name}: {described}");
        }
        let id = again.json()["id"].as_str().unwrap().to_owned();
        assert!(app.client("acme").get(&format!("/api/tickets/{id}")).await.expect(200).headers.get("etag").is_some());
        assert!(document["paths"]["/api/tickets/{ticket}"]["get"]["responses"]["200"]["headers"]["ETag"].is_object());
    });
    let keyed = |path: &str| {
        let parameters = document["paths"][path]["post"]["parameters"].as_array().cloned().unwrap_or_default();
        parameters.iter().any(|each| each["name"] == "Idempotency-Key" && each["in"] == "header")
    };
    assert!(keyed("/api/tickets/{ticket}/comments") && keyed("/api/users") && !keyed("/api/auth/login"));
    let example = &document["paths"]["/api/tickets"]["get"]["responses"]["200"]["content"]["application/json"]["example"];
    assert!(example["data"][0]["number"].is_string(), "the example of a list shows a row");
}
