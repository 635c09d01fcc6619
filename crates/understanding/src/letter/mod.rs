//! The mail as it counts: the one inside when a person sent it on.

pub mod date;
pub mod foot;
pub mod forward;
pub mod labels;
pub mod links;
pub mod person;
pub mod words;

use crate::folded::Folded;
use crate::markup;
use forward::Block;
use labels::{Announced, Prefix};
use mesinfos_reading::{Address, Dom, Mail, Page};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// What the parts of understanding read.
pub struct Letter<'a> {
    /// The mail as it arrived.
    pub mail: &'a Mail,
    /// The tree of its HTML body. When the letter is forwarded, only what [`Letter::page`] holds
    /// counts.
    pub dom: Option<&'a Dom<'a>>,
    /// Where the inner mail begins in `dom` (a node id): nodes with a smaller id are the note and
    /// the headers of who sent it on, or hold the inner mail. 0 when nothing is forwarded.
    pub dom_from: u32,
    /// Who wrote it: the inner From when forwarded (`None` when its headers were cut off).
    pub from: Option<Address>,
    /// Its subject: the inner one when forwarded, without `Fwd:`.
    pub subject: String,
    /// Its date, microseconds UTC: the inner one when forwarded and readable.
    pub date: Option<i64>,
    /// What it shows (the HTML body, else the plain text), from where the inner mail begins.
    pub page: Page,
    /// The person who forwarded it. The headers of [`Letter::mail`] are then this person's, and
    /// say nothing of who wrote the letter.
    pub forwarded_by: Option<Address>,
    /// What stands above a quoted mail: the note of who sent it on, or the answer itself when
    /// [`Letter::answers`].
    pub note: String,
    /// Whether it answers a mail that it quotes.
    pub answers: bool,
    /// Where [`Letter::page`] leads, in reading order.
    pub targets: Vec<links::Target>,
    /// The page's text folded, once it was asked for.
    folded: OnceCell<Folded>,
    toned: OnceCell<person::Toned>,
    person_score: OnceCell<i32>,
    is_in_function: OnceCell<bool>,
    foot: OnceCell<Range<usize>>,
    markup: OnceCell<Vec<markup::Item>>,
}

impl<'a> Letter<'a> {
    /// The letter in this mail.
    pub fn of(mail: &'a Mail, dom: Option<&'a Dom<'a>>) -> Letter<'a> {
        let page = match (dom, &mail.text) {
            (Some(dom), _) => Page::from_html(dom),
            (None, Some(text)) => Page::from_text(text),
            (None, None) => Page::default(),
        };
        let mut letter = Letter {
            mail,
            dom,
            dom_from: 0,
            from: mail.from.clone(),
            subject: mail.subject.clone(),
            date: mail.date,
            page,
            forwarded_by: None,
            note: String::new(),
            answers: false,
            targets: Vec::new(),
            folded: OnceCell::new(),
            toned: OnceCell::new(),
            person_score: OnceCell::new(),
            is_in_function: OnceCell::new(),
            foot: OnceCell::new(),
            markup: OnceCell::new(),
        };
        if !is_bulk(mail) {
            letter.look_inside();
        }
        letter.targets = links::targets(&letter.page);
        letter
    }

    /// The first bytes of the page's text, folded; once for all who ask for the whole of it.
    pub fn folded(&self, bytes: usize) -> Cow<'_, Folded> {
        match head(&self.page.text, bytes) {
            whole if whole.len() == self.page.text.len() => {
                Cow::Borrowed(self.folded.get_or_init(|| Folded::of(whole)))
            }
            part => Cow::Owned(Folded::of(part)),
        }
    }

    /// How much it looks like a person's letter: see [`person::score`].
    pub fn person_score(&self) -> i32 {
        *self.person_score.get_or_init(|| person::score(self))
    }

    /// Whether somebody writes in the name of an organisation: see [`person::is_in_function`].
    pub fn is_in_function(&self) -> bool {
        *self.is_in_function.get_or_init(|| person::is_in_function(self))
    }

    /// Its last lines: see [`foot::foot`].
    pub fn foot(&self) -> &str {
        let at = self.foot.get_or_init(|| foot::foot(&self.page.text));
        self.page.text.get(at.clone()).unwrap_or_default()
    }

    /// The objects of its markup: see [`markup::items`].
    pub fn markup(&self) -> &[markup::Item] {
        let read = || self.dom.map_or_else(Vec::new, |dom| markup::items(dom, self.dom_from));
        self.markup.get_or_init(read)
    }

    /// Takes the inner mail's place when a person sent one on.
    fn look_inside(&mut self) {
        let (prefix, bare_subject) = labels::prefix(&self.mail.subject);
        let in_text = || self.mail.text.as_deref().and_then(forward::find);
        let on_page = match self.dom {
            Some(_) => forward::find(&self.page.text),
            None => in_text(),
        };
        let quoted = on_page.clone().or_else(|| self.dom.and_then(|_| in_text()));
        self.answers = prefix == Some(Prefix::Reply);
        // "Fwd: recette" above one's own words: what the sender signs is the sender's.
        let own = quoted.is_none()
            && self.mail.from.as_ref().is_some_and(|from| {
                person::signature(&self.page.text, from).is_some() && self.attributed().is_none()
            });
        if own || !is_sent_on(self.mail, prefix, quoted.as_ref()) {
            if let Some(block) = on_page {
                self.note = self.page.text.get(..block.at.start).unwrap_or_default().to_owned();
                self.answers = true;
            }
            return;
        }
        self.answers = false;
        self.forwarded_by = self.mail.from.clone();
        self.subject = bare_subject.to_owned();
        self.from = None;
        let attributed = quoted.is_none().then(|| self.attributed()).flatten();
        if let Some(block) = quoted.or(attributed) {
            self.take_headers(&block);
        }
        self.take_body(on_page.as_ref());
    }

