//! Exports: rows as CSV or JSON lines, streamed page by page, so that a million of them need no more
//! memory than one page.
//!
//! An endpoint says what its rows are ([`Row`]), names the file and hands over how the next page is
//! read; see [`download`].

mod csv;
mod stream;

pub use csv::{START, line};
pub use stream::{Pages, download};

use serde::Serialize;

/// In which form rows leave the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: RFC 4180, with a heading, formula-safe.
    Csv,
    /// For programs: one JSON object a line.
    JsonLines,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Csv, Self::JsonLines];

    /// The stable code, which is also how the file's name ends: `csv`, `jsonl`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// The form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// RFC 4180 3; for JSON lines no type is registered, this one is in use.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

/// One row: its JSON is what it serialises as.
pub trait Row: Serialize {
    /// Its cells in CSV, in the order of the heading.
    fn cells(&self) -> Vec<String>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_codes() {
        for format in Format::ALL {
            assert_eq!(Format::from_code(format.code()), Some(format));
        }
        assert_eq!(Format::from_code("xlsx"), None);
    }
}
