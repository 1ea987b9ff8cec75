//! Every page, from its sample data through its view and its template, in every language.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::i18n::{self, Locale};

use super::*;
use crate::pages::engine;

const SAMPLES: &[(&str, &str)] = &[
    ("access-people", include_str!("samples/access-people.json")),
    ("access-people-empty", include_str!("samples/access-people-empty.json")),
    ("access-person", include_str!("samples/access-person.json")),
    ("access-person-new", include_str!("samples/access-person-new.json")),
    ("access-person-gone", include_str!("samples/access-person-gone.json")),
    ("access-organizations", include_str!("samples/access-organizations.json")),
    ("access-organizations-empty", include_str!("samples/access-organizations-empty.json")),
    ("access-organization", include_str!("samples/access-organization.json")),
    ("access-groups", include_str!("samples/access-groups.json")),
    ("access-groups-empty", include_str!("samples/access-groups-empty.json")),
    ("access-group", include_str!("samples/access-group.json")),
    ("access-group-empty", include_str!("samples/access-group-empty.json")),
    ("access-identity-providers", include_str!("samples/access-identity-providers.json")),
    ("access-identity-providers-empty", include_str!("samples/access-identity-providers-empty.json")),
    ("access-identity-provider", include_str!("samples/access-identity-provider.json")),
    ("access-identity-provider-saml", include_str!("samples/access-identity-provider-saml.json")),
    ("access-identity-provider-new", include_str!("samples/access-identity-provider-new.json")),
    ("access-identity-provider-test", include_str!("samples/access-identity-provider-test.json")),
    ("access-scim", include_str!("samples/access-scim.json")),
    ("access-scim-empty", include_str!("samples/access-scim-empty.json")),
    ("handed-in", include_str!("samples/handed-in.json")),
    ("signed-out", include_str!("samples/signed-out.json")),
    ("login-providers", include_str!("samples/login-providers.json")),
    ("login-confirm-provider", include_str!("samples/login-confirm-provider.json")),
    ("security-identities", include_str!("samples/security-identities.json")),
    ("access-directories", include_str!("samples/access-directories.json")),
    ("access-directories-empty", include_str!("samples/access-directories-empty.json")),
    ("access-directory", include_str!("samples/access-directory.json")),
    ("access-directory-new", include_str!("samples/access-directory-new.json")),
    ("access-roles", include_str!("samples/access-roles.json")),
    ("access-roles-empty", include_str!("samples/access-roles-empty.json")),
    ("access-role", include_str!("samples/access-role.json")),
    ("access-role-new", include_str!("samples/access-role-new.json")),
    ("access-role-builtin", include_str!("samples/access-role-builtin.json")),
    ("access-grants", include_str!("samples/access-grants.json")),
    ("access-grants-readonly", include_str!("samples/access-grants-readonly.json")),
    ("access-policies", include_str!("samples/access-policies.json")),
    ("access-policies-empty", include_str!("samples/access-policies-empty.json")),
    ("access-policy", include_str!("samples/access-policy.json")),
    ("access-policy-new", include_str!("samples/access-policy-new.json")),
    ("access-explain", include_str!("samples/access-explain.json")),
    ("access-explain-empty", include_str!("samples/access-explain-empty.json")),
    ("access-service-accounts", include_str!("samples/access-service-accounts.json")),
    ("access-service-accounts-empty", include_str!("samples/access-service-accounts-empty.json")),
    ("access-service-account", include_str!("samples/access-service-account.json")),
    ("access-service-account-readonly", include_str!("samples/access-service-account-readonly.json")),
    ("access-key", include_str!("samples/access-key.json")),
    ("agent-failure", include_str!("samples/agent-failure.json")),
    ("agent-new", include_str!("samples/agent-new.json")),
    ("agent-ticket", include_str!("samples/agent-ticket.json")),
    ("agent-ticket-readonly", include_str!("samples/agent-ticket-readonly.json")),
    ("agent-ticket-stale", include_str!("samples/agent-ticket-stale.json")),
    ("audit", include_str!("samples/audit.json")),
    ("audit-empty", include_str!("samples/audit-empty.json")),
    ("audit-filtered-empty", include_str!("samples/audit-filtered-empty.json")),
    ("audit-verdict", include_str!("samples/audit-verdict.json")),
    ("audit-verdict-bad", include_str!("samples/audit-verdict-bad.json")),
    ("audit-verdict-partly", include_str!("samples/audit-verdict-partly.json")),
    ("board", include_str!("samples/board.json")),
    ("board-sla", include_str!("samples/board-sla.json")),
    ("board-moving", include_str!("samples/board-moving.json")),
    ("recent", include_str!("samples/recent.json")),
    ("recent-empty", include_str!("samples/recent-empty.json")),
    ("split", include_str!("samples/split.json")),
    ("split-choose", include_str!("samples/split-choose.json")),
    ("split-empty", include_str!("samples/split-empty.json")),
    ("calendar", include_str!("samples/calendar.json")),
    ("calendars", include_str!("samples/calendars.json")),
    ("calendars-empty", include_str!("samples/calendars-empty.json")),
    ("client-empty", include_str!("samples/client-empty.json")),
    ("client-ticket", include_str!("samples/client-ticket.json")),
    ("client-ticket-closed", include_str!("samples/client-ticket-closed.json")),
    ("client-ticket-resolved", include_str!("samples/client-ticket-resolved.json")),
    ("client-tickets", include_str!("samples/client-tickets.json")),
    ("confirm", include_str!("samples/confirm.json")),
    ("console", include_str!("samples/console.json")),
    ("console-login", include_str!("samples/console-login.json")),
    ("deputies", include_str!("samples/deputies.json")),
    ("deputies-empty", include_str!("samples/deputies-empty.json")),
    ("failure", include_str!("samples/failure.json")),
    ("failure-anonymous", include_str!("samples/failure-anonymous.json")),
    ("forgot", include_str!("samples/forgot.json")),
    ("home", include_str!("samples/home.json")),
    ("login", include_str!("samples/login.json")),
    ("login-confirm", include_str!("samples/login-confirm.json")),
    ("login-confirm-code", include_str!("samples/login-confirm-code.json")),
    ("login-confirm-passkey", include_str!("samples/login-confirm-passkey.json")),
    ("login-refused", include_str!("samples/login-refused.json")),
    ("login-verify", include_str!("samples/login-verify.json")),
    ("login-verify-sms", include_str!("samples/login-verify-sms.json")),
    ("login-confirm-sms", include_str!("samples/login-confirm-sms.json")),
    ("security-phone", include_str!("samples/security-phone.json")),
    ("login-verify-passkey", include_str!("samples/login-verify-passkey.json")),
    ("imports", include_str!("samples/imports.json")),
    ("imports-empty", include_str!("samples/imports-empty.json")),
    ("import", include_str!("samples/import.json")),
    ("import-refused", include_str!("samples/import-refused.json")),
    ("import-running", include_str!("samples/import-running.json")),
    ("mail-log", include_str!("samples/mail-log.json")),
    ("mail-log-empty", include_str!("samples/mail-log-empty.json")),
    ("mail-log-filtered-empty", include_str!("samples/mail-log-filtered-empty.json")),
    ("mail-unprocessed", include_str!("samples/mail-unprocessed.json")),
    ("mail-unprocessed-empty", include_str!("samples/mail-unprocessed-empty.json")),
    ("commands", include_str!("samples/commands.json")),
    ("home-empty", include_str!("samples/home-empty.json")),
    ("offline", include_str!("samples/offline.json")),
    ("new", include_str!("samples/new.json")),
    ("new-refused", include_str!("samples/new-refused.json")),
    ("notice", include_str!("samples/notice.json")),
    ("policies", include_str!("samples/policies.json")),
    ("policies-empty", include_str!("samples/policies-empty.json")),
    ("policy", include_str!("samples/policy.json")),
    ("profile", include_str!("samples/profile.json")),
    ("protection", include_str!("samples/protection.json")),
    ("protection-alerts", include_str!("samples/protection-alerts.json")),
    ("protection-alerts-empty", include_str!("samples/protection-alerts-empty.json")),
    ("protection-blocks", include_str!("samples/protection-blocks.json")),
    ("protection-blocks-empty", include_str!("samples/protection-blocks-empty.json")),
    ("queue", include_str!("samples/queue.json")),
    ("queue-empty", include_str!("samples/queue-empty.json")),
    ("queue-filtered-empty", include_str!("samples/queue-filtered-empty.json")),
    ("rate", include_str!("samples/rate.json")),
    ("ratings", include_str!("samples/ratings.json")),
    ("ratings-empty", include_str!("samples/ratings-empty.json")),
    ("register", include_str!("samples/register.json")),
    ("reset", include_str!("samples/reset.json")),
    ("search", include_str!("samples/search.json")),
    ("search-empty", include_str!("samples/search-empty.json")),
    ("security", include_str!("samples/security.json")),
    ("security-codes", include_str!("samples/security-codes.json")),
    ("security-off", include_str!("samples/security-off.json")),
    ("security-owed", include_str!("samples/security-owed.json")),
    ("security-setup", include_str!("samples/security-setup.json")),
    ("settings", include_str!("samples/settings.json")),
    ("settings-security", include_str!("samples/settings-security.json")),
    ("settings-text", include_str!("samples/settings-text.json")),
    ("settings-texts", include_str!("samples/settings-texts.json")),
    ("settings-texts-empty", include_str!("samples/settings-texts-empty.json")),
    ("shell-agent", include_str!("samples/shell-agent.json")),
    ("shell-anonymous", include_str!("samples/shell-anonymous.json")),
    ("shell-portal", include_str!("samples/shell-portal.json")),
    ("unknown-host", include_str!("samples/unknown-host.json")),
    ("view", include_str!("samples/view.json")),
    ("view-refused", include_str!("samples/view-refused.json")),
    ("ticket-time", include_str!("samples/ticket-time.json")),
    ("ticket-time-elsewhere", include_str!("samples/ticket-time-elsewhere.json")),
    ("ticket-time-readonly", include_str!("samples/ticket-time-readonly.json")),
    ("time", include_str!("samples/time.json")),
    ("time-empty", include_str!("samples/time-empty.json")),
    ("time-entry", include_str!("samples/time-entry.json")),
    ("checklist", include_str!("samples/checklist.json")),
    ("checklist-empty", include_str!("samples/checklist-empty.json")),
    ("checklist-refused", include_str!("samples/checklist-refused.json")),
    ("later", include_str!("samples/later.json")),
    ("later-answer", include_str!("samples/later-answer.json")),
    ("later-others", include_str!("samples/later-others.json")),
    ("reminders", include_str!("samples/reminders.json")),
    ("reminders-empty", include_str!("samples/reminders-empty.json")),
    ("views", include_str!("samples/views.json")),
    ("views-empty", include_str!("samples/views-empty.json")),
    ("similar", include_str!("samples/similar.json")),
    ("similar-empty", include_str!("samples/similar-empty.json")),
    ("requester", include_str!("samples/requester.json")),
    ("violations", include_str!("samples/violations.json")),
    ("violations-empty", include_str!("samples/violations-empty.json")),
    ("violations-filtered-empty", include_str!("samples/violations-filtered-empty.json")),
];

