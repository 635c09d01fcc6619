//! Each limit of HTML, crossed by one: what stands before it is read, and the cut is told.

use mesinfos_reading::html::{Dom, Tag};
use mesinfos_reading::{Page, limits};

fn shown(html: &str) -> (String, bool) {
    let dom = Dom::parse(html);
    (Page::from_html(&dom).text, dom.truncated)
}

#[test]
fn of_depth() {
    // The root is open too.
    for (extra, is_cut) in [(0, false), (1, true)] {
        let depth = limits::HTML_DEPTH - 1 + extra;
        let html = format!("{}bonjour{}", "<div>".repeat(depth), "</div>".repeat(depth));
        let (text, cut) = shown(&html);
        assert_eq!(cut, is_cut, "{depth} elements");
        assert_eq!(text.trim(), "bonjour", "what is too deep keeps its words");
        let dom = Dom::parse(&html);
        let elements = dom.ids().filter(|id| dom.tag(*id) == Some(Tag::Div)).count();
        assert_eq!(elements, limits::HTML_DEPTH - 1);
    }
}

#[test]
fn of_bytes() {
    for (extra, is_cut) in [(0, false), (1, true)] {
        let mut html = "<p>bonjour</p>".to_owned();
        html.push_str(&" ".repeat(limits::HTML_BYTES + extra - html.len() - 1));
        html.push('!');
        let (text, cut) = shown(&html);
        assert_eq!(cut, is_cut);
        assert_eq!(text.contains('!'), !is_cut, "the last byte is read or told");
        assert!(text.starts_with("bonjour"));
    }
}

#[test]
fn of_nodes() {
    // Void elements: a node each, nothing is nested. The root is a node too.
    let most = limits::HTML_NODES - 1;
    for (extra, is_cut) in [(0, false), (1, true)] {
        let html = "<br>".repeat(most + extra);
        assert!(html.len() < limits::HTML_BYTES);
        let dom = Dom::parse(&html);
        assert_eq!(dom.truncated, is_cut, "{extra}");
        assert_eq!(dom.len(), limits::HTML_NODES);
    }
}
