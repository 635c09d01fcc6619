//! A mail server that takes all mails and keeps them, for tests to look at: what a submission server
//! relays to. It speaks SMTP (RFC 5321) as far as one needs to hand a mail in.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A mail that was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// MAIL FROM.
    pub from: String,
    /// RCPT TO.
    pub to: Vec<String>,
    /// The mail, without its doubled dots.
    pub mail: String,
}

/// A server on loopback, as long as the test program runs.
pub struct Sink {
    /// Its port.
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Sink {
    /// All mails so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().expect("no test panicked here").clone()
    }
}

/// Starts one. A recipient whose address begins with `nobody` is refused.
pub fn start() -> Sink {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&taken);
    std::thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || talk(tcp, &kept));
        }
    });
    Sink { port, taken }
}

fn talk(tcp: TcpStream, kept: &Mutex<Vec<Taken>>) -> Option<()> {
    let mut out = tcp.try_clone().ok()?;
    let mut lines = BufReader::new(tcp).lines().map_while(Result::ok);
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    let empty = || Taken { from: String::new(), to: Vec::new(), mail: String::new() };
    let mut now = empty();
    say("220 sink.example ESMTP")?;
    while let Some(line) = lines.next() {
        let upper = line.to_uppercase();
        let path = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        if upper.starts_with("EHLO") {
            say("250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME")?;
        } else if upper.starts_with("MAIL FROM:") {
            now = Taken { from: path(), ..empty() };
            say("250 ok")?;
        } else if upper.starts_with("RCPT TO:<NOBODY") {
            say("550 5.1.1 nobody here")?;
        } else if upper.starts_with("RCPT TO:") {
            now.to.push(path());
            say("250 ok")?;
        } else if upper == "DATA" {
            say("354 go on")?;
            for line in lines.by_ref().take_while(|l| l != ".") {
                now.mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                now.mail.push_str("\r\n");
            }
            kept.lock().ok()?.push(std::mem::replace(&mut now, empty()));
            say("250 taken")?;
        } else if upper == "QUIT" {
            return say("221 bye");
        } else {
            say("250 ok")?;
        }
    }
    Some(())
}
