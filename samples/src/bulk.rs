//! A large mailbox to measure with: the sizes, parts and words of a real one, no body twice.
//!
//! 70 % of the mails have HTML (40 % nothing else), the median is 12 kB and the 95th percentile
//! 60 kB before attachments, 5 % carry one, 30 % hold an order, and there are more than 150,000
//! distinct words: natural text has a long tail, and an index is judged by it.

use crate::dice::Dice;
use crate::letter::{Block, EN, FR, Good, Labels};
use crate::mime::{Draft, Encoding, File};
use crate::styles::{self, Style};
use anyhow::Result;
use std::io::Write;

const SYLLABLES: &[&str] = &[
    "ba", "bri", "ca", "cho", "da", "dou", "el", "fa", "fri", "ga", "gon", "hu", "in", "jo", "ka",
    "la", "lu", "ma", "mi", "na", "nou", "or", "pa", "pli", "qui", "ra", "ro", "sa", "ti", "tra",
    "ul", "va", "vo", "xe", "za", "zi",
];
const COMMON_FR: &[&str] = &[
    "de", "la", "le", "et", "les", "des", "en", "un", "du", "une", "que", "est", "pour", "qui",
    "dans", "a", "par", "plus", "pas", "au", "sur", "ne", "se", "ce", "il", "sont", "votre",
    "vous", "nous", "avec",
];
const COMMON_EN: &[&str] = &[
    "the", "of", "and", "to", "a", "in", "for", "is", "on", "that", "by", "this", "with", "you",
    "it", "not", "or", "be", "are", "from", "at", "as", "your", "all", "have", "new", "more", "an",
    "was", "we",
];
/// Actors that write: enough for 800 rows on a page.
const ACTORS: u64 = 800;

/// Writes so many messages, oldest first, one every quarter of an hour and a bit.
pub fn write(count: u64, to: &mut impl Write) -> Result<()> {
    let mut dice = Dice::new(0x6d65_7369_6e66_6f73);
    let begin = 1_480_000_000;
    for i in 0..count {
        let at = begin + (i as i64) * 3_000 + dice.between(0, 2_000);
        crate::mbox(&mail(&mut dice, i, at).write(), at, to)?;
    }
    Ok(())
}

fn mail(dice: &mut Dice, i: u64, at: i64) -> Draft {
    // A few actors write most of the mail, as in any mailbox.
    let actor = (dice.bits() % ACTORS) * (dice.bits() % ACTORS) / ACTORS;
    let name = title(&rare(actor * 31 + 7));
    let domain = format!("{}{actor}.example", rare(actor * 31 + 7));
    let labels: &'static Labels = if actor.is_multiple_of(3) { &EN } else { &FR };
    let form = dice.bits() % 100;
    // 40 % of the mails that have HTML have nothing else.
    let (has_html, has_text) = (form < 70, form >= 28);
    let size = size(dice);
    // Of a mail with HTML a third is words; a mail of text alone is words only.
    let said = if has_html { size / 3 } else { size };
    let mut blocks = if dice.chance(30) { order(dice, i, labels) } else { Vec::new() };
    blocks.extend(prose(
        dice,
        labels,
        if blocks.is_empty() || !has_html { said } else { said / 4 },
    ));
    let foot = vec![
        format!("{name}, {} {}", rare(actor), actor),
        format!("{}||https://www.{domain}/l/{i:x}", labels.leave),
    ];
    let style = [Style::Ledger, Style::Cards, Style::Blocks, Style::Notes][(actor % 4) as usize];
    let mut html = if has_html {
        styles::html(style, &name, (actor % 360) as u32, &blocks, labels, &foot)
    } else {
        String::new()
    };
    let text = if has_text { styles::text(&blocks, labels, &foot) } else { String::new() };
    if has_html {
        let filler = size.saturating_sub(html.len() + text.len());
        pad(dice, &mut html, filler);
    }
    let mut files = Vec::new();
    if dice.chance(5) {
        let bytes: Vec<u8> =
            (0..dice.between(1_000, 6_000)).flat_map(|_| dice.bits().to_le_bytes()).collect();
        files.push(File {
            name: format!("{}-{i}.pdf", rare(i)),
            media_type: "application/pdf",
            bytes,
            content_id: None,
        });
    }
    let subject = format!("{} {}", title(&words(dice, labels, 4)), i);
    Draft {
        at,
        zone: 60,
        from: (name.clone(), format!("info@{domain}")),
        to: ("Camille Vasseur".into(), "camille.vasseur@mel.example".into()),
        subject,
        headers: vec![
            (
                "DKIM-Signature".into(),
                format!(
                    "v=1; a=rsa-sha256; d={domain}; s=k; h=from:subject; bh={:x}; b={:x}",
                    dice.bits(),
                    dice.bits()
                ),
            ),
            ("List-Unsubscribe".into(), format!("<https://www.{domain}/l/{i:x}>")),
        ],
        text,
        html,
        files,
        encoding: if dice.chance(30) { Encoding::EightBit } else { Encoding::Quoted },
        label: None,
    }
}

