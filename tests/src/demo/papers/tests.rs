use super::*;
use crate::demo::people;
use crate::demo::{Language, Size, TENANTS};
use shared::attachment::classify;

/// Every paper of every desk and language, drawn with the facts of somebody there.
fn papers() -> Vec<(Language, Paper)> {
    let now: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
    let mut all = Vec::new();
    for tenant in &TENANTS {
        let people = people::of_tenant(1, Size::Small, tenant, now - TimeDelta::days(60), now);
        for language in LANGUAGES {
            let Some(client) = people.clients.iter().find(|client| client.language == language) else { continue };
            let organization = people.organizations.iter().find(|o| Some(&o.key) == client.organization.as_ref()).unwrap();
            for seed in 0..6 {
                let facts =
                    TicketFacts { seed, language, at: now, zone: tenant.zone, client, agent: &people.staff[2], organization };
                all.extend(
                    Corpus::of(language)
                        .families
                        .iter()
                        .filter_map(|family| of_client(&facts, family, "open").map(|paper| (language, paper))),
                );
                all.extend(of_desk(&facts).map(|paper| (language, paper)));
            }
        }
    }
    all
}

#[test]
fn every_paper_is_a_file_of_its_kind_that_a_ticket_takes() {
    let mut kinds = std::collections::BTreeSet::new();
    for (language, paper) in papers() {
        let bytes = paper.bytes();
        let accepted =
            classify(&paper.name, &bytes, Some(paper.media_type())).unwrap_or_else(|why| panic!("{}: {why:?}", paper.name));
        assert_eq!(accepted.file_name, paper.name, "the name stays as it is");
        assert_eq!(accepted.media_type, paper.media_type(), "{}", paper.name);
        assert!((200..40_000).contains(&bytes.len()), "{} has {} bytes", paper.name, bytes.len());
        kinds.insert((language, paper.kind));
        for line in &paper.lines {
            assert!(!line.contains(['{', '}', '[', ']', '\\']), "unfilled: {line}");
            let drawn = matches!(paper.kind, PaperKind::Screen | PaperKind::Sheet);
            assert!(!drawn || can_draw(line), "{} cannot be drawn in {}", line, paper.name);
        }
    }
    assert_eq!(kinds.len(), 12, "each of four kinds in each of three languages: {kinds:?}");
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_another_one_others() {
    let all = papers();
    let (_, first) = &all[0];
    assert_eq!(first.bytes(), first.clone().bytes());
    let (_, other) = all.iter().find(|(_, paper)| paper.kind == first.kind && paper.lines != first.lines).unwrap();
    assert_ne!(first.bytes(), other.bytes());
}

#[test]
fn a_log_runs_forward_and_ends_before_the_client_writes() {
    let now = "2026-11-23";
    let (_, log) =
        papers().into_iter().find(|(language, paper)| *language == Language::Ru && paper.kind == PaperKind::Log).unwrap();
    let stamps: Vec<&str> = log.lines.iter().map(|line| &line[..23]).collect();
    assert!(stamps.windows(2).all(|pair| pair[0] < pair[1]), "{stamps:?}");
    assert!(stamps.iter().all(|stamp| stamp.starts_with(now) && *stamp < "2026-11-23 12:00:00"), "{stamps:?}");
}
