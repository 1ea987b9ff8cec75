use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::verify::{Beyond, Extent, Stretch, faults};
use super::{Checkpoint, Fault, FaultKind as K, Keys, Line, Seal, chain};
use crate::id::TenantId;
use crate::limits::AUDIT_FAULTS_MAX;

fn line(columns: Value) -> Line {
    serde_json::from_value(columns).unwrap()
}

fn columns(seq: i64) -> Value {
    json!({
        "tenant_id": tenant().as_str(), "seq": seq, "id": format!("evt_{seq:032x}"), "at": 1_772_434_800_000_i64 + seq, "actor": "system",
        "on_behalf_of": null, "action": "ticket.updated", "subject": "tkt_1", "outcome": "done", "request_id": "r", "network": "",
        "user_agent": "", "detail": format!("{{\"n\":{seq}}}")
    })
}

fn tenant() -> TenantId {
    TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap()
}

fn keys() -> Keys {
    Keys::new("a secret", &[])
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_434_800, 0).unwrap()
}

/// A log of `count` lines, all sealed, with a checkpoint after every tenth.
fn whole(count: i64) -> Stretch {
    let lines: Vec<Line> = (1..=count).map(|seq| line(columns(seq))).collect();
    let seals = chain::seal(0, chain::BEGINNING, &lines);
    let mut checkpoints: Vec<Checkpoint> = Vec::new();
    for seal in seals.iter().filter(|seal| seal.seq % 10 == 0) {
        let number = seal.seq / 10;
        let signed = Checkpoint::sign(&keys(), &tenant(), number, checkpoints.last(), seal, at() + TimeDelta::hours(number));
        checkpoints.push(signed);
    }
    Stretch {
        tenant: tenant().as_str().to_owned(),
        from: 1,
        to: count,
        extent: Extent { newest: count, given: count, sealed_to: count },
        before: Some(chain::BEGINNING.to_owned()),
        lines,
        seals,
        checkpoint_before: None,
        checkpoints,
        beyond: Beyond::Nothing,
    }
}

fn found(stretch: &Stretch) -> Vec<(i64, K)> {
    faults(stretch, &keys()).into_iter().map(|Fault { seq, kind }| (seq, kind)).collect()
}

#[test]
fn the_bytes_of_a_line_and_its_seal_stay_as_they_are() {
    let sealed = line(json!({
        "tenant_id": "t", "seq": 1, "id": "e", "at": -2, "actor": "", "on_behalf_of": null, "action": "a.b", "subject": "я", "outcome": "done",
        "request_id": "r", "network": "n", "user_agent": "u", "detail": "{}"
    }));
    let mut bytes = b"workernet audit line 1\n".to_vec();
    for (kind, value) in [
        (b't', b"t".as_slice()),
        (b'i', &1_i64.to_be_bytes()),
        (b't', b"e"),
        (b'i', &(-2_i64).to_be_bytes()),
        (b't', b""),
        (b'n', b""),
        (b't', b"a.b"),
        (b't', "я".as_bytes()),
        (b't', b"done"),
        (b't', b"r"),
        (b't', b"n"),
        (b't', b"u"),
        (b't', b"{}"),
    ] {
        bytes.push(kind);
        bytes.extend_from_slice(&(value.len() as u64).to_be_bytes());
        bytes.extend_from_slice(value);
    }
    assert_eq!(sealed.encoded(), bytes);
    let mut sealing = chain::BEGINNING.as_bytes().to_vec();
    sealing.extend_from_slice(&bytes);
    assert_eq!(sealed.seal(chain::BEGINNING), crate::auth::signer::sha256_hex(&sealing));
}

#[test]
fn a_number_is_the_same_number_however_json_writes_it() {
    let mut columns = columns(7);
    let one = line(columns.clone());
    columns["at"] = json!(1_772_434_800_007.0_f64);
    assert_eq!(line(columns.clone()).encoded(), one.encoded());
    columns["at"] = json!("1772434800007");
    assert_ne!(line(columns.clone()).encoded(), one.encoded(), "a text is no number");
    // What is no whole number, or none that JavaScript holds to the digit, is not taken for one.
    for (written, whole) in [(1.5, 1), (9e15, 9_000_000_000_000_000_i64)] {
        columns["at"] = json!(whole);
        let one = line(columns.clone());
        columns["at"] = json!(written);
        assert_ne!(line(columns.clone()).encoded(), one.encoded(), "{written}");
    }
}

#[test]
fn two_lines_that_claim_one_place_are_found() {
    let mut log = whole(10);
    log.lines.push(line(columns(5)));
    assert_eq!(found(&log), [(5, K::Reordered)]);
}

