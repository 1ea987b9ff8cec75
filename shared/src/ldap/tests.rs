use proptest::prelude::*;

use super::ber::{self, Reader};
use super::filter::{Filter, Piece};
use super::identity::{Identity, unique_bytes};
use super::message::{self, Answer, Entry};
use super::settings::{DirectoryIn, Reach, plain_dn, same_dn};

const REACH: Reach<'static> = Reach { own_host: "workernet.example", lets_private: false };

fn settings(more: serde_json::Value) -> DirectoryIn {
    let mut form = serde_json::json!({
        "name": "Head office", "host": "ldap.acme.example", "base_dn": "dc=acme", "bind_dn": "cn=portal,dc=acme", "bind_password": "x"
    });
    for (name, value) in more.as_object().unwrap() {
        form[name] = value.clone();
    }
    serde_json::from_value(form).unwrap()
}

fn faults(more: serde_json::Value) -> Vec<(String, &'static str)> {
    let faults = settings(more).checked(REACH).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

#[test]
fn a_length_has_the_form_that_it_takes() {
    assert_eq!(ber::element(4, b"ab"), [4, 2, b'a', b'b']);
    assert_eq!(ber::element(4, &[0; 200])[..3], [4, 0x81, 200]);
    assert_eq!(ber::element(4, &vec![0; 70_000])[..5], [4, 0x83, 1, 0x11, 0x70]);
    assert_eq!(ber::integer(2, 128), [2, 2, 0, 128]);
    assert_eq!(ber::integer(2, -1), [2, 1, 0xff]);
}

#[test]
fn lengths_without_end_long_tags_and_missing_bytes_are_refused() {
    for bytes in [&[0x30, 0x80, 0, 0][..], &[0x1f, 0x81, 1], &[0x30, 0x85, 0, 0, 0, 0, 1], &[0x30, 0xff]] {
        assert!(ber::whole(bytes).is_err(), "{bytes:?}");
    }
    // The four bytes of Active Directory are fine, and so is waiting for more.
    assert_eq!(ber::whole(&[0x30, 0x84, 0, 0, 0, 5, 1, 2]), Ok(Some(11)));
    assert_eq!(ber::whole(&[0x30, 0x84, 0]), Ok(None));
    assert_eq!(ber::whole(&[]), Ok(None));
    assert!(Reader::new(&[4, 3, 1]).element().is_err());
}

#[test]
fn what_is_typed_is_a_value_and_never_syntax() {
    let filter = Filter::parse("(&(objectClass=person)(|(uid={username})(mail={username})))").unwrap();
    assert!(filter.asks_for_username());
    for typed in ["anna", "*", "anna)(uid=*", "a\\2ab", "(|(uid=*", "\0", "анна"] {
        let sent = filter.encode(Some(typed));
        // (& (objectClass=person) (| (uid=..) (mail=..))): the typed text stands whole as the value of two comparisons.
        let mut all = Reader::new(&sent);
        let mut parts = Reader::new(all.expect(0xa0).unwrap());
        parts.expect(0xa3).unwrap();
        let mut either = Reader::new(parts.expect(0xa1).unwrap());
        for name in ["uid", "mail"] {
            let mut equal = Reader::new(either.expect(0xa3).unwrap());
            assert_eq!(equal.text(), Ok(name));
            assert_eq!(equal.expect(ber::OCTETS), Ok(typed.as_bytes()));
        }
        assert!(parts.is_done() && either.is_done());
    }
}

#[test]
fn without_a_name_a_comparison_with_it_asks_whether_the_attribute_is_there() {
    let filter = Filter::parse("(&(objectClass=person)(!(uid={username})))").unwrap();
    let sent = filter.encode(None);
    assert!(sent.ends_with(&[0xa2, 5, 0x87, 3, b'u', b'i', b'd']));
}

#[test]
fn filters_of_every_kind_are_read() {
    let equal = Filter::parse("(cn=a\\2a\\28b)").unwrap();
    assert_eq!(equal, Filter::Compare(0xa3, "cn".to_owned(), vec![Piece::Bytes(b"a*(b".to_vec())]));
    assert_eq!(Filter::parse("(cn=*)").unwrap().encode(None), [0x87, 2, b'c', b'n']);
    let pieces = Filter::parse("(cn=a*b*c)").unwrap().encode(None);
    assert_eq!(pieces, [0xa4, 15, 4, 2, b'c', b'n', 0x30, 9, 0x80, 1, b'a', 0x81, 1, b'b', 0x82, 1, b'c']);
    for good in ["(a>=1)", "(a<=1)", "(a~=1)", "(memberOf:1.2.840.113556.1.4.1941:=cn=x)", "(ou:dn:=x)", "(!(a=b))", "(|(a=b))"] {
        assert!(Filter::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "a=b",
        "(a=b",
        "(a=b))",
        "(a=b)(c=d)",
        "()",
        "(&)",
        "(!(a=b)(c=d))",
        "(=x)",
        "(a b=c)",
        "(a=\\2)",
        "(a=\\zz)",
        "(a=(b))",
    ] {
        assert!(Filter::parse(bad).is_err(), "{bad}");
    }
    assert!(Filter::parse(&format!("{}(a=b){}", "(!".repeat(30), ")".repeat(30))).is_err());
}

#[test]
fn an_answer_with_more_or_less_than_it_has_is_no_answer() {
    let bound = ber::sequence(0x61, &[ber::integer(ber::ENUMERATED, 0), ber::text(""), ber::text("fine")]);
    let whole = ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, 7), bound]);
    let message = message::read(&whole).unwrap();
    assert_eq!((message.id, message.answer), (7, Answer::Bound(0)));
    for cut in 0..whole.len() {
        assert!(message::read(&whole[..cut]).is_err());
    }
    assert!(message::read(&[whole.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn attributes_are_found_whatever_their_case_and_options() {
    let attributes =
        vec![("memberOf;range=0-1".to_owned(), vec![b"cn=a".to_vec()]), ("CN".to_owned(), vec![b" ".to_vec(), b"Anna".to_vec()])];
    let entry = Entry { dn: String::new(), attributes };
    assert_eq!(entry.values("memberof").collect::<Vec<_>>(), [b"cn=a"]);
    assert_eq!(entry.text("cn"), Some("Anna"));
    assert_eq!(entry.text("sn"), None);
}

#[test]
fn a_person_is_read_with_a_binary_id_and_the_bit_that_disables() {
    let entry = |control: &str, guid: &[&[u8]]| Entry {
        dn: "CN=Anna,DC=acme".to_owned(),
        attributes: vec![
            ("objectGUID".to_owned(), guid.iter().map(|value| value.to_vec()).collect()),
            ("sAMAccountName".to_owned(), vec![b"APetrova".to_vec()]),
            ("mail".to_owned(), vec![b"Anna@Acme.Example".to_vec()]),
            ("userAccountControl".to_owned(), vec![control.as_bytes().to_vec()]),
        ],
    };
    let names = serde_json::json!({"unique_id": "objectGUID", "username": "sAMAccountName", "name": "displayName"});
    let settings = settings(serde_json::json!({"attributes": names}));
    let guid = [0xffu8, 0, 0x10];
    let person = Identity::read(&entry("514", &[&guid]), &settings).unwrap();
    assert_eq!((person.unique_id.as_str(), person.username.as_str(), person.name.as_str()), ("ff0010", "apetrova", "apetrova"));
    assert_eq!(person.email.as_deref(), Some("anna@acme.example"));
    assert!(person.is_disabled);
    assert_eq!(unique_bytes("ff0010"), guid);
    assert!(!Identity::read(&entry("512", &[&guid]), &settings).unwrap().is_disabled);
    assert_eq!(Identity::read(&entry("512", &[]), &settings), None);
    assert_eq!(Identity::read(&entry("512", &[&guid, &guid]), &settings), None);
}

#[test]
fn names_of_entries_are_compared_as_directories_do() {
    assert!(same_dn("CN=Support, OU=Groups ,DC=acme", "cn=support,ou=groups,dc=ACME"));
    assert!(same_dn("cn=Second  Line", "CN=second  line"));
    assert!(!same_dn("cn=Second Line", "cn=secondline"));
    assert!(!same_dn("cn=a\\,b", "cn=a,b"));
    assert_eq!(plain_dn(" cn = a "), "cn=a");
}

#[test]
fn a_directory_that_is_set_up_badly_is_told_so_field_by_field() {
    use serde_json::json;
    assert_eq!(faults(json!({})), []);
    for (more, field, code) in [
        (json!({"name": " "}), "name", "missing_field"),
        (json!({"host": "10.0.0.1"}), "host", "host_refused"),
        (json!({"port": 389}), "port", "port_refused"),
        (json!({"port": 25}), "port", "port_refused"),
        (json!({"bind_dn": ""}), "bind_dn", "missing_field"),
        (json!({"bind_password": ""}), "bind_password", "missing_field"),
        (json!({"user_filter": "(uid=anna)"}), "user_filter", "not_a_filter"),
        (json!({"attributes": {"mail": "a=b"}}), "attributes.mail", "not_an_attribute"),
        (json!({"mappings": [{"group": "cn=x", "role": "king"}]}), "mappings.0.role", "unknown_value"),
        (json!({"default_role": "king"}), "default_role", "unknown_value"),
        (json!({"create_people": true}), "domains", "missing_field"),
        (json!({"domains": ["a b"]}), "domains", "not_a_domain"),
        (json!({"sync_hours": 169}), "sync_hours", "too_many_hours"),
    ] {
        assert_eq!(faults(more), [(field.to_owned(), code)]);
    }
}

#[test]
fn the_first_group_that_is_mapped_gives_the_place_and_nobody_else_has_one() {
    let mappings =
        serde_json::json!([{"group": "cn=boss,dc=acme", "role": "manager"}, {"group": "cn=desk,dc=acme", "role": "agent"}]);
    let groups = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let strict = settings(serde_json::json!({"mappings": mappings.clone()}));
    let role = |form: &DirectoryIn, names: &[&str]| form.place(&groups(names)).map(|place| format!("{:?}", place.role));
    assert_eq!(role(&strict, &["CN=Desk, DC=acme", "cn=boss,dc=acme"]).as_deref(), Some("BuiltIn(Manager)"));
    assert_eq!(role(&strict, &["cn=other,dc=acme"]), None);
    let open = settings(serde_json::json!({"mappings": mappings, "default_role": "client"}));
    assert_eq!(role(&open, &[]).as_deref(), Some("BuiltIn(Client)"));
}

proptest! {
    #[test]
    fn no_bytes_from_outside_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = ber::whole(&bytes);
        let _ = message::read(&bytes);
        // The same within a frame that holds, so that the inside is reached.
        for tag in [0x61, 0x64, 0x65, 0x73, 0x78] {
            let framed = ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, 1), ber::element(tag, &bytes)]);
            let _ = message::read(&framed);
        }
    }

    #[test]
    fn what_is_written_is_read_again(number in any::<i32>(), content in proptest::collection::vec(any::<u8>(), 0..70_000)) {
        let bytes = [ber::integer(ber::INTEGER, number), ber::element(ber::OCTETS, &content)].concat();
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!(reader.integer(ber::INTEGER), Ok(number));
        prop_assert_eq!(reader.expect(ber::OCTETS), Ok(content.as_slice()));
        prop_assert!(reader.is_done());
    }

    #[test]
    fn no_text_breaks_the_parser_of_filters(text in "[()&|!=*~<>:\\\\{}a-c0-9]{0,60}") {
        if let Ok(filter) = Filter::parse(&text) {
            let sent = filter.encode(Some("x"));
            prop_assert_eq!(ber::whole(&sent), Ok(Some(sent.len())));
        }
    }
}
