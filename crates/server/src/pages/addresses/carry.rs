//! All addresses as a file to take away: what a person needs who moves to another host, or whose host
//! closes.

use crate::words::Words;
use crate::{Error, Visitor};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use mesinfos_vault::days;
use mesinfos_vault::directory::AddressState;
use mesinfos_vault::views::{self, Given};

/// `/addresses/tell.csv`: one line for each address, those that still take mail first.
pub(super) async fn file(visitor: Visitor) -> Result<Response, Error> {
    let w = Words::of(visitor.locale);
    let mut all = visitor
        .store(|store, vault| {
            views::given_addresses(vault, &store.directory().addresses(vault.person())?)
        })
        .await?;
    all.sort_by_key(|g| (g.state == AddressState::Closed, std::cmp::Reverse(g.mails)));
    // Spreadsheets take a file without this mark for another encoding.
    let mut out = format!("\u{feff}{}\r\n", w.t("dedicated-columns"));
    for given in &all {
        out.push_str(&line(w, given));
    }
    let name = format!("attachment; filename=\"{}.csv\"", w.t("dedicated-file-name"));
    let head = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((head, out).into_response())
}

fn line(w: &Words, given: &Given) -> String {
    let state = match given.state {
        AddressState::Open => "dedicated-open",
        AddressState::Paused => "dedicated-paused",
        AddressState::Closed => "dedicated-closed",
    };
    let day = |at: jiff::Timestamp| days::day(at.as_microsecond()).to_string();
    let strangers = given.strangers.iter().filter(|s| !s.is_carrier);
    let others: Vec<&str> =
        strangers.map(|s| s.actor.as_ref().map_or(s.from.as_str(), |a| a.name.as_str())).collect();
    let who = given.given_to.as_ref();
    let fields = [
        who.map_or(given.label.clone(), |a| a.name.clone()),
        who.and_then(|a| a.domain.clone()).unwrap_or_default(),
        given.address.clone(),
        w.t(state),
        day(given.made),
        given.mails.to_string(),
        given.last.as_ref().map(|m| day(m.at)).unwrap_or_default(),
        others.join("; "),
    ];
    let fields: Vec<String> = fields.iter().map(|f| field(f)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field as RFC 4180 has it. A stranger's words must not be a formula to whoever opens the file.
fn field(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let is_formula = text.starts_with(['=', '+', '-', '@']);
    let text = if is_formula { format!("'{text}") } else { text };
    if text.contains([',', '"', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_one_field_and_no_formula() {
        assert_eq!(field("Fnac, Paris \"x\"\r\n"), "\"Fnac, Paris \"\"x\"\"  \"");
        assert_eq!(field("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(field("Fnac"), "Fnac");
    }
}
