use proptest::prelude::*;

use super::*;
use crate::limits::SAML_MESSAGE_BYTES_MAX;
use crate::saml::xml::read;

fn root(document: &str) -> Element {
    read(document.as_bytes(), SAML_MESSAGE_BYTES_MAX).unwrap()
}

fn whole(document: &str, inclusive: &[&str]) -> String {
    canonical(Place { ancestors: &[], element: &root(document) }, None, inclusive).unwrap()
}

/// The first element in the root.
fn first(document: &str, inclusive: &[&str]) -> String {
    let root = root(document);
    canonical(Place { ancestors: &[&root], element: root.elements().next().unwrap() }, None, inclusive).unwrap()
}

#[test]
fn an_element_has_one_form_whatever_stands_around_it() {
    // Exclusive XML Canonicalization 1.0, 2.2.
    let expected =
        r#"<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>"#;
    for document in [
        r#"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
           <n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>"#,
        r#"<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain"><n1:elem2
           xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n2:pdu>"#,
    ] {
        assert_eq!(first(&document.replace("\n           <n3", "<n3"), &[]), expected);
    }
}

#[test]
fn prefixes_that_are_named_are_declared_where_they_are_in_scope() {
    let document = r#"<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><q:b><q:c xmlns:p="urn:p2"/><d xmlns=""/></q:b></a>"#;
    assert_eq!(first(document, &[]), r#"<q:b xmlns:q="urn:q"><q:c></q:c><d></d></q:b>"#);
    assert_eq!(
        first(document, &["p", "none"]),
        r#"<q:b xmlns:p="urn:p" xmlns:q="urn:q"><q:c xmlns:p="urn:p2"></q:c><d></d></q:b>"#
    );
    assert_eq!(first(document, &[""]), r#"<q:b xmlns="urn:d" xmlns:q="urn:q"><q:c></q:c><d xmlns=""></d></q:b>"#);
}

#[test]
fn what_says_the_same_is_written_the_same() {
    // After Canonical XML 1.0, 3.3 to 3.5 and 3.7, without what needs a document type.
    for (document, expected) in [
        ("<e1   /><!-- -->", "<e1></e1>"),
        (r#"<e3   name = "elem3"   id="elem3"   />"#, r#"<e3 id="elem3" name="elem3"></e3>"#),
        (
            r#"<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>"#,
            r#"<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>"#,
        ),
        (
            r#"<e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org"/></e8></e7></e6>"#,
            r#"<e6><e7 xmlns="http://www.ietf.org"><e8 xmlns=""><e9></e9></e8></e7></e6>"#,
        ),
        ("<text>First line&#x0d;&#10;Second line</text>", "<text>First line&#xD;\nSecond line</text>"),
        ("<value>&#x32;</value>", "<value>2</value>"),
        (
            r#"<compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>"#,
            r#"<compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>"#,
        ),
        (
            r#"<compute expr='value>"0" &amp;&amp; value&lt;"10"'/>"#,
            r#"<compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot;"></compute>"#,
        ),
        (r"<norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>", r#"<norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>"#),
        ("<doc>&#169;</doc>", "<doc>\u{a9}</doc>"),
    ] {
        assert_eq!(whole(document, &[]), expected);
    }
}

#[test]
fn what_is_left_out_is_one_element_and_not_its_like() {
    let root = root("<a>x<b/>y<b/>z</a>");
    let second = root.elements().nth(1);
    assert_eq!(canonical(Place { ancestors: &[], element: &root }, second, &[]).unwrap(), "<a>x<b></b>yz</a>");
}

#[test]
fn a_form_that_repeats_itself_has_an_end() {
    let name = "n".repeat(2000);
    let document = format!("<a xmlns:p='urn:{name}'>{}</a>", "<p:b/>".repeat(9000));
    let outcome = canonical(Place { ancestors: &[], element: &root(&document) }, None, &[]);
    assert_eq!(outcome, Err(Fault::TooLarge));
}

/// An element by its meaning: names, namespaces, attributes in order of their names, and what stands in it.
fn meaning(element: &Element) -> String {
    let mut attributes: Vec<_> =
        element.attributes.iter().map(|known| (&known.namespace, &known.local, &known.prefix, &known.value)).collect();
    attributes.sort_unstable();
    let children: Vec<String> = element
        .children
        .iter()
        .map(|child| match child {
            Node::Element(element) => meaning(element),
            Node::Text(text) => format!("{text:?}"),
        })
        .collect();
    format!("({:?} {:?} {:?} {attributes:?} {children:?})", element.namespace, element.local, element.prefix)
}

/// An element as somebody could write it, with prefixes that are declared or not, comments, CDATA and references.
fn element() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "b", "p:a", "q:b", "p:c"]);
    let attribute = prop::sample::select(vec![
        " x='1'",
        " y=\"&quot;'&lt;&amp;\"",
        " p:x='&#9;&#10;&#13;'",
        " q:y='\u{e9}\t\n'",
        " xmlns='urn:d'",
        " xmlns=''",
        " xmlns:p='urn:p'",
        " xmlns:q='urn:p'",
        " xmlns:q = 'urn:q?a=1&amp;b'",
        " xml:lang='ru'",
        " ID='_1'",
    ]);
    let attributes = prop::collection::vec(attribute, 0..4).prop_map(|all| all.concat());
    let text = prop::sample::select(vec![
        "",
        "text",
        " ",
        "\r\n\t",
        "&lt;&gt;&amp;&#xD;",
        "<![CDATA[<a>&amp;]]>",
        "<!-- a > b -->",
        "\u{1f600}\u{65}\u{301}",
        "a<!---->b",
        ">",
        "\"'",
    ]);
    let leaf = (name.clone(), attributes.clone(), text.clone())
        .prop_map(|(name, attributes, text)| format!("<{name}{attributes}>{text}</{name}>"));
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let content = prop::collection::vec((inner, text.clone()), 0..5)
            .prop_map(|parts| parts.into_iter().map(|(element, text)| element + text).collect::<String>());
        (name.clone(), attributes.clone(), content)
            .prop_map(|(name, attributes, content)| format!("<{name}{attributes}>{content}</{name}>"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The form of the form is the form, and the tree that is read of it means the same: so two trees with one form mean one thing.
    #[test]
    fn a_canonical_form_is_its_own_and_loses_nothing(document in element()) {
        let document = format!("<root xmlns:p='urn:p' xmlns:q='urn:q'>{document}</root>");
        // Some of what is put together here has an attribute twice.
        if let Ok(root) = read(document.as_bytes(), SAML_MESSAGE_BYTES_MAX) {
            let form = |element: &Element| canonical(Place { ancestors: &[], element }, None, &[]).unwrap();
            let once = form(&root);
            let again = read(once.as_bytes(), SAML_MESSAGE_BYTES_MAX).unwrap();
            prop_assert_eq!(form(&again), once);
            prop_assert_eq!(meaning(&again), meaning(&root));
        }
    }

    #[test]
    fn nothing_that_looks_like_a_document_does_harm(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<", ">", "/", "a", "<a>", "</a>", "<a/>", "=", "'", "\"", "&", ";", "&#", "x", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "xml",
            "xmlns", ":", " ", "<!DOCTYPE", "[", "\u{e4}", "<a xmlns:b='urn:b'>", "b:", "<?xml version='1.0'?>",
        ]), 0..40)
    ) {
        if let Ok(root) = read(parts.concat().as_bytes(), SAML_MESSAGE_BYTES_MAX) {
            let once = canonical(Place { ancestors: &[], element: &root }, None, &[]).unwrap();
            prop_assert_eq!(meaning(&read(once.as_bytes(), SAML_MESSAGE_BYTES_MAX).unwrap()), meaning(&root));
        }
    }

    #[test]
    fn nothing_that_is_no_document_does_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, SAML_MESSAGE_BYTES_MAX);
    }
}
