//! Where the mails of the three years are written down.

use crate::dice::Dice;
use crate::letter::{Block, FR, Labels};
use crate::mime::{Draft, Encoding, File, hash};
use crate::styles::{self, Style};
use jiff::civil::Date;
use jiff::{ToSpan, ZonedDateTime, tz::TimeZone};

/// The owner of the mailbox.
pub const OWNER: (&str, &str) = ("Camille Vasseur", "camille.vasseur@mel.example");

/// The mails so far, and the chance that makes the next ones.
pub struct Diary {
    /// Chance.
    pub dice: Dice,
    /// The last day.
    pub until: Date,
    /// What was written.
    pub mails: Vec<Draft>,
    zone: TimeZone,
}

/// Who writes, and in which form.
pub struct Sender<'a> {
    /// Name shown in From.
    pub name: &'a str,
    /// Address in From.
    pub address: &'a str,
    /// Organisation's name, at the head of the mail.
    pub brand: &'a str,
    /// Its site.
    pub site: &'a str,
    /// Layout.
    pub style: Style,
    /// Colour.
    pub hue: u32,
    /// Words.
    pub labels: &'static Labels,
    /// Lines at the foot; `words||address` is a link.
    pub foot: Vec<String>,
    /// Sending service that signs, or empty.
    pub service: &'a str,
    /// Whether it can be left: List-Unsubscribe.
    pub bulk: bool,
}

impl Diary {
    /// An empty diary that ends on this day.
    pub fn new(seed: u64, until: Date) -> Diary {
        let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
        Diary { dice: Dice::new(seed), until, mails: Vec::new(), zone }
    }

    /// The day so many days before the last.
    pub fn day(&self, ago: i64) -> Date {
        self.until.saturating_sub(ago.days())
    }

    /// An instant on a day, at an hour by day: seconds since 1970 and minutes east.
    pub fn at(&mut self, ago: i64, hour: i64) -> (i64, i32) {
        let minute = self.dice.between(0, 59);
        let moment = self.day(ago).at(hour as i8, minute as i8, self.dice.between(0, 59) as i8, 0);
        let zoned: Option<ZonedDateTime> = moment.to_zoned_datetime(self.zone.clone()).ok();
        zoned.map_or((0, 0), |z| (z.timestamp().as_second(), z.offset().seconds() / 60))
    }

    /// Writes a mail of an organisation; returns its place, to add files to it.
    pub fn write(
        &mut self,
        ago: i64,
        hour: i64,
        from: &Sender<'_>,
        subject: &str,
        blocks: &[Block],
    ) -> usize {
        let (at, zone) = self.at(ago, hour);
        let mut foot = from.foot.clone();
        let mut headers = Vec::new();
        let own = from.address.rsplit('@').next().unwrap_or_default();
        let signer = if from.service.is_empty() { own } else { from.service };
        headers.push(("Return-Path".into(), format!("<retour-{:x}@{signer}>", at & 0xffff)));
        headers.push(("Delivered-To".into(), OWNER.1.into()));
        headers.push(("Authentication-Results".into(), format!("mx.mel.example; dkim=pass header.d={signer}; spf=pass smtp.mailfrom={signer}; dmarc=pass header.from={own}")));
        headers.push((
            "DKIM-Signature".into(),
            format!(
                "v=1; a=rsa-sha256; d={signer}; s=k1; h=from:subject:date; bh={:x}=; b={:x}=",
                hash(subject),
                at
            ),
        ));
        if from.bulk {
            let leave = format!(
                "https://{}/desabonnement/{:x}",
                if from.service.is_empty() { from.site } else { from.service },
                hash(subject) & 0xff_ffff
            );
            headers.push(("List-Unsubscribe".into(), format!("<{leave}>")));
            headers.push(("List-Unsubscribe-Post".into(), "List-Unsubscribe=One-Click".into()));
            headers.push(("Precedence".into(), "bulk".into()));
            foot.push(format!("{}||{leave}", from.labels.leave));
        }
        let html = styles::html(from.style, from.brand, from.hue, blocks, from.labels, &foot);
        let has_text = html.is_empty() || self.dice.chance(60);
        let text = if has_text { styles::text(blocks, from.labels, &foot) } else { String::new() };
        let encoding = *self.dice.pick(&[
            Encoding::Quoted,
            Encoding::Quoted,
            Encoding::Base64,
            Encoding::Latin9,
            Encoding::EightBit,
        ]);
        self.mails.push(Draft {
            at,
            zone,
            from: (from.name.into(), from.address.into()),
            to: (OWNER.0.into(), OWNER.1.into()),
            subject: subject.into(),
            headers,
            text,
            html,
            files: Vec::new(),
            encoding,
            label: None,
        });
        self.mails.len() - 1
    }

