//! The report of an import in sentences that add up.

use crate::words::Words;
use mesinfos_vault::import::Report;

/// One line of a table: what, a word more, how many.
pub(super) struct Line {
    pub what: String,
    pub more: String,
    pub count: u64,
    pub warns: bool,
    pub address: Option<&'static str>,
}

fn line(w: &Words, key: &str, count: u64) -> Line {
    Line { what: w.t(key), more: String::new(), count, warns: false, address: None }
}

/// What arrived: the lines add up to all arrivals.
pub(super) fn arrived(w: &Words, r: &Report) -> Vec<Line> {
    let lost: u64 = r.not_understood.values().sum();
    let apart = r.sent + r.spam + r.trash + r.drafts + r.chats;
    let known = r.known_messages;
    let read = r.arrivals.saturating_sub(known + apart + lost + r.suspected);
    let mut lines = vec![line(w, "import-understood", read)];
    let more = |key: &str, count, more: &str| Line { more: w.t(more), ..line(w, key, count) };
    let others = [
        line(w, "import-known", known),
        more("import-sent", r.sent, "import-sent-more"),
        more("import-spam", r.spam + r.trash, "import-apart-more"),
        more("import-drafts", r.drafts + r.chats, "import-apart-more"),
        more("import-suspected", r.suspected, "import-suspected-more"),
        Line {
            warns: true,
            more: reasons(w, &r.not_understood),
            ..line(w, "import-not-understood", lost)
        },
    ];
    lines.extend(others.into_iter().filter(|l| l.count > 0));
    lines
}

/// What the mails held.
pub(super) fn found(w: &Words, r: &Report) -> Vec<Line> {
    let to = |key: &str, count, address| Line { address: Some(address), ..line(w, key, count) };
    vec![
        to("import-actors", r.actors, "/actors"),
        to("import-orders", r.orders, "/purchases"),
        to("import-offers", r.offers, "/offers?over=1"),
    ]
}

/// What a person should know beside the counts: files not taken, not read, unchanged.
pub(super) fn odd(w: &Words, r: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if r.unchanged_files > 0 {
        lines.push(w.n("import-unchanged", r.unchanged_files));
    }
    for (code, count) in &r.skipped {
        let key = format!("skipped-{code}");
        if !w.knows(&key) {
            continue;
        }
        let example = r.examples.get(code).map(|e| crate::words::isolate(e).into_owned());
        let said = w.n(&key, *count);
        lines.push(match example {
            Some(example) => {
                w.say("import-example").arg("said", said).arg("example", example).to_string()
            }
            None => said,
        });
    }
    for (path, error) in &r.failed {
        let path = crate::words::isolate(path).into_owned();
        let error = crate::words::isolate(error).into_owned();
        lines.push(w.say("import-failed").arg("path", path).arg("error", error).to_string());
    }
    lines
}

/// `117 abîmés, 3 trop gros`.
fn reasons(w: &Words, counts: &std::collections::BTreeMap<String, u64>) -> String {
    let said: Vec<String> = counts
        .iter()
        .map(|(code, count)| {
            let key = format!("unread-{code}");
            if w.knows(&key) { w.n(&key, *count) } else { w.n("unread-other", *count) }
        })
        .collect();
    w.list(&said)
}
