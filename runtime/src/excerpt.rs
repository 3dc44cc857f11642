//! One line of a text, shown with its number and a caret.

/// How much of a long line is shown, in characters.
const WIDTH: usize = 120;

/// A place in a text, and the line that it is on.
pub(crate) struct Excerpt<'a> {
    /// The line's number, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    text: &'a str,
}

impl<'a> Excerpt<'a> {
    /// The line on which a byte offset lies. An offset within a character means that character.
    pub(crate) fn at(text: &'a str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (before, after) = text.split_at(offset);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = after.find('\n').map_or(text.len(), |newline| offset + newline);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            text: text[start..end].trim_end_matches('\r'),
        }
    }

    /// The line between rulers; with `caret`, a caret below the place.
    pub(crate) fn render(&self, caret: bool) -> String {
        let (shown, before) = self.cropped();
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let mark = if caret { format!(" {}^", " ".repeat(before)) } else { String::new() };
        format!(" {margin} |\n {number} | {shown}\n {margin} |{mark}")
    }

    /// The part of the line that is shown, and how many terminal cells stand before the place.
    fn cropped(&self) -> (String, usize) {
        let place = self.column - 1;
        let length = self.text.chars().count();
        let first = if length <= WIDTH { 0 } else { place.saturating_sub(WIDTH / 2) };
        let mut shown = String::new();
        let mut cells = 0;
        if first > 0 {
            shown.push('…');
            cells = 1;
        }
        for (i, c) in self.text.chars().enumerate().skip(first).take(WIDTH) {
            let c = if c.is_control() { ' ' } else { c };
            if i < place {
                cells += cells_of(c);
            }
            shown.push(c);
        }
        if first + WIDTH < length {
            shown.push('…');
        }
        (shown.trim_end().to_owned(), cells)
    }
}

/// How many cells of a terminal a character takes: the wide scripts two, combining marks none.
/// Close enough for a caret, without a table of all of Unicode.
fn cells_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, offset: usize) -> String {
        let excerpt = Excerpt::at(text, offset);
        format!("{}:{}\n{}", excerpt.line, excerpt.column, excerpt.render(true))
    }

    #[test]
    fn the_caret_stands_below_the_character() {
        for (text, offset, expected) in [
            ("SELECT x", 7, "1:8\n   |\n 1 | SELECT x\n   |        ^"),
            ("a\r\n\tb c\r\n", 6, "2:4\n   |\n 2 |  b c\n   |    ^"),
            ("'é', x", 6, "1:6\n   |\n 1 | 'é', x\n   |      ^"),
            ("'日本' x", 9, "1:6\n   |\n 1 | '日本' x\n   |        ^"),
            ("end", 3, "1:4\n   |\n 1 | end\n   |    ^"),
            ("", 0, "1:1\n   |\n 1 | \n   | ^"),
            ("é", 1, "1:1\n   |\n 1 | é\n   | ^"),
        ] {
            assert_eq!(shown(text, offset), expected, "{text:?} at {offset}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(5_000), "b".repeat(5_000));
        let rendered = shown(&text, 5_000);
        let lines: Vec<&str> = rendered.lines().collect();
        assert_eq!(lines[0], "1:5001");
        assert!(lines[2].chars().count() < 140, "{}", lines[2]);
        assert_eq!(lines[2].chars().position(|c| c == 'X'), lines[3].find('^'));
    }

    #[test]
    fn wider_line_numbers_keep_the_rulers_in_line() {
        let text = "\n".repeat(122) + "SELECT 1";
        assert_eq!(shown(&text, text.len() - 1), "123:8\n     |\n 123 | SELECT 1\n     |        ^");
    }
}
