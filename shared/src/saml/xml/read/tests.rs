use super::*;
use crate::limits::SAML_MESSAGE_BYTES_MAX;

fn fault(document: &str) -> Option<Fault> {
    read(document.as_bytes(), SAML_MESSAGE_BYTES_MAX).err()
}

fn good(document: &str) -> Element {
    read(document.as_bytes(), SAML_MESSAGE_BYTES_MAX).unwrap()
}

#[test]
fn a_document_is_read_with_its_namespaces() {
    let root = good(
        "\u{feff}<?xml version=\"1.0\" encoding='utf-8' ?>\r\n<!-- a - b -->\r\n<a xmlns='urn:a' xmlns:b=\"urn:b\" b:x = '1' x='2'>\
         <b:c/><d xmlns=''/><c xmlns:b='urn:c'><b:c xml:lang=\"ru\"/></c ></a>\n<!---->\n",
    );
    assert!(root.is("urn:a", "a"));
    assert_eq!(root.attribute("x"), Some("2"));
    let children: Vec<_> = root.elements().map(|child| (&*child.namespace, child.local.as_str())).collect();
    assert_eq!(children, [("urn:b", "c"), ("", "d"), ("urn:a", "c")]);
    let last = root.elements().last().unwrap();
    assert!(last.only("urn:c", "c").is_some_and(|child| &*child.attributes[0].namespace == XML));
    assert_eq!(root.count(&|element| element.local == "c"), 3);
}

#[test]
fn text_is_joined_over_what_stands_in_it() {
    for (document, text) in [
        ("<a>user@acme.example<!-- -->.evil.example</a>", "user@acme.example.evil.example"),
        ("<a><!---->admin<![CDATA[<&]]>]]&gt;</a>", "admin<&]]>"),
        ("<a>&lt;&#65;&#x41;&#x1F600;&quot;&apos;&amp;amp;</a>", "<AA\u{1f600}\"'&amp;"),
        ("<a>\r\n\r&#13;</a>", "\n\n\r"),
        ("<a><![CDATA[]]></a>", ""),
        ("<a/>", ""),
    ] {
        assert_eq!(good(document).text(), Some(text), "{document}");
    }
    assert_eq!(good("<a>admin<b/></a>").text(), None);
    assert_eq!(good("<a b=' x\n\t&#10;y '/>").attribute("b"), Some(" x  \ny "));
}

#[test]
fn a_document_type_is_refused_before_anything_in_it_is_read() {
    for document in [
        "<!DOCTYPE a><a/>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]><lolz>&lol2;</lolz>",
        "<!DOCTYPE a [<!ATTLIST b ID CDATA \"forged\">]><a/>",
        "<a><!DOCTYPE b></a>",
        "<a/><!DOCTYPE a>",
        "<!ENTITY x 'y'><a/>",
    ] {
        assert_eq!(fault(document), Some(Fault::Doctype), "{document}");
    }
    assert_eq!(fault("<a>&x;</a>"), Some(Fault::Malformed));
    assert_eq!(fault("<a b='&x;'/>"), Some(Fault::Malformed));
}

