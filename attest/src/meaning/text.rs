//! Text in event data: ASCII or UTF-8, or UTF-16 as UEFI has it.

/// The text of bytes that are text, without what ends them; nothing if they are no text or empty.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    narrow(bytes).or_else(|| wide(bytes))
}

/// UTF-8 without control characters, with or without zeros at the end.
pub(super) fn narrow(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().rposition(|&byte| byte != 0)?;
    let text = std::str::from_utf8(bytes.get(..=end)?).ok()?;
    is_readable(text).then(|| text.to_owned())
}

/// UTF-16, little-endian, with or without zeros at the end; half a character at the end is
/// dropped: systemd's stub before version 251 logs one byte too few.
pub(super) fn wide(bytes: &[u8]) -> Option<String> {
    let mut units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| pair.iter().rev().fold(0, |n, &b| n << 8 | u16::from(b)))
        .collect();
    while units.pop_if(|unit| *unit == 0).is_some() {}
    let text = String::from_utf16(&units).ok()?;
    (!text.is_empty() && is_readable(&text)).then_some(text)
}

/// UTF-16 up to the first zero, and how many bytes it takes with the zero.
pub(super) fn wide_prefix(bytes: &[u8]) -> Option<(String, usize)> {
    let end = bytes.chunks_exact(2).position(|unit| unit == [0, 0])?;
    Some((wide(bytes.get(..2 * end)?).unwrap_or_default(), 2 * end + 2))
}

/// Line feeds may stand in a configuration; other control characters make it no text. Numbers of
/// a structure read as UTF-16 are seldom of a script that this firmware's user writes, but could
/// be: text starts with a printable character of the Basic Latin or Latin-1 blocks.
fn is_readable(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_ascii_graphic() || c == ' ' || ('\u{A1}'..='\u{17F}').contains(&c)
    }) && !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Lines as one: `sbat,1,2025021800; shim,4`.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_either_width_and_numbers_are_no_text() {
        assert_eq!(text(b"MokList\0").as_deref(), Some("MokList"));
        assert_eq!(text(b"V\x002\0.\x001\0\0\0").as_deref(), Some("V2.1"));
        // The last byte of the zero is missing.
        assert_eq!(text(b"a\0b\0\0").as_deref(), Some("ab"));
        assert_eq!(text(&[0, 0]), None);
        assert_eq!(text(&[]), None);
        assert_eq!(text(&[0x82, 0x0E, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(one_line("sbat,1,2\n\nshim,4\n"), "sbat,1,2; shim,4");
    }
}