fn sample(name: &str) -> Value {
    let (_, source) = SAMPLES.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no sample {name}"));
    serde_json::from_str(source).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// Reads the page's part as its view, which refuses fields too many and too few, and writes it back as a handler would.
fn through<T: Serialize + serde::de::DeserializeOwned>(name: &str, page: Value) -> Value {
    let view: T = serde_json::from_value(page).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::to_value(view).unwrap()
}

fn view_of(name: &str, template: &str, page: Value) -> Value {
    match template {
        "console/login" | "portal/login" | "portal/register" | "portal/confirm" | "portal/forgot" | "portal/reset" => {
            through::<account::Entrance>(name, page)
        }
        "portal/notice" | "portal/offline" => through::<account::Notice>(name, page),
        "portal/login-verify" => through::<security::Verify>(name, page),
        "portal/login-confirm" => through::<security::Confirm>(name, page),
        "portal/security" => through::<security::Security>(name, page),
        "portal/security-phone" => through::<security::Phone>(name, page),
        "portal/security-setup" => through::<security::Setup>(name, page),
        "portal/security-codes" => through::<security::Codes>(name, page),
        "portal/profile" => through::<account::Profile>(name, page),
        "portal/home" => through::<tickets::ClientHome>(name, page),
        "portal/search" => through::<tickets::ClientSearch>(name, page),
        "portal/tickets" => through::<tickets::ClientList>(name, page),
        "portal/new" | "agent/new" => through::<ticket::NewTicket>(name, page),
        "portal/ticket" => through::<ticket::ClientTicket>(name, page),
        "portal/rate" => through::<rating::Rate>(name, page),
        "portal/failure" | "agent/failure" => through::<failure::Failure>(name, page),
        "agent/tickets" => through::<tickets::AgentList>(name, page),
        "agent/ticket" => through::<ticket::AgentTicket>(name, page),
        "agent/similar" => through::<panels::SimilarTickets>(name, page),
        "agent/requester" => through::<panels::RequesterPanel>(name, page),
        "agent/mail-log" => through::<mail::Log>(name, page),
        "agent/mail-unprocessed" => through::<mail::Unprocessed>(name, page),
        "agent/commands" => through::<()>(name, page),
        "agent/violations" => through::<violations::Violations>(name, page),
        "agent/board" => through::<boards::Board>(name, page),
        "agent/recent" => through::<opened::Recent>(name, page),
        "agent/split" => through::<opened::Split>(name, page),
        "agent/ticket-time" => through::<time::TicketTime>(name, page),
        "agent/time" => through::<time::TimeList>(name, page),
        "agent/time-entry" => through::<time::TimeEdit>(name, page),
        "agent/checklist" => through::<checklist::Checklist>(name, page),
        "agent/later" => through::<own_time::Later>(name, page),
        "agent/reminders" => through::<own_time::Reminders>(name, page),
        "agent/views" => through::<views::Views>(name, page),
        "agent/view" => through::<views::ViewEdit>(name, page),
        "agent/audit" => through::<audit::Log>(name, page),
        "agent/audit-verdict" => through::<audit::Verdict>(name, page),
        "agent/policies" => through::<schedule::Policies>(name, page),
        "agent/policy" => through::<schedule::PolicyEdit>(name, page),
        "agent/calendars" => through::<schedule::Calendars>(name, page),
        "agent/calendar" => through::<schedule::CalendarEdit>(name, page),
        "agent/ratings" => through::<rating::Ratings>(name, page),
        "agent/settings-security" => through::<settings::SignInRules>(name, page),
        "agent/settings-texts" => through::<settings::Texts>(name, page),
        "agent/settings-text" => through::<settings::TextEdit>(name, page),
        "agent/protection" => through::<protection::Limits>(name, page),
        "agent/protection-alerts" => through::<protection::Alerts>(name, page),
        "agent/protection-blocks" => through::<protection::Blocks>(name, page),
        "agent/access-people" => through::<access::People>(name, page),
        "agent/access-person" => through::<access::PersonEdit>(name, page),
        "agent/access-organizations" => through::<access::Organizations>(name, page),
        "agent/access-organization" => through::<access::OrganizationEdit>(name, page),
        "agent/access-groups" => through::<access::Groups>(name, page),
        "agent/access-group" => through::<access::GroupEdit>(name, page),
        "agent/access-identity-providers" => through::<sso::Providers>(name, page),
        "agent/access-identity-provider" => through::<sso::ProviderEdit>(name, page),
        "agent/access-identity-provider-test" => through::<sso::ProviderTest>(name, page),
        "agent/access-scim" => through::<scim::Provisioning>(name, page),
        "portal/handed-in" => through::<sso::HandedIn>(name, page),
        "portal/signed-out" => through::<sso::SignedOut>(name, page),
        "agent/access-directories" => through::<directories::Directories>(name, page),
        "agent/access-directory" => through::<directories::DirectoryEdit>(name, page),
        "agent/access-roles" => through::<access::Roles>(name, page),
        "agent/access-role" => through::<access::RoleEdit>(name, page),
        "agent/access-grants" => through::<grants::Grants>(name, page),
        "agent/access-policies" => through::<grants::Policies>(name, page),
        "agent/access-policy" => through::<grants::PolicyEdit>(name, page),
        "agent/access-explain" => through::<grants::Explain>(name, page),
        "portal/deputies" => through::<grants::Deputies>(name, page),
        "agent/access-service-accounts" => through::<service_accounts::ServiceAccounts>(name, page),
        "agent/access-service-account" => through::<service_accounts::ServiceAccountEdit>(name, page),
        "agent/access-key" => through::<service_accounts::KeySecret>(name, page),
        "agent/imports" => through::<imports::Imports>(name, page),
        "agent/import" => through::<imports::Import>(name, page),
        "agent/settings" => through::<settings::Settings>(name, page),
        "console/home" => through::<settings::Console>(name, page),
        "shared/unknown-host" => page,
        other => panic!("{name}: no view for {other}"),
    }
}

fn data(name: &str, locale: Locale) -> (String, Value) {
    let given = sample(name);
    let template = given["template"].as_str().unwrap().to_owned();
    let mut root = sample(&format!("shell-{}", given["shell"].as_str().unwrap()));
    if let Some(overrides) = given.get("shell_overrides") {
        merge(&mut root, overrides);
    }
    root["locale"] = locale.as_str().into();
    root["dir"] = locale.dir().into();
    let mut root = through::<Shell>(name, root);
    root["page"] = view_of(name, &template, given["page"].clone());
    (template, root)
}

fn pages() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|(name, _)| *name).filter(|name| !name.starts_with("shell-"))
}

