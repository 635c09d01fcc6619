//! Taking a correction back.

use crate::pages::Back;
use crate::{Error, Nothing, SentTo};
use mesinfos_domain::CorrectionId;

pub(super) async fn take(
    SentTo(visitor, id, Nothing {}): SentTo<i64, Nothing>,
) -> Result<Back, Error> {
    let now = visitor.state().now_us();
    let undone = visitor.vault(move |vault| vault.undo(CorrectionId(id), now)).await;
    match undone {
        // Undone in another tab: the page shows how things stand.
        Ok(()) | Err(Error::NotFound) => Ok(visitor.back_or("/corrections")),
        Err(other) => Err(other),
    }
}
