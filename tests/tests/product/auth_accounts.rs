//! Registering, confirming an address, forgotten and changed passwords, the profile.

use functions::actions::accounts::links;
use serde_json::Value;
use shared::store::one_time::Purpose;
use tests::app::{Answer, Caller, PASSWORD, TestApp};

const NEW_PASSWORD: &str = "violet tractor climbs quietly";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// Mails that wait in the outbox: template, address, data, oldest first.
fn mails(app: &TestApp, slug: &str) -> Vec<(String, String, Value)> {
    app.tenant_database(slug).inspect(|connection| {
        let mut statement = connection.prepare("SELECT template, recipient, data FROM outbox ORDER BY created_at, id").unwrap();
        let rows =
            statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)));
        rows.unwrap()
            .map(Result::unwrap)
            .map(|(template, to, data)| (template, to, serde_json::from_str(&data).unwrap()))
            .collect()
    })
}

/// The token of the last mail, as its link carries it.
pub(crate) async fn token(app: &TestApp, purpose: Purpose) -> String {
    let (template, _, data) = mails(app, "acme").pop().expect("a mail");
    assert_eq!(template, purpose.as_str());
    let url = app.as_product("acme", async |ctx| links::url(ctx, purpose, data["nonce"].as_str().unwrap())).await;
    assert!(url.starts_with("https://acme.example/"), "{url}");
    url.split("token=").nth(1).unwrap().to_owned()
}

fn set_cookie(answer: &Answer, name: &str) -> Option<String> {
    let prefix = format!("{name}=");
    answer
        .headers
        .iter()
        .find(|(key, value)| *key == "set-cookie" && value.starts_with(&prefix))
        .map(|(_, value)| value.trim_start_matches(&prefix).split(';').next().unwrap_or_default().to_owned())
}

async fn register(app: &TestApp, email: &str) -> Answer {
    app.anon("acme").submit("/register", &[("name", "Анна Ким"), ("email", email), ("password", NEW_PASSWORD)]).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> u16 {
    app.anon("acme").post("/api/auth/login", serde_json::json!({"username": email, "password": password})).await.status
}

fn with_cookie<'a>(app: &'a TestApp, session: &str) -> Caller<'a> {
    app.anon("acme").header("cookie", format!("__Host-session={session}"))
}

#[test]
fn a_person_registers_confirms_and_is_in() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").get("/register").await.expect(200);
        let answer = register(&app, " Anna@Client.example ").await.expect(200);
        let mark = set_cookie(&answer, "__Host-registration").unwrap();
        assert_eq!(sign_in(&app, "anna@client.example", NEW_PASSWORD).await, 401, "not before the address is confirmed");
        let token = token(&app, Purpose::ConfirmRegistration).await;
        // A scanner that follows the link changes nothing.
        for _ in 0..2 {
            app.anon("acme").get(&format!("/register/confirm?token={token}")).await.expect(200);
        }
        assert_eq!(sign_in(&app, "anna@client.example", NEW_PASSWORD).await, 401);
        let answer = app
            .anon("acme")
            .header("cookie", format!("__Host-registration={mark}"))
            .submit("/register/confirm", &[("token", &token)])
            .await
            .expect(303);
        assert_eq!(answer.headers.get("location"), Some("/"));
        assert!(answer.round_trips <= 3);
        let me = with_cookie(&app, &set_cookie(&answer, "__Host-session").unwrap()).get("/api/auth/me").await.expect(200).json();
        assert_eq!(me["name"], "Анна Ким");
        assert_eq!(me["role"], "client");
        assert_eq!(sign_in(&app, "anna@client.example", NEW_PASSWORD).await, 200);
        let again = app.anon("acme").submit("/register/confirm", &[("token", &token)]).await.expect(404);
        assert!(set_cookie(&again, "__Host-session").is_none());
    });
}