#[test]
fn a_log_ends_where_the_last_trace_of_it_is_and_faults_are_told_by_name() {
    for (newest, given, sealed_to) in [(9, 3, 4), (3, 9, 4), (3, 4, 9)] {
        assert_eq!(Extent { newest, given, sealed_to }.end(), 9);
    }
    for kind in [
        K::Edited,
        K::Deleted,
        K::Reordered,
        K::Truncated,
        K::SealEdited,
        K::SealRemoved,
        K::CheckpointForged,
        K::CheckpointRemoved,
        K::Rewritten,
    ] {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}

#[test]
fn text_that_moves_from_one_column_to_its_neighbour_is_another_line() {
    let (mut one, mut other) = (columns(1), columns(1));
    (one["actor"], one["action"]) = (json!("ab"), json!("c"));
    (other["actor"], other["action"]) = (json!("a"), json!("bc"));
    assert_ne!(line(one).encoded(), line(other).encoded());
    let (mut null, mut empty) = (columns(1), columns(1));
    (null["on_behalf_of"], empty["on_behalf_of"]) = (Value::Null, json!(""));
    assert_ne!(line(null).encoded(), line(empty).encoded());
}

#[test]
fn nothing_is_sealed_over_a_gap() {
    let lines: Vec<Line> = [1, 2, 4, 5].map(|seq| line(columns(seq))).to_vec();
    let seals = chain::seal(0, chain::BEGINNING, &lines);
    assert_eq!(seals.iter().map(|seal| seal.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(chain::seal(2, &seals[1].hash, &lines[2..]), [], "the next run stops there too");
}

#[test]
fn a_whole_log_has_no_fault_whether_it_is_looked_at_at_once_or_in_parts() {
    let log = whole(40);
    assert_eq!(found(&log), []);
    for from in [2, 10, 11, 12] {
        let mut part = log.clone();
        part.from = from;
        part.before = log.seals.get(usize::try_from(from - 2).unwrap()).map(|seal| seal.hash.clone());
        part.lines.retain(|line| line.seq() >= from);
        part.seals.retain(|seal| seal.seq >= from);
        part.checkpoints.retain(|checkpoint| checkpoint.seq >= from);
        part.checkpoint_before = log.checkpoints.iter().rfind(|checkpoint| checkpoint.seq < from).cloned();
        assert_eq!(found(&part), [], "from {from}");
    }
}

#[test]
fn lines_that_wait_for_their_seals_are_no_fault() {
    let mut log = whole(20);
    log.seals.truncate(12);
    log.extent.sealed_to = 12;
    log.checkpoints.truncate(1);
    assert_eq!(found(&log), []);
}

#[test]
fn a_change_of_any_column_is_found_at_its_line_and_nowhere_else() {
    for name in chain::COLUMNS.into_iter().filter(|name| *name != "seq") {
        for seq in [1, 5, 10, 20] {
            let mut log = whole(20);
            let mut changed = columns(seq);
            changed[name] = if name == "at" { json!(5) } else { json!("else") };
            log.lines[usize::try_from(seq - 1).unwrap()] = line(changed);
            assert_eq!(found(&log), [(seq, K::Edited)], "{name} of {seq}");
        }
    }
}

#[test]
fn a_line_that_is_gone_and_an_end_that_is_gone_are_told_apart() {
    let mut log = whole(20);
    log.lines.remove(4);
    assert_eq!(found(&log), [(5, K::Deleted)]);
    let mut log = whole(20);
    log.lines.truncate(14);
    log.extent.newest = 14;
    assert_eq!(found(&log), [(15, K::Truncated)], "seals and the counter know of more");
    log.seals.truncate(14);
    log.extent.sealed_to = 14;
    assert_eq!(found(&log), [(15, K::Truncated)], "the counter and a checkpoint know of more");
    log.extent.given = 14;
    log.to = 14;
    assert_eq!(found(&log), [(15, K::Truncated)], "a checkpoint knows of more");
    let last = log.checkpoints.pop().unwrap();
    assert_eq!(found(&log), [], "the database has forgotten it all");
    log.beyond = Beyond::Checkpoint(last);
    assert_eq!(found(&log), [(15, K::Truncated)], "the storage has not");
}

#[test]
fn lines_that_changed_places_are_named_so() {
    let mut log = whole(20);
    log.lines[3] = line(columns(8)).at_place(4);
    log.lines[7] = line(columns(4)).at_place(8);
    assert_eq!(found(&log), [(4, K::Reordered), (8, K::Reordered)]);
    let mut log = whole(20);
    log.lines[3] = line(columns(4)).at_place(5);
    assert_eq!(found(&log), [(4, K::Deleted), (5, K::Reordered)]);
}

#[test]
fn a_seal_that_is_changed_or_missing_is_told_from_a_line_that_is() {
    for place in [4_usize, 10, 20] {
        let mut log = whole(20);
        log.seals[place - 1].hash = "0".repeat(64);
        let seq = i64::try_from(place).unwrap();
        assert_eq!(found(&log), [(seq, K::SealEdited)]);
    }
    let mut log = whole(20);
    log.seals.remove(3);
    assert_eq!(found(&log), [(4, K::SealRemoved)]);
    let mut part = whole(20);
    part.from = 11;
    part.before = None;
    part.checkpoint_before = part.checkpoints.first().cloned();
    part.lines.drain(..10);
    part.seals.drain(..10);
    part.checkpoints.remove(0);
    assert_eq!(found(&part), [(10, K::SealRemoved)]);
}

#[test]
fn a_log_that_was_sealed_anew_does_not_fit_its_checkpoints() {
    let mut log = whole(20);
    let mut changed = columns(5);
    changed["actor"] = json!("nobody");
    log.lines[4] = line(changed);
    log.seals = chain::seal(0, chain::BEGINNING, &log.lines);
    assert_eq!(found(&log), [(10, K::Rewritten), (20, K::Rewritten)]);
}

#[test]
fn a_checkpoint_that_is_forged_exchanged_or_missing_is_found() {
    let forge = |change: &dyn Fn(&mut Checkpoint)| {
        let mut log = whole(40);
        change(&mut log.checkpoints[1]);
        found(&log)
    };
    assert_eq!(forge(&|one| one.hash = "0".repeat(64)), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.number = 7), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.at += 1), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.signature = "0".repeat(64)), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.key_id = "other".to_owned()), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.tenant = "tnt_b".to_owned()), [(20, K::CheckpointForged)]);
    assert_eq!(forge(&|one| one.previous = String::new()), [(20, K::CheckpointForged)]);
    let mut log = whole(40);
    log.checkpoints.remove(1);
    assert_eq!(found(&log), [(30, K::CheckpointRemoved)]);
    // Signed by us, after another one than stands before it.
    let mut log = whole(40);
    let seal = Seal { seq: 20, hash: log.checkpoints[1].hash.clone() };
    log.checkpoints[1] = Checkpoint::sign(&keys(), &tenant(), 2, None, &seal, at());
    assert_eq!(found(&log), [(20, K::CheckpointForged), (30, K::CheckpointForged)]);
    // Another tenant's, which is genuine there.
    let other = TenantId::parse(&format!("tnt_{}", "b".repeat(32))).unwrap();
    let mut log = whole(40);
    log.checkpoints[1] = Checkpoint::sign(&keys(), &other, 2, Some(&log.checkpoints[0]), &seal, at());
    assert_eq!(found(&log), [(20, K::CheckpointForged)]);
}

