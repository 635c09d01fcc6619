//! A body ready for its frame: its own pictures put in, its facts' words lit, everything made
//! harmless.

use super::attachment::Shown;
use super::{Clean, Mark, Remote, light_html, light_text, sanitise, shown};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mesinfos_domain::{Fact, Place};
use mesinfos_reading::{Mail, limits};
use std::collections::HashMap;

/// Pictures of the mail's own that are put into the page, in bytes together: the rest stays among
/// the attachments.
const PICTURE_BYTES: usize = 8 << 20;

/// Which of a mail's two bodies is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// HTML.
    Html,
    /// Plain text.
    Text,
}

/// The body that is shown unless the person asks for the other: where the facts were read, else the
/// HTML when there is one.
pub fn form(mail: &Mail, facts: &[Fact], text_asked: bool) -> Form {
    let read_in = |place: Place| facts.iter().filter(|f| f.source.place == place).count();
    match (&mail.html, &mail.text) {
        (None, _) => Form::Text,
        (Some(_), Some(_)) if text_asked => Form::Text,
        (Some(_), Some(_)) if read_in(Place::Text) > 0 && read_in(Place::Html) == 0 => Form::Text,
        (Some(_), _) => Form::Html,
    }
}

/// The body of the mail that `bytes` are, as a fragment for its frame. `secret` is drawn anew for
/// each showing.
pub fn body(
    mail: &Mail,
    bytes: &[u8],
    facts: &[Fact],
    form: Form,
    remote: Remote,
    secret: &str,
) -> Clean {
    match (form, &mail.html) {
        (Form::Html, Some(html)) => {
            let html = cut(html, limits::HTML_BYTES);
            let marks = marks(facts, Place::Html, &format!("-{secret}"));
            let lit = light_html(html, &marks);
            sanitise(&lit, pictures(mail, bytes, html), remote, secret)
        }
        _ => {
            let text = cut(mail.text.as_deref().unwrap_or_default(), limits::TEXT_BYTES);
            let lit = light_text(text, &marks(facts, Place::Text, ""));
            Clean { html: format!("<pre class=\"plain\">{lit}</pre>"), remote: 0 }
        }
    }
}

/// The anchor of each fact, in their order: several about one field (the reasons of a category) are
/// numbered, so that each has its own words.
pub fn anchors(facts: &[Fact]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    facts
        .iter()
        .map(|fact| {
            let anchor = fact.anchor();
            let times = seen.entry(anchor.clone()).or_default();
            *times += 1;
            if *times == 1 { anchor } else { format!("{anchor}-again-{times}") }
        })
        .collect()
}

/// The words of facts read in this place, each under its fact's anchor.
fn marks(facts: &[Fact], place: Place, tail: &str) -> Vec<Mark> {
    facts
        .iter()
        .zip(anchors(facts))
        .filter(|(f, _)| f.source.place == place && f.source.start < f.source.end)
        .map(|(f, anchor)| Mark {
            id: format!("{anchor}{tail}"),
            range: f.source.start as usize..f.source.end as usize,
        })
        .collect()
}

/// `data:` addresses of the pictures that the HTML names by their Content-ID.
fn pictures(mail: &Mail, bytes: &[u8], html: &str) -> HashMap<String, String> {
    let mut room = PICTURE_BYTES;
    let mut pictures = HashMap::new();
    for attachment in &mail.attachments {
        let Some(id) = &attachment.content_id else { continue };
        if attachment.size as usize > room || !html.contains(id.as_str()) {
            continue;
        }
        let Some(content) = Mail::content(bytes, attachment.part) else { continue };
        if let Some(Shown::Picture(media_type)) = shown(&attachment.media_type, &content) {
            room = room.saturating_sub(content.len());
            let data = format!("data:{media_type};base64,{}", STANDARD.encode(&content));
            pictures.insert(id.clone(), data);
        }
    }
    pictures
}

fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_domain::Source;

    const MAIL: &str = "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p onclick=a()>Total <b>12,90&nbsp;EUR</b></p>\
        <img src=\"cid:l@x\"><img src=\"https://t.example/p\">\r\n\
        --b\r\nContent-Type: image/gif\r\nContent-ID: <l@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        R0lGODlhAQABAAAAACw=\r\n--b--\r\n";

    fn fact(html: &str, words: &str) -> Fact {
        let start = html.find(words).expect("the words") as u32;
        Fact {
            field: "order.total".into(),
            source: Source {
                place: Place::Html,
                start,
                end: start + words.len() as u32,
                words: words.into(),
            },
            rule: "label-beside-amount".into(),
            confidence: 90,
        }
    }

    #[test]
    fn the_words_of_a_fact_are_lit_and_the_mail_s_own_pictures_shown() {
        let mail = Mail::read(MAIL.as_bytes());
        let html = mail.html.clone().expect("a body");
        let facts = [fact(&html, "12,90&nbsp;EUR")];
        let clean = body(&mail, MAIL.as_bytes(), &facts, Form::Html, Remote::LeftOut, "s3cret");
        assert!(
            clean.html.contains("<mark id=\"f-order-total\">12,90&nbsp;EUR</mark>"),
            "{}",
            clean.html
        );
        assert!(clean.html.contains("src=\"data:image/gif;base64,R0lGODlh"), "{}", clean.html);
        assert!(!clean.html.contains("onclick") && !clean.html.contains("t.example"));
        assert_eq!(clean.remote, 1);
    }

    #[test]
    fn plain_text_is_shown_where_facts_were_read_in_it() {
        let mut mail = Mail::read(b"Subject: x\r\n\r\n");
        mail.text = Some("Total 12,90 EUR <b>".into());
        let mut in_text = fact("Total 12,90 EUR", "12,90 EUR");
        in_text.source.place = Place::Text;
        assert_eq!(form(&mail, &[], false), Form::Text);
        let clean =
            body(&mail, b"", std::slice::from_ref(&in_text), Form::Text, Remote::LeftOut, "s");
        assert!(clean.html.contains("<mark id=\"f-order-total\">12,90 EUR</mark> &lt;b&gt;"));
        mail.html = Some("<p>x</p>".into());
        assert_eq!(form(&mail, &[], false), Form::Html);
        assert_eq!(form(&mail, &[in_text], false), Form::Text);
        assert_eq!(form(&mail, &[], true), Form::Text);
    }
}
