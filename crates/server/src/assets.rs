//! The style sheet, the script and the icons: embedded, and served under an address that holds the
//! hash of their content, so that a browser may keep them for ever and never shows an old one.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The route to mount: `/assets/{file}`.
pub const ROUTE: &str = "/assets/{file}";

/// The address of an embedded file: `style.css` gives `/assets/style.1f2e3d4c5b6a7988.css`.
/// An unknown name gives an address that answers 404; a test walks over all templates.
pub fn url(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/assets/{stem}.{}.{extension}", hash(name).unwrap_or_default())
}

fn hash(name: &str) -> Option<String> {
    let file = Files::get(name)?;
    Some(file.metadata.sha256_hash()[..8].iter().map(|b| format!("{b:02x}")).collect())
}

/// Answers `/assets/{file}`. A hash that is not today's is refused: an old page then asks again.
pub async fn get(Path(file): Path<String>) -> Response {
    let mut parts: Vec<&str> = file.split('.').collect();
    if parts.len() < 3 {
        return StatusCode::NOT_FOUND.into_response();
    }
    let asked = parts.remove(parts.len() - 2);
    let name = parts.join(".");
    if hash(&name).as_deref() != Some(asked) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(found) = Files::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match parts.last() {
        Some(&"css") => "text/css; charset=utf-8",
        Some(&"js") => "text/javascript; charset=utf-8",
        Some(&"svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, found.data.into_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_served_under_its_hash_and_under_no_other() {
        let address = url("style.css");
        let file = address.strip_prefix("/assets/").expect("an address").to_owned();
        let answer = get(Path(file)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        for wrong in ["style.css", "style.0000000000000000.css", "../Cargo.0.toml", "style"] {
            assert_eq!(
                get(Path(wrong.to_owned())).await.status(),
                StatusCode::NOT_FOUND,
                "{wrong}"
            );
        }
    }
}
