//! Comma-separated values (RFC 4180) that a spreadsheet shows and never calculates.

/// What stands before the heading: without this mark, spreadsheets take UTF-8 for the letters of
/// some code page.
pub const START: &str = "\u{feff}";

/// One line with its end (RFC 4180 2.1: CR LF).
pub fn line<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let mut line = String::with_capacity(128);
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        push(&mut line, cell.as_ref());
    }
    line.push_str("\r\n");
    line
}

/// Adds a cell. One that a spreadsheet would take for a formula gets an apostrophe in front, which
/// says that it is text; one with separators is quoted, its quotes doubled (RFC 4180 2.6, 2.7).
fn push(line: &mut String, cell: &str) {
    let formula = is_formula(cell);
    let quoted = cell.contains([',', '"', '\r', '\n', ';', '\t']);
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            line.push('"');
        }
        // A NUL ends the file for some readers.
        line.push(if c == '\0' { '\u{FFFD}' } else { c });
    }
    if quoted {
        line.push('"');
    }
}

/// Whether a spreadsheet might calculate with this. Spaces before the sign are skipped, as some
/// spreadsheets skip them; so are the wide signs of East Asian keyboards taken for signs.
fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_cells_stay_plain() {
        assert_eq!(line(["web-1", "", "Köln 12", "a'b"]), "web-1,,Köln 12,a'b\r\n");
    }

    #[test]
    fn separators_are_quoted_and_quotes_doubled() {
        assert_eq!(
            line(["a,b", "say \"x\"", "two\nlines", "a;b"]),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"a;b\"\r\n"
        );
    }

    #[test]
    fn nothing_is_a_formula() {
        for hostile in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{a0}=1", "＝1"]
        {
            let line = line([hostile]);
            assert!(line.trim_start_matches('"').starts_with('\''), "{hostile:?}: {line:?}");
        }
        let command = line(["=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")"]);
        assert_eq!(command, "'=cmd|' /C calc'!A0,\"'=HYPERLINK(\"\"http://x\"\")\"\r\n");
        assert_eq!(line(["a=1", "1-2"]), "a=1,1-2\r\n");
    }

    #[test]
    fn a_cell_cannot_end_the_file() {
        assert_eq!(line(["a\0b"]), "a\u{FFFD}b\r\n");
    }
}
