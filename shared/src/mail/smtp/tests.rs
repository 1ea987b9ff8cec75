use super::{Credentials, Delivery, Outcome, Session, Stage, Step};
use proptest::prelude::*;

const MESSAGE: &[u8] = b"Subject: x\r\n\r\n.dot\nbare\r.cr\r\nend";
const STUFFED: &str = "Subject: x\r\n\r\n..dot\r\nbare\r\n..cr\r\nend\r\n.\r\n";

fn session(to: &[&str], credentials: bool) -> Session {
    let credentials = credentials.then(|| Credentials { user: "user".into(), password: "pass".into() });
    Session::new("edge.example", credentials, Delivery::new("support@acme.example", to, MESSAGE).unwrap())
}

/// Plays a script of (what the server says, what we must then send) and gives the outcome.
fn play(session: &mut Session, script: &[(&str, &str)]) -> Outcome {
    for (server, client) in script {
        match session.receive(server.as_bytes()) {
            Step::Send(bytes) => assert_eq!(String::from_utf8_lossy(&bytes), *client, "after {server:?}"),
            Step::Done { farewell, outcome } => {
                assert_eq!(farewell, b"QUIT\r\n");
                assert_eq!(*client, "", "ended after {server:?}: {outcome:?}");
                return outcome;
            }
            Step::Wait => assert_eq!(*client, "wait", "after {server:?}"),
        }
    }
    panic!("the script ended before the conversation");
}

fn failure(outcome: Outcome) -> super::Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        Outcome::Delivered { .. } => panic!("delivered"),
    }
}

const HELLO: (&str, &str) = ("220 mx ESMTP\r\n", "EHLO edge.example\r\n");
const OFFERS: &str = "250-mx greets\r\n250-SIZE 10000\r\n250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";

#[test]
fn a_mail_is_delivered_with_its_dots_doubled_and_its_line_ends_mended() {
    let mut session = session(&["a@b.c"], true);
    let mail_from = format!("MAIL FROM:<support@acme.example> SIZE={}\r\n", STUFFED.len());
    let outcome = play(
        &mut session,
        &[
            HELLO,
            (OFFERS, "AUTH PLAIN AHVzZXIAcGFzcw==\r\n"),
            ("235 2.7.0 ok\r\n", &mail_from),
            ("250 ok\r\n", "RCPT TO:<a@b.c>\r\n"),
            ("250 ok\r\n", "DATA\r\n"),
            ("354 go\r\n", STUFFED),
            ("250 2.0.0 queued as 17\r\n", ""),
        ],
    );
    assert_eq!(outcome, Outcome::Delivered { refused: vec![], words: "2.0.0 queued as 17".into() });
    assert_eq!(session.receive(b"221 bye\r\n"), Step::Wait);
}

#[test]
fn sign_in_by_login_where_plain_is_not_offered() {
    let mut session = session(&["a@b.c"], true);
    let outcome = play(
        &mut session,
        &[
            HELLO,
            ("250-mx\r\n250 AUTH=LOGIN\r\n", "AUTH LOGIN\r\n"),
            ("334 VXNlcm5hbWU6\r\n", "dXNlcg==\r\n"),
            ("334 UGFzc3dvcmQ6\r\n", "cGFzcw==\r\n"),
            ("535 5.7.8 wrong\r\n", ""),
        ],
    );
    let failure = failure(outcome);
    assert_eq!((failure.stage, failure.permanent, failure.code), (Stage::SignIn, false, Some(535)));
}

#[test]
fn an_old_server_is_greeted_in_the_old_way() {
    let mut session = session(&["a@b.c"], false);
    let outcome = play(
        &mut session,
        &[
            HELLO,
            ("502 what?\r\n", "HELO edge.example\r\n"),
            ("250 mx\r\n", "MAIL FROM:<support@acme.example>\r\n"),
            ("550 5.7.1 not you\r\n", ""),
        ],
    );
    let failure = failure(outcome);
    assert_eq!((failure.stage, failure.permanent, failure.words.as_str()), (Stage::Sender, true, "5.7.1 not you"));
}

#[test]
fn one_refused_recipient_does_not_stop_the_others() {
    let mut session = session(&["a@b.c", "gone@b.c"], false);
    let outcome = play(
        &mut session,
        &[
            HELLO,
            ("250 mx\r\n", "MAIL FROM:<support@acme.example>\r\n"),
            ("250 ok\r\n", "RCPT TO:<a@b.c>\r\n"),
            ("251 will forward\r\n", "RCPT TO:<gone@b.c>\r\n"),
            ("550 5.1.1 no such user\r\n", "DATA\r\n"),
            ("354 go\r\n", STUFFED),
            ("250 ok\r\n", ""),
        ],
    );
    let Outcome::Delivered { refused, .. } = outcome else { panic!("failed") };
    assert_eq!(refused[0].0, "gone@b.c");
    assert!(refused[0].1.permanent);
}

#[test]
fn when_all_are_refused_it_is_permanent_only_if_each_is() {
    for (second, permanent) in [("550 no\r\n", true), ("450 later\r\n", false)] {
        let mut session = session(&["a@b.c", "d@e.f"], false);
        let outcome = play(
            &mut session,
            &[
                HELLO,
                ("250 mx\r\n", "MAIL FROM:<support@acme.example>\r\n"),
                ("250 ok\r\n", "RCPT TO:<a@b.c>\r\n"),
                ("550 no\r\n", "RCPT TO:<d@e.f>\r\n"),
                (second, ""),
            ],
        );
        assert_eq!(failure(outcome).permanent, permanent);
    }
}

