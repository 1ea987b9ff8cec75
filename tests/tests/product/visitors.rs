//! People without an account who write into the public form.

use std::cell::Cell;
use std::rc::Rc;

use futures::StreamExt;
use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

async fn write(app: &TestApp, network: &str, address: &str) -> Answer {
    let form = [("title", "A title"), ("description", "A text"), ("email", address)];
    app.anon("acme").from_network(network).submit_multipart("/tickets/new", &form).await
}

fn count(app: &TestApp, sql: &str) -> i64 {
    app.tenant_database("acme").inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).unwrap())
}

#[test]
fn a_network_that_writes_too_often_is_refused_before_its_form_is_read() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 0..20 {
            // Every address of one subscriber is one network.
            let answer = write(&app, &format!("2001:db8::{number:x}"), &format!("guest{number}@shop.example")).await.expect(200);
            assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        }
        let was_read = Rc::new(Cell::new(false));
        let noted = was_read.clone();
        let body = futures::stream::iter([Ok(b"--edge".to_vec())]).inspect(move |_| noted.set(true)).boxed_local();
        let refused = app
            .anon("acme")
            .from_network("2001:db8::ffff")
            .send(Method::Post, "/tickets/new", Body::Stream(body), Some("multipart/form-data; boundary=edge"))
            .await
            .expect(429);
        assert!(refused.round_trips <= 3, "{}", refused.round_trips);
        assert!(!was_read.get(), "nothing of the form was read");
        write(&app, "2001:db8:0:1::1", "other@shop.example").await.expect(200);
        app.advance(chrono::TimeDelta::hours(1));
        write(&app, "2001:db8::1", "later@shop.example").await.expect(200);
    });
}

#[test]
fn an_address_writes_five_tickets_an_hour_wherever_it_comes_from() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 0..5 {
            write(&app, &format!("198.51.100.{number}"), "Guest@shop.example").await.expect(200);
        }
        let refused = write(&app, "198.51.100.9", "guest@Shop.example").await.expect(429);
        assert!(refused.round_trips <= 3, "{}", refused.round_trips);
        assert!(refused.text().contains("A title"), "what was typed comes back");
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets"), 5);
    });
}

#[test]
fn what_is_counted_names_nobody() {
    pollster::block_on(async {
        let app = TestApp::new();
        write(&app, "198.51.100.7", "guest@shop.example").await.expect(200);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM attempts"), 2);
        assert_eq!(
            count(&app, "SELECT COUNT(*) FROM attempts WHERE length(key) <> 64 OR key LIKE '%198%51%' AND key LIKE '%.%'"),
            0
        );
    });
}

#[test]
fn two_first_tickets_of_one_address_at_the_same_moment_are_both_taken_for_one_person() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.tenant_database("acme").interleave(true);
        let one = write(&app, "198.51.100.1", "new@shop.example");
        let other = write(&app, "198.51.100.2", "new@shop.example");
        let (one, other) = futures::join!(one, other);
        one.expect(200);
        other.expect(200);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets"), 2);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM users WHERE email = 'new@shop.example'"), 1);
    });
}

#[test]
fn a_key_is_kept_through_the_second_try() {
    pollster::block_on(async {
        let app = TestApp::new();
        let body = serde_json::json!({"title": "a", "description": "b", "requester": {"email": "new@shop.example"}});
        let post = |key: &str| app.agent("acme").header("idempotency-key", key).post("/api/tickets", body.clone());
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(post("k1"), post("k2"));
        app.tenant_database("acme").interleave(false);
        let (one, other) = (one.expect(201).json(), other.expect(201).json());
        assert_eq!(post("k1").await.expect(201).json(), one);
        assert_eq!(post("k2").await.expect(201).json(), other);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets"), 2);
    });
}
