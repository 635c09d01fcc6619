//! The person's word on purchases: it wins over what was read and survives every re-reading,
//! because it names mails and not purchases.

use crate::mail::OrderMail;
use mesinfos_domain::{Line, MessageId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the person said about purchases.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// These mails are no orders.
    pub not_orders: BTreeSet<MessageId>,
    /// The purchases of these two mails are one.
    pub merges: Vec<(MessageId, MessageId)>,
    /// These mails stand alone, whatever they share with others (unless merged by name).
    pub splits: BTreeSet<MessageId>,
    /// Lines edited: the mail and the line's place in it as read.
    pub lines: BTreeMap<(MessageId, usize), LineEdit>,
    /// Mails whose sums the person looked at and found right: no longer doubtful.
    pub confirmed: BTreeSet<MessageId>,
}

/// What became of a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEdit {
    /// It is no line of the order.
    Removed,
    /// It reads so. A place past the last line adds one.
    Is(Box<Line>),
}

impl Word {
    /// Whether a line of this mail was edited: its lines then win over those of other mails.
    pub(crate) fn touches(&self, message: MessageId) -> bool {
        self.lines.range((message, 0)..=(message, usize::MAX)).next().is_some()
    }

    /// Puts the person's lines in place of those read. A removed line is kept as an empty one, so
    /// that the places of the others stay what they were; [`is_removed`] tells it.
    pub(crate) fn edit(&self, mail: &mut OrderMail) {
        for ((_, place), edit) in self.lines.range((mail.message, 0)..=(mail.message, usize::MAX)) {
            let line = match edit {
                LineEdit::Removed => Line::default(),
                LineEdit::Is(line) => (**line).clone(),
            };
            match mail.order.lines.get_mut(*place) {
                Some(read) => *read = line,
                None => mail.order.lines.push(line),
            }
        }
    }
}

/// A line that the person removed.
pub(crate) fn is_removed(line: &Line) -> bool {
    line.name.is_empty() && line.total.is_none() && line.unit_price.is_none()
}
