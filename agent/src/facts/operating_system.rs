//! os-release(5).

use std::path::Path;

use crate::text_file::{self, fact, under};

/// The fields that become facts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OperatingSystem {
    /// `ID`
    pub id: Option<String>,
    /// `PRETTY_NAME`
    pub pretty_name: Option<String>,
    /// `VERSION_ID`
    pub version_id: Option<String>,
}

/// Reads `/etc/os-release`, or `/usr/lib/os-release` if there is none.
pub fn read(sysroot: &Path) -> OperatingSystem {
    ["/etc/os-release", "/usr/lib/os-release"]
        .into_iter()
        .find_map(|path| text_file::read(&under(sysroot, path)).ok())
        .map(|text| parse(&text))
        .unwrap_or_default()
}

fn parse(text: &str) -> OperatingSystem {
    let mut os = OperatingSystem::default();
    for line in text.lines() {
        let Some((key, value)) = line.trim().split_once('=') else { continue };
        let field = match key {
            "ID" => &mut os.id,
            "PRETTY_NAME" => &mut os.pretty_name,
            "VERSION_ID" => &mut os.version_id,
            _ => continue,
        };
        *field = fact(&unquote(value));
    }
    os
}

/// A value without its shell quotes; a backslash takes the next character as it is.
fn unquote(value: &str) -> String {
    let inner = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value);
    let mut chars = inner.chars();
    let mut text = String::with_capacity(inner.len());
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_off() {
        let os = parse(
            "# comment\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n\
             VERSION_ID='12'\nNAME=\"x\"\nBROKEN\n",
        );
        assert_eq!(os.id.as_deref(), Some("debian"));
        assert_eq!(os.version_id.as_deref(), Some("12"));
        assert_eq!(os.pretty_name.as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(parse("PRETTY_NAME=\"a \\\"b\\\"\"").pretty_name.as_deref(), Some("a \"b\""));
    }

    #[test]
    fn what_is_missing_stays_unknown() {
        assert_eq!(parse("ID=\nVERSION_ID=\"\"\n"), OperatingSystem::default());
    }
}