#[test]
fn registering_somebody_elses_address_gains_nothing_when_the_owner_confirms() {
    run(async {
        let app = TestApp::new();
        register(&app, "victim@client.example").await.expect(200);
        let token = token(&app, Purpose::ConfirmRegistration).await;
        let answer = app.anon("acme").submit("/register/confirm", &[("token", &token)]).await.expect(303);
        let location = answer.headers.get("location").unwrap().to_owned();
        assert!(location.starts_with("/password/reset?token="), "{location}");
        assert_eq!(sign_in(&app, "victim@client.example", NEW_PASSWORD).await, 401, "the stranger's password");
        let reset = location.split("token=").nth(1).unwrap().to_owned();
        app.anon("acme").submit("/password/reset", &[("token", &reset), ("password", "an owner chooses well")]).await.expect(200);
        assert_eq!(sign_in(&app, "victim@client.example", "an owner chooses well").await, 200);
    });
}

#[test]
fn a_registration_answers_alike_for_new_known_and_disabled_addresses() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'analyst@acme.example'", []).unwrap();
        });
        let mut seen = Vec::new();
        for email in ["brandnew@acme.example", "client@acme.example", "analyst@acme.example"] {
            let before = shared::auth::password::computed();
            let answer = register(&app, email).await.expect(200);
            let page = answer.text().replace(email, "");
            let page: String = page.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect();
            let cookie = set_cookie(&answer, "registration").map(|value| value.len());
            seen.push((
                page.replace(&answer.headers.get("x-request-id").unwrap().to_owned(), ""),
                cookie,
                answer.round_trips,
                shared::auth::password::computed() - before,
            ));
        }
        for other in &seen {
            assert_eq!((other.1, other.2, other.3), (seen[0].1, seen[0].2, seen[0].3));
            assert_eq!(without_moment(&other.0), without_moment(&seen[0].0));
        }
        let templates: Vec<_> = mails(&app, "acme").into_iter().map(|(template, to, _)| (template, to)).collect();
        assert_eq!(
            templates,
            [
                ("confirm_registration".to_owned(), "brandnew@acme.example".to_owned()),
                ("password_reset".to_owned(), "client@acme.example".to_owned())
            ]
        );
    });
}

#[test]
fn a_forgotten_password_and_a_refused_sign_in_answer_alike_for_known_unknown_and_disabled_addresses() {
    run(async {
        let app = TestApp::new();
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET status = 'disabled' WHERE email = 'analyst@acme.example'", []).unwrap();
        });
        for (path, status) in [("/password/forgot", 200), ("/login", 422)] {
            let mut seen = Vec::new();
            // Addresses of one length: what was typed may stand on the page.
            for address in ["manager@acme.example", "strange@acme.example", "analyst@acme.example"] {
                let fields = [("email", address), ("username", address), ("password", "not the right words")];
                let answer = app.anon("acme").submit(path, &fields).await.expect(status);
                let headers: Vec<String> = answer.headers.iter().map(|(name, _)| name.to_owned()).collect();
                let page = answer.text();
                seen.push((page.len(), headers, answer.round_trips));
            }
            assert_eq!(seen[0], seen[1], "{path}: nobody learns who has an account");
            assert_eq!(seen[0], seen[2], "{path}: nor who had one");
        }
        let templates: Vec<_> = mails(&app, "acme").into_iter().map(|(template, to, _)| (template, to)).collect();
        assert_eq!(templates, [("password_reset".to_owned(), "manager@acme.example".to_owned())]);
    });
}

