//! Bringing mail while pages are served: imports under way, mailboxes followed, uploads, Thunderbird
//! on this machine.

mod follow;
mod runs;
mod thunderbird;
mod upload;

pub use follow::{Followed, Follows};
pub use runs::{Import, Imports, Seen};
pub use thunderbird::{Profile, profiles};
pub use upload::{Upload, are_gone, forget};
