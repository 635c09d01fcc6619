//! A certificate for `localhost`, signed by itself: what test servers show.

use std::path::Path;
use std::process::Command;

/// Writes `cert.pem` and `key.pem`. Panics when openssl is missing.
pub(crate) fn make(folder: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-days", "2"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .output()
        .expect("openssl runs; Dovecot's package brings it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
