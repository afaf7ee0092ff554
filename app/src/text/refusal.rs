//! Refusals in words.

use trustboard_model::refusal::Refusal;

use super::fact::fact;
use super::{Language, format, template, words};

/// What a language says of refusals: templates with the refusal's fields by name.
#[derive(Debug)]
pub(super) struct Refusals {
    pub sign_in_required: &'static str,
    pub wrong_credentials: &'static str,
    pub key_refused: &'static str,
    pub not_with_key: &'static str,
    pub forbidden: &'static str,
    pub cross_site: &'static str,
    pub not_found: &'static str,
    pub stale: &'static str,
    pub conflict: &'static str,
    pub invalid: &'static str,
    pub too_many: &'static str,
    pub read_only: &'static str,
    pub unavailable: &'static str,
}

/// Why the server did not do what it was asked, and what to do about it.
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let words = language.catalogue().refusals();
    let (template, values) = match refusal {
        Refusal::SignInRequired => (words.sign_in_required, Vec::new()),
        Refusal::WrongCredentials => (words.wrong_credentials, Vec::new()),
        Refusal::KeyRefused => (words.key_refused, Vec::new()),
        Refusal::NotWithKey => (words.not_with_key, Vec::new()),
        Refusal::CrossSite => (words.cross_site, Vec::new()),
        Refusal::Forbidden { needs } => {
            (words.forbidden, vec![("role", words::role(language, *needs).to_owned())])
        }
        Refusal::NotFound { what } => {
            (words.not_found, format::optional(&[("what", &fact(language, what))]))
        }
        Refusal::Stale { now, .. } => {
            (words.stale, format::optional(&[("now", &fact(language, now))]))
        }
        Refusal::Conflict { problem } => {
            (words.conflict, format::optional(&[("problem", &fact(language, problem))]))
        }
        Refusal::Invalid { field, problem } => (
            words.invalid,
            format::optional(&[("field", field), ("problem", &fact(language, problem))]),
        ),
        Refusal::TooMany { retry_s } => (words.too_many, vec![("seconds", retry_s.to_string())]),
        Refusal::ReadOnly => (words.read_only, Vec::new()),
        Refusal::Unavailable { trace } => {
            (words.unavailable, format::optional(&[("trace", trace)]))
        }
    };
    template::text(template, values.as_slice())
}
