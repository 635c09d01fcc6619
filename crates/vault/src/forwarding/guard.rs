//! What is never passed on, so that no mail goes round and nobody is answered by a machine.

use mesinfos_reading::Mail;

/// The header by which our own are known.
pub const OURS: &str = "MesInfos-Forwarded";
/// More stations than a mail that arrives has (RFC 5321, 6.3).
const STATIONS: usize = 50;

/// Whether a mail may be passed on to `target`. `trace` is what its delivery added before it. Not
/// what nobody sent (a bounce, RFC 5321, 4.5.5), not an answer by a machine (RFC 3834), not what was
/// passed on before, not what comes from there or has been there.
pub fn is_forwardable(trace: &[u8], mail: &[u8], target: &str) -> bool {
    let around = Mail::read(&[trace, b"\r\n"].concat());
    let mail = Mail::read(mail);
    let bare = |a: &str| a.trim().trim_matches(['<', '>']).to_lowercase();
    let from = mail.from.as_ref().map(|f| f.address.to_lowercase()).unwrap_or_default();
    let sender = around.header("Return-Path").map(bare);
    let is_there = |name: &str| mail.header(name).is_some_and(|v| bare(v) == target);
    let is_answer = mail
        .header("Auto-Submitted")
        .is_some_and(|v| v.trim().to_lowercase().starts_with("auto-replied"));
    let is_bounce = sender.as_deref() == Some("") || from.starts_with("mailer-daemon@");
    let is_ours = mail.header(OURS).is_some();
    let is_hers = from == target || sender.as_deref() == Some(target);
    let is_back = ["Delivered-To", "X-Original-To", "Envelope-To"].into_iter().any(is_there);
    let stations = mail.headers.iter().filter(|h| h.name.eq_ignore_ascii_case("received")).count();
    !(is_bounce || is_answer || is_ours || is_hers || is_back || stations > STATIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &[u8] = b"Return-Path: <retour@shop.example>\r\nDelivered-To: a@exemple.fr\r\n";

    fn passes(trace: &[u8], more: &str) -> bool {
        let mail = format!("{more}From: <info@shop.example>\r\nSubject: x\r\n\r\nx\r\n");
        is_forwardable(trace, mail.as_bytes(), "lea@ailleurs.example")
    }

    #[test]
    fn a_mail_of_a_shop_goes_on() {
        assert!(passes(TRACE, "Received: from a by b; x\r\n"));
        assert!(passes(TRACE, "Auto-Submitted: auto-generated\r\n"), "as shops write them");
    }

    #[test]
    fn nothing_goes_round_and_no_machine_is_answered() {
        assert!(!passes(b"Return-Path: <>\r\n", ""), "a bounce");
        assert!(!passes(TRACE, "Auto-Submitted: auto-replied (vacation)\r\n"));
        assert!(!passes(TRACE, "MesInfos-Forwarded: 1\r\n"));
        assert!(!passes(TRACE, "Delivered-To: Lea@ailleurs.example\r\n"), "it has been there");
        assert!(!passes(b"Return-Path: <lea@ailleurs.example>\r\n", ""));
        assert!(!passes(TRACE, &"Received: from a by b; x\r\n".repeat(51)));
        let hers = b"From: <LEA@ailleurs.example>\r\n\r\nx\r\n";
        assert!(!is_forwardable(TRACE, hers, "lea@ailleurs.example"));
        let bounce = b"From: MAILER-DAEMON@mx.example\r\n\r\nx\r\n";
        assert!(!is_forwardable(TRACE, bounce, "lea@ailleurs.example"));
    }
}
