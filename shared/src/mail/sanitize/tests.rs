use super::{html_to_text, mail_html, markdown_to_html, text_to_html};
use proptest::prelude::*;
use std::collections::HashMap;

fn clean(html: &str) -> String {
    mail_html(html, &HashMap::new())
}

#[test]
fn scripts_handlers_styles_and_frames_are_gone() {
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" jAvA\tscript:alert(1)\">x</a>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<style>body{display:none}</style>",
        "<div style=\"position:fixed;inset:0\">x</div>",
        "<form action=\"https://evil.example\"><input name=password></form>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<base href=\"https://evil.example/\">",
        "<link rel=stylesheet href=\"https://evil.example/x.css\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<table background=\"https://evil.example/x.png\"><td>x</td></table>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<blockquote cite=\"javascript:alert(1)\">x</blockquote><q cite=\"javascript:alert(1)\">x</q>",
        "<del cite=\"javascript:alert(1)\">x</del><ins cite=\"javascript:alert(1)\">x</ins>",
    ] {
        let safe = clean(hostile).to_lowercase();
        for bad in [
            "<script",
            "onerror=",
            "onload=",
            "javascript:",
            "style",
            "<iframe",
            "<form",
            "<meta",
            "<base",
            "<link",
            "background=",
            "data:text",
            "<input",
            "<svg",
            "<math",
        ] {
            let in_tag = safe
                .match_indices(bad)
                .any(|(at, _)| safe.split_at(at).0.rfind('<') > safe.split_at(at).0.rfind('>') || bad.starts_with('<'));
            assert!(!in_tag, "{hostile} -> {safe}");
        }
    }
}

#[test]
fn a_remote_picture_is_not_loaded_and_an_inline_one_comes_from_us() {
    let inline = HashMap::from([("logo@x".to_owned(), "/files/1?a=b&c".to_owned())]);
    let html = r#"<img src="https://spy.example/p.gif?u=1&amp;v" alt="a"><img src="cid:logo%40x"><img src="CID:logo@x"><img src="cid:other">"#;
    assert_eq!(
        mail_html(html, &inline),
        r#"<img data-remote-src="https://spy.example/p.gif?u=1&amp;v" alt="a"><img src="/files/1?a=b&amp;c"><img src="/files/1?a=b&amp;c"><img>"#
    );
}

#[test]
fn links_open_elsewhere_and_tell_nothing() {
    let safe = clean("<a href=\"https://x.y/?a&b\" target=_self rel=opener>z</a><a href=\"/admin\">w</a>");
    assert_eq!(
        safe,
        "<a href=\"https://x.y/?a&amp;b\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">z</a><a target=\"_blank\" rel=\"noopener noreferrer nofollow\">w</a>"
    );
}

#[test]
fn text_structure_and_direction_survive() {
    let html =
        "<div dir=\"rtl\"><h2>عنوان</h2><table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table><ul><li>y</li></ul></div>";
    assert_eq!(clean(html), html);
}

#[test]
fn a_hostile_depth_is_flattened_in_bounded_time() {
    for open in [
        "<div>",
        "<blockquote>",
        "<b><p>",
        "<table><tr><td>",
        "<font size=1><p>",
        "<ul><li>",
        "<a href=x><b>",
        "<p><p>",
        "<li>",
        "<dd><dt>",
        "<b a=1><i>",
        "</p>",
        "<svg><g>",
        "<ruby><rt>",
        "<div title='</div>'>",
    ] {
        let html = format!("{}end", open.repeat(512 * 1024 / open.len()));
        assert!(clean(&html).contains("end"), "{open}");
        assert!(html_to_text(&html).contains("end"), "{open}");
    }
}

#[test]
fn a_tree_that_would_be_a_burden_is_shown_as_text() {
    let fonts = (0..60).map(|n| format!("<font a{n}=1>")).collect::<Vec<_>>().concat();
    for html in [
        format!("<p>{fonts}{}", "<p>x".repeat(50_000)),
        format!("<div \"{}\"><script>alert(1)</script>", "<div>".repeat(100_000)),
    ] {
        let safe = clean(&html);
        assert!(!safe.contains('<') && safe.len() < html.len() * 2);
        assert!(html_to_text(&html).len() < html.len());
    }
    assert!(markdown_to_html(&">".repeat(20_000)).len() < 400_000);
    assert!(!markdown_to_html(&format!("{}x", "- ".repeat(20_000))).contains("<script"));
}

#[test]
fn html_becomes_readable_text() {
    let text = html_to_text(
        "<p>One <b>two</b></p><blockquote>old</blockquote><ul><li>a</li><li>b</li></ul><p>x<br>y</p><style>z{}</style>",
    );
    assert_eq!(text, "One **two**\n\n> old\n* a\n* b\n\nx\ny");
}

#[test]
fn plain_text_keeps_its_lines_and_gets_links() {
    assert_eq!(
        text_to_html("See <https://x.y/a?b=1&c=2>, or\nmail a.b@c.example.\n\n<b>& next"),
        "<p>See &lt;<a href=\"https://x.y/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://x.y/a?b=1&amp;c=2</a>&gt;, or<br>mail <a href=\"mailto:a.b@c.example\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">a.b@c.example</a>.</p><p>&lt;b&gt;&amp; next</p>"
    );
}

#[test]
fn markdown_is_rendered_and_its_html_is_shown_as_text() {
    let html = markdown_to_html(
        "**Hi**\nline\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](https://spy.example/x.png) https://a.b",
    );
    assert!(html.contains("<strong>Hi</strong><br>\nline"), "{html}");
    assert!(html.contains("<td>1</td>"), "{html}");
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(html.contains("type=\"checkbox\""), "{html}");
    assert!(html.contains("href=\"https://a.b\""), "{html}");
    assert!(!html.contains("javascript:") && !html.contains("<img"), "{html}");
}

/// The pieces of the markup, with the attributes of each tag sorted.
fn in_any_order(html: &str) -> Vec<Vec<String>> {
    html.split('<')
        .map(|tag| {
            let mut words: Vec<String> = tag.split([' ', '>']).map(str::to_owned).collect();
            words.sort();
            words
        })
        .collect()
}

proptest! {
    #[test]
    fn whatever_comes_in_nothing_active_comes_out(html in "(<[a-z/!]{1,8}( (on[a-z]{3,5}|src|href|style|id)=[\"']?[a-z:()/#;]{0,12}[\"']?)?>?|[a-z<>\"'&; ]{0,6}|&#x?[0-9a-f]{1,4};?|<!--|-->|<!\\[CDATA\\[|\\]\\]>){0,20}") {
        let safe = clean(&html);
        // The order of an element's attributes is nobody's promise: the cleaner keeps them in a hash map.
        prop_assert_eq!(in_any_order(&clean(&safe)), in_any_order(&safe), "not stable");
        for piece in super::markup::pieces(&safe) {
            if let super::markup::Piece::Open { name, raw } = piece {
                prop_assert!(!["script", "style", "iframe", "object", "svg", "form", "input"].contains(&name));
                for (attribute, value) in super::markup::attributes(raw) {
                    prop_assert!(!attribute.starts_with("on") && attribute != "style");
                    prop_assert!(!value.trim().to_lowercase().starts_with("javascript"));
                }
            }
        }
    }
}
