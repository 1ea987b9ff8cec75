//! The portal as an app: what a browser is told of it, and what it keeps for when there is no network.

use serde_json::Value;
use tests::app::TestApp;

#[test]
fn the_manifest_is_the_tenants_own_and_the_same_for_everybody() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.anon("acme").get("/manifest.webmanifest").await.expect(200);
        assert_eq!(answer.headers.get("content-type"), Some("application/manifest+json"));
        let manifest: Value = serde_json::from_str(&answer.text()).unwrap();
        for (field, value) in [("id", "/"), ("start_url", "/"), ("scope", "/"), ("display", "standalone")] {
            assert_eq!(manifest[field], value, "{field}");
        }
        assert_eq!(app.client("acme").in_browser().get("/manifest.webmanifest").await.text(), answer.text());
        let other: Value = serde_json::from_str(&app.anon("globex").get("/manifest.webmanifest").await.text()).unwrap();
        assert_ne!(other["name"], manifest["name"]);
        let icons = manifest["icons"].as_array().unwrap();
        for purpose in ["any", "maskable"] {
            for size in ["192x192", "512x512"] {
                assert!(
                    icons.iter().any(|icon| icon["purpose"] == purpose && icon["sizes"] == size && icon["type"] == "image/png")
                );
            }
        }
        for icon in icons {
            let drawn = app.anon("acme").get(icon["src"].as_str().unwrap()).await.expect(200);
            assert_eq!(drawn.headers.get("content-type"), icon["type"].as_str());
        }
        app.anon("acme").get("/icons/icon-1024.png").await.expect(404);
        app.anon("stranger").get("/manifest.webmanifest").await.expect(404);
    });
}

#[test]
fn the_page_for_when_there_is_no_network_names_nobody_and_asks_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let page = app.client("acme").in_browser().get("/offline").await.expect(200).text();
        assert!(!page.contains("data-user") && !page.contains("<form") && !page.contains("client@acme.example"), "{page}");
        assert!(page.contains("rel=\"manifest\""));
    });
}