#[test]
fn what_the_storage_holds_beyond_the_database_is_a_fault_in_any_case() {
    let log = whole(40);
    let mut fewer = log.clone();
    let last = fewer.checkpoints.pop().unwrap();
    fewer.beyond = Beyond::Checkpoint(last.clone());
    assert_eq!(found(&fewer), [(40, K::CheckpointRemoved)]);
    fewer.beyond = Beyond::Checkpoint(Checkpoint { seq: 90, ..last });
    assert_eq!(found(&fewer), [(40, K::CheckpointForged)]);
    fewer.beyond = Beyond::Unreadable;
    assert_eq!(found(&fewer), [(40, K::CheckpointForged)]);
}

#[test]
fn a_secret_that_was_replaced_is_still_believed_and_one_that_never_was_is_not() {
    let log = whole(20);
    let told = |keys: &Keys| faults(&log, keys).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
    assert_eq!(told(&Keys::new("another", &["a secret".to_owned()])), []);
    assert_eq!(told(&Keys::new("another", &[])), [K::CheckpointForged, K::CheckpointForged]);
}

#[test]
fn a_checkpoint_is_due_after_so_many_lines_or_after_an_hour_with_something_new() {
    let log = whole(10);
    let last = &log.checkpoints[0];
    let signed = at() + TimeDelta::hours(1);
    assert!(!Checkpoint::is_due(None, 0, at()), "an empty log needs none");
    assert!(Checkpoint::is_due(None, 1, at()), "the first lines are signed at once");
    assert!(!Checkpoint::is_due(Some(last), 1009, signed));
    assert!(Checkpoint::is_due(Some(last), 1010, signed));
    assert!(!Checkpoint::is_due(Some(last), 11, signed + TimeDelta::seconds(3599)));
    assert!(Checkpoint::is_due(Some(last), 11, signed + TimeDelta::seconds(3600)));
    assert!(!Checkpoint::is_due(Some(last), 10, signed + TimeDelta::days(9)), "nothing new");
}

#[test]
fn so_many_faults_are_named_and_no_more() {
    let mut log = whole(60);
    for seq in 1..=50 {
        let mut changed = columns(seq);
        changed["detail"] = json!("{}");
        log.lines[usize::try_from(seq - 1).unwrap()] = line(changed);
    }
    let found = found(&log);
    assert_eq!(found.len(), AUDIT_FAULTS_MAX);
    assert_eq!(found[0], (1, K::Edited));
}
