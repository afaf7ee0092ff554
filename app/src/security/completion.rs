//! What can complete a filter where it is being typed, as plain values.

use serde::{Deserialize, Serialize};
use trustboard_model::host_query::{HostQuery, Pattern, Test};
use trustboard_model::reason::ReasonCode;

use crate::text::{self, Language};

/// The most suggestions at a time: a list that can be looked over.
const MOST: usize = 12;

/// The part of a text that is being typed, between two places in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// Where what would be replaced begins.
    pub from: usize,
    /// Where it ends: behind the caret, up to the end of the value.
    pub to: usize,
    /// What of it.
    pub what: Typed,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A word, or the name of a field.
    Word(String),
    /// A value of a field.
    Value {
        /// The field.
        field: &'static str,
        /// What of the value is there, without quotes.
        value: String,
    },
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is put in.
    pub text: String,
    /// What it is called in the list.
    pub label: String,
    /// What that is: the field's or the value's meaning.
    pub meaning: Meaning,
}

/// What a suggestion means, for the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A field.
    Field(&'static str),
    /// A reason.
    Reason(ReasonCode),
    /// A value that says it by itself.
    None,
}

/// A suggestion as the browser is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// What it is called in the list.
    pub label: String,
    /// What that is, in words.
    pub meaning: String,
    /// The field's whole text with it put in.
    pub text: String,
    /// Where the caret stands then, in UTF-16 units.
    pub caret: u32,
    /// Whether something is to follow at once: a field wants its value.
    pub goes_on: bool,
}

impl Suggested {
    /// The suggestion, put into the text.
    pub fn of(language: Language, text: &str, typing: &Typing, one: &Suggestion) -> Self {
        let (completed, caret) = completed(text, typing, one);
        let before = completed.get(..caret).unwrap_or(&completed);
        let meaning = match one.meaning {
            Meaning::Field(field) => text::query_field(language, field),
            Meaning::Reason(code) => text::reason_title(language, code),
            Meaning::None => "",
        };
        Self {
            label: one.label.clone(),
            meaning: meaning.to_owned(),
            caret: u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX),
            goes_on: matches!(one.meaning, Meaning::Field(_)) && one.text.ends_with(':'),
            text: completed,
        }
    }
}

/// The place in bytes of one in UTF-16 units, as browsers count.
pub fn in_bytes(text: &str, units: u32) -> usize {
    let units = usize::try_from(units).unwrap_or(usize::MAX);
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += letter.len_utf16();
    }
    text.len()
}

/// What is being typed at `caret`, a place in bytes.
pub fn typing(text: &str, caret: usize) -> Typing {
    let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let caret = caret.unwrap_or(0);
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in text.char_indices().take_while(|(at, _)| *at < caret) {
        match letter {
            '"' => quoted = !quoted,
            _ if letter.is_whitespace() && !quoted => from = at + letter.len_utf8(),
            _ => {}
        }
    }
    let rest = text.get(caret..).unwrap_or_default();
    let to = caret + rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
    let mut typed = text.get(from..caret).unwrap_or_default();
    if let Some(behind) = typed.strip_prefix('-') {
        (from, typed) = (from + 1, behind);
    }
    let field = typed.split_once(':').and_then(|(field, _)| {
        Test::FIELDS.into_iter().find(|known| known.eq_ignore_ascii_case(field))
    });
    let Some(field) = field else {
        return Typing { from, to, what: Typed::Word(typed.to_owned()) };
    };
    let mut begin = field.len() + 1;
    let mut quoted = false;
    for (at, letter) in typed.char_indices().skip_while(|(at, _)| *at < field.len() + 1) {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => begin = at + 1,
            _ => {}
        }
    }
    let value = typed.get(begin..).unwrap_or_default().replace('"', "");
    Typing { from: from + begin, to, what: Typed::Value { field, value } }
}

/// Whether names of this field are asked of the server.
pub fn has_names(field: &str) -> bool {
    matches!(field, "name" | "cluster" | "datacenter")
}

/// What completes it; `names` are those that the server knows.
pub fn suggestions(what: &Typed, names: &[String]) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = match what {
        Typed::Word(word) => fields(&word.to_lowercase()),
        Typed::Value { field: field @ ("last" | "since"), value } => ages(field, value),
        Typed::Value { field, value } if has_names(field) => {
            let named = names.iter().map(|name| name_of(field, name));
            named.filter(|one| one.label != *value).collect()
        }
        Typed::Value { field, value } => values(field, &value.to_lowercase()),
    };
    found.truncate(MOST);
    found
}

fn fields(word: &str) -> Vec<Suggestion> {
    let begins = Test::FIELDS.into_iter().filter(|field| field.starts_with(word));
    begins
        .map(|field| Suggestion {
            text: format!("{field}:"),
            label: format!("{field}:"),
            meaning: Meaning::Field(field),
        })
        .collect()
}

fn values(field: &str, value: &str) -> Vec<Suggestion> {
    let mut codes = Test::values(field);
    // Those that begin so stand before those that only contain it.
    codes.retain(|code| code.contains(value) && *code != value);
    codes.sort_by_key(|code| !code.starts_with(value));
    codes
        .into_iter()
        .map(|code| Suggestion {
            text: format!("{code} "),
            label: code.to_owned(),
            meaning: ReasonCode::from_code(code).map_or(Meaning::None, Meaning::Reason),
        })
        .collect()
}

