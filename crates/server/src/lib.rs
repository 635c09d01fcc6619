//! One port: the person's pages, in French and English.
//!
//! - [`words`]: sentences, sums and dates in both languages
//! - [`assets`]: style sheet, script and icons, embedded
//! - [`pages`]: the frame and each page

pub mod assets;
pub mod pages;
pub mod words;
