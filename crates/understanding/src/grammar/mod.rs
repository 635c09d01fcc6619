//! The small grammars that all readers share: folded text, money, dates, quantities, codes, labels.

pub mod code;
pub mod currency;
pub mod date;
pub mod day;
pub mod fold;
pub mod lexicon;
pub mod money;
pub mod quantity;
pub mod tracking;
pub mod values;

pub use fold::fold;
pub use lexicon::{Label, Role};
pub use money::Sum;