#[test]
fn instructions_are_refused_wherever_they_stand() {
    for document in [
        "<?php a ?><a/>",
        "<a><?b?></a>",
        "<a/><?xml-stylesheet href='x'?>",
        "<?xml-stylesheet?><a/>",
        "<a/><?xml version='1.0'?>",
    ] {
        assert_eq!(fault(document), Some(Fault::Instruction), "{document}");
    }
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for document in [
        "",
        " ",
        "a",
        "<a>",
        "<a",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a></b>",
        "<a><b></a></b>",
        "</a>",
        "<a/ >",
        "< a/>",
        "<a b/>",
        "<a b=1/>",
        "<a b='1'c='2'/>",
        "<a b='<'/>",
        "<a b='1' b='2'/>",
        "<a b='1/>",
        "<1/>",
        "<-a/>",
        "<:a/>",
        "<a:/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "<a>]]></a>",
        "<a>&</a>",
        "<a>&amp</a>",
        "<a>&#;</a>",
        "<a>&#x;</a>",
        "<a>&#0;</a>",
        "<a>&#8;</a>",
        "<a>&#xFFFF;</a>",
        "<a>&#xD800;</a>",
        "<a>&#+65;</a>",
        "<a>&#x110000;</a>",
        "<a>&AMP;</a>",
        "<a>\u{1}</a>",
        "<a>\u{ffff}</a>",
        "<a><!-- -- --></a>",
        "<a><!-- ---></a>",
        "<a><!-- </a>",
        "<a><![CDATA[</a>",
        "<![CDATA[]]><a/>",
        "<a><b/>",
        "<a xmlns='urn:a' xmlns='urn:b'/>",
        "<\u{e4}/>",
        "<?xml?><a/>",
        "<?xml version='1.1'?><a/>",
        "<?xml version='1.0' encoding='UTF-16'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        " <?xml version='1.0'",
        "<?xml version='1.0'><a/>",
        "<a xmlns:x='urn:x' xmlns:y='urn:x' x:b='1' y:b='2'/>",
        "\u{feff}\u{feff}<a/>",
    ] {
        let fault = fault(document);
        let is_told = matches!(fault, Some(Fault::Malformed | Fault::Instruction | Fault::Doctype));
        assert!(is_told, "{document}: {fault:?}");
    }
    assert_eq!(read(b"<a>\xff</a>", 100), Err(Fault::Malformed));
    assert_eq!(read(&"\u{feff}<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), 100), Err(Fault::Malformed));
}

#[test]
fn prefixes_stand_for_what_they_may() {
    for document in [
        "<a:b/>",
        "<a b:c='1'/>",
        "<a><b xmlns:c='urn:c'/><c:d/></a>",
        "<a xmlns:b=''/>",
        "<a xmlns:xml='urn:a'/>",
        "<a xmlns:xmlns='urn:a'/>",
        "<a xmlns:b='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<xmlns:a/>",
        // Others canonicalize nothing at all of a document with such a name, and sign the digest of nothing.
        "<a xmlns:b='relative'/>",
        "<a xmlns='1'/>",
    ] {
        assert_eq!(fault(document), Some(Fault::Namespace), "{document}");
    }
}

#[test]
fn no_document_is_larger_deeper_or_of_more_parts_than_is_read() {
    let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert_eq!(fault(&deep(XML_DEPTH_MAX)), None);
    assert_eq!(fault(&deep(XML_DEPTH_MAX + 1)), Some(Fault::TooLarge));
    assert_eq!(fault(&"<a>".repeat(50_000)), Some(Fault::TooLarge));
    let attributes =
        |count: usize| format!("<a{}/>", (0..count).map(|number| format!(" a{number}='1'")).collect::<Vec<_>>().concat());
    assert_eq!(fault(&attributes(XML_ATTRIBUTES_MAX)), None);
    assert_eq!(fault(&attributes(XML_ATTRIBUTES_MAX + 1)), Some(Fault::TooLarge));
    let elements = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count - 1));
    assert_eq!(fault(&elements(XML_ELEMENTS_MAX)), None);
    assert_eq!(fault(&elements(XML_ELEMENTS_MAX + 1)), Some(Fault::TooLarge));
    let declare = |name: &str| (0..60).map(|number| format!(" xmlns:{name}{number}='urn:a'")).collect::<Vec<_>>().concat();
    assert_eq!(fault(&format!("<a{}><a{}/></a>", declare("b"), declare("c"))), None);
    assert_eq!(fault(&format!("<a{}><a{}><a{}/></a></a>", declare("b"), declare("c"), declare("d"))), Some(Fault::TooLarge));
    assert_eq!(read(b"<a></a>", 6), Err(Fault::TooLarge));
    assert!(read(b"<a></a>", 7).is_ok());
}