/// Pages carry the server's clock; the rest must be the same letter for letter.
fn without_moment(page: &str) -> String {
    page.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

#[test]
fn one_address_gets_few_mails_and_the_asker_is_not_told() {
    run(async {
        let app = TestApp::new();
        for _ in 0..8 {
            register(&app, "flooded@client.example").await.expect(200);
            app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        }
        assert_eq!(mails(&app, "acme").iter().filter(|(_, to, _)| to == "flooded@client.example").count(), 3);
        assert_eq!(mails(&app, "acme").iter().filter(|(_, to, _)| to == "client@acme.example").count(), 3);
    });
}

#[test]
fn one_network_cannot_send_mails_to_everybody() {
    run(async {
        let app = TestApp::new();
        for number in 0..30 {
            app.anon("acme").submit("/password/forgot", &[("email", &format!("p{number}@acme.example"))]).await.expect(200);
        }
        let answer = app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(429);
        assert!(answer.headers.get("retry-after").is_some());
        assert!(mails(&app, "acme").is_empty());
    });
}

#[test]
fn a_form_with_faults_comes_back_with_what_was_typed() {
    run(async {
        let app = TestApp::new();
        let answer = app
            .anon("acme")
            .submit("/register", &[("name", ""), ("email", "not-an-address"), ("password", "short")])
            .await
            .expect(422);
        assert!(answer.text().contains("not-an-address"));
        assert!(!answer.text().contains("value=\"short\""));
        assert!(mails(&app, "acme").is_empty());
        // Words of the portal and of the person do not make a password.
        let guessable = [("name", "Maria Petrova"), ("email", "m@client.example"), ("password", "maria-petrova-acme")];
        app.anon("acme").submit("/register", &guessable).await.expect(422);
    });
}

#[test]
fn a_closed_portal_takes_no_registrations() {
    run(async {
        let app = TestApp::new();
        app.platform.databases["PLATFORM_DB"].inspect(|connection| {
            connection
                .execute(
                    "UPDATE tenants SET settings = json_set(settings, '$.registration_open', json('false')) WHERE slug = 'acme'",
                    [],
                )
                .unwrap();
        });
        app.anon("acme").get("/register").await.expect(404);
        register(&app, "anna@client.example").await.expect(404);
    });
}

#[test]
fn a_forgotten_password_is_replaced_once_and_ends_every_session() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").submit("/password/forgot", &[("email", "Client@acme.example")]).await.expect(200);
        let token = token(&app, Purpose::PasswordReset).await;
        app.anon("acme").get(&format!("/password/reset?token={token}")).await.expect(200);
        app.client("acme").get("/api/auth/me").await.expect(200);
        // A password against the rules leaves the link good.
        app.anon("acme").submit("/password/reset", &[("token", &token), ("password", "short")]).await.expect(422);
        let answer =
            app.anon("acme").submit("/password/reset", &[("token", &token), ("password", NEW_PASSWORD)]).await.expect(200);
        assert!(answer.round_trips <= 3);
        app.client("acme").get("/api/auth/me").await.expect(401);
        app.client("acme").in_browser().get("/api/auth/me").await.expect(401);
        assert_eq!(sign_in(&app, "client@acme.example", PASSWORD).await, 401);
        assert_eq!(sign_in(&app, "client@acme.example", NEW_PASSWORD).await, 200);
        app.anon("acme").submit("/password/reset", &[("token", &token), ("password", "another good password")]).await.expect(404);
    });
}

#[test]
fn a_reset_link_dies_after_an_hour_and_at_another_tenant() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        let token = token(&app, Purpose::PasswordReset).await;
        let fields = [("token", token.as_str()), ("password", NEW_PASSWORD)];
        app.anon("globex").submit("/password/reset", &fields).await.expect(404);
        // The token of one use is no good for another.
        app.anon("acme").submit("/register/confirm", &[("token", &token)]).await.expect(404);
        app.advance(chrono::TimeDelta::hours(1));
        app.anon("acme").submit("/password/reset", &fields).await.expect(404);
    });
}

#[test]
fn an_invitation_works_once_and_for_three_days() {
    run(async {
        let app = TestApp::new();
        let invited = async |email: &str| {
            let body = serde_json::json!({"email": email, "name": "New", "role": "client"});
            app.admin("acme").post("/api/users", body).await.expect(201);
            token(&app, Purpose::PasswordReset).await
        };
        let choose = async |slug: &str, token: &str| {
            app.anon(slug).submit("/password/reset", &[("token", token), ("password", NEW_PASSWORD)]).await.status
        };
        let late = invited("late@client.example").await;
        app.advance(chrono::TimeDelta::hours(71));
        let used = invited("used@client.example").await;
        app.advance(chrono::TimeDelta::hours(1));
        assert_eq!(choose("acme", &late).await, 404, "three days are over");
        assert_eq!(choose("globex", &used).await, 404, "another tenant's");
        assert_eq!(choose("acme", &used).await, 200);
        assert_eq!(choose("acme", &used).await, 404, "once");
        assert_eq!(sign_in(&app, "used@client.example", NEW_PASSWORD).await, 200);
        assert_eq!(sign_in(&app, "late@client.example", NEW_PASSWORD).await, 401);
    });
}

