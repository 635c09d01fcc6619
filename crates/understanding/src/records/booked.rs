//! Appointments, tables, seats and trips that a letter confirms or recalls in words: when.

use super::fact;
use crate::Letter;
use crate::folded::Folded;
use crate::grammar::{date, day};
use crate::phrases::Phrases;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use mesinfos_domain::{Category, Fact, OrderStatus, Understood};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../data/bookings.txt")));

/// As much of a letter as is searched.
const TEXT_BYTES: usize = 3_000;
/// How far a time of day may stand from its day, in bytes.
const NEAR: usize = 40;
/// Nobody books further ahead, in days.
const AHEAD: i64 = 500;

/// The reservation that a letter speaks of, in the form that markup would give it.
pub fn read(letter: &Letter<'_>, understood: &Understood) -> Option<(Value, Fact)> {
    let fits = match (&understood.order, understood.category) {
        (Some(order), Category::Transaction) => {
            let booked = matches!(order.status, Some(OrderStatus::Booked | OrderStatus::Cancelled));
            booked || order.parcels.is_empty() && order.lines.is_empty()
        }
        (_, category) => matches!(category, Category::Transaction | Category::Notification),
    };
    if !fits {
        return None;
    }
    let near = letter.date.and_then(date::day_of)?;
    let hints = date::Hints { language: understood.language, near: Some(near) };
    let text = crate::letter::head(&letter.page.text, TEXT_BYTES);
    let (in_subject, in_text) = (said(&letter.subject), said(text));
    if !in_subject.is_booked && !in_text.is_booked {
        return None;
    }
    let of_subject = moment(&letter.subject, hints, near).map(|m| (m, true));
    let ((day, time, at), is_subject) =
        of_subject.or_else(|| moment(text, hints, near).map(|m| (m, false)))?;
    let is_off = in_subject.is_off || in_text.is_off;
    let status = if is_off { "ReservationCancelled" } else { "ReservationConfirmed" };
    let reservation = json!({
        "@type": "Reservation",
        "reservationStatus": format!("https://schema.org/{status}"),
        "reservationFor": {"@type": "Event", "startDate": day.to_datetime(time).to_string()},
    });
    Some((reservation, fact(letter, at, is_subject, "day-and-time-of-a-booking", 70)))
}

struct Said {
    is_booked: bool,
    is_off: bool,
}

fn said(text: &str) -> Said {
    let (booked, off) = (PHRASES.set("booked"), PHRASES.set("off"));
    let mut said = Said { is_booked: false, is_off: false };
    PHRASES.find(&Folded::of(text), |set, _| {
        said.is_booked |= set == booked;
        said.is_off |= set == off;
    });
    said
}

/// The first day to come with a time of day beside it, and where both stand.
fn moment(text: &str, hints: date::Hints, near: Date) -> Option<(Date, Time, Range<usize>)> {
    let end = near.checked_add(AHEAD.days()).ok()?;
    let mut start = 0;
    for line in text.split('\n') {
        let base = start;
        start += line.len() + 1;
        if line.len() > 600 || !line.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let mut days = date::dates(line, hints);
        if days.is_empty() {
            days = day::relative(line, near);
        }
        for day in days.into_iter().filter(|d| d.date >= near && d.date <= end) {
            let times = day::times(line);
            let beside = |t: &(Range<usize>, Time)| {
                let (time, day) = (&t.0, &day.at);
                time.start >= day.end && time.start - day.end <= NEAR
                    || day.start >= time.end && day.start - time.end <= NEAR / 2
            };
            // "le 12 mars, de 14h à 15h": the first begins it.
            if let Some((at, time)) = times.into_iter().find(beside) {
                let whole = day.at.start.min(at.start)..day.at.end.max(at.end);
                return Some((day.date, time, base + whole.start..base + whole.end));
            }
        }
    }
    None
}
