//! The document inside the frame: a cleaned mail on white paper, under its own policy.

use super::{Clean, Remote};

/// A whole document and the policy it is served under.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// The document.
    pub html: String,
    /// Its Content-Security-Policy.
    pub policy: &'static str,
}

/// No script, nothing remote, no form, framed by our own pages only. Links open in a tab of their
/// own, hence the two exceptions to the sandbox.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'self'; \
    sandbox allow-popups allow-popups-to-escape-sandbox";
const POLICY_WITH_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; \
    img-src data: https:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; \
    sandbox allow-popups allow-popups-to-escape-sandbox";

const STYLE: &str = ":root{color-scheme:only light}\
    body{margin:0;padding:24px 20px;background:#fff;color:#222;\
    font:15px/1.5 Arial,\"Liberation Sans\",Lato,sans-serif;overflow-wrap:break-word}\
    img{max-width:100%;height:auto}table{max-width:100%}\
    .plain{white-space:pre-wrap;font-family:ui-monospace,\"DejaVu Sans Mono\",monospace;\
    font-size:14px;margin:0}\
    mark{background:#d3e9e8;color:#123;padding:1px 2px;border-radius:2px;scroll-margin:90px}\
    mark:target,mark:target mark{background:#0a5560;color:#fff}\
    @media(max-width:600px){body{padding:16px 12px}\
    table,td,th{width:auto!important;min-width:0!important}}\
    mark:empty{padding:0}mark:empty:target{outline:3px solid #0a5560;padding:4px}";

/// Puts a cleaned fragment on paper. `title` is ours, `language` a BCP 47 code.
pub fn paper(clean: &Clean, remote: Remote, title: &str, language: &str) -> Paper {
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"referrer\" content=\"no-referrer\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{}</body></html>",
        clean.html
    );
    let policy = match remote {
        Remote::LeftOut => POLICY,
        Remote::Shown => POLICY_WITH_PICTURES,
    };
    Paper { html, policy }
}
