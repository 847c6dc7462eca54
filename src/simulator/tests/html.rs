//! The service's HTML, tag by tag.

use serde_json::{Value, json};

use crate::simulator::html::parse;
use crate::simulator::link::is_link;

fn entities(source: &str) -> Vec<Value> {
    parse(source).unwrap().text.entities
}

fn plain(source: &str) -> String {
    parse(source).unwrap().text.plain
}

fn refusal(source: &str) -> String {
    parse(source).unwrap_err()
}

#[test]
fn bare_text_stays_as_it_is() {
    assert_eq!(
        plain("Tiket TKT-000123 & lain\nbaris"),
        "Tiket TKT-000123 & lain\nbaris"
    );
    assert!(entities("halo").is_empty());
}

#[test]
fn what_stands_out_is_measured_in_utf16_units() {
    assert_eq!(
        entities("🔧 <b>Tiket <i>baru</i></b>"),
        [
            json!({"type": "bold", "offset": 3, "length": 10}),
            json!({"type": "italic", "offset": 9, "length": 4}),
        ]
    );
}

#[test]
fn the_four_named_entities_and_numbers_are_read_and_no_others() {
    assert_eq!(
        plain("&lt;b&gt; &amp;amp; &quot;x&quot; &#65;&#x42;"),
        "<b> &amp; \"x\" AB"
    );
    let parsed = parse("a&nbsp;b &apos;").unwrap();
    assert_eq!(parsed.text.plain, "a&nbsp;b &apos;");
    assert_eq!(parsed.strange, ["&nbsp;", "&apos;"]);
    // An ampersand in a firm's name is none.
    assert!(parse("Budi & Anak; R&D; &").unwrap().strange == ["&D;"]);
}

#[test]
fn links_keep_their_address_and_lose_it_when_it_leads_nowhere() {
    assert_eq!(
        entities("<a href=\"https://contoh.id/a?b=1&amp;c=2\">peta</a>"),
        [json!({"type": "text_link", "offset": 0, "length": 4, "url": "https://contoh.id/a?b=1&c=2"})]
    );
    assert!(entities("<a href='javascript:alert(1)'>x</a>").is_empty());
    assert!(
        is_link("tg://user?id=5") && is_link("https://127.0.0.1:8080/x") && !is_link("http://localhost/x")
    );
}

#[test]
fn blocks_and_quotes_are_known() {
    assert_eq!(
        entities("<pre><code class=\"language-rust\">x</code></pre>"),
        [json!({"type": "pre", "offset": 0, "length": 1, "language": "rust"})]
    );
    assert_eq!(
        entities("<code class=\"language-rust\">x</code>"),
        [json!({"type": "code", "offset": 0, "length": 1})]
    );
    assert_eq!(
        entities("<blockquote expandable>x</blockquote>"),
        [json!({"type": "expandable_blockquote", "offset": 0, "length": 1})]
    );
    assert_eq!(
        entities("<span class=\"tg-spoiler\">x</span><tg-spoiler>y</tg-spoiler>"),
        [
            json!({"type": "spoiler", "offset": 0, "length": 1}),
            json!({"type": "spoiler", "offset": 1, "length": 1}),
        ]
    );
}

#[test]
fn what_the_service_refuses_is_refused_in_its_words() {
    assert_eq!(
        refusal("<div>x</div>"),
        "Unsupported start tag \"div\" at byte offset 0"
    );
    assert_eq!(
        refusal("é <br> x"),
        "Unsupported start tag \"br\" at byte offset 3"
    );
    assert_eq!(
        refusal("<b>x"),
        "Can't find end tag corresponding to start tag \"b\""
    );
    assert_eq!(refusal("x</b>"), "Unexpected end tag at byte offset 1");
    assert_eq!(
        refusal("<b><i>x</b></i>"),
        "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""
    );
    assert_eq!(refusal("5 < 6"), "Unsupported start tag \"\" at byte offset 2");
    assert_eq!(refusal("a <"), "Unclosed start tag at byte offset 2");
    assert_eq!(refusal("<b"), "Unclosed start tag at byte offset 0");
    assert_eq!(refusal("<b>x</b"), "Unclosed end tag at byte offset 4");
    assert_eq!(
        refusal("<span>x</span>"),
        "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"
    );
    assert_eq!(
        refusal("<a href=x/y>x</a>"),
        "Unexpected end of name token at byte offset 8"
    );
    assert_eq!(
        refusal("<a href>x</a>"),
        "Expected equal sign in declaration of an attribute of the tag \"a\" at byte offset 0"
    );
}
