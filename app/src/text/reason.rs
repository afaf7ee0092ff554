//! Reasons in words: what, where, why, what to do, where to look.

use std::borrow::Cow;

use trustboard_model::reason::{Reason, ReasonCode};

use super::fact::fact;
use super::template::{self, Values};
use super::{Language, format};

/// A reason's texts as a language holds them. All but the title are templates; `place`,
/// `expected`, `found` and the reason's facts are their names, and any of them may be absent.
#[derive(Debug)]
pub(super) struct ReasonEntry {
    /// What the row shows first. No template: lists and filters show it without facts.
    pub title: &'static str,
    /// One plain sentence.
    pub sentence: &'static str,
    /// What is likely behind it.
    pub cause: &'static str,
    /// The steps, in order.
    pub remedy: &'static [&'static str],
    /// Where to look.
    pub look: &'static str,
}

/// What an operator reads about a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonText {
    /// What the row shows first: `Host Secure Boot is disabled`.
    pub title: &'static str,
    /// One plain sentence with place, expected and found; digests are shortened, since the page
    /// shows them whole beside it.
    pub sentence: String,
    /// What is likely behind it, the likeliest first.
    pub cause: String,
    /// What to do, step by step.
    pub remedy: Vec<String>,
    /// Where to look, in Trustboard and on the host.
    pub look: String,
}

/// Everything about a reason.
pub fn reason(language: Language, reason: &Reason) -> ReasonText {
    let catalogue = language.catalogue();
    let entry = catalogue.reason(reason.code);
    let facts = Facts::of(language, reason);
    let mut sentence = template::fill(entry.sentence, &facts);
    let leftover = catalogue.leftover();
    let unsaid = |name| facts.value(name).is_some() && !sentence.used.contains(&name);
    let place = unsaid("place").then_some(leftover.place);
    let rest = match (unsaid("expected"), unsaid("found")) {
        (true, true) => Some(leftover.both),
        (true, false) => Some(leftover.expected),
        (false, true) => Some(leftover.found),
        (false, false) => None,
    };
    for said in place.into_iter().chain(rest) {
        sentence.text.push_str(&template::text(said, &facts));
    }
    ReasonText {
        title: entry.title,
        sentence: sentence.text,
        cause: template::text(entry.cause, &facts),
        remedy: entry.remedy.iter().map(|step| template::text(step, &facts)).collect(),
        look: template::text(entry.look, &facts),
    }
}

/// A reason's title, for lists that have only the code.
pub fn reason_title(language: Language, code: ReasonCode) -> &'static str {
    language.catalogue().reason(code).title
}

/// A reason's facts by name, digests shortened and moments as every text writes them.
struct Facts<'r> {
    named: Vec<(&'r str, String)>,
}

impl<'r> Facts<'r> {
    fn of(language: Language, reason: &'r Reason) -> Self {
        let parts =
            [("place", &reason.place), ("expected", &reason.expected), ("found", &reason.found)];
        let parts = parts
            .into_iter()
            .filter_map(|(name, part)| Some((name, fact(language, part.as_deref()?))));
        let facts = reason.facts.iter();
        let facts = facts.map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
        let named = parts.chain(facts).filter(|(_, value)| !value.trim().is_empty()).map(
            |(name, value)| {
                (
                    name,
                    format::moment_in(language, &value)
                        .unwrap_or_else(|| digests_shortened(&value)),
                )
            },
        );
        Self { named: named.collect() }
    }
}

impl Values for Facts<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.named.as_slice().value(name)
    }
}

/// The length from which a run of hexadecimal digits is taken for a digest: SHA-1 has 40.
const DIGEST_DIGITS: usize = 40;
/// How many digits of a digest are shown: enough to tell values apart by eye.
const SHOWN_DIGITS: usize = 12;

/// `text` with every run of 40 or more hexadecimal digits cut to its first 12 and an ellipsis.
fn digests_shortened(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let plain = rest[digits..].chars().take_while(|c| !c.is_ascii_hexdigit());
        let end = digits + plain.map(char::len_utf8).sum::<usize>();
        if digits >= DIGEST_DIGITS {
            short.push_str(&rest[..SHOWN_DIGITS]);
            short.push('…');
            short.push_str(&rest[digits..end]);
        } else {
            short.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_shortened_and_other_text_is_not() {
        let digest = "9f3c".repeat(16);
        let text = format!("é sha256 {digest}, event 12");
        assert_eq!(digests_shortened(&text), "é sha256 9f3c9f3c9f3c…, event 12");
        assert_eq!(digests_shortened("Debian 12 decade"), "Debian 12 decade");
        assert_eq!(digests_shortened(""), "");
    }

    #[test]
    fn a_difference_from_a_configuration_reads_as_one_sentence_in_every_language() {
        let changed = Reason::new(ReasonCode::ConfigurationKernelCommandLineChanged)
            .at("PCR 8, event 41")
            .expected("quiet")
            .found("quiet init=/bin/sh")
            .with("added", "init=/bin/sh")
            .with("configuration", "Debian 12.8")
            .with("version", 3)
            .with("count", 1);
        for (language, said) in [
            (
                Language::En,
                "PCR 8, event 41: kernel command line changed: `quiet` → `quiet init=/bin/sh`. \
                 Added: `init=/bin/sh`. Closest approved configuration: Debian 12.8, version 3; \
                 differences in all: 1.",
            ),
            (
                Language::De,
                "PCR 8, Ereignis 41: Kernel-Befehlszeile geändert: `quiet` → \
                 `quiet init=/bin/sh`. Hinzugekommen: `init=/bin/sh`. Nächstliegende \
                 freigegebene Konfiguration: Debian 12.8, Version 3; Abweichungen insgesamt: 1.",
            ),
            (
                Language::Fr,
                "PCR 8, événement 41 : ligne de commande du noyau modifiée : `quiet` → \
                 `quiet init=/bin/sh`. Ajouté : `init=/bin/sh`. Configuration approuvée la plus \
                 proche : Debian 12.8, version 3 ; écarts en tout : 1.",
            ),
        ] {
            assert_eq!(reason(language, &changed).sentence, said);
        }
        let digest = "9f3c".repeat(16);
        let loader = Reason::new(ReasonCode::ConfigurationBootLoaderChanged)
            .at("PCR 4, event 30 of the configuration")
            .expected(format!("{digest} (unproven: \\EFI\\debian\\shimx64.efi)"))
            .found("nothing");
        let said = reason(Language::De, &loader).sentence;
        assert_eq!(
            said,
            "PCR 4, Ereignis 30 der Konfiguration: Bootloader geändert: `9f3c9f3c9f3c… \
             (unbewiesen: \\EFI\\debian\\shimx64.efi)` → `nichts`."
        );
    }

    #[test]
    fn facts_that_no_template_names_are_said_after_the_sentence() {
        let text = reason(
            Language::En,
            &Reason::new(ReasonCode::IdentityNotProven).at("somewhere").expected("this one"),
        );
        assert!(text.sentence.contains("somewhere"), "{}", text.sentence);
        assert!(text.sentence.contains("this one"), "{}", text.sentence);
    }
}
