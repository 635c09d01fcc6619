//! What stands around every page: language, rail, vault sentence, notices, foot.

use crate::assets;
use crate::words::{Html, Locale, Words};
use jiff::civil::Date;

/// The frame of one page. A page struct holds it as its field `frame`, and its template begins with
/// `{% extends "frame.html" %}` and, in each block, `{% let w = frame.w %}`.
#[derive(Debug)]
pub struct Frame {
    /// Sentences and formats.
    pub w: &'static Words,
    /// The page's name, for the tab.
    pub title: String,
    /// Which page of the rail this one belongs to; `None` leaves the rail out (nobody signed in).
    pub nav: Option<Nav>,
    /// Path and query of this page, so that the change of language comes back to it.
    pub here: String,
    /// Today where the person is.
    pub today: Date,
    /// The token that every form sends back.
    pub csrf: String,
    /// How the vault is kept; said in one sentence.
    pub mode: VaultMode,
    /// What has just been done, with its undo.
    pub notices: Vec<Notice>,
    /// An import under way.
    pub strip: Option<Strip>,
}

/// The pages of the rail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Nav {
    Home,
    Actors,
    Purchases,
    Search,
    Collect,
    Offers,
    Refusals,
    Addresses,
    Import,
    Settings,
    /// A page that stands nowhere in the rail.
    Elsewhere,
}

/// The two ways in which a vault is kept (see the sentence `vault-…` for what each means).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum VaultMode {
    /// *Veillé*: works while the person is away.
    #[default]
    Attended,
    /// *Scellé*: opens when the person signs in.
    Sealed,
}

/// A line above the page about what was just done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Where a POST undoes it.
    pub undo: Option<String>,
    /// Whether it tells of something that went wrong.
    pub bad: bool,
}

/// An import under way, in figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Strip {
    /// Mails read so far.
    pub read: u64,
    /// How much is done, in per cent.
    pub share: u8,
    /// Mails a second.
    pub pace: u64,
    /// Seconds left, once known.
    pub left: Option<u64>,
}

impl Frame {
    /// The frame of a page of somebody who is signed in.
    pub fn new(
        locale: Locale,
        nav: Nav,
        today: Date,
        here: impl Into<String>,
        csrf: impl Into<String>,
    ) -> Frame {
        Frame {
            w: Words::of(locale),
            title: String::new(),
            nav: Some(nav),
            here: here.into(),
            today,
            csrf: csrf.into(),
            mode: VaultMode::default(),
            notices: Vec::new(),
            strip: None,
        }
    }

    /// The frame of a page that anybody may see (first run, sign-in): no rail, no vault.
    pub fn open(
        locale: Locale,
        today: Date,
        here: impl Into<String>,
        csrf: impl Into<String>,
    ) -> Frame {
        Frame { nav: None, ..Frame::new(locale, Nav::Elsewhere, today, here, csrf) }
    }

    /// Names the page.
    pub fn titled(mut self, title: impl Into<String>) -> Frame {
        self.title = title.into();
        self
    }

    /// `aria-current` for a link of the rail.
    pub(crate) fn current(&self, nav: Nav) -> Html {
        match self.nav == Some(nav) {
            true => Html::rendered(r#" aria-current="page""#.to_owned()),
            false => Html::default(),
        }
    }

    /// The address of an embedded file.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// An icon of our sheet, to stand beside its word.
    pub(crate) fn icon(&self, name: &str) -> Html {
        icon(name, "icon")
    }

    /// The same, small, at the head of a link.
    pub(crate) fn small_icon(&self, name: &str) -> Html {
        icon(name, "icon s")
    }

    /// The address that shows this page in the other language.
    pub(crate) fn other_language(&self) -> String {
        let mut back = String::with_capacity(self.here.len());
        for byte in self.here.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                    back.push(byte as char);
                }
                _ => back.push_str(&format!("%{byte:02X}")),
            }
        }
        format!("/language/{}?back={back}", self.w.locale().other().code())
    }

    /// The strip's sentence.
    pub(crate) fn progress(&self, strip: &Strip) -> String {
        let phrase = |key| self.w.say(key).arg("read", strip.read).arg("pace", strip.pace);
        let Some(left) = strip.left else { return phrase("strip-read").to_string() };
        let left = match left {
            0 => self.w.t("strip-soon"),
            left => self.w.lasting(i64::try_from(left).unwrap_or(i64::MAX)),
        };
        let share = self.w.percent(strip.share);
        phrase("strip-read-of").arg("share", share).arg("left", left).to_string()
    }

    /// The hidden field that proves that a form is ours.
    pub(crate) fn token(&self) -> Html {
        let escaped = Html::text(&self.csrf);
        Html::rendered(format!(r#"<input type="hidden" name="csrf" value="{escaped}">"#))
    }
}

fn icon(name: &str, class: &str) -> Html {
    let sheet = assets::url("icons.svg");
    Html::rendered(format!(
        r##"<svg class="{class}" aria-hidden="true"><use href="{sheet}#{name}"/></svg>"##
    ))
}
