//! How much of an input is read. Limits bound reading, never keeping: what is larger is stored
//! whole and noted as not understood. Each has a test that crosses it by one.

/// A message: larger ones are kept and not understood.
pub const MESSAGE_BYTES: usize = 50 << 20;
/// An attachment: larger ones are kept and not read.
pub const ATTACHMENT_BYTES: usize = 25 << 20;
/// All headers of a message together.
pub const HEADER_BLOCK_BYTES: usize = 256 << 10;
/// One header.
pub const HEADER_BYTES: usize = 64 << 10;
/// Nesting of MIME parts.
pub const MIME_DEPTH: usize = 20;
/// MIME parts of one message.
pub const MIME_PARTS: usize = 1_000;
/// Addresses in To, Cc and Bcc.
pub const RECIPIENTS: usize = 2_000;
/// Messages inside messages.
pub const EMBEDDED_DEPTH: usize = 5;
/// Nesting of HTML elements; deeper ones become siblings, their text is kept.
pub const HTML_DEPTH: usize = 256;
/// HTML that is read of one body.
pub const HTML_BYTES: usize = 2 << 20;
/// Plain text that is read of one body.
pub const TEXT_BYTES: usize = 2 << 20;
/// Nodes of one HTML tree.
pub const HTML_NODES: usize = 400_000;
/// JSON of one script of a mail.
pub const JSON_BYTES: usize = 1 << 20;
/// Nesting of its arrays and objects.
pub const JSON_DEPTH: usize = 64;
/// Lines of one order.
pub const ORDER_LINES: usize = 1_000;
/// Pieces of one line; more is no quantity.
pub const ORDER_QUANTITY: i64 = 10_000;
/// Unpacked bytes of an entry of an archive before its ratio is looked at.
pub const ARCHIVE_FREE_BYTES: u64 = 10 << 20;
/// Unpacked bytes for each packed one.
pub const ARCHIVE_RATIO: u64 = 200;
/// Entries of an archive read in one step; the reading goes on from its mark.
pub const ARCHIVE_ENTRIES: u64 = 200_000;
