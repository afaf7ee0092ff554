//! Refusals in words.

use trustboard_model::refusal::Refusal;

use super::{Language, format, template, words};

/// Why the server did not do what it was asked, and what to do about it.
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let values = match refusal {
        Refusal::SignInRequired | Refusal::WrongCredentials | Refusal::CrossSite => Vec::new(),
        Refusal::Forbidden { needs } => vec![("role", words::role(language, *needs).to_owned())],
        Refusal::NotFound { what } => format::optional(&[("what", what)]),
        Refusal::Stale { now, .. } => format::optional(&[("now", now)]),
        Refusal::Conflict { problem } => format::optional(&[("problem", problem)]),
        Refusal::Invalid { field, problem } => {
            format::optional(&[("field", field), ("problem", problem)])
        }
        Refusal::TooMany { retry_s } => vec![("seconds", retry_s.to_string())],
        Refusal::Unavailable { trace } => format::optional(&[("trace", trace)]),
    };
    template::text(language.catalogue().refusal(refusal), values.as_slice())
}