fn html(name: &str, locale: Locale) -> String {
    let (template, root) = data(name, locale);
    engine::render_data(&template, locale, &root).unwrap_or_else(|error| panic!("{name} in {}: {error:?}", locale.as_str()))
}

const LOCALES: [Locale; 3] = [Locale::Ru, Locale::En, Locale::Ar];

#[test]
fn every_page_renders_from_its_view_in_every_language() {
    for name in pages() {
        for locale in LOCALES {
            let page = html(name, locale);
            assert!(page.starts_with("<!doctype html>"), "{name}");
            assert!(page.contains(&format!("lang=\"{}\" dir=\"{}\"", locale.as_str(), locale.dir())), "{name}");
            assert!(page.trim_end().ends_with("</html>"), "{name}");
        }
    }
}

#[test]
fn every_template_with_a_page_has_a_sample() {
    let shown: BTreeSet<String> = pages().map(|name| sample(name)["template"].as_str().unwrap().to_owned()).collect();
    let frames = [
        "portal/frame",
        "portal/entrance",
        "portal/list",
        "portal/rows",
        "portal/find",
        "agent/frame",
        "agent/side",
        "agent/dialogs",
        "agent/pending",
        "agent/forward",
        "agent/copied",
        "agent/command",
        "agent/board-card",
        "agent/checklist-item",
        "agent/reminder-form",
        "agent/reminder",
        "agent/time-entry-row",
        "agent/time-fields",
        "agent/time-sum",
        "agent/when",
        "portal/devices",
        "agent/date-row",
        "agent/named",
        "agent/access-nav",
        "agent/protection-nav",
        "agent/access-roles-five",
        "agent/access-asked",
        "agent/access-explained",
        // Shown by its route, with the samples of other pages.
        "agent/design",
    ];
    for name in engine::names().filter(|name| !name.starts_with("shared/") && !frames.contains(name)) {
        assert!(shown.contains(name), "{name} is shown by no sample");
    }
}

