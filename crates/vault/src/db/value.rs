//! What is bound to `$1`: a null carries its type, as PostgreSQL asks.

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::error::Error as StdError;

/// A value to bind.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value<'a> {
    /// BIGINT.
    Int(Option<i64>),
    /// TEXT.
    Text(Option<&'a str>),
    /// BOOLEAN.
    Bool(Option<bool>),
    /// DOUBLE PRECISION.
    Double(Option<f64>),
    /// BLOB or BYTEA.
    Bytes(Option<&'a [u8]>),
}

macro_rules! from {
    ($($kind:ident: $type:ty => $made:expr),+ $(,)?) => {$(
        impl<'a> From<$type> for Value<'a> {
            fn from(v: $type) -> Self {
                let made: fn($type) -> _ = $made;
                Value::$kind(Some(made(v)))
            }
        }
        impl<'a> From<Option<$type>> for Value<'a> {
            fn from(v: Option<$type>) -> Self {
                Value::$kind(v.map($made))
            }
        }
    )+};
}
from! {
    Int: i64 => |v| v,
    Int: i32 => i64::from,
    Int: u32 => i64::from,
    Int: u8 => i64::from,
    Text: &'a str => |v| v,
    Text: &'a String => String::as_str,
    Bool: bool => |v| v,
    Double: f64 => |v| v,
    Bytes: &'a [u8] => |v| v,
    Bytes: &'a Vec<u8> => Vec::as_slice,
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(v: &'a [u8; N]) -> Self {
        Value::Bytes(Some(v))
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Int(Some(v)) => ValueRef::Integer(v),
            Value::Text(Some(v)) => ValueRef::Text(v.as_bytes()),
            Value::Bool(Some(v)) => ValueRef::Integer(v.into()),
            Value::Double(Some(v)) => ValueRef::Real(v),
            Value::Bytes(Some(v)) => ValueRef::Blob(v),
            _ => ValueRef::Null,
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Value::Int(v) => v.to_sql(of, out),
            // PostgreSQL holds no zero byte in a text; a hostile header may.
            Value::Text(Some(v)) if v.contains('\0') => v.replace('\0', "\u{fffd}").to_sql(of, out),
            Value::Text(v) => v.to_sql(of, out),
            Value::Bool(v) => v.to_sql(of, out),
            Value::Double(v) => v.to_sql(of, out),
            Value::Bytes(v) => v.to_sql(of, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}
