//! Texts that people and hosts give: names, comments, reasons; each with its limit.

use trustboard_model::facts::HostFacts;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::HostAction;

/// The longest name of a datacenter or cluster, in characters: what a table column can show.
const MAX_PLACE: usize = 64;

/// The longest name of an operator, in characters.
const MAX_OPERATOR: usize = 64;

/// The longest name of a host, in bytes (RFC 1035 2.3.4 allows 253 as text).
const MAX_HOST: usize = 253;

/// The name of a datacenter or cluster, without the space around it.
pub(super) fn place_name(name: &str) -> Result<&str, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_PLACE || name.chars().any(char::is_control) {
        let problem = format!("expected 1 to {MAX_PLACE} printable characters");
        return Err(Refusal::invalid("name", problem));
    }
    Ok(name)
}

/// The name of an operator.
pub(super) fn operator_name(name: &str) -> Result<&str, Refusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._@-".contains(c);
    if name.is_empty() || name.len() > MAX_OPERATOR || !name.chars().all(fits) {
        let problem = format!("expected 1 to {MAX_OPERATOR} letters, digits, or any of . _ @ -");
        return Err(Refusal::invalid("name", problem));
    }
    Ok(name)
}

/// A name that somebody tried to sign in with, for the record: it may be anything.
pub(super) fn attempted_name(name: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    name.chars().map(clean).take(MAX_OPERATOR).collect()
}

/// The name that a host gives itself.
pub(super) fn host_name(facts: &HostFacts) -> Result<&str, Refusal> {
    let name = facts.hostname.trim();
    if name.is_empty() || name.len() > MAX_HOST || name.chars().any(char::is_control) {
        let problem = format!("expected 1 to {MAX_HOST} printable bytes");
        return Err(Refusal::invalid("facts.hostname", problem));
    }
    Ok(name)
}

/// The name of the `number`th host that calls itself `name`: `web`, `web-2`, `web-3`.
pub(super) fn numbered(name: &str, number: u32) -> String {
    if number < 2 {
        return name.to_owned();
    }
    let suffix = format!("-{number}");
    let mut kept = name.to_owned();
    while kept.len() + suffix.len() > MAX_HOST {
        kept.pop();
    }
    kept + &suffix
}

/// A comment or reason, without the space around it. It is asked for, so it may not be empty.
pub(super) fn said<'a>(field: &str, text: &'a str) -> Result<&'a str, Refusal> {
    let text = text.trim();
    let control = |c: char| c.is_control() && c != '\n' && c != '\t' && c != '\r';
    if text.is_empty() || text.chars().count() > HostAction::MAX_TEXT || text.chars().any(control) {
        let problem = format!("expected 1 to {} characters", HostAction::MAX_TEXT);
        return Err(Refusal::invalid(field, problem));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_limits() {
        assert_eq!(place_name(" Rack 12 · Köln "), Ok("Rack 12 · Köln"));
        for bad in ["", "  ", "a\nb", &"x".repeat(65)] {
            assert!(place_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(operator_name("ada.l@example-1"), Ok("ada.l@example-1"));
        for bad in ["", "ada lovelace", "ädä", "a\0", &"x".repeat(65)] {
            assert!(operator_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(attempted_name(&"\u{7}".repeat(90)), "\u{FFFD}".repeat(64));
    }

    #[test]
    fn numbered_names_stay_within_the_limit() {
        assert_eq!((numbered("web", 1), numbered("web", 2)), ("web".into(), "web-2".into()));
        let long = numbered(&"é".repeat(126), 10);
        assert!(long.len() <= MAX_HOST && long.ends_with("é-10"), "{long}");
    }

    #[test]
    fn what_is_said_may_have_lines_but_not_be_empty_or_endless() {
        assert_eq!(said("comment", " on it\nsince 9 "), Ok("on it\nsince 9"));
        for bad in ["", " \n", "\u{1b}[31m", &"x".repeat(1001)] {
            let refusal = said("comment", bad).unwrap_err();
            assert!(matches!(refusal, Refusal::Invalid { field, .. } if field == "comment"));
        }
    }
}
