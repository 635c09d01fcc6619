//! The pieces that several pages are made of: pictures, states, bars, addresses, pages of a list.

mod address;
mod chart;
mod picture;
mod state;

pub use address::{Address, Pager};
pub use chart::{bar, by_year, is_recent, months, spark, volume};
pub use picture::{actor, picture};
pub use state::{Tone, order_state, state};