#[test]
fn icons_that_point_along_the_line_are_mirrored_from_right_to_left() {
    const POINTING: [&str; 16] = [
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "chevrons-left",
        "chevrons-right",
        "forward",
        "reply",
        "reply-all",
        "send",
        "undo-2",
        "redo-2",
        "log-in",
        "log-out",
        "list",
        "text-quote",
    ];
    for (name, source) in engine::sources() {
        for piece in source.split("{{> shared/icon \"").skip(1) {
            let icon = piece.split('"').next().unwrap();
            assert!(!POINTING.contains(&icon), "{name}: {icon} wants icon-flip");
        }
    }
}

#[test]
fn every_text_that_a_template_names_exists_in_every_language() {
    for (name, source) in engine::sources() {
        for piece in source.split("{{t \"").chain(source.split("(t \"")).skip(1) {
            let key = piece.split('"').next().unwrap();
            if !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || piece.len() == source.len() {
                continue;
            }
            for locale in LOCALES {
                assert!(i18n::has(locale, key), "{name}: {key} is missing in {}", locale.as_str());
            }
        }
    }
}

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

#[test]
fn a_refused_form_comes_back_filled_and_says_what_is_wrong() {
    let page = html("new-refused", Locale::En);
    assert!(page.contains("value=\"wrong@\""));
    assert!(page.contains("This is not an address."));
    assert!(page.contains("aria-invalid=\"true\""));
    assert!(page.contains("<option value=\"high\" selected>"));
}

