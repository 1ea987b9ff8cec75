//! Who hears of a ticket.

use serde_json::{Value, json};
use tests::app::TestApp;

use super::{count, fault, opened, opened_by_another, path};

fn target(ticket: &Value) -> String {
    format!("{}/followers", path(ticket))
}

#[test]
fn the_desk_adds_people_and_addresses_and_takes_them_away() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        let analyst = app.user_id("acme", "analyst");
        let answer = app.agent("acme").post(&target(&ticket), json!({"user": analyst})).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let answer = app.agent("acme").post(&target(&ticket), json!({"email": "Boss@Client.example"})).await.expect(200).json();
        let followers: Vec<_> =
            answer["followers"].as_array().unwrap().iter().map(|one| (one["email"].clone(), one["kind"].clone())).collect();
        assert_eq!(followers, [(json!("analyst@acme.example"), json!("follower")), (json!("boss@client.example"), json!("cc"))]);
        // Once more changes nothing; nor does the requester, who hears anyway.
        let again = app.agent("acme").post(&target(&ticket), json!({"email": "boss@client.example"})).await.expect(200).json();
        assert_eq!(again["version"], answer["version"]);
        app.agent("acme").post(&target(&ticket), json!({"email": "client@acme.example"})).await.expect(200);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_followers"), 2);
        app.agent("acme").delete(&format!("{}?email=boss@client.example", target(&ticket))).await.expect(200);
        let left = app.agent("acme").delete(&format!("{}?user={analyst}", target(&ticket))).await.expect(200).json();
        assert_eq!(left["followers"], json!([]));
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_history WHERE kind = 'followers'"), 4);
    });
}

#[test]
fn a_client_follows_only_for_themselves_and_only_what_they_see() {
    pollster::block_on(async {
        let app = TestApp::new();
        let foreign = opened_by_another(&app, "Other", "other@client.example").await;
        app.client("acme").post(&target(&foreign), json!({})).await.expect(404);
        let own = opened(&app, "acme", "Own").await;
        for body in [
            json!({"email": "friend@client.example"}),
            json!({"user": app.user_id("acme", "agent")}),
            json!({"user": "usr_0123456789abcdef0123456789abcdef"}),
        ] {
            assert_eq!(fault(&app.client("acme").post(&target(&own), body).await).1, "not_allowed");
        }
        app.agent("acme").post(&target(&foreign), json!({"user": app.user_id("acme", "client")})).await.expect(200);
        app.client("acme").get(&path(&foreign)).await.expect(200);
        app.client("acme").delete(&target(&foreign)).await.expect(200);
        app.client("acme").get(&path(&foreign)).await.expect(404);
        app.agent("globex").post(&target(&own), json!({})).await.expect(404);
        app.signed_in("acme", "analyst").post(&target(&own), json!({})).await.expect(403);
    });
}

#[test]
fn there_are_only_so_many_followers_and_only_good_addresses() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "One").await;
        let add = async |email: String| app.agent("acme").post(&target(&ticket), json!({"email": email})).await;
        for wrong in ["", "nobody", "a@b@c"] {
            assert_eq!(fault(&add(wrong.to_owned()).await).1, "bad_email");
        }
        assert_eq!(fault(&add("support@acme.example".to_owned()).await).1, "own_address");
        for index in 0..40 {
            add(format!("p{index}@client.example")).await.expect(200);
        }
        assert_eq!(fault(&add("one-too-many@client.example".to_owned()).await).1, "too_many");
        let unknown = app.agent("acme").post(&target(&ticket), json!({"user": app.user_id("globex", "client")})).await;
        assert_eq!(fault(&unknown), ("user".to_owned(), "unknown_value".to_owned()));
    });
}
