//! What the fuzzer calls, and what the seeds run through as plain tests: bytes in, no panic, and
//! what each reader promises.

use mesinfos_reading::canonical::{Quoting, canonical, restore};
use mesinfos_reading::mailbox::{self, Content, Finish, Mark, Seen};
use mesinfos_reading::{Dom, Mail, Page, words};
use std::io::Cursor;
use std::ops::ControlFlow;

/// One message, with all that it holds.
pub fn mail(bytes: &[u8]) {
    let mail = Mail::read(bytes);
    for a in &mail.attachments {
        Mail::content(bytes, a.part);
        if let Some(name) = &a.name {
            let clean = mesinfos_reading::mail::clean_name(name);
            assert!(!clean.is_empty() && !clean.contains(['/', '\\', '\0', '\n']));
        }
    }
    if let Some(html) = &mail.html {
        Page::from_html(&Dom::parse(html));
    }
    let mut inner = mail.inner(0);
    while let Some(mail) = inner {
        inner = mail.inner(0);
    }
}

/// HTML, and every word's place in it.
pub fn html(bytes: &[u8]) {
    let text = words::guess(bytes);
    let dom = Dom::parse(&text);
    let page = Page::from_html(&dom);
    let end = page.text.len() as u32;
    let all = page.source_of(0..end);
    assert!(all.end as usize <= text.len());
    for l in &page.links {
        assert!(page.text.get(l.text.start as usize..l.text.end as usize).is_some());
    }
}

/// The canonical form is its own, and every arrival comes back.
pub fn canonical_form(bytes: &[u8]) {
    for quoting in [Quoting::None, Quoting::Plain, Quoting::Nested] {
        let once = canonical(bytes, quoting);
        assert_eq!(restore(&once.bytes, &once.kept), bytes);
        assert_eq!(canonical(&once.bytes, Quoting::None).bytes, once.bytes);
    }
}

/// An mbox: no byte lost behind the first message.
pub fn mbox(bytes: &[u8]) {
    let head = b"From a@b.example Mon Jan  5 10:00:00 2015\nA: b\n\n";
    let whole = [&head[..], bytes].concat();
    assert_eq!(read_all("m.mbox", &whole), whole);
}

/// A zip, a tar, something compressed.
pub fn archive(bytes: &[u8]) {
    read_all("m.zip", bytes);
}

/// An emlx: its three parts are the file.
pub fn emlx(bytes: &[u8]) {
    read_all("1.emlx", bytes);
}

/// All that is taken, joined.
fn read_all(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (mut mark, mut joined) = (Mark::default(), Vec::new());
    loop {
        let finish = mailbox::read(name, &mut Cursor::new(bytes), mark, &mut |seen| {
            if let Seen::Arrival(a) = seen {
                joined.extend(a.before);
                match a.content {
                    Content::Whole(content) => joined.extend(content),
                    Content::Large(rest) => {
                        rest.read_to_end(&mut joined).expect("memory does not fail");
                    }
                }
                joined.extend(a.after);
            }
            ControlFlow::Continue(())
        });
        match finish.expect("memory does not fail") {
            Finish::Done => return joined,
            Finish::GoOn(next) => {
                assert!(next > mark, "a step goes on");
                mark = next;
            }
        }
    }
}
