//! From text to terms: spaces, quotes, colons, commas.

use std::fmt;

use super::{InvalidQuery, QueryProblem, Test};

/// One term as it was written.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub written: &'a str,
    pub negated: bool,
    /// In lower case; nothing for a word.
    pub field: Option<String>,
    /// A word's is one.
    pub values: Vec<String>,
}

/// The terms of a text. A quote that is not closed reaches to the end: people are still typing.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, InvalidQuery> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (written, after) = rest.split_at(end_of_term(rest));
        tokens.push(token(written)?);
        rest = after.trim_start();
    }
    Ok(tokens)
}

/// Where the first space outside quotes is.
fn end_of_term(text: &str) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if letter.is_whitespace() && !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn token(written: &str) -> Result<Token<'_>, InvalidQuery> {
    let (negated, rest) = match written.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, written),
    };
    let named = rest.split_once(':').and_then(|(field, values)| {
        let field = field.to_lowercase();
        Test::FIELDS.contains(&field.as_str()).then_some((field, values))
    });
    let (field, values) = match named {
        Some((field, values)) => (Some(field), values_of(values)),
        None => (None, vec![unquoted(rest)]),
    };
    if values.iter().any(String::is_empty) {
        let term = written.to_owned();
        return Err(InvalidQuery { term, problem: QueryProblem::NoValue });
    }
    Ok(Token { written, negated, field, values })
}

/// Values with commas between them, outside quotes.
fn values_of(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        // There is always one: the list begins with one and never shrinks.
        let Some(value) = values.last_mut() else { break };
        match letter {
            '\\' if quoted => value.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            letter => value.push(letter),
        }
    }
    values
}

/// A word, whose commas are its own.
fn unquoted(text: &str) -> String {
    let mut word = String::new();
    let mut quoted = false;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => word.extend(letters.next()),
            '"' => quoted = !quoted,
            letter => word.push(letter),
        }
    }
    word
}

/// Writes a value so that it is read back: in quotes where it must be.
pub(super) fn write_value(f: &mut fmt::Formatter<'_>, value: &str, word: bool) -> fmt::Result {
    let special = |letter: char| letter.is_whitespace() || matches!(letter, '"' | ',');
    let ambiguous = word && (value.contains(':') || value.starts_with('-'));
    if !value.is_empty() && !value.contains(special) && !ambiguous {
        return f.write_str(value);
    }
    f.write_str("\"")?;
    for letter in value.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{letter}")?;
    }
    f.write_str("\"")
}