#[test]
fn of_two_uses_of_a_link_at_once_one_counts() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        let token = token(&app, Purpose::PasswordReset).await;
        let reset = |password: &'static str| {
            let token = token.clone();
            let app = &app;
            async move { app.anon("acme").submit("/password/reset", &[("token", &token), ("password", password)]).await }
        };
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(reset(NEW_PASSWORD), reset("another good password"));
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404]);
    });
}

#[test]
fn neither_the_outbox_nor_the_table_of_links_gives_a_token_away() {
    run(async {
        let app = TestApp::new();
        app.anon("acme").submit("/password/forgot", &[("email", "client@acme.example")]).await.expect(200);
        let token = token(&app, Purpose::PasswordReset).await;
        let everything: String = app.tenant_database("acme").inspect(|connection| {
            connection
                .query_row(
                    "SELECT group_concat(data) || (SELECT group_concat(token_hash || pending) FROM one_time_tokens) FROM outbox",
                    [],
                    |row| row.get(0),
                )
                .unwrap()
        });
        assert!(!everything.contains(&token));
    });
}

#[test]
fn confirming_an_address_lets_its_tickets_go_on() {
    run(async {
        let app = TestApp::new();
        let (user, ticket) = (format!("usr_{}", "c".repeat(32)), format!("tkt_{}", "d".repeat(32)));
        app.tenant_database("acme").inspect(|connection| {
            let tenant: String = connection.query_row("SELECT tenant_id FROM users LIMIT 1", [], |row| row.get(0)).unwrap();
            connection
                .execute(
                    "INSERT INTO users (tenant_id, id, email, name, role, status, created_at, updated_at) VALUES (?1, ?2, 'writer@client.example', 'Writer', 'client', 'unverified', 1, 1)",
                    [&tenant, &user],
                )
                .unwrap();
            connection
                .execute(
                    "INSERT INTO tickets (tenant_id, id, number, title, description, status, priority, channel, requester_id, from_unverified, created_at, updated_at)
                     VALUES (?1, ?2, 9001, 'Title', 'Text', 'new', 'low', 'web', ?3, 1, 1, 1)",
                    [&tenant, &ticket, &user],
                )
                .unwrap();
        });
        register(&app, "writer@client.example").await.expect(200);
        let token = token(&app, Purpose::ConfirmRegistration).await;
        app.anon("acme").submit("/register/confirm", &[("token", &token)]).await.expect(303);
        let waiting: i64 = app.tenant_database("acme").inspect(|connection| {
            connection.query_row("SELECT from_unverified FROM tickets WHERE number = 9001", [], |row| row.get(0)).unwrap()
        });
        assert_eq!(waiting, 0);
        let sent: Vec<_> = mails(&app, "acme").into_iter().map(|(template, to, _)| (template, to)).collect();
        assert!(sent.contains(&("ticket_received".to_owned(), "writer@client.example".to_owned())), "{sent:?}");
    });
}

#[test]
fn a_person_changes_the_password_and_stays_only_here() {
    run(async {
        let app = TestApp::new();
        let change = |current: &'static str| {
            let app = &app;
            async move {
                app.client("acme")
                    .in_browser()
                    .submit("/profile/password", &[("current", current), ("password", NEW_PASSWORD)])
                    .await
            }
        };
        change("not the password").await.expect(422);
        let answer = change(PASSWORD).await.expect(303);
        assert!(answer.round_trips <= 3);
        app.client("acme").in_browser().get("/api/auth/me").await.expect(200);
        app.client("acme").get("/api/auth/me").await.expect(401);
        assert_eq!(sign_in(&app, "client@acme.example", NEW_PASSWORD).await, 200);
    });
}

#[test]
fn guessing_the_current_password_from_an_open_session_is_cut_off() {
    run(async {
        let app = TestApp::new();
        for _ in 0..10 {
            app.client("acme")
                .in_browser()
                .submit("/profile/password", &[("current", "guess"), ("password", NEW_PASSWORD)])
                .await
                .expect(422);
        }
        app.client("acme")
            .in_browser()
            .submit("/profile/password", &[("current", PASSWORD), ("password", NEW_PASSWORD)])
            .await
            .expect(429);
    });
}

