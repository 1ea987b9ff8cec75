//! What the desk sees of mail.

use serde_json::json;
use tests::app::TestApp;

use super::{Letter, answered_ticket, bring, bring_raw, carried, shown};

#[test]
fn mail_that_waits_is_shown_with_its_reason_tried_again_and_discarded() {
    pollster::block_on(async {
        let app = TestApp::new();
        let away =
            Letter::new("robot@client.example", "Out of office", "Until <b>Monday</b>.").field("Auto-Submitted", "auto-replied");
        let taken = bring(&app, &away).await;
        assert_eq!(taken["reason"], "automatic");
        let id = taken["id"].as_str().unwrap();
        let list = app.agent("acme").get("/api/mail/inbound").await.expect(200).json();
        assert_eq!(list["data"][0]["id"], id);
        assert_eq!(list["data"][0]["reason"], "automatic");
        let one = app.agent("acme").get(&format!("/api/mail/inbound/{id}")).await.expect(200).json();
        assert_eq!(one["preview"], "Until <b>Monday</b>.\n");
        let raw = app.agent("acme").get(&format!("/api/mail/inbound/{id}/raw")).await.expect(200);
        assert_eq!(raw.bytes, away.raw());
        assert!(raw.headers.get("content-disposition").unwrap().starts_with("attachment"));
        let page = app.manager("acme").in_browser().get("/agent/mail/unprocessed").await.expect(200).text();
        assert!(page.contains("Out of office") && page.contains("Until &lt;b&gt;Monday"), "{page}");
        app.agent("acme").in_browser().submit(&format!("/agent/mail/unprocessed/{id}/discard"), &[]).await.expect(403);
        app.manager("acme").in_browser().submit(&format!("/agent/mail/unprocessed/{id}/retry"), &[]).await.expect(303);
        assert_eq!(app.asked("acme", "SELECT outcome FROM inbound_mails"), ["ticket"]);
        assert!(carried(&app).await.is_empty(), "a machine is not answered, whoever lets it in");
        let refused = app.manager("acme").post(&format!("/api/mail/inbound/{id}/discard"), json!({})).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "mail_done"));
        assert_eq!(app.asked("acme", "SELECT tickets FROM queue_counts WHERE queue = 'mail:unprocessed'"), ["0"]);
    });
}

