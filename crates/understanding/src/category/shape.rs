//! The shape of a letter: who sends it and how, how much it shows, what was read as an order.

use super::sender;
use super::sight::At;
use crate::Letter;
use crate::folded::Folded;
use crate::letter::person;
use memchr::memmem;
use mesinfos_domain::{Order, StatusClass};

/// One shape with its leaning before anything is learnt, in the order of `Category::ALL`:
/// account, transaction, after_sales, notification, newsletter, personal.
#[derive(Debug)]
pub struct Row {
    /// `list-unsubscribe`.
    pub name: &'static str,
    /// The leaning.
    pub leaning: [f32; 6],
}

macro_rules! shapes {
    ($($shape:ident $name:literal [$($leaning:expr),+];)+) => {
        /// What can be said of a letter's shape.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "the names in the table say it")]
        pub enum Shape { $($shape),+ }
        /// All shapes.
        pub const SHAPES: &[Row] = &[$(Row { name: $name, leaning: [$($leaning),+] }),+];
    };
}

shapes! {
    Always "always"                       [0.0, 0.0, 0.0, 0.0, 0.0, -1.0];
    ListUnsubscribe "list-unsubscribe"    [0.0, 0.0, 0.0, 0.4, 1.6, -2.0];
    ListId "list-id"                      [0.0, 0.0, 0.0, 0.0, 0.4, 0.0];
    Bulk "bulk"                           [0.0, 0.0, 0.0, 0.0, 0.6, -1.0];
    SentByService "sent-by-service"       [0.0, 0.0, 0.0, 0.0, 0.2, -2.0];
    AutoSubmitted "auto-submitted"        [0.0, 0.2, 0.0, 0.2, 0.0, -2.0];
    MailProgram "mail-program"            [0.0, 0.0, 0.0, 0.0, 0.0, 1.5];
    Answer "answer"                       [0.0, 0.0, 0.5, 0.0, -0.5, 1.5];
    SeveralRecipients "several-recipients" [0.0, 0.0, 0.0, 0.0, 0.0, 0.8];
    GroupMember "group-member"            [0.0, 0.0, 0.0, 0.0, -1.5, 4.0];
    ForwardedBare "forwarded-bare"        [0.0, -1.0, 0.0, 0.0, -0.5, 4.5];
    FreeProvider "free-provider"          [0.0, 0.0, 0.0, 0.0, 0.0, 2.0];
    PersonName "person-name"              [0.0, 0.0, 0.0, 0.0, 0.0, 1.5];
    PersonAddress "person-address"        [0.0, 0.0, 0.0, 0.0, 0.0, 1.8];
    BrandName "brand-name"                [0.0, 0.0, 0.0, 0.0, 0.0, -1.5];
    SignedBySender "signed-by-sender"     [0.0, 0.0, 0.0, 0.0, 0.0, 2.0];
    NoReply "no-reply"                    [0.2, 0.1, 0.0, 0.2, 0.0, -3.0];
    RoleAddress "role-address"            [0.0, 0.0, 0.0, 0.0, 0.0, -2.0];
    NewsAddress "news-address"            [0.0, 0.0, 0.0, 0.0, 1.5, -2.0];
    OrderAddress "order-address"          [0.0, 0.3, 0.0, 0.0, 0.0, -2.0];
    BillAddress "bill-address"            [0.0, 1.0, 0.0, 0.0, 0.0, -2.0];
    SupportAddress "support-address"      [0.0, 0.0, 0.6, 0.0, 0.0, -2.0];
    AlertAddress "alert-address"          [0.0, 0.0, 0.0, 1.0, 0.0, -2.0];
    AccountAddress "account-address"      [1.0, 0.0, 0.0, 0.2, 0.0, -2.0];
    Html "html"                           [0.0, 0.0, 0.0, 0.0, 0.0, -0.5];
    NoLink "no-link"                      [0.0, 0.0, 0.0, 0.0, -0.5, 0.8];
    ManyLinks "many-links"                [0.0, 0.0, 0.0, 0.0, 0.6, -1.0];
    NoPicture "no-picture"                [0.0, 0.0, 0.0, 0.0, -0.2, 0.0];
    ManyPictures "many-pictures"          [0.0, 0.0, 0.0, 0.0, 0.6, -1.0];
    NoAmount "no-amount"                  [0.1, -0.6, 0.0, 0.1, 0.0, 0.0];
    ManyAmounts "many-amounts"            [-0.5, 0.6, 0.0, -0.5, 0.3, -0.3];
    HeadPercent "head-percent"            [-0.3, -0.3, -0.2, -0.2, 1.0, -0.2];
    TinyText "tiny-text"                  [0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    LongText "long-text"                  [0.0, 0.0, 0.0, 0.0, 0.4, 0.0];
    SubjectNumber "subject-number"        [0.0, 0.2, 0.0, 0.0, 0.0, 0.0];
    SubjectReference "subject-reference"  [-0.3, 0.6, 0.4, 0.0, -0.8, 0.0];
    SubjectQuestion "subject-question"    [0.0, 0.0, 0.3, 0.0, 0.3, 0.0];
    SubjectExclamation "subject-exclamation" [0.0, 0.0, 0.0, 0.0, 0.2, 0.0];
    SubjectPercent "subject-percent"      [-0.5, -0.5, -0.5, -0.3, 2.0, -0.5];
    SubjectEmoji "subject-emoji"          [0.0, -0.2, 0.0, 0.0, 0.8, 0.0];
    SubjectTag "subject-tag"              [0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    PdfAttached "pdf-attached"            [0.1, 0.6, 0.0, 0.0, -0.8, 0.0];
    CalendarAttached "calendar-attached"  [0.0, 0.6, 0.0, 0.3, -0.5, 0.0];
    MarkupOrder "markup-order"            [0.0, 3.0, 0.0, 0.0, -0.5, 0.0];
    MarkupPromotion "markup-promotion"    [0.0, 0.0, 0.0, 0.0, 3.0, 0.0];
    MarkupAccount "markup-account"        [1.5, 0.0, 0.0, 0.0, 0.0, 0.0];
    OrderLines "order-lines"              [0.0, 1.2, 0.0, -0.3, -0.4, -0.5];
    OrderTotal "order-total"              [0.0, 0.8, 0.0, -0.3, -0.4, 0.0];
    OrderProved "order-proved"            [0.0, 2.0, 0.0, -0.5, -1.5, -1.0];
    OrderNumber "order-number"            [-0.3, 0.8, 0.3, -0.3, -1.0, -0.3];
    OrderParcel "order-parcel"            [-0.3, 1.5, 0.0, 0.0, -0.8, -0.3];
    OrderPlaced "order-placed"            [0.0, 0.8, 0.0, 0.0, 0.0, 0.0];
    OrderMoving "order-moving"            [0.0, 0.8, 0.0, 0.0, 0.0, 0.0];
    OrderReturned "order-returned"        [0.0, 0.0, 1.5, 0.0, 0.0, 0.0];
    SmallFirm "small-firm"                [0.0, 1.0, 1.0, 0.0, -0.5, -4.0];
    InFunction "in-function"              [0.0, 0.0, 0.8, 0.5, -0.5, -4.0];
    SubjectEmpty "subject-empty"          [0.0, 0.0, 0.0, 0.0, 0.0, 0.3];
}

/// Tells `saw` each shape of this letter and where it shows.
pub fn look(
    letter: &Letter<'_>,
    subject: &Folded,
    text: &Folded,
    order: Option<&Order>,
    saw: &mut impl FnMut(Shape, At),
) {
    saw(Shape::Always, At::Shape);
    headers(letter, saw);
    sender::look(letter, saw);
    if letter.is_in_function() {
        saw(Shape::InFunction, At::From);
    }
    if person::is_small_firm(letter) {
        saw(Shape::SmallFirm, At::From);
    }
    body(letter, text, saw);
    of_subject(letter, subject, saw);
    if let Some(html) = &letter.mail.html {
        markup(html, saw);
    }
    if let Some(order) = order {
        of_order(order, saw);
    }
}

fn headers(letter: &Letter<'_>, saw: &mut impl FnMut(Shape, At)) {
    if letter.forwarded_by.is_some() {
        // What a person quotes without saying who wrote it is part of what the person says.
        if letter.from.is_none() {
            saw(Shape::ForwardedBare, At::Shape);
        }
        return; // They are the forwarder's.
    }
    let mail = letter.mail;
    let (mut list, mut unsubscribe) = (false, false);
    for header in &mail.headers {
        let name = header.name.as_str();
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("list-unsubscribe") {
            unsubscribe = true;
            saw(Shape::ListUnsubscribe, At::Header("List-Unsubscribe"));
        } else if is("list-id") {
            list = true;
            saw(Shape::ListId, At::Header("List-Id"));
        } else if is("precedence") {
            saw(Shape::Bulk, At::Header("Precedence"));
        } else if is("auto-submitted") && !header.value.eq_ignore_ascii_case("no") {
            saw(Shape::AutoSubmitted, At::Header("Auto-Submitted"));
        } else if is("feedback-id") || sender::is_service_header(name) {
            saw(Shape::SentByService, At::Shape);
        } else if (is("user-agent") || is("x-mailer")) && sender::is_mail_program(&header.value) {
            saw(Shape::MailProgram, At::Shape);
        } else if is("in-reply-to") {
            saw(Shape::Answer, At::Shape);
        }
    }
    let person = letter.from.as_ref().is_some_and(sender::is_person);
    if list && person {
        saw(Shape::GroupMember, At::From);
    } else if letter.answers && !unsubscribe {
        saw(Shape::Answer, At::Shape);
    }
    if mail.to.len() + mail.cc.len() > 1 {
        saw(Shape::SeveralRecipients, At::Shape);
    }
    for attachment in &mail.attachments {
        match attachment.media_type.as_str() {
            "application/pdf" => saw(Shape::PdfAttached, At::Shape),
            "text/calendar" | "application/ics" => saw(Shape::CalendarAttached, At::Shape),
            _ => {}
        }
    }
}

fn body(letter: &Letter<'_>, text: &Folded, saw: &mut impl FnMut(Shape, At)) {
    let page = &letter.page;
    if page.is_html {
        saw(Shape::Html, At::Shape);
    }
    let by_count = |count: usize, many: usize, none: Shape, lots: Shape| match count {
        0 => Some(none),
        n if n >= many => Some(lots),
        _ => None,
    };
    let amounts = ["eur ", "gbp ", "usd ", "chf "];
    let amounts = amounts.iter().map(|a| memmem::find_iter(text.text.as_bytes(), a).count()).sum();
    for shape in [
        by_count(page.links.len(), 8, Shape::NoLink, Shape::ManyLinks),
        by_count(page.images.len(), 6, Shape::NoPicture, Shape::ManyPictures),
        by_count(amounts, 3, Shape::NoAmount, Shape::ManyAmounts),
    ]
    .into_iter()
    .flatten()
    {
        saw(shape, At::Shape);
    }
    if text.text.find(" 0 pct ").is_some_and(|at| at < 500) {
        saw(Shape::HeadPercent, At::Shape);
    }
    match text.count() {
        0..40 => saw(Shape::TinyText, At::Shape),
        300.. => saw(Shape::LongText, At::Shape),
        _ => {}
    }
    if let Some(from) = &letter.from
        && person::signature(&page.text, from).is_some()
        && sender::is_person(from)
    {
        saw(Shape::SignedBySender, At::From);
    }
}

fn of_subject(letter: &Letter<'_>, folded: &Folded, saw: &mut impl FnMut(Shape, At)) {
    let subject = letter.subject.as_str();
    let at = || At::Subject(0..subject.len() as u32);
    if subject.is_empty() {
        saw(Shape::SubjectEmpty, At::Shape);
    }
    if folded.text.contains(" 0 ") {
        saw(Shape::SubjectNumber, at());
    }
    let reference = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        word.len() >= 4 && word.bytes().filter(u8::is_ascii_digit).count() >= 3
    };
    if subject.contains('#') || subject.split_whitespace().any(reference) {
        saw(Shape::SubjectReference, at());
    }
    if subject.contains('?') {
        saw(Shape::SubjectQuestion, at());
    }
    if subject.contains('!') {
        saw(Shape::SubjectExclamation, at());
    }
    if subject.contains('%') {
        saw(Shape::SubjectPercent, at());
    }
    if subject.chars().any(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}')) {
        saw(Shape::SubjectEmoji, at());
    }
    if subject.starts_with('[') {
        saw(Shape::SubjectTag, at());
    }
}

