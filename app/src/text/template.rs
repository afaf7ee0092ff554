//! Templates: text with names in braces, and parts in square brackets that go when a name in them
//! is absent.
//!
//! ```text
//! The log does not explain PCR {pcr}.                  {pcr} must be there
//! The log does not explain [PCR {pcr}|a quoted PCR].   the first alternative that can be filled
//! The log ends early[: {found}].                       nothing, if there is no {found}
//! ```
//!
//! Values are put in as they are and never read as templates themselves.

/// Where the values of a template come from.
pub(super) trait Values {
    /// The value with this name.
    fn value(&self, name: &str) -> Option<&str>;
}

impl Values for [(&str, String)] {
    fn value(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// A filled template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled<'t> {
    /// The text.
    pub text: String,
    /// The names that were used.
    pub used: Vec<&'t str>,
}

/// Fills `template`. A name outside brackets that has no value stays as it is, braces included,
/// so that a test sees it.
pub(super) fn fill<'t>(template: &'t str, values: &(impl Values + ?Sized)) -> Filled<'t> {
    let mut filled = Filled { text: String::with_capacity(template.len() + 64), used: Vec::new() };
    let mut rest = template;
    while let Some((plain, bracketed)) = rest.split_once('[') {
        let (choices, after) = bracketed.split_once(']').unwrap_or((bracketed, ""));
        names(plain, values, &mut filled);
        if let Some(choice) = choices.split('|').find(|choice| can_fill(choice, values)) {
            names(choice, values, &mut filled);
        }
        rest = after;
    }
    names(rest, values, &mut filled);
    filled
}

/// The text of a filled template.
pub(super) fn text(template: &str, values: &(impl Values + ?Sized)) -> String {
    fill(template, values).text
}

fn names<'t>(part: &'t str, values: &(impl Values + ?Sized), filled: &mut Filled<'t>) {
    let mut rest = part;
    while let Some((plain, named)) = rest.split_once('{') {
        filled.text.push_str(plain);
        let (name, after) = named.split_once('}').unwrap_or((named, ""));
        if let Some(value) = values.value(name) {
            filled.text.push_str(value);
            filled.used.push(name);
        } else {
            filled.text.push('{');
            filled.text.push_str(name);
            filled.text.push('}');
        }
        rest = after;
    }
    filled.text.push_str(rest);
}

fn can_fill(choice: &str, values: &(impl Values + ?Sized)) -> bool {
    choice
        .split('{')
        .skip(1)
        .filter_map(|named| named.split_once('}'))
        .all(|(name, _)| values.value(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        text(template, values.as_slice())
    }

    #[test]
    fn fills_names_and_drops_parts_without_values() {
        let template = "PCR {pcr}[ of {bank}][: {found}|: nothing].";
        assert_eq!(filled(template, &[("pcr", "7")]), "PCR 7: nothing.");
        assert_eq!(
            filled(template, &[("pcr", "7"), ("bank", "sha256"), ("found", "x")]),
            "PCR 7 of sha256: x."
        );
    }

    #[test]
    fn values_are_not_templates() {
        assert_eq!(filled("[{found}]", &[("found", "[{pcr}|x]"), ("pcr", "7")]), "[{pcr}|x]");
    }

    #[test]
    fn a_missing_name_is_left_to_be_seen() {
        assert_eq!(filled("PCR {pcr}.", &[]), "PCR {pcr}.");
    }

    #[test]
    fn says_which_names_it_used() {
        let values = [("a", "1".to_owned())];
        assert_eq!(fill("{a}[{b}]", values.as_slice()).used, ["a"]);
    }

    #[test]
    fn survives_unbalanced_templates() {
        assert_eq!(filled("a [b", &[]), "a b");
        assert_eq!(filled("a {b", &[]), "a {b}");
    }
}
