//! The frame's document: the body alone, cleaned, under its own policy.

use super::read;
use crate::mail::{Remote, body, form, paper};
use crate::words::Words;
use crate::{Error, Visitor, door};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use mesinfos_domain::MessageId;

/// How a body is asked for.
#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    /// `text`: the plain text.
    #[serde(default, rename = "as")]
    pub as_form: String,
    /// `1`: remote pictures too.
    #[serde(default)]
    pub pictures: String,
}

impl Asked {
    pub fn remote(&self) -> Remote {
        if self.pictures == "1" { Remote::Shown } else { Remote::LeftOut }
    }

    pub fn is_text(&self) -> bool {
        self.as_form == "text"
    }
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<MessageId>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let (bytes, mail, facts) = read(&visitor, id).await?;
    let w = Words::of(visitor.locale);
    let remote = asked.remote();
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|e| Error::Broken(format!("no randomness: {e}")))?;
    let secret = door::hex(&random);
    let title = w.t("mail-paper");
    // Sanitising a large mail takes a while: not on the threads that answer.
    let paper = tokio::task::spawn_blocking(move || {
        let form = form(&mail, &facts, asked.is_text());
        let clean = body(&mail, &bytes, &facts, form, remote, &secret);
        paper(&clean, remote, &title, w.lang())
    });
    let paper = paper.await.map_err(|e| Error::Broken(e.to_string()))?;
    let headers = HeaderMap::from_iter([
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(paper.policy)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ]);
    Ok((headers, Html(paper.html)))
}
