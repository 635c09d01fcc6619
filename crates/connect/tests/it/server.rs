//! An IMAP server of our own that misbehaves as a seed says: cuts, lies about lengths, changes its
//! numbers, stalls, withholds, sends what nobody asked for. The mailbox behind it is right.

use crate::gmail;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server can: each level has another way to be followed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Can {
    Plain,
    CondStore,
    QResync,
    ListStatus,
    /// X-GM-EXT-1: one folder of all mail, and labels.
    Gmail,
}

/// What goes wrong in one connection.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fault {
    None,
    /// The connection ends after so many bytes.
    CutAt(usize),
    /// It goes silent after so many bytes.
    StallAt(usize),
    /// The so manieth literal is announced by so much too long or too short.
    WrongLiteral(usize, i64),
    /// UIDVALIDITY changes between two commands.
    Renumbers(usize),
    /// The so manieth body is left out.
    Withholds(usize),
    /// Says BYE at the so manieth command.
    Bye(usize),
    /// Announces a literal that no memory holds.
    Bomb(usize),
    /// Says of mails that do not exist.
    Chatters,
    /// Cannot just now.
    Unavailable,
}

#[derive(Clone)]
pub struct Mail {
    pub bytes: Vec<u8>,
    pub is_seen: bool,
    /// As Gmail writes them; no other server tells of them.
    pub labels: BTreeSet<String>,
    pub seq: u64,
}

/// The mailbox: one folder.
pub struct Box {
    pub validity: u32,
    pub next: u32,
    pub seq: u64,
    pub mails: BTreeMap<u32, Mail>,
    /// Labels that were made.
    pub made: BTreeSet<String>,
    /// All that changed something.
    pub heard: Vec<String>,
    gone: Vec<(u32, u64)>,
}

impl Box {
    pub fn put(&mut self, bytes: Vec<u8>) {
        self.seq += 1;
        let labels = BTreeSet::from(["\\Inbox".to_owned()]);
        self.mails.insert(self.next, Mail { bytes, is_seen: false, labels, seq: self.seq });
        self.next += 1;
    }

    pub fn remove(&mut self, uid: u32) {
        self.seq += 1;
        if self.mails.remove(&uid).is_some() {
            self.gone.push((uid, self.seq));
        }
    }

    pub fn see(&mut self, uid: u32) {
        self.seq += 1;
        if let Some(mail) = self.mails.get_mut(&uid) {
            (mail.is_seen, mail.seq) = (true, self.seq);
        }
    }

    /// New numbers for all.
    pub fn renumber(&mut self) {
        self.validity += 1;
        let mails = std::mem::take(&mut self.mails);
        (self.next, self.seq, self.gone) = (1, 1, Vec::new());
        for mail in mails.into_values() {
            self.mails.insert(self.next, Mail { seq: 1, ..mail });
            // Gaps, as in life.
            self.next += 1 + self.next % 2;
        }
    }
}

