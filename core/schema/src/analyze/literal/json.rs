//! Whether a string is JSON.
//!
//! Source: RFC 8259, which PostgreSQL's parser keeps to.

/// Whether the server certainly refuses a string as JSON.
pub(super) fn is_wrong(text: &str) -> bool {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.document().is_none()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// One value and nothing after it. A stack of what is open stands for recursion.
    fn document(&mut self) -> Option<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.space();
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    if self.take(b'}').is_none() {
                        self.key()?;
                        open.push(b'}');
                        continue;
                    }
                }
                b'[' => {
                    self.at += 1;
                    if self.take(b']').is_none() {
                        open.push(b']');
                        continue;
                    }
                }
                b'"' => self.string()?,
                b'-' | b'0'..=b'9' => self.number()?,
                _ => self.word()?,
            }
            // A value has ended: what follows it?
            loop {
                let Some(&close) = open.last() else {
                    self.space();
                    return self.peek().is_none().then_some(());
                };
                if self.take(b',').is_some() {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.take(close)?;
                open.pop();
            }
        }
    }

    fn key(&mut self) -> Option<()> {
        self.space();
        self.string()?;
        self.take(b':')
    }

    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => return Some(()),
                b'\\' => {
                    let escape = self.peek()?;
                    self.at += 1;
                    match escape {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            for _ in 0..4 {
                                self.peek().filter(u8::is_ascii_hexdigit)?;
                                self.at += 1;
                            }
                        }
                        _ => return None,
                    }
                }
                0..32 => return None,
                _ => {}
            }
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let ends = self.peek().is_none_or(|it| !it.is_ascii_alphanumeric());
        ends.then_some(())
    }

    fn word(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        let word =
            ["true", "false", "null"].into_iter().find(|it| rest.starts_with(it.as_bytes()))?;
        self.at += word.len();
        let ends = self.peek().is_none_or(|it| !it.is_ascii_alphanumeric() && it != b'_');
        ends.then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_wrong;

    #[test]
    fn json() {
        for text in [
            "{}",
            "[]",
            " [1, -2.5e+3, \"a\\u00e9\\n\", {\"a\": {\"b\": [null, true]}}] ",
            "\"\"",
            "0",
            "{\"a\":1,\"b\":[[],{}]}",
        ] {
            assert!(!is_wrong(text), "{text}");
        }
        for text in [
            "",
            "{",
            "{]",
            "[1,]",
            "{a:1}",
            "{'a':1}",
            "01",
            "1.",
            "tru",
            "truex",
            "{\"a\"}",
            "[] []",
            "\"a",
            "\"\\x\"",
            "{\"a\":1,}",
            "nul",
            "\"\t\"",
            "[1 2]",
            "-",
        ] {
            assert!(is_wrong(text), "{text}");
        }
        assert!(!is_wrong(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))));
    }
}
