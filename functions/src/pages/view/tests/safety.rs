//! What no page may do: carry what a policy refuses or others wrote, forget a form's token, show a client what is the desk's.

use shared::i18n::Locale;

use super::{data, html, pages};
use crate::pages::engine;

#[test]
fn no_page_carries_what_the_content_security_policy_would_refuse() {
    for name in pages() {
        let page = html(name, Locale::En);
        for refused in [" style=\"", " onclick=", " onsubmit=", " onchange=", "javascript:"] {
            assert!(!page.contains(refused), "{name} carries {refused}");
        }
        for tag in page.split("<script").skip(1).chain(page.split("<style").skip(1)) {
            assert!(tag.starts_with(" nonce=\"n0nce\""), "{name}: a script or style without the nonce");
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    // What another site has handed in came without a session; the cookie of the sign-in that it belongs to stands for the token.
    for name in pages().filter(|name| *name != "handed-in") {
        let page = html(name, Locale::En);
        for form in page.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            if form.split('>').next().unwrap().contains("method=\"post\"") {
                assert!(
                    form.contains("name=\"csrf\" value=\"token\""),
                    "{name}: a form without the token: {}",
                    form.split('>').next().unwrap()
                );
            }
        }
    }
}

#[test]
fn what_people_wrote_is_escaped() {
    let (template, mut root) = data("agent-ticket", Locale::En);
    for path in [
        "/page/ticket/title",
        "/page/ticket/requester/name",
        "/page/opening/attachments/0/name",
        "/page/links/0/title",
        "/tenant/name",
        "/user/person/name",
    ] {
        *root.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = "<script>\"'&".into();
    }
    root["page"]["ticket"]["tags"][0] = "\"><img src=x>".into();
    root["page"]["history"][1]["to"] = "<b>bold</b>".into();
    let page = engine::render_data(&template, Locale::En, &root).unwrap();
    assert!(!page.contains("<script>\""));
    assert!(!page.contains("<img src=x>"));
    assert!(!page.contains("<b>bold</b>"));
    assert!(page.contains("&lt;script&gt;&quot;"));
}

#[test]
fn a_client_s_ticket_has_no_place_for_internal_notes() {
    let (template, mut root) = data("client-ticket", Locale::En);
    assert!(engine::render_data(&template, Locale::En, &root).unwrap().contains("Не помогло"));
    for entry in root["page"]["entries"].as_array_mut().unwrap() {
        entry["kind"] = "note".into();
    }
    let page = engine::render_data(&template, Locale::En, &root).unwrap();
    assert!(!page.contains("entry-note"));
    assert!(!page.contains("Не помогло"));
    assert!(!page.contains("/agent/"));
}
