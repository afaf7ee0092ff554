//! Rules for one file: its name, its opening, its length, its lines.

use std::ffi::OsStr;
use std::path::Path;

use super::Breach;

/// Lines of a source file without its tests; most have half as many.
const MOST_LINES: usize = 500;

/// If it has no name, it has no owner.
const NAMELESS: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "services"];

/// Text files whose lines are looked at.
const TEXT: &[&str] =
    &["rs", "toml", "md", "css", "ts", "json", "sql", "sh", "yml", "yaml", "html", "svg"];

/// A module may not be named after nothing.
pub fn check_name(file: &Path) -> Option<Breach> {
    if extension(file) != "rs" {
        return None;
    }
    let stem = file.with_extension("");
    let name = stem.iter().filter_map(OsStr::to_str).find(|part| NAMELESS.contains(part))?;
    Some(Breach::new(file, None, format!("\"{name}\" says nothing; name what it is for")))
}

/// The rules for a file's content.
pub fn check_text(file: &Path, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if TEXT.contains(&extension(file)) {
        breaches.extend(check_lines(file, text));
    }
    if extension(file) == "rs" {
        breaches.extend(check_rust(file, text));
    }
    if file.file_name() == Some(OsStr::new("package-lock.json")) {
        breaches.extend(check_lock(file, text));
    }
    breaches
}

fn check_lines(file: &Path, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.ends_with([' ', '\t', '\r']) {
            breaches.push(Breach::new(file, Some(line), "space at the end of the line"));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        breaches.push(Breach::new(file, None, "no line feed at the end"));
    }
    breaches
}

fn check_rust(file: &Path, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if !text.starts_with("//! ") {
        breaches.push(Breach::new(file, Some(1), "open the file with //! and what it is for"));
    }
    let length = lines_without_tests(text);
    if length > MOST_LINES {
        let rule = format!("{length} lines without tests, at most {MOST_LINES}: split it");
        breaches.push(Breach::new(file, None, rule));
    }
    // Of a module that several test programs share, each uses a part: no single #[expect] holds.
    if file.iter().any(|part| part == "tests") {
        return breaches;
    }
    // Put together here, so that this file does not break the rule it checks.
    let allow = ["#[allow", "#![allow"].map(|start| format!("{start}("));
    for (line, content) in (1..).zip(text.lines()) {
        if allow.iter().any(|start| content.trim_start().starts_with(start.as_str())) {
            breaches.push(Breach::new(file, Some(line), "use #[expect(.., reason = ..)]"));
        }
    }
    breaches
}

/// Lines before the test module, which stands at the end.
fn lines_without_tests(text: &str) -> usize {
    let mut lines = text.lines().peekable();
    let mut count = 0;
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]"
            && lines.peek().is_some_and(|next| next.starts_with("mod tests {"))
        {
            break;
        }
        count += 1;
    }
    count
}

/// The lock file names no host that packages come from: everyone uses their own mirror.
fn check_lock(file: &Path, text: &str) -> Vec<Breach> {
    let lines = (1..).zip(text.lines()).filter(|(_, content)| content.contains("\"resolved\""));
    let rule = "names where a package came from; see end2end/.npmrc";
    lines.map(|(line, _)| Breach::new(file, Some(line), rule)).collect()
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(OsStr::to_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(file: &str, text: &str) -> Vec<String> {
        let file = Path::new(file);
        let breaches = check_name(file).into_iter().chain(check_text(file, text));
        breaches.map(|breach| breach.to_string()).collect()
    }

    #[test]
    fn a_good_file_breaks_nothing() {
        assert_eq!(rules("server/src/clock.rs", "//! The clock.\n"), Vec::<String>::new());
        assert_eq!(rules("README.md", "# Words\n"), Vec::<String>::new());
    }

    #[test]
    fn each_breach_says_where() {
        assert_eq!(
            rules("app/src/utils/mod.rs", "//! X.\n"),
            ["app/src/utils/mod.rs: \"utils\" says nothing; name what it is for"]
        );
        assert_eq!(
            rules("a.rs", "use std::fs;\n"),
            ["a.rs:1: open the file with //! and what it is for"]
        );
        assert_eq!(rules("a.md", "one \ntwo\n"), ["a.md:1: space at the end of the line"]);
        assert_eq!(rules("a.md", "one"), ["a.md: no line feed at the end"]);
        let text = format!("//! X.\n#[{}(dead_code)]\nfn f() {{}}\n", "allow");
        assert_eq!(rules("a.rs", &text), ["a.rs:2: use #[expect(.., reason = ..)]"]);
        assert_eq!(
            rules("end2end/package-lock.json", "{\n\"resolved\": \"x\"\n}\n"),
            ["end2end/package-lock.json:2: names where a package came from; see end2end/.npmrc"]
        );
    }

    #[test]
    fn tests_do_not_count_as_length() {
        let long = "x\n".repeat(499);
        let text = format!("//! X.\n{long}#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert_eq!(rules("a.rs", &text), Vec::<String>::new());
        let text = format!("//! X.\n{long}x\n");
        assert_eq!(rules("a.rs", &text), ["a.rs: 501 lines without tests, at most 500: split it"]);
    }
}