/// The types that markup names; reading what it says is for `orders` and `records`.
fn markup(html: &str, saw: &mut impl FnMut(Shape, At)) {
    let Some(start) = html.find("schema.org") else { return };
    // `"@type": "Order"` in JSON-LD, `itemtype="http://schema.org/Order"` in microdata.
    let before = html[..start].rfind('<').unwrap_or(0);
    let rest = &html[before..];
    let names = |word: &str| {
        rest.match_indices(word).any(|(i, _)| {
            let after = rest[i + word.len()..].bytes().next();
            let before = rest[..i].bytes().next_back();
            matches!(after, Some(b'"' | b'\'')) && matches!(before, Some(b'"' | b'\'' | b'/'))
        })
    };
    let reserved = rest.contains("Reservation\"") || rest.contains("Reservation'");
    if reserved || names("Order") || names("ParcelDelivery") || names("Invoice") {
        saw(Shape::MarkupOrder, At::Shape);
    }
    if names("DiscountOffer") || names("PromotionCard") {
        saw(Shape::MarkupPromotion, At::Shape);
    }
    if names("ConfirmAction") {
        saw(Shape::MarkupAccount, At::Shape);
    }
}

fn of_order(order: &Order, saw: &mut impl FnMut(Shape, At)) {
    use mesinfos_domain::Proof;
    let mut when = |holds: bool, shape| {
        if holds {
            saw(shape, At::Shape);
        }
    };
    when(!order.lines.is_empty(), Shape::OrderLines);
    when(order.total.is_some(), Shape::OrderTotal);
    when(order.proof == Proof::Proved, Shape::OrderProved);
    when(order.number.is_some(), Shape::OrderNumber);
    when(!order.parcels.is_empty(), Shape::OrderParcel);
    if let Some(status) = order.status {
        saw(
            match status.class() {
                StatusClass::Placed => Shape::OrderPlaced,
                StatusClass::Return => Shape::OrderReturned,
                _ => Shape::OrderMoving,
            },
            At::Shape,
        );
    }
}
