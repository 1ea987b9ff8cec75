//! Conversations that are longer than a page.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;
use tests::app::{Caller, TestApp};

/// A ticket with so many comments, a second apart: every fifth one internal, and one change of priority after the 60th.
async fn long(app: &TestApp, comments: usize) -> String {
    let body = json!({"title": "Долгая история", "description": "С чего всё началось."});
    let number = app.client("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned();
    let place = format!("/api/tickets/{number}");
    for index in 1..=comments {
        app.advance(TimeDelta::seconds(1));
        let visibility = if index % 5 == 0 { "internal" } else { "public" };
        let body = json!({"body": format!("Сообщение №{index}."), "visibility": visibility});
        app.agent("acme").post(&format!("{place}/comments"), body).await.expect(201);
        if index == 60 {
            app.advance(TimeDelta::seconds(1));
            app.agent("acme").header("if-match", "*").patch(&place, json!({"priority": "critical"})).await.expect(200);
        }
    }
    number
}

/// The conversation's part of a page, without what stands beside it.
fn talk(page: &str) -> &str {
    let from = page.find("id=\"conversation\"").expect("a conversation");
    let talk = &page[from..];
    &talk[..talk.find("id=\"reply\"").expect("a composer")]
}

fn numbers(talk: &str) -> Vec<usize> {
    talk.split("Сообщение №").skip(1).map(|rest| rest.split('.').next().unwrap().parse().unwrap()).collect()
}

fn older(talk: &str) -> Option<String> {
    let link = talk.split("class=\"talk-older\"").nth(1)?;
    Some(link.split("href=\"").nth(1)?.split('"').next()?.replace("&#x3D;", "="))
}

/// Every page of the conversation from the latest on: its numbers, and how many changes are told between them.
async fn walk(visitor: impl Fn() -> Caller<'static>, place: &str) -> Vec<(Vec<usize>, usize)> {
    let mut pages = Vec::new();
    let mut next = Some(place.to_owned());
    while let Some(target) = next {
        let page = visitor().get(&target).await.expect(200);
        assert_eq!(page.round_trips, 2, "{target}");
        let page = page.text();
        let talk = talk(&page);
        assert_eq!(talk.matches("С чего всё началось.").count(), 1, "the description is on every page, once");
        assert_eq!(talk.contains("class=\"talk-newest\""), !pages.is_empty(), "the way back, on older pages only");
        pages.push((numbers(talk), talk.matches("class=\"event\"").count()));
        next = older(talk);
        assert!(pages.len() < 10, "it ends");
    }
    pages
}

#[test]
fn the_desk_reads_a_long_conversation_page_by_page_and_meets_everything_once() {
    pollster::block_on(async {
        let app: &'static TestApp = Box::leak(Box::new(TestApp::new()));
        let number = long(app, 230).await;
        let pages = walk(|| app.agent("acme").in_browser(), &format!("/agent/tickets/{number}")).await;
        let (read, changes): (Vec<Vec<usize>>, Vec<usize>) = pages.into_iter().unzip();
        assert_eq!(read, [(131..=230).collect::<Vec<_>>(), (31..=130).collect(), (1..=30).collect()]);
        let history = app.agent("acme").get(&format!("/api/tickets/{number}/history")).await.expect(200).json();
        let lines = history["data"].as_array().unwrap().iter();
        let told = lines.filter(|line| !["created", "comment", "note"].contains(&line["kind"].as_str().unwrap())).count();
        assert_eq!(changes[..2], [0, 1], "the change of priority is told where it happened");
        assert_eq!(changes.iter().sum::<usize>(), told, "each change is told once: {changes:?}");
    });
}

#[test]
fn a_client_reads_a_long_conversation_page_by_page_without_the_notes() {
    pollster::block_on(async {
        let app: &'static TestApp = Box::leak(Box::new(TestApp::new()));
        let number = long(app, 130).await;
        let pages = walk(|| app.client("acme").in_browser(), &format!("/tickets/{number}")).await;
        let read: Vec<usize> = pages.iter().rev().flat_map(|(numbers, _)| numbers.clone()).collect();
        assert_eq!(read, (1..=130).filter(|index| index % 5 != 0).collect::<Vec<_>>());
        assert_eq!(pages.iter().map(|(numbers, _)| numbers.len()).collect::<Vec<_>>(), [100, 4]);
    });
}

#[test]
fn a_conversation_of_exactly_one_page_has_nothing_before_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = long(&app, 100).await;
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200).text();
        assert_eq!(numbers(talk(&page)).len(), 100);
        assert_eq!(older(talk(&page)), None);
        app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}?before=yesterday")).await.expect(400);
    });
}

#[test]
fn a_place_in_one_conversation_shows_nothing_of_another() {
    pollster::block_on(async {
        let app = TestApp::new();
        let one = long(&app, 101).await;
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}")).await.expect(200).text();
        let place = older(talk(&page)).expect("an older part");
        let query: BTreeMap<&str, &str> =
            place.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let other = json!({"title": "Другая история", "description": "С чего всё началось."});
        let other =
            app.client("acme").post("/api/tickets", other).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        let target = format!("/agent/tickets/{other}?before={}", query["before"]);
        let page = app.agent("acme").in_browser().get(&target).await.expect(200).text();
        assert!(numbers(talk(&page)).is_empty());
        app.agent("globex").in_browser().get(&place).await.expect(404);
    });
}
