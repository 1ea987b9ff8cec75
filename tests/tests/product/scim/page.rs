use serde_json::json;
use shared::http::Method;

use super::{ann, get, made, patch, run, send, stand};

#[test]
fn the_page_says_where_to_ask_and_how_it_goes() {
    run(async {
        let (app, key) = stand().await;
        let page = app.manager("acme").in_browser().header("accept-language", "en").get("/agent/access/scim").await.expect(200);
        assert!(page.text().contains("/scim/v2</bdi>") && page.text().contains("None yet"), "{}", page.text());
        let path = made(&app, &key, &ann()).await;
        get(&app, &key, &format!("{path}x")).await.expect(404);
        let page =
            app.admin("acme").in_browser().header("accept-language", "en").get("/agent/access/scim").await.expect(200).text();
        assert!(page.contains("POST /scim/v2/Users<") && page.contains("Okta") && page.contains("None yet"), "{page}");
        send(&app, &key, Method::Post, "/Users", &ann()).await.expect(409);
        let page =
            app.admin("acme").in_browser().header("accept-language", "en").get("/agent/access/scim").await.expect(200).text();
        assert!(page.contains("409 The address is taken"), "{page}");
        let id = path.rsplit('/').next().unwrap();
        let person = app
            .admin("acme")
            .in_browser()
            .header("accept-language", "en")
            .get(&format!("/agent/access/people/{id}"))
            .await
            .expect(200)
            .text();
        assert!(person.contains("Managed by SCIM"));
        let client = format!("/agent/access/people/{}", app.user_id("acme", "client"));
        assert!(
            !app.admin("acme")
                .in_browser()
                .header("accept-language", "en")
                .get(&client)
                .await
                .expect(200)
                .text()
                .contains("Managed by SCIM")
        );
    });
}

#[test]
fn whoever_a_directory_keeps_is_not_provisioned() {
    run(async {
        let (app, key) = stand().await;
        let client = app.user_id("acme", "client");
        app.tenant_database("acme").inspect(|connection| {
            let tenant: String = connection.query_row("SELECT tenant_id FROM users WHERE id = ?1", [&client], |row| row.get(0)).unwrap();
            connection.execute("INSERT INTO directories (tenant_id, id, name, definition, secret, key_id, enabled, created_at, updated_at) VALUES (?1, 'dir_x', 'x', '{}', '', '', 1, 1, 1)", [&tenant]).unwrap();
            connection.execute("INSERT INTO directory_people (tenant_id, directory_id, unique_id, user_id, username, linked_at) VALUES (?1, 'dir_x', 'u', ?2, 'u', 1)", [&tenant, &client]).unwrap();
        });
        let off = json!([{"op": "replace", "path": "active", "value": false}]);
        patch(&app, &key, &format!("/Users/{client}"), off).await.expect(409);
        app.client("acme").get("/api/auth/me").await.expect(200);
    });
}
