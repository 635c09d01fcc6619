//! A mail's HTML made harmless: the first of three walls, before the sandboxed frame and its policy.

use super::style;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What is done with pictures that lie elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remote {
    /// Left out and counted.
    LeftOut,
    /// Loaded by the browser, over HTTPS only, because the person asked.
    Shown,
}

/// HTML that may be shown in the frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clean {
    /// A fragment for the frame's body.
    pub html: String,
    /// Remote pictures that were in it.
    pub remote: u32,
}

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that go with everything in them.
const UNSEEN: &[&str] = &[
    "script", "style", "title", "template", "noscript", "iframe", "object", "embed", "applet",
    "svg", "math", "select", "textarea", "audio", "video", "canvas", "xmp", "noframes", "noembed",
];

const TABLE: &[&str] = &[
    "align",
    "valign",
    "width",
    "height",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "colspan",
    "rowspan",
    "scope",
    "span",
    "nowrap",
];

/// Pictures written into the address itself; SVG is a document and stays out.
const PICTURES: &[&str] =
    &["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"];

/// Makes HTML harmless. `pictures` gives a `data:` address for each Content-ID of the mail's own;
/// `secret` is what our own marks carry at the end of their name (`f3-SECRET`): a mark that the
/// mail brought itself does not know it and loses its name.
pub fn sanitise(
    html: &str,
    pictures: HashMap<String, String>,
    remote: Remote,
    secret: &str,
) -> Clean {
    let left_out = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&left_out);
    let tail = format!("-{secret}");
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(UNSEEN.iter().copied().collect())
        .generic_attributes(HashSet::from(["style", "lang", "dir", "title"]))
        .tag_attributes(attributes())
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer"))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "style") => style::keep(value).map(Cow::Owned),
            ("mark", "id") => value.strip_suffix(tail.as_str()).map(Cow::Borrowed),
            ("a", "href") => is_web(value).then_some(Cow::Borrowed(value)),
            ("img", "src") => picture(value, &pictures, remote, &seen),
            _ => Some(Cow::Borrowed(value)),
        });
    let html = builder.clean(html).to_string();
    Clean { html, remote: left_out.load(Ordering::Relaxed) }
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let mut all: HashMap<_, HashSet<_>> = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("font", HashSet::from(["color", "face", "size"])),
        ("hr", HashSet::from(["align", "size", "width"])),
        ("img", HashSet::from(["src", "alt", "width", "height", "align", "border"])),
        ("mark", HashSet::from(["id"])),
        ("ol", HashSet::from(["start", "type"])),
        ("div", HashSet::from(["align"])),
        ("p", HashSet::from(["align"])),
    ]);
    for tag in ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup"] {
        all.insert(tag, TABLE.iter().copied().collect());
    }
    all
}

fn has_scheme(value: &str, scheme: &str) -> bool {
    value.trim_start().get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme))
}

fn is_web(value: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|s| has_scheme(value, s))
}

