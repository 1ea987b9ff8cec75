//! The move of open tickets while others change the same tickets and departments, or where one of them fails.

use serde_json::json;
use shared::platform::Wake;
use tests::app::TestApp;

use super::{department, path, run, ticket, work};

/// A department that three open tickets are leaving, where they go, and another.
struct Move {
    app: TestApp,
    old: String,
    new: String,
    third: String,
    tickets: Vec<String>,
}

impl Move {
    async fn begin() -> Self {
        let app = TestApp::new();
        let (old, new, third) = (department(&app, "Old").await, department(&app, "New").await, department(&app, "Third").await);
        let tickets = vec![ticket(&app, &old).await, ticket(&app, &old).await, ticket(&app, &old).await];
        let body = json!({"archived": true, "move_tickets_to": new});
        app.manager("acme").patch(&path(&old), body).await.expect(200);
        Self { app, old, new, third, tickets }
    }

    /// What happens meanwhile.
    fn happens(&self, sql: &str) {
        self.app.tenant_database("acme").inspect(|connection| connection.execute_batch(sql).unwrap());
    }

    /// Where the tickets are.
    fn places(&self) -> Vec<String> {
        let place =
            |id: &String| self.app.asked("acme", &format!("SELECT department_id FROM tickets WHERE id = '{id}'")).remove(0);
        self.tickets.iter().map(place).collect()
    }

    fn goes_on(&self) -> bool {
        self.app.asked("acme", "SELECT COUNT(*) FROM departments WHERE moves_to IS NOT NULL") != ["0"]
    }
}

#[test]
fn a_ticket_that_somebody_has_moved_meanwhile_stays_there() {
    pollster::block_on(async {
        let moving = Move::begin().await;
        let [first, second, _] = moving.tickets.as_slice() else { panic!() };
        moving.happens(&format!(
            "CREATE TRIGGER meanwhile AFTER UPDATE OF department_id ON tickets WHEN NEW.id = '{first}' BEGIN
                UPDATE tickets SET department_id = '{}', version = version + 1 WHERE id = '{second}'; END",
            moving.third
        ));
        assert_eq!(work(&moving.app).await, [3]);
        assert_eq!(moving.places(), [moving.new.clone(), moving.third.clone(), moving.new.clone()]);
        assert!(!moving.goes_on());
    });
}

#[test]
fn a_run_stops_where_the_department_is_taken_back_or_its_tickets_are_to_go_elsewhere() {
    pollster::block_on(async {
        for elsewhere in [true, false] {
            let moving = Move::begin().await;
            let change = if elsewhere {
                format!("moves_to = '{}'", moving.third)
            } else {
                "archived_at = NULL, moves_to = NULL, moves_by = NULL".to_owned()
            };
            moving.happens(&format!(
                "CREATE TRIGGER meanwhile AFTER INSERT ON audit_logs WHEN NEW.subject = '{}' AND NEW.action = 'ticket.updated' BEGIN
                    UPDATE departments SET {change} WHERE id = '{}'; END",
                moving.tickets[0], moving.old
            ));
            let rest = if elsewhere { &moving.third } else { &moving.old };
            assert_eq!(work(&moving.app).await, if elsewhere { vec![3, 2] } else { vec![3] });
            assert_eq!(moving.places(), [&moving.new, rest, rest].map(String::clone));
            assert!(!moving.goes_on());
        }
    });
}

#[test]
fn a_ticket_that_cannot_be_moved_for_the_moment_is_moved_by_the_next_run() {
    pollster::block_on(async {
        for reason in ["guard:stale_version", "broken"] {
            let moving = Move::begin().await;
            moving.happens(&format!(
                "CREATE TRIGGER busy BEFORE UPDATE ON tickets WHEN NEW.id = '{}' BEGIN SELECT RAISE(ABORT, '{reason}'); END",
                moving.tickets[0]
            ));
            let report = run(&moving.app).await;
            assert!(report.failures.is_empty(), "{:?}", report.failures);
            assert!(report.wakes.iter().any(|wake| matches!(wake, Wake::Outbox(_))), "it asks to be called again");
            assert_eq!(moving.places(), [moving.old.clone(), moving.new.clone(), moving.new.clone()]);
            assert!(moving.goes_on());
            moving.happens("DROP TRIGGER busy");
            assert_eq!(work(&moving.app).await, [1]);
            assert_eq!(moving.places(), vec![moving.new.clone(); 3]);
            assert!(!moving.goes_on());
        }
    });
}

#[test]
fn a_move_that_cannot_go_on_is_told_once_and_keeps_no_other_department_waiting() {
    pollster::block_on(async {
        let moving = Move::begin().await;
        let app = &moving.app;
        let other = department(app, "Other").await;
        ticket(app, &other).await;
        app.manager("acme").patch(&path(&other), json!({"archived": true, "move_tickets_to": moving.new})).await.expect(200);
        moving.happens(&format!(
            "CREATE TRIGGER broken BEFORE UPDATE ON tickets WHEN OLD.department_id = '{}' BEGIN SELECT RAISE(ABORT, 'broken'); END",
            moving.old
        ));
        let mut failures = 0;
        let mut runs = 0;
        loop {
            let report = run(app).await;
            failures += report.failures.len();
            if !report.wakes.iter().any(|wake| matches!(wake, Wake::Outbox(_))) {
                break;
            }
            runs += 1;
            assert!(runs < 5, "the move never ends");
        }
        assert_eq!(failures, 1);
        assert_eq!(moving.places(), vec![moving.old.clone(); 3]);
        assert_eq!(app.asked("acme", &format!("SELECT COUNT(*) FROM tickets WHERE department_id = '{other}'")), ["0"]);
        assert!(!moving.goes_on());
    });
}
