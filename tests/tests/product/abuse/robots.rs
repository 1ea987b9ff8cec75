//! Forms for everybody, and those who fill them in without reading.

use tests::app::TestApp;

#[test]
fn whoever_fills_in_what_people_do_not_see_gets_nothing_done() {
    pollster::block_on(async {
        let app = TestApp::new();
        let people = app.asked("acme", "SELECT COUNT(*) FROM users");
        let register = [
            ("name", "Robot"),
            ("email", "robot@client.example"),
            ("password", "correct horse battery staple"),
            ("website", "https://spam.example"),
        ];
        app.anon("acme").submit("/register", &register).await.expect(429);
        let forgot = [("email", "client@acme.example"), ("website", "x")];
        app.anon("acme").submit("/password/forgot", &forgot).await.expect(429);
        let ticket = [("email", "robot@client.example"), ("name", "R"), ("title", "T"), ("description", "D"), ("website", "x")];
        app.anon("acme").submit_multipart("/tickets/new", &ticket).await.expect(429);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users"), people);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets"), ["0"]);
        // People leave it empty.
        app.anon("acme")
            .submit("/register", &[("website", "")].into_iter().chain(register[..3].iter().copied()).collect::<Vec<_>>())
            .await
            .expect(200);
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example"), ("website", "")]).await.expect(200);
    });
}

#[test]
fn the_forms_for_everybody_have_the_field_and_hide_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        for path in ["/register", "/password/forgot", "/tickets/new"] {
            let page = app.anon("acme").get(path).await.expect(200).text();
            let (before, field) = page.split_once("name=\"website\"").unwrap_or_else(|| panic!("{path} has no such field"));
            let field = field.split('>').next().unwrap();
            assert!(
                field.contains("tabindex=\"-1\"") && field.contains("autocomplete=\"off\"") && !field.contains("required"),
                "{path}"
            );
            assert!(before.rsplit("<div").next().unwrap().starts_with(" class=\"sr\" aria-hidden=\"true\""), "{path}");
        }
        assert!(!app.client("acme").in_browser().get("/tickets/new").await.expect(200).text().contains("name=\"website\""));
    });
}
