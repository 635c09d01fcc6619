//! Signing out: the session ends here and now; a sealed vault closes with the last one.

use super::go;
use crate::{Error, Nothing, Sent, State, door};
use axum::response::Response;
use mesinfos_vault::Mode;

pub(super) async fn leave(
    axum::extract::State(state): axum::extract::State<State>,
    Sent(visitor, Nothing {}): Sent<Nothing>,
) -> Result<Response, Error> {
    let (person, session, mode) = (visitor.person, visitor.session, visitor.mode);
    let now = state.now_us();
    tracing::info!(target: door::LOG, "signed out");
    state
        .ask(move |store| {
            store.directory().revoke_session(person, &session)?;
            if mode == Mode::Sealed && store.directory().sessions(person, now)?.is_empty() {
                store.close(person);
            }
            Ok(())
        })
        .await?;
    Ok(go("/sign-in", [door::clear(state.reach())]))
}
