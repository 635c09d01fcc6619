//! Bringing mail while pages are served: imports under way, mailboxes followed, mail delivered by
//! others, uploads, Thunderbird on this machine.

mod deposits;
mod follow;
mod forwards;
mod runs;
mod thunderbird;
mod upload;

pub use deposits::{Doors, Post, Takings};
pub use follow::{Followed, Follows};
pub use runs::{Import, Imports, Seen};
pub use thunderbird::{Profile, profiles};
pub use upload::{Upload, are_gone, forget};
