//! The router: every page, and what stands before and after each.

use crate::{Error, State, assets, error, headers, origin, pages};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// A form is small; uploads set their own limit.
const BODY_BYTES: usize = 1 << 20;
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// All pages. Each resource brings its `routes()`; uploads come after the time limit, because a
/// mailbox takes as long as it takes.
pub fn app(state: State) -> Router {
    let quick = Router::new()
        .merge(pages::routes())
        .route(assets::ROUTE, get(assets::get))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME));
    quick
        .merge(pages::slow_routes())
        .fallback(async || Error::NotFound)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn_with_state(state.clone(), error::render))
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(from_fn(log))
        .with_state(state)
}

/// One line an answer, without what was asked for: addresses of pages may hold words of a search.
async fn log(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or_else(|| "-".to_owned(), |p| p.as_str().to_owned());
    let method = request.method().clone();
    let response = next.run(request).await;
    tracing::debug!(%method, route, status = response.status().as_u16(), "answered");
    response
}
