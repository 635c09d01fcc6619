//! The text of a mail as it comes: where it ends, dots unstuffed, what stands alone noticed.

/// A mail that is coming.
pub(super) struct Body {
    bytes: Vec<u8>,
    most: usize,
    /// How many bytes came beyond what is kept.
    beyond: usize,
    state: State,
    has_bare: bool,
    is_without_room: bool,
}

/// What became of it.
pub(super) enum Fate {
    /// All of it. `has_bare`: some `<CR>` or `<LF>` stood alone.
    Whole {
        bytes: Vec<u8>,
        has_bare: bool,
    },
    TooLarge,
    NoRoom,
    /// Much too large: its end is not waited for.
    Endless,
}

#[derive(Clone, Copy)]
enum State {
    /// At the beginning of a line.
    Start,
    /// After a dot that begins a line.
    Dot,
    /// After such a dot and `<CR>`.
    DotCr,
    /// Inside a line.
    Text,
    /// After `<CR>`, which is not taken yet.
    Cr,
}

impl Body {
    pub fn new(most: usize) -> Body {
        Body {
            bytes: Vec::new(),
            most,
            beyond: 0,
            state: State::Start,
            has_bare: false,
            is_without_room: false,
        }
    }

    pub fn held(&self) -> usize {
        self.bytes.len()
    }

    /// What was kept is let go, and no more is.
    pub fn no_room(&mut self) {
        self.bytes = Vec::new();
        self.is_without_room = true;
    }

    /// Takes bytes up to the end of the mail: how many were used, and what became of it if it ended.
    pub fn take(&mut self, input: &[u8]) -> (usize, Option<Fate>) {
        for (i, &byte) in input.iter().enumerate() {
            if self.byte(byte) {
                return (i + 1, Some(self.fate()));
            }
            // As much again is thrown away, then the line is cut.
            if self.beyond > self.most {
                return (i + 1, Some(Fate::Endless));
            }
        }
        (input.len(), None)
    }

    fn fate(&mut self) -> Fate {
        if self.is_without_room {
            Fate::NoRoom
        } else if self.beyond > 0 {
            Fate::TooLarge
        } else {
            Fate::Whole { bytes: std::mem::take(&mut self.bytes), has_bare: self.has_bare }
        }
    }

    /// Takes one byte; whether the mail ended with it.
    fn byte(&mut self, byte: u8) -> bool {
        match (self.state, byte) {
            (State::Start, b'.') => self.state = State::Dot,
            (State::Dot, b'\r') => self.state = State::DotCr,
            (State::DotCr, b'\n') => return true,
            (State::Cr, b'\n') => {
                self.keep(b'\r');
                self.keep(b'\n');
                self.state = State::Start;
            }
            (State::Cr | State::DotCr, _) => {
                self.has_bare = true;
                self.keep(b'\r');
                self.state = State::Text;
                return self.byte(byte);
            }
            (State::Start | State::Text, b'\r') => self.state = State::Cr,
            (State::Start | State::Dot | State::Text, _) => {
                self.has_bare |= byte == b'\n';
                self.keep(byte);
                self.state = State::Text;
            }
        }
        false
    }

    fn keep(&mut self, byte: u8) {
        if self.is_without_room || self.beyond > 0 || self.bytes.len() >= self.most {
            self.beyond += 1;
            if !self.is_without_room {
                self.bytes = Vec::new();
            }
        } else {
            self.bytes.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is kept, what is left of the input, whether something stood alone.
    fn read(input: &[u8]) -> Option<(Vec<u8>, &[u8], bool)> {
        match Body::new(100).take(input) {
            (used, Some(Fate::Whole { bytes, has_bare })) => {
                Some((bytes, &input[used..], has_bare))
            }
            _ => None,
        }
    }

    #[test]
    fn a_mail_ends_at_one_sequence_and_at_no_other() {
        assert_eq!(read(b".\r\nQUIT"), Some((b"".to_vec(), &b"QUIT"[..], false)));
        assert_eq!(read(b"a\r\n.\r\n"), Some((b"a\r\n".to_vec(), &b""[..], false)));
        // Each of these was taken for the end by some server (SMTP smuggling, 2023).
        let others = [
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r\n.\r",
            "\r\n\0.\r\n",
            "\r.\r\n",
            "\r\n.\r\r\n",
        ];
        for other in others {
            let input = format!("a{other}MAIL FROM:<x@y.example>\r\n.\r\nrest");
            let (kept, rest, _) = read(input.as_bytes()).expect("it ends once");
            assert_eq!(rest, b"rest", "{other:?}");
            assert!(kept.ends_with(b"MAIL FROM:<x@y.example>\r\n"), "{other:?}");
        }
    }

    #[test]
    fn a_dot_that_was_added_is_taken_away_and_no_other() {
        let (kept, ..) = read(b"..a\r\n...\r\n.b\r\na..\r\n.\r\n").expect("whole");
        assert_eq!(kept, b".a\r\n..\r\nb\r\na..\r\n");
    }

    #[test]
    fn what_stands_alone_is_noticed_and_kept() {
        for (input, bare) in [
            (&b"a\r\nb\r\n.\r\n"[..], false),
            (b"a\nb\r\n.\r\n", true),
            (b"a\rb\r\n.\r\n", true),
            (b"a\r\r\n.\r\n", true),
            (b".\rx\r\n.\r\n", true),
            (b"\n\r\n.\r\n", true),
        ] {
            let (kept, _, has_bare) = read(input).expect("whole");
            assert_eq!(has_bare, bare, "{input:?}");
            let dots = usize::from(input.starts_with(b"."));
            assert_eq!(kept.len(), input.len() - 3 - dots, "{input:?}");
        }
    }

    #[test]
    fn one_byte_more_than_the_limit_is_too_large_and_twice_the_limit_is_cut() {
        let of = |n: usize| [vec![b'x'; n - 2], b"\r\n.\r\n".to_vec()].concat();
        assert!(matches!(Body::new(100).take(&of(100)).1, Some(Fate::Whole { .. })));
        assert!(matches!(Body::new(100).take(&of(101)).1, Some(Fate::TooLarge)));
        assert!(matches!(Body::new(100).take(&of(200)).1, Some(Fate::TooLarge)));
        assert!(matches!(Body::new(100).take(&of(201)).1, Some(Fate::Endless)));
    }

    #[test]
    fn without_room_its_end_is_waited_for() {
        let mut body = Body::new(100);
        assert!(body.take(b"abc\r\n").1.is_none());
        assert_eq!(body.held(), 5);
        body.no_room();
        assert_eq!(body.held(), 0);
        assert!(matches!(body.take(b"def\r\n.\r\n").1, Some(Fate::NoRoom)));
    }
}
