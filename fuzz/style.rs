//! What the fuzzer calls for the `style` of a hostile mail, and what the seeds run through as plain tests: what
//! is kept names no address, holds no escape, and is kept whole when it comes again.

pub fn style(bytes: &[u8], keep: fn(&str) -> Option<String>) {
    let text = String::from_utf8_lossy(bytes);
    let Some(kept) = keep(&text) else { return };
    assert_eq!(keep(&kept).as_deref(), Some(&*kept));
    let low = kept.to_lowercase();
    for never in ["url(", "image", "expression", "var(", "/*", "\\", "@", "{", "}", "<", ">"] {
        let is_a_font = never == "image" || never == "expression";
        assert!(!low.contains(never) || is_a_font && !low.contains(&format!("{never}(")), "{kept}");
    }
    for property in low.split(';').filter_map(|d| d.split(':').next()) {
        assert!(!["position", "z-index", "content", "transform", "filter"].contains(&property));
    }
}