#[test]
fn replies_may_come_in_any_pieces() {
    let mut session = session(&["a@b.c"], false);
    for byte in b"220-mx\r\n220 ready\r" {
        assert_eq!(session.receive(&[*byte]), Step::Wait);
    }
    assert_eq!(session.receive(b"\n"), Step::Send(b"EHLO edge.example\r\n".to_vec()));
}

#[test]
fn a_server_that_does_not_play_by_the_rules_ends_the_conversation() {
    let endless = "2".repeat(10_000);
    let long_reply = "250-x\r\n".repeat(500);
    for (words, hostile) in [
        ("the server sent an endless line", endless.as_str()),
        ("the server does not speak SMTP", "HTTP/1.1 400 Bad Request\r\n"),
        ("the server does not speak SMTP", "220_x\r\n"),
        ("the server does not speak SMTP", "999 x\r\n"),
        ("the server mixed two replies", "220-a\r\n250 b\r\n"),
        ("the server sent an endless reply", long_reply.as_str()),
        ("the server spoke out of turn", "220 hello\r\n250 and more\r\n"),
        ("nothing new", "354 nothing new\r\n"),
    ] {
        let mut session = session(&["a@b.c"], false);
        let failure = failure(play(&mut session, &[(hostile, "")]));
        assert_eq!((failure.words.as_str(), failure.permanent, failure.stage), (words, false, Stage::Greeting));
    }
}

#[test]
fn the_server_s_words_are_one_short_clean_line() {
    let mut session = session(&["a@b.c"], false);
    let reply = format!("554-{}\r\n554 \u{1b}[31m{}\r\n", "x".repeat(500), "y".repeat(500));
    assert_eq!(failure(play(&mut session, &[(&reply, "")])).words.chars().count(), 300);
}

#[test]
fn what_the_server_cannot_take_is_not_sent() {
    let mut small = session(&["a@b.c"], false);
    let outcome = play(&mut small, &[HELLO, ("250-mx\r\n250 SIZE 10\r\n", "")]);
    assert!(failure(outcome).permanent);
    let delivery = Delivery::new("support@acme.example", &["анна@b.c"], MESSAGE).unwrap();
    let mut ascii_only = Session::new("edge.example", None, delivery.clone());
    assert!(failure(play(&mut ascii_only, &[HELLO, ("250 mx\r\n", "")])).permanent);
    let mut international = Session::new("edge.example", None, delivery);
    let line = format!("MAIL FROM:<support@acme.example> SIZE={} SMTPUTF8\r\n", STUFFED.len());
    let outcome = play(&mut international, &[HELLO, (OFFERS, &line), ("421 later\r\n", "")]);
    assert!(!failure(outcome).permanent);
}

#[test]
fn a_connection_lost_after_the_message_leaves_the_outcome_uncertain() {
    let mut session = session(&["a@b.c"], false);
    for server in ["220 x\r\n", "250 x\r\n", "250 x\r\n", "250 x\r\n", "354 x\r\n"] {
        assert!(matches!(session.receive(server.as_bytes()), Step::Send(_)));
    }
    let failure = failure(session.lost("timed out"));
    assert!(failure.uncertain && !failure.permanent);
}

#[test]
fn addresses_cannot_carry_commands() {
    for bad in ["a@b.c>\r\nRCPT TO:<x@y.z", "a b@c", "", "<>"] {
        assert!(Delivery::new("support@acme.example", &[bad], MESSAGE).is_none(), "{bad}");
    }
    assert!(Delivery::new("x@y\r\nDATA", &["a@b.c"], MESSAGE).is_none());
    assert!(Delivery::new("", &["a@b.c"], MESSAGE).is_some());
    assert!(Delivery::new("", &[], MESSAGE).is_none());
}

#[test]
fn secrets_do_not_appear_when_a_session_is_printed() {
    assert!(!format!("{:?}", session(&["a@b.c"], true)).contains("pass\""));
}

proptest! {
    #[test]
    fn no_message_can_end_itself_or_begin_another(message in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'.'), any::<u8>()], 0..200)) {
        let stuffed = super::delivery::stuffed(&message);
        let text: Vec<u8> = stuffed;
        prop_assert!(text.ends_with(b".\r\n"));
        let body = &text[..text.len() - 3];
        prop_assert!(body.is_empty() || body.ends_with(b"\r\n"));
        for (at, byte) in body.iter().enumerate() {
            prop_assert!(*byte != b'\n' || at > 0 && body[at - 1] == b'\r', "bare LF");
            prop_assert!(*byte != b'\r' || body.get(at + 1) == Some(&b'\n'), "bare CR");
        }
        for line in body.split(|byte| *byte == b'\n') {
            prop_assert!(line != b".\r", "a lone dot");
        }
    }

    #[test]
    fn no_server_can_bring_a_session_down(chunks in prop::collection::vec("([2-5][0-9]{2}[ -]?[a-z]{0,5}\r?\n?|.{0,8})", 0..20)) {
        let mut session = session(&["a@b.c", "d@e.f"], true);
        for chunk in chunks {
            if let Step::Done { .. } = session.receive(chunk.as_bytes()) {
                break;
            }
        }
    }
}
