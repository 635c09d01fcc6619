//! How fast mail is read: `cargo bench -p mesinfos-reading`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mesinfos_reading::canonical::{Quoting, canonical};
use mesinfos_reading::mailbox::{self, Mark};
use mesinfos_reading::{Dom, Mail, Page};
use std::fmt::Write;
use std::io::Cursor;
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

/// An ordinary newsletter or order: nested tables, a style on nearly every element.
fn html(rows: usize) -> String {
    let mut out = String::from(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>.mobile{width:100%} @media only screen and (max-width:600px){.mobile{display:block!important}}</style></head><body style=\"margin:0;padding:0;background-color:#f4f4f4\"><div style=\"display:none;max-height:0;overflow:hidden\">Votre commande est en route&nbsp;&zwnj;&nbsp;&zwnj;</div><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\">\n",
    );
    for n in 0..rows {
        let _ = write!(
            out,
            "<table class=\"mobile\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"border-collapse:collapse;background-color:#ffffff\">\n  <tr>\n    <td width=\"80\" style=\"padding:12px 24px;vertical-align:top\"><a href=\"https://boutique.example/produit/{n}?utm_source=mail&amp;utm_medium=email\" style=\"color:#1a73e8;text-decoration:none\"><img src=\"https://img.boutique.example/p/{n}.jpg\" width=\"80\" height=\"80\" alt=\"Lampe de bureau {n}\" style=\"display:block;border:0\"></a></td>\n    <td style=\"padding:12px 24px;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333\">Lampe de bureau articul&eacute;e, mod&egrave;le {n}<br><span style=\"color:#777777;font-size:12px\">R&eacute;f&eacute;rence LB-{n:05} &ndash; quantit&eacute; 2</span></td>\n    <td align=\"right\" style=\"padding:12px 24px;font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#333333\">{},90&nbsp;&euro;</td>\n  </tr>\n</table>\n",
            n + 12
        );
    }
    out.push_str("</td></tr></table></body></html>");
    out
}

fn mail(rows: usize) -> Vec<u8> {
    let html = html(rows);
    format!(
        "Received: from a.example by b.example; Tue, 24 Nov 2026 10:00:00 +0100\r\nDKIM-Signature: v=1; a=rsa-sha256; d=boutique.example; s=s1;\r\n\tbh=AAAA; b=BBBB\r\nFrom: =?utf-8?Q?La_boutique_=C3=A9l=C3=A9gante?= <commande@boutique.example>\r\nTo: anne@mail.example\r\nSubject: =?utf-8?Q?Votre_commande_n=C2=B0_2026-1187?=\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <{rows}@boutique.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVotre commande est en route.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n--b--\r\n",
        html.replace('\n', "\r\n")
    )
    .into_bytes()
}

#[divan::bench]
fn dom(bencher: Bencher<'_, '_>) {
    let html = html(30);
    bencher.counter(BytesCount::of_str(&html)).bench(|| Dom::parse(black_box(&html)).len());
}

#[divan::bench]
fn dom_and_page(bencher: Bencher<'_, '_>) {
    let html = html(30);
    bencher
        .counter(BytesCount::of_str(&html))
        .bench(|| Page::from_html(&Dom::parse(black_box(&html))).text.len());
}

#[divan::bench]
fn whole_mail(bencher: Bencher<'_, '_>) {
    let mail = mail(30);
    bencher.counter(BytesCount::new(mail.len())).bench(|| Mail::read(black_box(&mail)).html);
}

#[divan::bench]
fn canonical_form(bencher: Bencher<'_, '_>) {
    let mail = mail(30);
    bencher
        .counter(BytesCount::new(mail.len()))
        .bench(|| canonical(black_box(&mail), Quoting::Nested).sha256);
}

#[divan::bench]
fn mbox_split(bencher: Bencher<'_, '_>) {
    let mut mbox = Vec::new();
    for n in 0..2000 {
        mbox.extend(b"From a@b.example Mon Jan  5 10:00:00 2015\r\n");
        mbox.extend(mail(n % 40));
        mbox.extend(b"\r\n");
    }
    bencher.counter(BytesCount::new(mbox.len())).bench(|| {
        let mut count = 0;
        mailbox::read("m.mbox", &mut Cursor::new(&mbox), Mark::default(), &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        })
        .map(|_| assert_eq!(count, 2000))
    });
}