#[test]
fn a_profile_is_shown_changed_and_checked() {
    run(async {
        let app = TestApp::new();
        assert!(app.client("acme").in_browser().get("/profile").await.expect(200).text().contains("acme client"));
        let save = |zone: &'static str, theme: &'static str| {
            let app = &app;
            async move {
                let fields = [("name", "Мария  Новая"), ("locale", "ar"), ("time_zone", zone), ("theme", theme)];
                app.client("acme").in_browser().submit("/profile", &fields).await
            }
        };
        save("Europe/Atlantis", "dark").await.expect(422);
        let answer = save("Asia/Dubai", "dark").await.expect(303);
        assert_eq!(set_cookie(&answer, "__Host-theme").as_deref(), Some("dark"));
        let me = app.client("acme").get("/api/auth/me").await.expect(200).json();
        assert_eq!(
            (me["name"].as_str(), me["locale"].as_str(), me["time_zone"].as_str()),
            (Some("Мария Новая"), Some("ar"), Some("Asia/Dubai"))
        );
        assert!(app.client("acme").in_browser().get("/profile").await.expect(200).text().contains("dir=\"rtl\""));
    });
}

#[test]
fn language_and_appearance_are_remembered_with_and_without_an_account() {
    run(async {
        let app = TestApp::new();
        let answer = app.anon("acme").submit("/preferences", &[("locale", "en"), ("next", "/login")]).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/login"));
        assert_eq!(set_cookie(&answer, "__Host-locale").as_deref(), Some("en"));
        let page = app.anon("acme").header("cookie", "__Host-locale=en").get("/login").await.expect(200);
        assert!(page.text().contains("lang=\"en\""));
        let answer = app.anon("acme").submit("/preferences", &[("theme", "dark")]).await.expect(303);
        assert_eq!(set_cookie(&answer, "__Host-theme").as_deref(), Some("dark"));
        let page = app.anon("acme").header("cookie", "__Host-theme=dark").get("/login").await.expect(200);
        assert!(page.text().contains("data-theme=\"dark\" data-contrast=\"auto\""));
        let answer = app.anon("acme").submit("/preferences", &[("contrast", "more")]).await.expect(303);
        assert_eq!(set_cookie(&answer, "__Host-contrast").as_deref(), Some("more"));
        let page = app.anon("acme").header("cookie", "__Host-contrast=more").get("/login").await.expect(200);
        assert!(page.text().contains("data-theme=\"auto\" data-contrast=\"more\""));
        app.anon("acme").submit("/preferences", &[("contrast", "most")]).await.expect(422);
        app.anon("acme").submit("/preferences", &[("locale", "xx")]).await.expect(422);
        app.client("acme").in_browser().submit("/preferences", &[("locale", "ar"), ("next", "//evil.example")]).await.expect(303);
        assert_eq!(app.client("acme").get("/api/auth/me").await.expect(200).json()["locale"], "ar");
    });
}

#[test]
fn no_cookie_can_be_planted_by_another_host_or_be_read_by_a_script() {
    run(async {
        let app = TestApp::new();
        let profile = [("name", "Somebody"), ("locale", "ar"), ("time_zone", "Asia/Dubai"), ("theme", "dark")];
        let answers = [
            app.anon("acme").submit("/preferences", &[("locale", "en"), ("theme", "dark")]).await.expect(303),
            app.client("acme").in_browser().submit("/profile", &profile).await.expect(303),
            app.client("acme").in_browser().submit("/logout", &[]).await.expect(303),
        ];
        let mut cookies = Vec::new();
        for (_, field) in answers.iter().flat_map(|answer| answer.headers.iter()).filter(|(name, _)| *name == "set-cookie") {
            assert!(field.starts_with("__Host-") && field.contains("; Path=/; Secure; HttpOnly; SameSite=Lax;"), "{field}");
            cookies.push(field.split('=').next().unwrap());
        }
        assert_eq!(cookies, ["__Host-locale", "__Host-theme", "__Host-flash", "__Host-theme", "__Host-session"]);
        // What a page of another host of the same domain may set counts for nothing.
        let planted =
            app.anon("acme").header("accept-language", "en").header("cookie", "locale=ar; theme=dark").get("/login").await;
        let page = planted.expect(200).text();
        assert!(page.contains("lang=\"en\"") && page.contains("data-theme=\"auto\""));
    });
}
