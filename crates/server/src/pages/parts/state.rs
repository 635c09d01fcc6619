//! States: a sign and a word; the warm colour only where time or money is lost.

use crate::words::{Html, Words};
use mesinfos_domain::OrderStatus;

/// The voice of a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Done and well: ✓.
    Ok,
    /// Under way: →.
    Going,
    /// Asks for the person: !.
    Bad,
    /// Ended without: ×.
    No,
    /// Neither: ○.
    Plain,
}

/// A sign and a word.
pub fn state(tone: Tone, word: &str) -> Html {
    let class = match tone {
        Tone::Ok => " ok",
        Tone::Going => " go",
        Tone::Bad => " bad",
        Tone::No => " no",
        Tone::Plain => "",
    };
    Html::rendered(format!(r#"<span class="st{class}">{}</span>"#, Html::text(word)))
}

/// The state of an order.
pub fn order_state(w: &Words, status: OrderStatus) -> Html {
    use OrderStatus::*;
    let tone = match status {
        Delivered | Completed | Refunded | Returned => Tone::Ok,
        PartiallyShipped | Shipped | OutForDelivery | ReadyForPickup | Processing => Tone::Going,
        Delayed | Pending => Tone::Bad,
        Cancelled => Tone::No,
        Confirmed | Paid | Booked | Invoiced | PartiallyRefunded | Return => Tone::Plain,
    };
    state(tone, &w.t(&format!("status-{}", status.code().replace('_', "-"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    #[test]
    fn every_stage_has_its_word_in_both_languages() {
        for locale in Locale::ALL {
            for status in OrderStatus::ALL {
                let html = order_state(Words::of(locale), status).to_string();
                assert!(!html.contains("status-"), "{html}");
            }
        }
    }
}
