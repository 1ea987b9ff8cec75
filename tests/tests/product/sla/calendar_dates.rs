//! Dates with hours of their own in the form of a calendar.

use serde_json::json;
use tests::app::{Caller, TestApp};

use super::rules::{calendar, late_office, policy};

fn manager(app: &TestApp) -> Caller<'_> {
    app.manager("acme").in_browser()
}

/// The values of every field of that name on a page, in order.
fn all_typed(page: &str, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\"");
    let fields = page.split(&start).skip(1).filter_map(|rest| rest.split('>').next());
    let values = fields.filter_map(|field| field.split("value=\"").nth(1)?.split('"').next());
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// A form that keeps the week of the late office, with these fields of dates.
fn with_dates<'a>(version: &'a str, dates: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let hours = "10:00-19:00";
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| (day, hours));
    let head = [("version", version), ("name", "Late office"), ("time_zone", "Europe/Moscow")];
    head.into_iter().chain(week).chain(dates.iter().copied()).collect()
}

#[test]
fn dates_with_hours_of_their_own_are_shown_changed_added_and_removed_by_the_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut hours = late_office();
        hours["overrides"] = json!([{"date": "2026-03-14", "name": "Saturday at work", "intervals": [{"start": "11:00", "end": "16:00"}]},
            {"date": "2026-03-16", "intervals": []}]);
        let office = calendar(&app, hours).await;
        let place = format!("/agent/sla/calendars/{}", office["id"].as_str().unwrap());
        let list = manager(&app).get("/agent/sla/calendars").await.expect(200).text();
        assert!(list.contains("2 даты с другими часами"), "{list}");
        let form = manager(&app).get(&place).await.expect(200).text();
        assert_eq!(all_typed(&form, "override_date"), ["2026-03-14", "2026-03-16"]);
        assert_eq!(all_typed(&form, "override_name"), ["Saturday at work"]);
        assert_eq!(all_typed(&form, "override_intervals"), ["11:00-16:00"]);
        let blank = form.split("<template").next().unwrap().matches("name=\"holiday_date\"").count();
        assert_eq!(blank, 3, "a few empty rows, for whoever has no JavaScript");

        // The first becomes a half day, the second stays closed, a third is new; two empty rows are none.
        let dates = [
            ("has_overrides", "1"),
            ("override_date", "2026-03-14"),
            ("override_name", "Half a Saturday"),
            ("override_intervals", "11:00-13:00"),
            ("override_date", "2026-03-16"),
            ("override_name", ""),
            ("override_intervals", ""),
            ("override_date", ""),
            ("override_name", ""),
            ("override_intervals", ""),
            ("override_date", "2026-03-03"),
            ("override_name", "Inventory"),
            ("override_intervals", "10:00-11:00, 12:00-13:00"),
            ("override_date", ""),
            ("override_name", ""),
            ("override_intervals", ""),
        ];
        manager(&app).submit_multipart(&place, &with_dates("1", &dates)).await.expect(303);
        let stored =
            async || app.agent("acme").get(&format!("/api/sla/calendars/{}", office["id"].as_str().unwrap())).await.json();
        assert_eq!(
            stored().await["overrides"],
            json!([
                {"date": "2026-03-14", "name": "Half a Saturday", "intervals": [{"start": "11:00", "end": "13:00"}]},
                {"date": "2026-03-16", "intervals": []},
                {"date": "2026-03-03", "name": "Inventory",
                    "intervals": [{"start": "10:00", "end": "11:00"}, {"start": "12:00", "end": "13:00"}]}
            ])
        );
        // They count: eight hours from Tuesday 10:00 are two on Tuesday and six on Wednesday.
        policy(&app, &office, json!({})).await;
        let question = json!({"priority": "high", "created_at": "2026-03-03T07:00:00Z"});
        let answer = app.agent("acme").post("/api/sla/preview", question).await.expect(200).json();
        assert_eq!(answer["resolution_due_at"], "2026-03-04T13:00:00Z");

        // Without JavaScript a row goes by its tick or by being emptied.
        let dates = [
            ("has_overrides", "1"),
            ("override_date", "2026-03-14"),
            ("override_name", "Half a Saturday"),
            ("override_intervals", "11:00-13:00"),
            ("override_remove", "0"),
            ("override_date", ""),
            ("override_name", ""),
            ("override_intervals", ""),
            ("override_date", "2026-03-03"),
            ("override_name", "Inventory"),
            ("override_intervals", "10:00-11:00"),
        ];
        manager(&app).submit_multipart(&place, &with_dates("2", &dates)).await.expect(303);
        assert_eq!(stored().await["overrides"].as_array().unwrap().len(), 1);
        assert_eq!(stored().await["overrides"][0]["date"], "2026-03-03");

        // A form from before these fields takes none of them away.
        manager(&app).submit_multipart(&place, &with_dates("3", &[("holiday_date", "2026-05-01")])).await.expect(303);
        assert_eq!(stored().await["overrides"].as_array().unwrap().len(), 1);
        assert_eq!(stored().await["holidays"][0]["date"], "2026-05-01");
        manager(&app).submit_multipart(&place, &with_dates("4", &[("has_overrides", "1")])).await.expect(303);
        assert_eq!(stored().await["overrides"], json!([]), "all rows were removed");
    });
}

#[test]
fn a_date_that_is_refused_comes_back_filled_with_its_fault_in_its_row() {
    pollster::block_on(async {
        let app = TestApp::new();
        let dates = [
            ("has_overrides", "1"),
            ("override_date", ""),
            ("override_name", ""),
            ("override_intervals", ""),
            ("override_date", "2026-03-14"),
            ("override_name", "Good"),
            ("override_intervals", "11:00-13:00"),
            ("override_date", "2026-03-21"),
            ("override_name", "Bad"),
            ("override_intervals", "noon"),
            ("holiday_date", "2026-05-01"),
            ("holiday_name", "May Day"),
            ("holiday_intervals", ""),
            ("holiday_yearly", "yes"),
        ];
        let page = manager(&app).submit_multipart("/agent/sla/calendars/new", &with_dates("0", &dates)).await.expect(422).text();
        assert_eq!(all_typed(&page, "override_date"), ["2026-03-14", "2026-03-21"]);
        assert_eq!(all_typed(&page, "override_intervals"), ["11:00-13:00", "noon"]);
        assert!(page.contains("<option value=\"yes\" selected>"), "the holiday comes back as a yearly one");
        assert!(page.contains("id=\"override-1-error\"") && !page.contains("id=\"override-0-error\""));
        let told = page.split("aria-describedby=\"override-1-error\"").next().unwrap().rsplit('<').next().unwrap();
        assert!(told.contains("name=\"override_intervals\""), "the field that is wrong is the one that is told of: {told}");
        assert!(app.asked("acme", "SELECT id FROM sla_calendars").is_empty());
    });
}