pub struct Server {
    pub port: u16,
    pub inside: Arc<Mutex<Box>>,
    faults: Arc<Mutex<Vec<Fault>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Serves on loopback; each connection takes the next fault, and later ones have none.
    pub fn start(can: Can, faults: Vec<Fault>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Box {
            validity: 7,
            next: 1,
            seq: 1,
            mails: BTreeMap::new(),
            made: BTreeSet::new(),
            heard: Vec::new(),
            gone: Vec::new(),
        };
        let server = Server {
            port,
            inside: Arc::new(Mutex::new(inside)),
            faults: Arc::new(Mutex::new(faults)),
            stop: Arc::default(),
        };
        let (inside, faults, stop) =
            (Arc::clone(&server.inside), Arc::clone(&server.faults), Arc::clone(&server.stop));
        std::thread::spawn(move || {
            for tcp in listener.incoming().flatten() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let fault = {
                    let mut faults = faults.lock().unwrap();
                    if faults.is_empty() { Fault::None } else { faults.remove(0) }
                };
                let inside = Arc::clone(&inside);
                // A client that leaves in the middle is no fault of the server's.
                std::thread::spawn(move || drop(Talk::new(tcp, can, fault).run(&inside)));
            }
        });
        server
    }

    /// From the next connection on, all is well.
    pub fn behave(&self) {
        self.faults.lock().unwrap().clear();
    }

    /// How the next connections go wrong.
    pub fn misbehave(&self, faults: Vec<Fault>) {
        *self.faults.lock().unwrap() = faults;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the listener up.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

struct Talk {
    tcp: TcpStream,
    can: Can,
    fault: Fault,
    sent: usize,
    literals: usize,
    bodies: usize,
}

type Heard = std::io::Result<()>;

impl Talk {
    fn new(tcp: TcpStream, can: Can, fault: Fault) -> Talk {
        Talk { tcp, can, fault, sent: 0, literals: 0, bodies: 0 }
    }

    fn say(&mut self, bytes: &[u8]) -> Heard {
        let end = self.sent + bytes.len();
        let (limit, stalls) = match self.fault {
            Fault::CutAt(n) => (n, false),
            Fault::StallAt(n) => (n, true),
            _ => (usize::MAX, false),
        };
        if end > limit {
            self.tcp.write_all(&bytes[..limit.saturating_sub(self.sent)])?;
            if stalls {
                std::thread::sleep(Duration::from_millis(400));
            }
            return Err(std::io::Error::other("cut"));
        }
        self.sent = end;
        self.tcp.write_all(bytes)
    }

    fn line(&mut self, text: &str) -> Heard {
        self.say(format!("{text}\r\n").as_bytes())
    }

    fn run(mut self, inside: &Mutex<Box>) -> Heard {
        let mut heard = BufReader::new(self.tcp.try_clone()?);
        if self.fault == Fault::Unavailable {
            return self.line("* BYE [UNAVAILABLE] not now");
        }
        self.line("* OK ready")?;
        let mut line = String::new();
        for number in 0.. {
            line.clear();
            if heard.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if matches!(self.fault, Fault::Bye(n) if n == number) {
                return self.line("* BYE see you");
            }
            if matches!(self.fault, Fault::Renumbers(n) if n == number) {
                inside.lock().unwrap().renumber();
            }
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
            self.answer(tag, command, inside)?;
            self.line(&format!("{tag} OK done"))?;
            if command == "LOGOUT" {
                return Ok(());
            }
        }
        Ok(())
    }

    fn answer(&mut self, tag: &str, command: &str, inside: &Mutex<Box>) -> Heard {
        let _ = tag;
        let upper = command.to_uppercase();
        if upper == "CAPABILITY" {
            let more = match self.can {
                Can::Plain => "",
                Can::CondStore => " CONDSTORE",
                Can::QResync => " CONDSTORE ENABLE QRESYNC",
                Can::ListStatus => {
                    " CONDSTORE ENABLE QRESYNC LIST-EXTENDED LIST-STATUS SPECIAL-USE"
                }
                Can::Gmail => " CONDSTORE ENABLE SPECIAL-USE MOVE X-GM-EXT-1",
            };
            return self.line(&format!("* CAPABILITY IMAP4rev1 UIDPLUS{more}"));
        }
        if self.can == Can::Gmail
            && let Some(lines) = gmail::answer(command, &mut inside.lock().unwrap())
        {
            return lines.iter().try_for_each(|line| self.line(line));
        }
        if upper.starts_with("LIST") {
            self.line("* LIST (\\HasNoChildren) \"/\" INBOX")?;
            if upper.contains("STATUS") {
                let b = inside.lock().unwrap();
                let text = format!(
                    "* STATUS INBOX (MESSAGES {} UIDNEXT {} UIDVALIDITY {} HIGHESTMODSEQ {})",
                    b.mails.len(),
                    b.next,
                    b.validity,
                    b.seq
                );
                drop(b);
                self.line(&text)?;
            }
            return Ok(());
        }
        if upper.starts_with("EXAMINE") || upper.starts_with("SELECT") {
            return self.examine(&upper, &inside.lock().unwrap());
        }
        if let Some(rest) = upper.strip_prefix("UID FETCH ") {
            return self.fetch(rest, &inside.lock().unwrap());
        }
        Ok(())
    }

    fn examine(&mut self, command: &str, b: &Box) -> Heard {
        self.line(&format!("* {} EXISTS", b.mails.len()))?;
        self.line(&format!("* OK [UIDVALIDITY {}] valid", b.validity))?;
        self.line(&format!("* OK [UIDNEXT {}] next", b.next))?;
        if self.can != Can::Plain {
            self.line(&format!("* OK [HIGHESTMODSEQ {}] highest", b.seq))?;
        }
        let since = command.split_once("QRESYNC (").map(|(_, s)| s.trim_end_matches(')'));
        if let Some((validity, seq)) = since.and_then(|s| s.split_once(' ')) {
            let (validity, seq): (u32, u64) = (validity.parse().unwrap(), seq.parse().unwrap());
            if validity == b.validity {
                for (uid, _) in b.gone.iter().filter(|(_, at)| *at > seq) {
                    self.line(&format!("* VANISHED (EARLIER) {uid}"))?;
                }
                for (place, (uid, mail)) in b.mails.iter().enumerate() {
                    if mail.seq > seq {
                        let flags = flags(mail);
                        self.line(&format!("* {} FETCH (UID {uid} FLAGS ({flags}))", place + 1))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn fetch(&mut self, rest: &str, b: &Box) -> Heard {
        let (set, what) = rest.split_once(' ').unwrap();
        let since: u64 = what
            .split_once("CHANGEDSINCE ")
            .map_or(0, |(_, s)| s.trim_end_matches(')').parse().unwrap());
        if self.fault == Fault::Chatters {
            self.line("* 9999 FETCH (UID 4000000000 FLAGS () RFC822.SIZE 5 BODY[] {5}\r\nhello)")?;
            self.line("* XYZZY (nothing happens")?;
        }
        for (place, (uid, mail)) in b.mails.iter().enumerate() {
            if !is_in(set, *uid, b) || mail.seq <= since {
                continue;
            }
            let mut text = format!(
                "* {} FETCH (UID {uid} FLAGS ({}) RFC822.SIZE {}",
                place + 1,
                flags(mail),
                mail.bytes.len()
            );
            if what.contains("X-GM-LABELS") {
                text.push_str(&format!(" X-GM-LABELS ({})", gmail::labels(mail)));
            }
            if !what.contains("BODY") {
                self.line(&format!("{text})"))?;
                continue;
            }
            let is_head = what.contains("HEADER.FIELDS");
            self.bodies += usize::from(!is_head);
            if !is_head && matches!(self.fault, Fault::Withholds(n) if n == self.bodies) {
                continue;
            }
            let head;
            let (section, bytes) = if is_head {
                let whole = String::from_utf8_lossy(&mail.bytes).into_owned();
                let id = whole.lines().find(|l| l.starts_with("Message-ID")).unwrap_or_default();
                head = format!("{id}\r\n\r\n").into_bytes();
                ("BODY[HEADER.FIELDS (MESSAGE-ID)]", &head)
            } else {
                ("BODY[]", &mail.bytes)
            };
            self.literals += 1;
            let length = match self.fault {
                Fault::WrongLiteral(n, by) if n == self.literals => bytes.len() as i64 + by,
                Fault::Bomb(n) if n == self.literals => i64::MAX,
                _ => bytes.len() as i64,
            };
            text.push_str(&format!(" {section} {{{length}}}\r\n"));
            self.say(text.as_bytes())?;
            self.say(bytes)?;
            self.line(")")?;
        }
        Ok(())
    }
}

fn flags(mail: &Mail) -> &'static str {
    if mail.is_seen { "\\Seen" } else { "" }
}

pub fn is_in(set: &str, uid: u32, b: &Box) -> bool {
    let last = b.mails.keys().next_back().copied().unwrap_or(0);
    let number = |text: &str| if text == "*" { last } else { text.parse().unwrap() };
    set.split(',').any(|part| match part.split_once(':') {
        Some((from, to)) => {
            let (from, to) = (number(from), number(to));
            (from.min(to)..=from.max(to)).contains(&uid)
        }
        None => number(part) == uid,
    })
}
