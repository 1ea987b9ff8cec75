//! The pages of directories.

use tests::native::Lie;

use super::{DESK, HOST, of, run, stand};

const FORM: &[(&str, &str)] = &[
    ("version", "1"),
    ("name", "Head office"),
    ("enabled", "on"),
    ("host", HOST),
    ("port", "636"),
    ("bind_dn", "cn=portal,dc=acme,dc=example"),
    ("bind_password", "portal secret"),
    ("base_dn", "dc=acme,dc=example"),
    ("user_filter", "(&(objectClass=person)(uid={username}))"),
    ("unique_id", "entryUUID"),
    ("username_attribute", "uid"),
    ("mail_attribute", "mail"),
    ("name_attribute", "cn"),
    ("lookup", "attribute"),
    ("mapping_group", ""),
    ("mapping_role", "admin"),
    ("mapping_organization", ""),
    ("mapping_department", ""),
    ("mapping_group", DESK),
    ("mapping_role", "agent"),
    ("mapping_organization", ""),
    ("mapping_department", ""),
    ("default_role", "client"),
    ("create_people", "on"),
    ("domains", "corp.example"),
    ("sync_hours", "6"),
];

/// The form with one field otherwise.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.iter().map(|(field, text)| if *field == name { (name, value) } else { (*field, *text) }).collect()
}

#[test]
fn a_directory_is_set_up_tried_out_and_changed_in_the_browser() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        let admin = || app.admin("acme").in_browser();
        let new = "/agent/access/directories/new";
        let refused = admin().submit(new, &with("host", "10.0.0.1")).await.expect(422);
        assert!(
            refused.text().contains(&DESK.replace('=', "&#x3D;")) && !refused.text().contains("portal secret"),
            "comes back without the password"
        );
        admin().submit(new, &with("port", "x")).await.expect(422);
        admin().submit(new, &with("mapping_organization", "No such company")).await.expect(422);
        let made = admin().submit(new, FORM).await.expect(303);
        let page = made.headers.get("location").expect("the directory").to_owned();
        assert!(app.manager("acme").in_browser().get("/agent/access/directories").await.expect(200).text().contains(&page));

        let shown = admin().submit(&format!("{page}/test"), &[("username", "anna")]).await.expect(200).text();
        assert!(shown.contains("anna@corp.example") && shown.matches("chip-ok").count() >= 6, "{shown}");
        directory.lie.set(Lie::NoTls);
        let shown = admin().submit(&format!("{page}/test"), &[("username", "anna")]).await.expect(200).text();
        assert_eq!(shown.matches("<ol").count(), 1);
        assert!(shown.contains("chip-warn"));
        directory.lie.set(Lie::None);

        // The password stays when it is left out, and the versions are watched.
        admin().submit(&page, &with("bind_password", "")).await.expect(303);
        admin().submit(&page, &with("name", "Moscow")).await.expect(412);
        admin().submit(&format!("{page}/sync"), &[("x", "y")]).await.expect(303);
    });
}

#[test]
fn an_account_is_linked_and_unlinked_in_the_browser() {
    run(async {
        let (app, directory) = stand();
        directory.person("agnes", "agnes's password", &[DESK]);
        let admin = || app.admin("acme").in_browser();
        let made = admin().submit("/agent/access/directories/new", FORM).await.expect(303);
        let page = made.headers.get("location").expect("the directory").to_owned();
        let people = format!("{page}/people");
        admin().submit(&people, &[("email", "nobody@acme.example"), ("username", "agnes")]).await.expect(422);
        admin().submit(&people, &[("email", "agent@acme.example"), ("username", "nobody")]).await.expect(422);
        directory.lie.set(Lie::Down);
        admin().submit(&people, &[("email", "agent@acme.example"), ("username", "agnes")]).await.expect(503);
        directory.lie.set(Lie::None);
        let linked = admin().submit(&people, &[("email", "agent@acme.example"), ("username", "agnes")]).await.expect(303);
        assert!(linked.round_trips <= 3, "{}", linked.round_trips);
        let user = of(&app, "agent@acme.example", "id").expect("the agent");
        assert!(admin().get(&page).await.expect(200).text().contains(&user));
        admin().submit(&format!("{people}/{user}/remove"), &[("x", "y")]).await.expect(303);
        admin().submit(&format!("{people}/{user}/remove"), &[("x", "y")]).await.expect(404);
        admin().submit(&format!("{page}/delete"), &[("x", "y")]).await.expect(303);
        admin().get(&page).await.expect(404);
    });
}