#[test]
fn a_discarded_mail_stays_discarded_and_its_original_stays() {
    pollster::block_on(async {
        let app = TestApp::new();
        let taken = bring_raw(&app, "acme", "", b"nothing that is a mail".to_vec()).await.expect(202).json();
        assert_eq!(taken["outcome"], "unprocessed");
        let id = taken["id"].as_str().unwrap();
        app.manager("acme").post(&format!("/api/mail/inbound/{id}/discard"), json!({})).await.expect(204);
        app.manager("acme").post(&format!("/api/mail/inbound/{id}/retry"), json!({})).await.expect(409);
        let raw = app.agent("acme").get(&format!("/api/mail/inbound/{id}/raw")).await.expect(200);
        assert_eq!(raw.bytes, b"nothing that is a mail");
        assert_eq!(app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'mail.%'"), ["mail.discarded"]);
    });
}

#[test]
fn the_log_is_found_by_address_number_and_state_page_by_page() {
    pollster::block_on(async {
        let app = TestApp::new();
        for number in 0..3 {
            bring(&app, &Letter::new("client@acme.example", &format!("Question {number}"), "?")).await;
        }
        bring(&app, &Letter::new("other@client.example", "Mine", "?")).await;
        carried(&app).await;
        let count = async |query: &str| {
            let list = app.agent("acme").get(&format!("/api/mail/outbox?{query}")).await.expect(200).json();
            list["data"].as_array().unwrap().len()
        };
        assert_eq!(count("state=sent").await, 4);
        assert_eq!(count("state=queued").await, 0);
        assert_eq!(count("q=Client@acme.example").await, 3);
        assert_eq!(count("q=ACME-2&state=sent").await, 1);
        assert_eq!(count("q=nobody").await, 0);
        let first = app.agent("acme").get("/api/mail/outbox?limit=3").await.expect(200).json();
        let cursor = first["meta"]["next_cursor"].as_str().unwrap();
        let second = app.agent("acme").get(&format!("/api/mail/outbox?limit=3&cursor={cursor}")).await.expect(200).json();
        assert_eq!((second["data"].as_array().unwrap().len(), &second["meta"]["has_more"]), (1, &json!(false)));
        for query in ["state=odd", "limit=0", "cursor=x", "nonsense=1"] {
            app.agent("acme").get(&format!("/api/mail/outbox?{query}")).await.expect(422);
        }
        let page = app.agent("acme").in_browser().get("/agent/mail/log?q=other@client.example").await.expect(200).text();
        assert!(page.contains("other@client.example") && !page.contains("ACME-2"));
    });
}

#[test]
fn the_files_of_a_mail_hang_on_its_ticket_and_comment() {
    pollster::block_on(async {
        let app = TestApp::new();
        let raw = "From: client@acme.example\r\nTo: support@acme.example\r\nSubject: With files\r\nMessage-ID: <files@client.example>\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/related; boundary=r\r\n\r\n\
            --r\r\nContent-Type: text/html\r\n\r\n<p>See <img src=\"cid:pic\"></p>\r\n\
            --r\r\nContent-Type: image/png\r\nContent-ID: <pic>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==\r\n--r--\r\n\
            --b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"../evil\\\\\u{41e}.pdf\"\r\n\r\n%PDF-1.4\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=run.exe\r\n\r\nMZ program\r\n--b--\r\n";
        let taken = bring_raw(&app, "acme", "", raw.as_bytes().to_vec()).await.expect(202).json();
        let ticket = taken["ticket"].as_str().unwrap().to_owned();
        let row = shown(&app, &ticket).await;
        assert_eq!(row["attachments"].as_array().unwrap().len(), 3, "{row}");
        let kept = app
            .asked("acme", "SELECT media_type || ' ' || COALESCE(content_id, '-') FROM ticket_attachments ORDER BY media_type");
        assert_eq!(kept, ["application/octet-stream -", "application/pdf -", "image/png pic"]);
        assert!(app.asked("acme", "SELECT file_name FROM ticket_attachments").iter().all(|name| !name.contains(['/', '\\'])));
        let picture =
            app.asked("acme", "SELECT id || ' ' || file_name FROM ticket_attachments WHERE content_id = 'pic'").remove(0);
        let (id, name) = picture.split_once(' ').unwrap();
        assert_eq!(row["description"], format!("See ![{name}](attachment:{id})"));
        let page = app
            .client("acme")
            .in_browser()
            .get(&format!("/tickets/{}", row["number"].as_str().unwrap()))
            .await
            .expect(200)
            .text();
        assert!(page.contains(&format!(r#"<p>See <a class="picture" href="/api/attachments/{id}?inline=1""#)), "{page}");
        assert!(
            !page.contains(&format!(r#"href="/api/attachments/{id}" download"#)),
            "what the text shows does not hang below it"
        );
    });
}

/// A mail with a text, and two pictures of one name under the words.
fn with_two_pictures(id: &str, text: &str) -> Vec<u8> {
    let picture = |place: &str| {
        format!(
            "--b\r\nContent-Type: image/png; name=image.png\r\nContent-ID: <{place}@x>\r\nContent-Disposition: inline; filename=image.png\r\n\
             Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        )
    };
    format!(
        "From: client@acme.example\r\nTo: support@acme.example\r\nMessage-ID: <{id}@client.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n{}{}--b--\r\n",
        picture("one"),
        picture("two")
    )
    .into_bytes()
}

#[test]
fn the_pictures_of_a_mail_stand_where_its_plain_text_marks_them() {
    pollster::block_on(async {
        let app = TestApp::new();
        let told = async |id: &str, text: &str| {
            let taken = bring_raw(&app, "acme", "", with_two_pictures(id, text)).await.expect(202).json();
            let row = shown(&app, taken["ticket"].as_str().unwrap()).await;
            let of = |place: &str| {
                format!("SELECT id FROM ticket_attachments WHERE content_id = '{place}@x' ORDER BY created_at DESC, id DESC")
            };
            let [one, other] = ["one", "two"]
                .map(|place| app.asked("acme", &of(place)).into_iter().find(|id| row.to_string().contains(id.as_str())).unwrap());
            let said = row["description"].as_str().unwrap().replace(&one, "ONE").replace(&other, "TWO");
            (said, row["title"].as_str().unwrap().to_owned())
        };
        let (text, _) = told("outlook", "First [cid:two@x], then [cid:one@x], [cid:none@x] and [this].").await;
        assert_eq!(text, "First ![image.png](attachment:TWO), then ![image.png](attachment:ONE), [cid:none@x] and [this].");
        let (text, title) = told("gmail", "[image: image.png]\r\nabove [image: image.png]").await;
        assert_eq!(text, "![image.png](attachment:ONE)\nabove ![image.png](attachment:TWO)");
        assert_eq!(title, "above", "the words alone are a title");
    });
}

#[test]
fn a_picture_that_a_mail_marks_many_times_stands_in_its_text_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let marks = "[cid:one@x]".repeat(20_000);
        let long = format!("={}.png", "n".repeat(190));
        let raw = String::from_utf8(with_two_pictures("many", &format!("{marks} and no more"))).unwrap();
        let raw = raw.replace("=image.png", &long).into_bytes();
        let taken = bring_raw(&app, "acme", "", raw).await.expect(202).json();
        let row = shown(&app, taken["ticket"].as_str().unwrap()).await;
        let picture = app.asked(
            "acme",
            "SELECT '![' || file_name || '](attachment:' || id || ')' FROM ticket_attachments WHERE content_id = 'one@x'",
        );
        assert_eq!(row["description"], format!("{} and no more", picture[0]));
    });
}

#[test]
fn a_mark_of_what_no_browser_shows_becomes_its_name_and_quotes_and_previews_have_none() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (ticket, reply) = answered_ticket(&app).await;
        let raw = format!(
            "From: client@acme.example\r\nTo: {}\r\nSubject: Re: it\r\nMessage-ID: <plan@client.example>\r\nIn-Reply-To: <{}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
             The plan [cid:plan@x] is [cid:none@x] here.\r\n\r\n> So [cid:plan@x] it was.\r\n\
             --b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-ID: <plan@x>\r\n\r\n%PDF-1.4\r\n--b--\r\n",
            reply.reply_to(),
            reply.mail.message_id,
        );
        bring_raw(&app, "acme", "", raw.into_bytes()).await.expect(202);
        let comment = shown(&app, &ticket).await["comments"][1].clone();
        assert_eq!(comment["body"], "The plan plan.pdf is [cid:none@x] here.");
        assert_eq!(comment["quoted"], "> So  it was.");
        let away = Letter::new("robot@client.example", "Out of office", "Until [cid:logo.png@x]Monday.");
        let id = bring(&app, &away.field("Auto-Submitted", "auto-replied")).await["id"].as_str().unwrap().to_owned();
        let one = app.agent("acme").get(&format!("/api/mail/inbound/{id}")).await.expect(200).json();
        assert_eq!(one["preview"], "Until Monday.\n");
    });
}

#[test]
fn two_people_who_try_a_mail_again_at_once_make_one_ticket_of_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let away = Letter::new("robot@client.example", "Out of office", "Until Monday.").field("Auto-Submitted", "auto-replied");
        let id = bring(&app, &away).await["id"].as_str().unwrap().to_owned();
        let path = format!("/api/mail/inbound/{id}/retry");
        app.tenant_database("acme").interleave(true);
        let (manager, admin) = (app.manager("acme"), app.admin("acme"));
        let (one, other) = futures::join!(manager.post(&path, json!({})), admin.post(&path, json!({})));
        app.tenant_database("acme").interleave(false);
        for answer in [&one, &other] {
            assert!(answer.status == 409 || (answer.status == 200 && answer.json()["outcome"] == "ticket"), "{}", answer.text());
        }
        assert!(one.status == 200 || other.status == 200);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM tickets"), ["1"]);
        assert_eq!(app.asked("acme", "SELECT state || ' ' || outcome FROM inbound_mails"), ["processed ticket"]);
    });
}

#[test]
fn what_can_never_be_read_is_offered_for_no_other_try() {
    pollster::block_on(async {
        let app = TestApp::new();
        let taken = bring_raw(&app, "acme", "", b"nothing that is a mail".to_vec()).await.expect(202).json();
        let path = format!("/api/mail/inbound/{}/retry", taken["id"].as_str().unwrap());
        let refused = app.manager("acme").post(&path, json!({})).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "mail_not_retriable"));
        let page = app.manager("acme").in_browser().get("/agent/mail/unprocessed").await.expect(200).text();
        assert!(!page.contains("/retry") && page.contains("/discard"), "{page}");
    });
}
