//! A directory that does not say what it should lets nobody in.

use serde_json::json;
use tests::native::Lie;

use super::{DESK, code, run, set_up, stand};

#[test]
fn whoever_lies_lets_nobody_in_and_breaks_nothing() {
    for lie in [
        Lie::OtherNumber,
        Lie::BrokenOff,
        Lie::Garbage,
        Lie::Huge,
        Lie::Flood,
        Lie::Referral,
        Lie::Twice,
        Lie::Notice,
        Lie::NoTls,
    ] {
        run(async {
            let (app, directory) = stand();
            directory.person("anna", "anna's password", &[DESK]);
            set_up(&app, json!({})).await;
            directory.lie.set(lie);
            assert_eq!(code(&app, "anna", "anna's password").await, "directory_unreachable", "{lie:?}");
            assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM directory_people"), ["0"], "{lie:?}");
            directory.lie.set(Lie::None);
            assert_eq!(code(&app, "anna", "anna's password").await, "in", "{lie:?}");
        });
    }
}

#[test]
fn references_to_elsewhere_are_passed_over() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        set_up(&app, json!({})).await;
        directory.lie.set(Lie::References);
        assert_eq!(code(&app, "anna", "anna's password").await, "in");
        assert_eq!(directory.connections.get(), 1);
    });
}

#[test]
fn two_entries_of_one_name_are_nobody() {
    run(async {
        let (app, directory) = stand();
        directory.person("anna", "anna's password", &[DESK]);
        directory.person("anna2", "anna's password", &[DESK]);
        directory.set("anna2", "uid", "anna");
        set_up(&app, json!({})).await;
        assert_eq!(code(&app, "anna", "anna's password").await, "bad_credentials");
    });
}
