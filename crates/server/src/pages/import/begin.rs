//! Beginning an import: a path of the machine, a Thunderbird profile, or the last one again.

use super::show::{home, may_name, with};
use crate::bring::profiles;
use crate::{Error, Nothing, Sent, Visitor};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_vault::import::journal;
use std::path::PathBuf;

#[derive(serde::Deserialize)]
pub(super) struct Named {
    path: String,
}

pub(super) async fn by_path(Sent(visitor, form): Sent<Named>) -> Result<Response, Error> {
    if !may_name(&visitor) {
        return Err(Error::Forbidden);
    }
    let asked = form.path.trim().to_owned();
    let path = below_home(&asked);
    let data = visitor.state().store().data().to_owned();
    let taken = tokio::task::spawn_blocking(move || {
        let path = path.canonicalize().map_err(|_| "import-no-path")?;
        let own = data.canonicalize().is_ok_and(|d| path.starts_with(d));
        if own { Err("import-own-folder") } else { Ok(path) }
    });
    let taken = taken.await.map_err(|e| Error::Broken(e.to_string()))?;
    match taken {
        Ok(path) => go(&visitor, vec![path]).await,
        Err(why) => {
            let page = with(&visitor, false, Some(why), asked).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `~/x` and `x` are below the home folder; `/x` is itself.
fn below_home(path: &str) -> PathBuf {
    let below = path.strip_prefix("~/").unwrap_or(path);
    home().unwrap_or_default().join(below)
}

#[derive(serde::Deserialize)]
pub(super) struct Which {
    profile: usize,
    /// The name shown: the list may have changed since.
    name: String,
}

pub(super) async fn by_profile(Sent(visitor, which): Sent<Which>) -> Result<Response, Error> {
    if !may_name(&visitor) {
        return Err(Error::Forbidden);
    }
    let found =
        tokio::task::spawn_blocking(|| home().map(|home| profiles(&home)).unwrap_or_default());
    let found = found.await.map_err(|e| Error::Broken(e.to_string()))?;
    match found.into_iter().nth(which.profile).filter(|p| p.name == which.name) {
        Some(profile) => go(&visitor, profile.paths).await,
        None => Err(Error::NotFound),
    }
}

pub(super) async fn again(Sent(visitor, Nothing {}): Sent<Nothing>) -> Result<Response, Error> {
    let last = visitor.read(|db| journal::latest(db, 1)).await?.pop();
    let run = last.ok_or(Error::NotFound)?;
    go(&visitor, run.paths).await
}

/// Begins, and shows the page; one that runs already is shown as well.
pub(super) async fn go(visitor: &Visitor, paths: Vec<PathBuf>) -> Result<Response, Error> {
    let vault = visitor.vault(|vault| Ok(vault.clone())).await?;
    match visitor.state().bring(&vault, paths) {
        Ok(()) | Err(Error::Busy) => Ok(Redirect::to("/import").into_response()),
        Err(error) => Err(error),
    }
}
