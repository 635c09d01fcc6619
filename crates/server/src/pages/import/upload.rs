//! Receiving files: streamed to the disk, as large as it has room for, then read from there.

use super::begin::go;
use super::show::with;
use crate::bring::Upload;
use crate::{Error, Visitor};
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::path::PathBuf;
use std::time::Duration;

/// Longest silence of a browser that sends.
const SILENCE: Duration = Duration::from_secs(60);
/// Files at once.
const FILES: usize = 1_000;

pub(super) async fn receive(visitor: Visitor, mut form: Multipart) -> Result<Response, Error> {
    // The token stands first in the form: no byte of a file is taken before it is checked.
    let first = form.next_field().await.map_err(odd)?;
    let token = match first {
        Some(field) if field.name() == Some("csrf") => field.text().await.map_err(odd)?,
        _ => return Err(Error::Forbidden),
    };
    visitor.check(&token)?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(odd)? {
        let is_file = field.file_name().is_some_and(|name| !name.is_empty());
        if is_file && files.len() < FILES {
            files.push(keep(&visitor, field).await?);
        }
    }
    if files.is_empty() {
        let page = with(&visitor, false, Some("import-no-file"), String::new()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    go(&visitor, files).await
}

async fn keep(visitor: &Visitor, mut field: Field<'_>) -> Result<PathBuf, Error> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut upload = Upload::begin(visitor.state().store(), visitor.person, &name).await?;
    loop {
        let next = tokio::time::timeout(SILENCE, field.chunk()).await;
        match next {
            Ok(Ok(Some(bytes))) => upload.take(&bytes).await?,
            Ok(Ok(None)) => return upload.finish().await,
            Ok(Err(error)) => return Err(odd(error)),
            Err(_) => return Err(Error::Invalid("the upload fell silent".into())),
        }
    }
}

fn odd(error: axum::extract::multipart::MultipartError) -> Error {
    Error::Invalid(error.to_string())
}