#[test]
fn initials_come_from_the_first_and_the_last_word() {
    assert_eq!(initials("Анна Сергеевна Ким"), "АК");
    assert_eq!(initials("maria"), "M");
    assert_eq!(initials("ليلى حداد"), "ل");
    assert_eq!(initials("  "), "?");
    assert_eq!(initials("(ops) team"), "OT");
}

#[test]
fn a_person_keeps_one_colour_under_every_name() {
    let before = Person::new("usr_1", "Anna Kim");
    let after = Person::new("usr_1", "Anna Petrova");
    assert_eq!(before.tint, after.tint);
    assert!(before.tint < 8);
}

#[test]
fn spans_split_into_hours_and_minutes_and_remember_the_sign() {
    assert_eq!(Span::from_ms(13_200_000), Span { ms: 13_200_000, hours: 3, minutes: 40, over: false });
    assert_eq!(Span::from_ms(-60_000), Span { ms: -60_000, hours: 0, minutes: 1, over: true });
}

#[test]
fn sizes_are_read_in_the_next_unit_at_1024() {
    let units = ["B", "KB", "MB"];
    assert_eq!(size_label(1023, units), "1023 B");
    assert_eq!(size_label(1024, units), "1 KB");
    assert_eq!(size_label(1_572_864, units), "1.5 MB");
}
