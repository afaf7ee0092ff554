//! Statements for PostgreSQL, out of those that are written for both.
//!
//! | written | PostgreSQL |
//! |---|---|
//! | `?`, `?1` | `$1`, `$2`, ... |
//! | `LIKE` | `ILIKE`: both ignore the case of ASCII then |
//! | `INDEXED BY name`, `NOT INDEXED` | nothing: its planner goes by statistics |

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Statements that are written in this program: there are a few hundred.
static WRITTEN: LazyLock<RwLock<HashMap<&'static str, Arc<str>>>> = LazyLock::new(RwLock::default);

/// [`translate`], once for each statement.
pub(super) fn written(sql: &'static str) -> Arc<str> {
    // A map that somebody panicked over is as good as ever: entries are added whole.
    if let Some(known) = WRITTEN.read().unwrap_or_else(PoisonError::into_inner).get(sql) {
        return Arc::clone(known);
    }
    let translated: Arc<str> = translate(sql).into();
    let mut known = WRITTEN.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(known.entry(sql).or_insert(translated))
}

/// The statement in the words of PostgreSQL.
pub(super) fn translate(sql: &str) -> String {
    let mut translated = String::with_capacity(sql.len() + 16);
    // The highest number of a value so far: a plain `?` is the one after it, as SQLite counts.
    let mut highest = 0;
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => quoted(rest, first),
            '?' => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                let number = rest[1..=digits].parse().unwrap_or(highest + 1);
                highest = highest.max(number);
                let _ = write!(translated, "${number}");
                rest = &rest[1 + digits..];
                continue;
            }
            'a'..='z' | 'A'..='Z' | '_' => word(rest),
            other => other.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        match token {
            "LIKE" => translated.push_str("ILIKE"),
            "INDEXED" => {
                // A hint for SQLite alone, `INDEXED BY name` or `NOT INDEXED`.
                if let Some(named) = rest.strip_prefix(" BY ") {
                    rest = &named[word(named)..];
                } else if translated.ends_with("NOT ") {
                    translated.truncate(translated.len() - "NOT ".len());
                }
            }
            token => translated.push_str(token),
        }
    }
    translated
}

/// The length of what stands in quotes at the beginning; a doubled quote begins the next.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |end| end + 2)
}

/// The length of the word at the beginning.
fn word(text: &str) -> usize {
    text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_as_sqlite_counts_them() {
        assert_eq!(translate("a = ? AND b = ?"), "a = $1 AND b = $2");
        assert_eq!(translate("a = ?2 AND b = ?1 AND c = ?"), "a = $2 AND b = $1 AND c = $3");
        assert_eq!(translate("(?10, ?)"), "($10, $11)");
    }

    #[test]
    fn what_stands_in_quotes_stays() {
        assert_eq!(translate(r"a = '?' AND b = 'it''s ? LIKE'"), "a = '?' AND b = 'it''s ? LIKE'");
        assert_eq!(translate(r#""only" = ? 'open"#), r#""only" = $1 'open"#);
        assert_eq!(translate(r"x LIKE ? ESCAPE '\'"), r"x ILIKE $1 ESCAPE '\'");
        assert_eq!(translate("ä LIKE 'ö?'"), "ä ILIKE 'ö?'");
    }

    #[test]
    fn hints_for_the_other_planner_go() {
        assert_eq!(translate("FROM events INDEXED BY by_time WHERE a"), "FROM events  WHERE a");
        assert_eq!(translate("FROM events NOT INDEXED WHERE a"), "FROM events  WHERE a");
        assert_eq!(translate("SELECT indexed, unlike FROM a"), "SELECT indexed, unlike FROM a");
    }

    #[test]
    fn a_statement_is_translated_once() {
        let first = written("SELECT 1 WHERE 1 = ?");
        assert!(Arc::ptr_eq(&first, &written("SELECT 1 WHERE 1 = ?")));
    }
}
