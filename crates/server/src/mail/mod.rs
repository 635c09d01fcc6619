//! Showing what arrived, which is hostile: bodies, attachments, names.

mod attachment;
mod body;
mod mark;
mod paper;
mod sanitise;
mod style;

pub use attachment::{Shown, clean_name, disposition, shown};
pub use body::{Form, anchors, body, form};
pub use mark::{Mark, light_html, light_text};
pub use paper::{Paper, paper};
pub use sanitise::{Clean, Remote, sanitise};