/// Bytes wanted: log-normal by hand, median 12 kB, 95th percentile near 60 kB.
fn size(dice: &mut Dice) -> usize {
    // The sum of twelve uniforms is normal enough (variance 1).
    let normal: f64 = (0..12).map(|_| (dice.bits() % 1_000_000) as f64 / 1e6).sum::<f64>() - 6.0;
    (12_000.0 * (0.98 * normal).exp()).clamp(900.0, 180_000.0) as usize
}

fn prose(dice: &mut Dice, labels: &Labels, bytes: usize) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(&words(dice, labels, 5)))];
    let mut written = 0;
    while written < bytes.min(60_000) {
        let count = 20 + dice.bits() % 60;
        let text = title(&words(dice, labels, count)) + ".";
        written += text.len();
        blocks.push(Block::Say(text));
    }
    blocks
}

fn order(dice: &mut Dice, i: u64, labels: &Labels) -> Vec<Block> {
    let english = labels.hello == "Hello";
    let money = |cents: i64| {
        if english {
            format!("£{}.{:02}", cents / 100, cents % 100)
        } else {
            format!("{},{:02} €", cents / 100, cents % 100)
        }
    };
    let mut subtotal = 0;
    let goods: Vec<Good> = (0..1 + dice.bits() % 6)
        .map(|_| {
            let (cents, quantity) = (dice.between(190, 19_900), dice.between(1, 3));
            subtotal += cents * quantity;
            Good {
                name: title(&words(dice, labels, 3)),
                variant: String::new(),
                sku: format!("{}-{}", rare(dice.bits() % 900).to_uppercase(), dice.bits() % 10_000),
                gtin: String::new(),
                quantity: quantity.to_string(),
                unit: money(cents),
                total: money(cents * quantity),
                seller: String::new(),
                picture: String::new(),
            }
        })
        .collect();
    let names = if english {
        ["Subtotal", "Delivery", "Total", "Order number"]
    } else {
        ["Sous-total", "Livraison", "Total TTC", "Commande n°"]
    };
    let sums = vec![
        (names[0].into(), money(subtotal)),
        (names[1].into(), money(490)),
        (names[2].into(), money(subtotal + 490)),
    ];
    vec![
        Block::Say(format!("{} Camille,", labels.hello)),
        Block::Facts(vec![(names[3].into(), format!("{}", 100_000 + i))]),
        Block::Goods(goods, sums),
    ]
}

/// Markup that says nothing, of which real mails are made.
fn pad(dice: &mut Dice, html: &mut String, bytes: usize) {
    let Some(at) = html.rfind("</body>") else { return };
    let mut filler = String::with_capacity(bytes + 200);
    while filler.len() < bytes {
        let (a, b) = (dice.bits() % 640, dice.bits());
        filler += &format!(
            "<table width=\"{a}\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt\"><tr><td style=\"padding:0 {}px;font-size:0;line-height:0\"><a href=\"https://clic.example/{b:x}\"><img src=\"https://img.example/{b:x}.png\" width=\"{a}\" height=\"1\" alt=\"\" style=\"display:block;border:0\"></a></td></tr></table>\n",
            a % 40
        );
    }
    html.insert_str(at, &filler);
}

fn words(dice: &mut Dice, labels: &Labels, count: u64) -> String {
    let common = if labels.hello == "Hello" { COMMON_EN } else { COMMON_FR };
    let mut out = String::new();
    for i in 0..count {
        if i > 0 {
            out.push(' ');
        }
        // Half the words are the commonest; the others follow Zipf over 400,000.
        if dice.chance(50) {
            out.push_str(dice.pick::<&str>(common));
        } else {
            let u = (dice.bits() % 1_000_000) as f64 / 1e6;
            out.push_str(&rare((400_000f64.powf(u)) as u64));
        }
    }
    out
}

/// The word of this rank, always the same.
fn rare(rank: u64) -> String {
    let n = SYLLABLES.len() as u64;
    let mut word = String::new();
    let mut rest = rank + n;
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % n) as usize]);
        rest /= n;
    }
    word
}

fn title(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