fn ages(field: &str, value: &str) -> Vec<Suggestion> {
    let usual = [">10m", ">1h", ">1d", ">7d", "<1h", "<1d", "<7d"];
    let begins = usual.into_iter().filter(|age| age.starts_with(value) && *age != value);
    let field = if field == "last" { "last" } else { "since" };
    begins
        .map(|age| Suggestion {
            text: format!("{age} "),
            label: age.to_owned(),
            meaning: Meaning::Field(field),
        })
        .collect()
}

/// A name as a value, in quotes where it must be.
fn name_of(field: &str, name: &str) -> Suggestion {
    let written = HostQuery::of(match field {
        "cluster" => Test::Cluster(Pattern::new(name)),
        "datacenter" => Test::Datacenter(Pattern::new(name)),
        _ => Test::Name(Pattern::new(name)),
    });
    let written = written.to_string();
    let value = written.split_once(':').map_or(name, |(_, value)| value);
    Suggestion { text: format!("{value} "), label: name.to_owned(), meaning: Meaning::None }
}

/// The text with the suggestion put in, and where the caret stands then, in bytes.
pub fn completed(text: &str, typing: &Typing, suggestion: &Suggestion) -> (String, usize) {
    let before = text.get(..typing.from).unwrap_or_default();
    let behind = text.get(typing.to..).unwrap_or_default();
    let mut inserted = suggestion.text.as_str();
    // One space, one comma: not one more than is there.
    if behind.starts_with([' ', ',']) {
        inserted = inserted.trim_end();
    }
    (format!("{before}{inserted}{behind}"), before.len() + inserted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is suggested at the bar in the text, and the text after taking the first.
    fn complete(text: &str, names: &[&str]) -> (Vec<String>, String) {
        let caret = text.find('|').unwrap();
        let text = text.replace('|', "");
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let typing = typing(&text, caret);
        let found = suggestions(&typing.what, &names);
        let labels = found.iter().map(|one| one.label.clone()).collect();
        let taken = found.first().map(|first| {
            let (mut text, caret) = completed(&text, &typing, first);
            text.insert(caret, '|');
            text
        });
        (labels, taken.unwrap_or(text))
    }

    #[test]
    fn a_word_may_become_a_field() {
        assert_eq!(
            complete("web at|", &[]),
            (vec!["attestation:".into()], "web attestation:|".into())
        );
        assert_eq!(complete("-al|", &[]).1, "-alarm:|");
        assert_eq!(complete("|", &[]).0.len(), MOST);
        assert!(complete("db-prod|", &[]).0.is_empty());
    }

    #[test]
    fn fields_have_their_values() {
        let (labels, text) = complete("attestation:|", &[]);
        assert_eq!(labels, ["failed", "unknown", "n-a", "passed"]);
        assert_eq!(text, "attestation:failed |");
        assert_eq!(complete("attestation:failed,un|", &[]).1, "attestation:failed,unknown |");
        assert_eq!(complete("Alarm:UN| web", &[]).1, "Alarm:unacknowledged| web");
        assert_eq!(complete("last:>1|", &[]).0, [">10m", ">1h", ">1d"]);
        assert!(complete("attestation:failed|", &[]).0.is_empty(), "it is complete");
        let reasons = complete("reason:secure|", &[]).0;
        assert!(reasons[0].starts_with("secure"), "{reasons:?}");
        assert!(complete("difference:|", &[]).0.is_empty());
    }

    #[test]
    fn names_come_quoted_where_they_must_be() {
        assert_eq!(complete("cluster:two|", &["two words"]).1, "cluster:\"two words\" |");
        assert_eq!(complete("cluster:\"two w|", &["two words"]).1, "cluster:\"two words\" |");
        assert_eq!(complete("name:a,db|x tpm:2.0", &["db-1"]).1, "name:a,db-1| tpm:2.0");
        let typing = typing("cluster:\"two w", 14);
        let value = Typed::Value { field: "cluster", value: "two w".to_owned() };
        assert_eq!(typing.what, value);
    }

    #[test]
    fn a_browser_is_told_the_whole_text_and_its_own_caret() {
        let text = "\u{1f600} att web";
        let typing = typing(text, in_bytes(text, 6));
        let first = &suggestions(&typing.what, &[])[0];
        let told = Suggested::of(Language::En, text, &typing, first);
        assert_eq!((told.text.as_str(), told.caret), ("\u{1f600} attestation: web", 15));
        assert!(told.goes_on && !told.meaning.is_empty());
        assert_eq!((in_bytes("é", 0), in_bytes("é", 1), in_bytes("é", 9)), (0, 2, 2));
    }

    #[test]
    fn no_caret_breaks_a_letter() {
        let text = "é:ü attestation:ö";
        for caret in 0..=text.len() + 3 {
            let typing = typing(text, caret);
            assert!(text.get(typing.from..typing.to).is_some(), "{caret}");
        }
    }
}
