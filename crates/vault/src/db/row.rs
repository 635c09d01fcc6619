//! One row of an answer, read by the position of its columns.

use crate::Result;

/// One row of an answer.
pub struct Row<'a>(pub(super) Kind<'a>);

pub(super) enum Kind<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

/// What a column can be read as: `i64`, `bool`, `f64`, `String`, `Vec<u8>` and `Option` of these.
pub trait Column: rusqlite::types::FromSql + for<'b> postgres::types::FromSql<'b> {}
impl<T: rusqlite::types::FromSql + for<'b> postgres::types::FromSql<'b>> Column for T {}

impl Row<'_> {
    /// Column `i`, from 0. An error when it is of another type, or null where `T` is no `Option`.
    pub fn get<T: Column>(&self, i: usize) -> Result<T> {
        match self.0 {
            Kind::Sqlite(row) => Ok(row.get(i)?),
            Kind::Postgres(row) => Ok(row.try_get(i)?),
        }
    }
}
