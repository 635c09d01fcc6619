//! Bringing mail while pages are served: imports under way, uploads, Thunderbird on this machine.

mod runs;
mod thunderbird;
mod upload;

pub use runs::{Import, Imports, Seen};
pub use thunderbird::{Profile, profiles};
pub use upload::{Upload, are_gone, forget};
