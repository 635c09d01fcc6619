//! What is seen is read, what is not is not, and every word is found again in the source.

use super::*;
use proptest::prelude::*;

fn page(html: &str) -> Page {
    Page::from_html(&Dom::parse(html))
}

#[test]
fn blocks_become_lines_and_cells_are_parted() {
    let p = page(
        "<h1>Merci</h1><table><tr><td>Lampe  de\n bureau</td><td>12,90&nbsp;€</td></tr><tr><td>Total</td><td>12,90&nbsp;€</td></tr></table>Fin",
    );
    assert_eq!(p.text, "Merci\nLampe de bureau\t12,90\u{a0}€\nTotal\t12,90\u{a0}€\nFin\n");
}

#[test]
fn what_is_hidden_is_not_read() {
    let p = page("<style>p{}</style><div style='display:none;max-height:0'>aperçu</div><p>vu</p>");
    assert_eq!(p.text, "vu\n");
}

#[test]
fn a_word_is_found_again_in_the_source() {
    let html = "<p>Commande <b>AB-12</b> du jour</p>";
    let p = page(html);
    let at = p.text.find("AB-12").expect("it is visible") as u32;
    let s = p.source_of(at..at + 5);
    assert_eq!(&html[s.start as usize..s.end as usize], "AB-12");
}

#[test]
fn addresses_in_plain_text_are_links() {
    let p = Page::from_text("Suivez-le : https://suivi.example/x?y=1.\nMerci\n");
    assert_eq!(p.links[0].href, "https://suivi.example/x?y=1");
}

#[test]
fn a_page_can_begin_at_a_node_or_a_byte() {
    let html = "<p>note</p><p>dedans <a href='https://x.example'>ici</a></p>";
    let dom = Dom::parse(html);
    let inner = dom.ids().find(|&id| dom.text(id) == Some("dedans ")).expect("it is there");
    let p = Page::from_html_after(&dom, inner.0);
    assert_eq!(p.text, "dedans ici\n");
    let text = "note\n> Total : 12 €\n";
    let p = Page::from_text_after(text, 5, 1);
    assert_eq!(p.text, "Total : 12 €\n");
    let s = p.source_of(0..5);
    assert_eq!(&text[s.start as usize..s.end as usize], "Total");
}

#[test]
fn what_only_one_program_shows_is_read_as_the_others_show_it() {
    let p = page(
        "a<!--[if mso]><p>outlook</p><![endif]-->b<!--[if !mso]><!--><p>others</p><!--<![endif]-->c<![if !mso]>d<![endif]>",
    );
    assert_eq!(p.text, "ab\nothers\ncd\n");
}

#[test]
fn preheaders_are_not_read_however_they_hide() {
    for hidden in [
        "<div style='display:none'>pre</div>",
        "<div style='font-size:1px;color:#fff;line-height:1px'>pre <b>pre</b></div>",
        "<span style='color:transparent;height:0'>pre</span>",
        "<div style='max-height:0;overflow:hidden'>pre</div>",
        "<style>.pre{display:none !important}</style><div class='x pre'>pre</div>",
        "<div hidden>pre</div>",
        "<p>&nbsp;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#8199;</p>",
    ] {
        let html = format!("{hidden}<p>vu</p>");
        let text = page(&html).text;
        assert!(!text.contains("pre") && text.trim_start() == "vu\n", "{hidden}: {text:?}");
    }
}

#[test]
fn letters_of_no_size_that_children_set_right_are_read() {
    let p = page(
        "<td style='font-size:0'><span style='font-size:14px'>vu</span><table><tr><td>aussi</td></tr></table></td>",
    );
    assert_eq!(p.text, "vu\naussi\n");
}

#[test]
fn soft_hyphens_and_direction_marks_do_not_part_words() {
    assert_eq!(
        page("Ver&shy;sand&shy;kosten \u{200f}12\u{200b}3 &euro;").text,
        "Versandkosten 123 €\n"
    );
}

#[test]
fn preformatted_lines_stay_lines() {
    assert_eq!(page("<pre>Total    12\nPort      3</pre>").text, "Total    12\nPort      3\n");
}

#[test]
fn a_link_left_open_ends_at_the_next() {
    let p = page("<a href='1'>un <a href='2'>deux</a> trois");
    let words = |i: usize| &p.text[p.links[i].text.start as usize..p.links[i].text.end as usize];
    assert_eq!((words(0).trim(), words(1)), ("un", "deux"));
}

/// What the source says there, read on its own.
fn seen(html: &str, range: Range<u32>) -> String {
    let source = &html[range.start as usize..range.end as usize];
    page(source).text.trim().to_owned()
}

#[test]
fn provenance_is_exact_around_references_and_folded_space() {
    let html = "<p>Total&nbsp;:\n   <b>12,90&nbsp;&euro;</b>  &eacute;t&eacute;  fin</p>";
    let p = page(html);
    for (words, source) in [
        ("12,90\u{a0}€", "12,90&nbsp;&euro;"),
        ("12,90", "12,90"),
        ("Total", "Total"),
        ("été", "&eacute;t&eacute;"),
        ("t", "t"),
        ("fin", "fin"),
    ] {
        let at = if words == "t" { p.text.find("té") } else { p.text.find(words) };
        let at = at.expect("it is seen") as u32;
        let s = p.source_of(at..at + words.len() as u32);
        assert_eq!(&html[s.start as usize..s.end as usize], source);
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,8}",
        Just(" ".to_owned()),
        Just("  \n ".to_owned()),
        Just("&nbsp;".to_owned()),
        Just(" &eacute;t&eacute; ".to_owned()),
        Just("&shy;".to_owned()),
        Just("</p><p>".to_owned()),
        Just("<td>".to_owned()),
        Just("<br>".to_owned()),
        Just(" <b> ".to_owned()),
        Just(" </b> ".to_owned()),
        Just("été €".to_owned()),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn every_word_is_found_again(html in markup()) {
        let p = page(&html);
        let base = p.text.as_ptr() as usize;
        for word in p.text.split([' ', '\n', '\t']).filter(|w| !w.trim().is_empty()) {
            let at = (word.as_ptr() as usize - base) as u32;
            let range = p.source_of(at..at + word.len() as u32);
            prop_assert_eq!(seen(&html, range), word.trim());
        }
    }

    #[test]
    fn any_text_is_read_as_html(html in "[<>a-z/!&;#= \"'-]{0,200}") {
        let p = page(&html);
        p.source_of(0..p.text.len() as u32);
    }
}

/// Markup that makes a careless reader quadratic.
#[test]
fn hostile_markup_is_read_in_time() {
    let n = 2 << 20;
    for unit in [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<a>",
        "<td>",
        "</td>",
        "<table><tr><td>",
        "<b></i>",
        "<!",
        "<!--",
        "</",
        "<",
        "<a b",
        "<a b=",
        "<a b='",
        "<a b='c' ",
        "&",
        "&#",
        "&amp",
        "http",
        "<style>{",
        "<style>.a{display:none}",
        "<style>/*",
        "\u{200b}",
        "&nbsp;&zwnj;",
        " \n",
        "<pre>\n",
        "<script></scrip",
        "<p style='display:none;'>",
        "<p style=';;;;;;;;'>",
        "<a href=http>",
    ] {
        let html = unit.repeat(n / unit.len());
        let start = std::time::Instant::now();
        let p = page(&html);
        p.source_of(0..p.text.len() as u32);
        let took = start.elapsed();
        assert!(took.as_secs_f32() < 4.0, "{unit:?} took {took:?}");
    }
    let text = "http".repeat(n / 4);
    Page::from_text(&text);
}
