//! Bars and columns of our own, in SVG: widths in per cent and heights in pixels, so that the text
//! on them keeps its size at any width. A table stands behind each for those who cannot see it.

use crate::words::{Html, Words};
use jiff::civil::Date;
use mesinfos_domain::Category;
use mesinfos_vault::views::{CategoryCounts, MailMonth, Month};
use std::fmt::Write;

/// One column: what it is worth, and the words above and below it.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Its worth, in whatever unit; negative is drawn as nothing.
    pub worth: i64,
    /// Above it: the figure.
    pub above: String,
    /// Below it: the month.
    pub below: String,
    /// Drawn in the accent, as the running month is.
    pub now: bool,
}

/// The last twelve of these months, each with its worth and the figure above it.
pub fn months(w: &Words, all: &[(Date, i64, String)], label: &str) -> Html {
    let recent = &all[all.len().saturating_sub(12)..];
    let column = |(i, (month, worth, above)): (usize, &(Date, i64, String))| Column {
        worth: *worth,
        above: above.clone(),
        below: w.month_short(month).to_owned(),
        now: i + 1 == recent.len(),
    };
    columns(&recent.iter().enumerate().map(column).collect::<Vec<_>>(), label)
}

/// Mails of the twelve months up to today; by year where all of them are older.
pub fn volume(w: &Words, all: &[MailMonth], today: Date, label: &str) -> Html {
    let first = Month::of(today).index() - 11;
    let is_recent = is_recent(all, today);
    let mut recent: Vec<(Date, i64, String)> = (first..first + 12)
        .filter_map(|i| Some((Month::from_index(i)?.0, 0, String::new())))
        .collect();
    for month in all {
        let place = usize::try_from(month.month.index() - first).ok();
        if let Some(column) = place.and_then(|place| recent.get_mut(place)) {
            let mails = month.counts.total();
            *column = (column.0, mails, w.number(mails));
        }
    }
    if is_recent {
        return months(w, &recent, label);
    }
    let years = by_year(all);
    let column = |(year, counts): &(i16, CategoryCounts)| Column {
        worth: counts.total(),
        above: w.number(counts.total()),
        below: year.to_string(),
        now: false,
    };
    columns(&years[years.len().saturating_sub(12)..].iter().map(column).collect::<Vec<_>>(), label)
}

/// Whether `volume` shows the last twelve months.
pub fn is_recent(all: &[MailMonth], today: Date) -> bool {
    let first = Month::of(today).index() - 11;
    all.iter().any(|m| (first..first + 12).contains(&m.month.index()) && m.counts.total() > 0)
}

/// Mails by year, the oldest first.
pub fn by_year(all: &[MailMonth]) -> Vec<(i16, CategoryCounts)> {
    let mut years: Vec<(i16, CategoryCounts)> = Vec::new();
    for month in all {
        let year = month.month.0.year();
        if years.last().is_none_or(|(last, _)| *last != year) {
            years.push((year, CategoryCounts::default()));
        }
        if let Some((_, counts)) = years.last_mut() {
            Category::ALL.into_iter().for_each(|c| counts.add(c, month.counts.of(c)));
        }
    }
    years
}

/// Height of the tallest column, in pixels.
const TALL: i64 = 150;
/// Where the columns stand.
const FLOOR: i64 = 172;
/// Fewer columns than these leave room to their right: a single one is no wall.
const FEW: usize = 6;

/// Columns with their figures; `label` is what a reader hears instead.
pub fn columns(columns: &[Column], label: &str) -> Html {
    let most = columns.iter().map(|c| c.worth).max().unwrap_or(0).max(1);
    let step = 100.0 / columns.len().max(FEW) as f64;
    let mut svg = String::with_capacity(columns.len() * 260);
    // Writing to a string cannot fail, here and below.
    let _ = write!(svg, r#"<svg class="cols" role="img" aria-label="{}">"#, Html::text(label));
    for (i, column) in columns.iter().enumerate() {
        let height = (column.worth.max(0) * TALL / most).max(i64::from(column.worth > 0));
        let (left, middle) = (step * (i as f64 + 0.14), step * (i as f64 + 0.5));
        let (past, on) = if column.now { ("", r#" class="on""#) } else { (r#" class="past""#, "") };
        let top = FLOOR - height;
        let _ = write!(
            svg,
            "<rect{past} x=\"{left:.2}%\" y=\"{top}\" width=\"{:.2}%\" height=\"{height}\" rx=\"2\"/>",
            step * 0.72
        );
        if column.worth > 0 {
            let _ = write!(
                svg,
                "<text{on} x=\"{middle:.2}%\" y=\"{}\">{}</text>",
                top - 6,
                Html::text(&column.above)
            );
        }
        let _ = write!(
            svg,
            "<text{on} x=\"{middle:.2}%\" y=\"190\">{}</text>",
            Html::text(&column.below)
        );
    }
    svg.push_str(r#"<line x1="0" x2="100%" y1="172.5" y2="172.5"/></svg>"#);
    Html::rendered(svg)
}

/// A bar beside its number: `parts` are (class, share in thousandths) from the left; what remains
/// is pale. Hidden from readers, who have the number.
pub fn bar(parts: &[(&str, u64)], class: &str) -> Html {
    let mut svg = format!(r#"<svg class="bar {class}" aria-hidden="true">"#);
    let mut left = 0.0;
    for (class, share) in parts {
        let width = (*share).min(1000) as f64 / 10.0;
        if width > 0.0 {
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{left:.1}%\" width=\"{width:.1}%\" height=\"100%\" rx=\"1\"/>"
            );
            left += width;
        }
    }
    svg.push_str("</svg>");
    Html::rendered(svg)
}

/// A row of small columns without words: the course of one thing over time.
pub fn spark(worths: &[u64], most: u64) -> Html {
    let step = 100.0 / worths.len().max(2 * FEW) as f64;
    let mut svg = String::from(r#"<svg class="spark" aria-hidden="true">"#);
    for (i, worth) in worths.iter().enumerate() {
        let height = (worth * 26 / most.max(1)).clamp(u64::from(*worth > 0), 26);
        let _ = write!(
            svg,
            "<rect x=\"{:.2}%\" y=\"{}\" width=\"{:.2}%\" height=\"{height}\"/>",
            step * i as f64,
            26 - height,
            step * 0.8
        );
    }
    svg.push_str("</svg>");
    Html::rendered(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tallest_column_has_full_height_and_words_are_escaped() {
        let column = |worth, below: &str| Column {
            worth,
            above: worth.to_string(),
            below: below.to_owned(),
            now: false,
        };
        let svg = columns(&[column(100, "<i>"), column(50, "mai"), column(0, "juin")], "a \"b\"")
            .to_string();
        assert!(
            svg.contains("height=\"150\"")
                && svg.contains("height=\"75\"")
                && svg.contains("height=\"0\"")
        );
        assert!(svg.contains("&lt;i&gt;") && svg.contains("a &quot;b&quot;"), "{svg}");
        assert!(!columns(&[], "nothing").is_empty());
    }

    #[test]
    fn a_bar_never_grows_past_its_width() {
        assert!(bar(&[("a", 5000)], "").to_string().contains("width=\"100.0%\""));
        assert!(spark(&[0, 3], 0).to_string().contains("<rect"));
    }
}