fn picture<'u>(
    value: &'u str,
    own: &HashMap<String, String>,
    remote: Remote,
    seen: &AtomicU32,
) -> Option<Cow<'u, str>> {
    if has_scheme(value, "cid:") {
        let id = value.trim()[4..].trim_matches(['<', '>']);
        return own.get(id).map(|data| Cow::Owned(data.clone()));
    }
    if has_scheme(value, "data:") {
        return PICTURES.iter().any(|p| has_scheme(value, p)).then_some(Cow::Borrowed(value));
    }
    seen.fetch_add(1, Ordering::Relaxed);
    (remote == Remote::Shown && has_scheme(value, "https://")).then_some(Cow::Borrowed(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str) -> String {
        sanitise(html, HashMap::new(), Remote::LeftOut, "k").html
    }

    #[test]
    fn nothing_that_runs_is_left() {
        let payloads = [
            "<script>window.PWNED=1</script>",
            "<img src=x onerror=window.PWNED=1>",
            "<svg><script>window.PWNED=1</script></svg>",
            "<svg onload=window.PWNED=1><a xlink:href='javascript:window.PWNED=1'>x</a></svg>",
            "<math><mtext><table><mglyph><style><img src onerror=window.PWNED=1>",
            "<a href='javascript:window.PWNED=1'>x</a>",
            "<a href='jAvA&#x0A;script:window.PWNED=1'>x</a>",
            "<a href=' data:text/html,<script>window.PWNED=1</script>'>x</a>",
            "<iframe srcdoc='<script>parent.PWNED=1</script>'></iframe>",
            "<object data='javascript:window.PWNED=1'></object><embed src='javascript:1'>",
            "<form action='https://t.example'><input name=a autofocus onfocus=window.PWNED=1></form>",
            "<meta http-equiv=refresh content='0;url=javascript:window.PWNED=1'>",
            "<base href='https://t.example/'><link rel=stylesheet href='https://t.example/a.css'>",
            "<style>@import 'https://t.example/a.css'; body{background:url(https://t.example)}</style>",
            "<p style=\"background:url('javascript:window.PWNED=1')\">x</p>",
            "<noscript><p title='</noscript><img src=x onerror=window.PWNED=1>'></noscript>",
            "<textarea><img title='</textarea><img src=x onerror=window.PWNED=1>'></textarea>",
            "<template><img src=x onerror=window.PWNED=1></template>",
            "<details open ontoggle=window.PWNED=1>x</details>",
            "<a id=PWNED name=PWNED href=https://t.example>x</a><p id=body class=x>y</p>",
            "<img usemap=#m src=cid:none><map name=m><area href='javascript:1'></map>",
            "<!--><img src=x onerror=window.PWNED=1>-->",
            "<p/onclick=window.PWNED=1>x",
        ];
        for payload in payloads {
            let html = clean(payload);
            let lower = html.to_ascii_lowercase();
            for bad in [
                "<script",
                "<svg",
                "<math",
                "<iframe",
                "<form",
                "<input",
                "<style",
                "<meta",
                "<base",
                "<link",
                "<object",
                "javascript:",
                "data:text",
                " id=",
                " name=",
                "usemap",
                "url(",
            ] {
                assert!(!lower.contains(bad), "{payload} left {bad}: {html}");
            }
            // An event's name may stand as visible text or inside a quoted value, never as an attribute.
            let tags: Vec<&str> =
                lower.split('<').skip(1).filter_map(|t| t.split('>').next()).collect();
            assert!(tags.iter().all(|t| !t.contains(" on")), "{payload}: {html}");
        }
    }

    #[test]
    fn remote_pictures_are_left_out_and_counted() {
        let html = "<img src='https://t.example/p.gif' alt='Lampe'><img src='http://t.example/q'>\
            <img src='//t.example/r'><img src='cid:a@b'><img src='data:image/svg+xml,x'>\
            <img src='data:image/png;base64,AA'>";
        let own = HashMap::from([("a@b".to_owned(), "data:image/png;base64,BB".to_owned())]);
        let out = sanitise(html, own.clone(), Remote::LeftOut, "k");
        assert_eq!(out.remote, 2);
        assert!(!out.html.contains("t.example"));
        assert!(out.html.contains("alt=\"Lampe\""));
        assert!(out.html.contains("base64,AA") && out.html.contains("base64,BB"));
        let shown = sanitise(html, own, Remote::Shown, "k");
        assert!(shown.html.contains("https://t.example/p.gif"));
        assert!(!shown.html.contains("http://t.example/q"), "never without encryption");
    }

    #[test]
    fn a_mark_of_the_mail_s_own_cannot_pass_for_ours() {
        let html = "<mark id='f1'>faux</mark><mark id='f1-k'>vrai</mark>";
        assert_eq!(clean(html), "<mark>faux</mark><mark id=\"f1\">vrai</mark>");
    }

    #[test]
    fn links_open_elsewhere_and_tell_nothing() {
        let html = clean("<a href='https://shop.example/x' target=_top rel=opener>x</a>");
        assert!(html.contains("rel=\"noopener noreferrer\"") && html.contains("target=\"_blank\""));
    }
}