    /// Adds a file to a mail.
    pub fn attach(&mut self, mail: usize, file: File) {
        self.mails[mail].files.push(file);
    }

    /// A mail between people, by hand.
    pub fn person(
        &mut self,
        ago: i64,
        hour: i64,
        from: (&str, &str),
        to: (&str, &str),
        subject: &str,
        text: &str,
    ) -> usize {
        let (at, zone) = self.at(ago, hour);
        let sent = from.1 == OWNER.1;
        let mut headers = Vec::new();
        if subject.starts_with("Re") {
            headers.push(("In-Reply-To".into(), format!("<{:x}@mel.example>", hash(subject))));
        }
        self.mails.push(Draft {
            at,
            zone,
            from: (from.0.into(), from.1.into()),
            to: (to.0.into(), to.1.into()),
            subject: subject.into(),
            headers,
            text: text.into(),
            html: String::new(),
            files: Vec::new(),
            encoding: Encoding::Quoted,
            label: sent.then_some("Messages envoyés"),
        });
        self.mails.len() - 1
    }
}

impl<'a> Sender<'a> {
    /// A body that writes in French from its own server.
    pub fn body(b: &'a crate::actors::Body, style: Style, hue: u32) -> Sender<'a> {
        Sender {
            name: b.name,
            address: b.address,
            brand: b.name,
            site: b.site,
            style,
            hue,
            labels: &FR,
            foot: vec![format!("{}||https://www.{}/", b.name, b.site)],
            service: "",
            bulk: false,
        }
    }

    /// The same, as a mailing that can be left.
    pub fn bulk(mut self) -> Sender<'a> {
        self.bulk = true;
        self
    }
}

/// `lundi 4 mai 2026`-like dates without the weekday, in the language of the labels.
pub fn long_date(day: Date, labels: &Labels) -> String {
    const FR_M: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const EN_M: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DE_M: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let m = day.month() as usize - 1;
    match labels.hello {
        "Hello" => format!("{} {} {}", day.day(), EN_M[m], day.year()),
        "Guten Tag" => format!("{}. {} {}", day.day(), DE_M[m], day.year()),
        _ if day.day() == 1 => format!("1er {} {}", FR_M[m], day.year()),
        _ => format!("{} {} {}", day.day(), FR_M[m], day.year()),
    }
}

/// `octobre 2026`.
pub fn month(day: Date) -> String {
    long_date(day, &FR).split_once(' ').map(|(_, m)| m.to_owned()).unwrap_or_default()
}

/// Cents as this shop prints them.
pub fn price(cents: i64, currency: &str, labels: &Labels) -> String {
    let (whole, part) = (cents.abs() / 100, cents.abs() % 100);
    let sign = if cents < 0 { "-" } else { "" };
    match labels.hello {
        "Hello" => format!("{sign}{currency}{whole}.{part:02}"),
        _ if whole >= 1000 => {
            format!("{sign}{}\u{202f}{:03},{part:02}\u{a0}{currency}", whole / 1000, whole % 1000)
        }
        _ => format!("{sign}{whole},{part:02}\u{a0}{currency}"),
    }
}

/// A plain square of colour as PNG, for product pictures.
pub fn picture(hue: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let tone = |shift: u32| (((hue + shift) % 360) * 255 / 360) as u8;
    let pixels: Vec<u8> = (0..80 * 80)
        .flat_map(|i| {
            if (i / 80 + i % 80) % 20 < 4 {
                [245, 245, 240]
            } else {
                [tone(0), tone(120), tone(240)]
            }
        })
        .collect();
    let mut encoder = png::Encoder::new(&mut bytes, 80, 80);
    encoder.set_color(png::ColorType::Rgb);
    if let Ok(mut writer) = encoder.write_header() {
        // Writing into memory does not fail; a picture less would not matter either.
        let _ = writer.write_image_data(&pixels);
    }
    bytes
}

/// A one-page PDF with these lines.
pub fn pdf(lines: &[String]) -> Vec<u8> {
    let ascii = |s: &str| {
        s.chars()
            .map(|c| if c.is_ascii() && !"()\\".contains(c) { c } else { '?' })
            .collect::<String>()
    };
    let shown: String = lines.iter().map(|l| format!("({}) Tj T*\n", ascii(l))).collect();
    let stream = format!("BT /F1 12 Tf 60 780 Td 16 TL\n{shown}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let table = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    out.into_bytes()
}