    fn take_headers(&mut self, block: &Block) {
        self.from = Some(block.from.clone());
        if let Some(subject) = block.subject.as_deref().filter(|s| !s.is_empty()) {
            self.subject = labels::prefix(subject).1.to_owned();
        }
        if let Some(date) = block.date.as_deref().and_then(|d| date::read(d, self.mail.date_offset))
        {
            self.date = Some(date);
        }
    }

    /// A quoting line ("Le 3 mai, X a écrit :") in a mail whose subject says that it is sent on.
    fn attributed(&self) -> Option<Block> {
        let (from, body) = forward::attribution(&self.page.text)?;
        Some(Block { from, body, ..Block::default() })
    }

    /// Makes `page` begin where the inner mail does.
    fn take_body(&mut self, block: Option<&Block>) {
        match (self.dom, &self.mail.text) {
            (Some(dom), _) => {
                let Some(block) = block else { return };
                self.note = self.page.text.get(..block.at.start).unwrap_or_default().to_owned();
                let last = block.body.saturating_sub(1) as u32;
                let source = self.page.source_of(last..last + 1).start;
                let header = dom
                    .ids()
                    .filter(|&id| dom.text(id).is_some())
                    .take_while(|&id| dom.node(id).span.start <= source)
                    .last();
                if let Some(header) = header {
                    self.dom_from = header.0 + 1;
                    self.page = Page::from_html_after(dom, self.dom_from);
                }
            }
            (None, Some(text)) => {
                let (start, depth) = match block {
                    Some(block) => (after_blank_lines(text, block.body), block.depth),
                    // Without headers, the run of quoted lines is the inner mail.
                    None => quoted_run(text).map_or((0, 0), |start| (start, 1)),
                };
                let head = block.map_or(start, |b| b.at.start);
                self.note = text.get(..head).unwrap_or_default().to_owned();
                self.page = Page::from_text_after(text, start, depth);
            }
            (None, None) => {}
        }
    }
}

/// The mail that a person attached instead of quoting it (`message/rfc822`): it is the one to
/// read, and the one that holds it says who forwarded it.
pub fn attached(mail: &Mail) -> Option<Mail> {
    let bytes = mail.embedded.first()?;
    let says = |name: &str, word: &str| {
        mail.header(name).is_some_and(|v| v.to_ascii_lowercase().contains(word))
    };
    // Reports of failed delivery and spam complaints attach mails too (RFC 3462).
    if is_bulk(mail) || says("content-type", "multipart/report") {
        return None;
    }
    let own: usize = mail
        .text
        .as_deref()
        .or(mail.html.as_deref())
        .map_or(0, |t| t.split_whitespace().map(str::len).sum());
    let inner = Mail::read(bytes);
    let (prefix, subject) = labels::prefix(&mail.subject);
    let same = !subject.is_empty() && labels::prefix(&inner.subject).1 == subject;
    let sent_on = prefix == Some(Prefix::Forward) || same || own < 600;
    (sent_on && inner.from.is_some()).then_some(inner)
}

/// Whether a machine wrote to many, or answered by itself: nobody sends mail on that way.
pub fn is_bulk(mail: &Mail) -> bool {
    let has = |name| mail.header(name).is_some();
    if has("list-unsubscribe") || has("list-id") || has("feedback-id") {
        return true;
    }
    let is = |name, words: &[&str]| {
        mail.header(name).is_some_and(|v| {
            let v = v.trim().to_ascii_lowercase();
            words.iter().any(|w| v.starts_with(w))
        })
    };
    is("precedence", &["bulk", "list", "junk"]) || is("auto-submitted", &["auto"])
}

/// Whether a mail that quotes another sends it on rather than answering it.
fn is_sent_on(mail: &Mail, prefix: Option<Prefix>, quoted: Option<&Block>) -> bool {
    let Some(block) = quoted else { return prefix == Some(Prefix::Forward) };
    if block.announced == Some(Announced::Forward) || prefix == Some(Prefix::Forward) {
        return true;
    }
    if prefix == Some(Prefix::Reply) || mail.header("in-reply-to").is_some() {
        return false;
    }
    // An answer goes to who wrote the quoted mail.
    let inner = block.from.address.to_ascii_lowercase();
    let answers = mail.to.iter().chain(&mail.cc).any(|a| a.address.to_ascii_lowercase() == inner);
    // Somebody who quotes himself goes on with a conversation.
    let own = mail.from.as_ref().is_some_and(|a| a.address.to_ascii_lowercase() == inner);
    !inner.is_empty() && !answers && !own
}

/// The first line after `at` that is more than quoting marks.
fn after_blank_lines(text: &str, at: usize) -> usize {
    let mut start = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !labels::bare(line).is_empty() {
            break;
        }
        start += line.len();
    }
    start
}

/// Where quoted lines begin when they make up most of a text.
fn quoted_run(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut first = None;
    let (mut quoted, mut all) = (0usize, 0usize);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            all += 1;
            if line.starts_with('>') {
                quoted += 1;
                first.get_or_insert(at);
            }
        }
        at += line.len();
    }
    first.filter(|_| quoted * 3 > all * 2)
}

/// The beginning of a text, at most so many bytes, cut between characters.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
