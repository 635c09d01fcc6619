//! Where a mail address has its server.
