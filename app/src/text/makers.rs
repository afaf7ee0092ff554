//! The words of the page of TPM makers.

use trustboard_model::maker::{
    ImportCounts, MakerKind, MakerNote, MakerProblem, MakerRepair, MakerTrust,
};
use trustboard_model::view::{ImportOutcome, MakerOrigin};

use super::{Language, format, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum MakerWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl MakerWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// The page, and the link to it.
    Title,
    /// Below the title.
    Intro,
    /// Nothing is there.
    None,
    /// What that means.
    NoneHint,
    /// Column.
    Maker,
    /// Column.
    Certificate,
    /// Column and fact.
    Fingerprint,
    /// Column and fact.
    Validity,
    /// Column.
    State,
    /// Column and fact.
    Origin,
    /// Fact.
    Issuer,
    /// Fact.
    Serial,
    /// Fact.
    Key,
    /// Fact: who published it.
    Published,
    /// Fact: it is in no table of published roots.
    NotPublished,
    /// Fact: who decided last.
    Decided,
    /// Fact: the trusted certificate it leads to.
    LeadsTo,
    /// It leads nowhere.
    LeadsNowhere,
    /// The link from a row to its details.
    Details,
    /// Heading of the form.
    Import,
    /// What the form takes.
    ImportHint,
    /// Field.
    File,
    /// Tick.
    TrustPublished,
    /// What that means.
    TrustPublishedHint,
    /// Button.
    ImportNow,
    /// Heading of what became of an import.
    Report,
    /// Column.
    Place,
    /// Column.
    Outcome,
    /// Heading of the latest imports.
    Imports,
    /// Heading of the revocation lists.
    Lists,
    /// Column.
    ListIssuer,
    /// Column.
    ListMade,
    /// Column.
    ListNext,
    /// Column.
    ListCount,
    /// Its issuer is here and signed it.
    ListVerified,
    /// It is not.
    ListNotVerified,
    /// Button and heading.
    Trust,
    /// What it asks for.
    TrustHint,
    /// Field.
    TrustDigits,
    /// Button and heading.
    Distrust,
    /// What it does.
    DistrustHint,
    /// Button and heading.
    Remove,
    /// What it does.
    RemoveHint,
    /// Field.
    Reason,
    /// Who may change something.
    ApproversOnly,
    /// Done.
    DoneTrust,
    /// Done.
    DoneDistrust,
    /// Done.
    DoneRemove,
    /// It was so already.
    DoneNothing,
    /// Refused: the digits are not the fingerprint's.
    RefusedDigits,
    /// Refused: no reason was given.
    RefusedReason,
    /// Refused: it is in the folder.
    RefusedFolder,
    /// Refused: it is no longer there.
    RefusedGone,
    /// Refused: no file.
    RefusedNoFile,
    /// Refused: too large.
    RefusedTooLarge,
    /// Refused: the form did not arrive whole.
    RefusedUnreadable,
    /// A certificate of the address that is not there.
    NoSuchCertificate,
    /// A report that is not kept any more.
    NoSuchImport,
    /// On a host's row and page: nobody but an operator vouches for its EK.
    EkByOperator,
    /// What that means.
    EkByOperatorHint,
}

/// Everything that the page says, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum MakerText<'a> {
    Word(MakerWord),
    Trust(MakerTrust),
    /// What a state means, in a sentence.
    TrustMeaning(MakerTrust),
    Kind(MakerKind),
    Note(MakerNote),
    /// A template: `bytes`, `byte`.
    Repair(&'a MakerRepair),
    /// A template, with the problem's fields by name.
    Problem(&'a MakerProblem),
    /// A template: `maker`, `issuer`, `trust`, `problem`.
    Outcome(&'a ImportOutcome),
    /// A template: `file`, `by`.
    Origin(&'a MakerOrigin),
    /// A template: `trusted`, `awaiting`, `follows`, `lists`, `known`, `refused`.
    Counts,
    /// A template: `from`, `until`.
    Between,
    /// A template: `place`, `number`.
    Numbered,
}

fn said(language: Language, text: MakerText<'_>) -> &'static str {
    language.catalogue().maker(text)
}

/// A word of the page.
pub fn maker_word(language: Language, word: MakerWord) -> &'static str {
    said(language, MakerText::Word(word))
}

/// What a certificate counts for: `Trusted`, `Awaits confirmation`.
pub fn maker_trust(language: Language, trust: MakerTrust) -> &'static str {
    said(language, MakerText::Trust(trust))
}

/// What that means, in a sentence.
pub fn maker_trust_meaning(language: Language, trust: MakerTrust) -> &'static str {
    said(language, MakerText::TrustMeaning(trust))
}

/// `Root`, `Intermediate`.
pub fn maker_kind(language: Language, kind: MakerKind) -> &'static str {
    said(language, MakerText::Kind(kind))
}

/// What is worth knowing of a certificate.
pub fn maker_note(language: Language, note: MakerNote) -> &'static str {
    said(language, MakerText::Note(note))
}

/// What was mended.
pub fn maker_repair(language: Language, repair: &MakerRepair) -> String {
    let template = said(language, MakerText::Repair(repair));
    let values = match repair {
        MakerRepair::Padding { bytes, byte } => {
            vec![("bytes", format::number(language, *bytes)), ("byte", format!("{byte:#04x}"))]
        }
        MakerRepair::TrailingBytes { bytes } => vec![("bytes", format::number(language, *bytes))],
    };
    template::text(template, values.as_slice())
}

/// Why something was not taken.
pub fn maker_problem(language: Language, problem: &MakerProblem) -> String {
    let number = |count: &u64| format::number(language, *count);
    let values = match problem {
        MakerProblem::SomethingElse { what } => vec![("what", what.clone())],
        MakerProblem::Unreadable { detail }
        | MakerProblem::Serial { detail }
        | MakerProblem::Archive { detail } => vec![("detail", detail.clone())],
        MakerProblem::WeakKey { key } | MakerProblem::UnknownKey { key } => {
            vec![("key", key.clone())]
        }
        MakerProblem::UnknownSignature { algorithm } => vec![("algorithm", algorithm.clone())],
        MakerProblem::UnknownCritical { oid } => vec![("oid", oid.clone())],
        MakerProblem::TooLong { bytes, limit } => {
            vec![("bytes", number(bytes)), ("limit", number(limit))]
        }
        MakerProblem::TooMany { limit }
        | MakerProblem::Bomb { limit }
        | MakerProblem::TooDeep { limit } => vec![("limit", number(limit))],
        MakerProblem::NotACertificate
        | MakerProblem::BadSelfSignature
        | MakerProblem::NotACa
        | MakerProblem::MayNotSign
        | MakerProblem::Empty => Vec::new(),
    };
    template::text(said(language, MakerText::Problem(problem)), values.as_slice())
}

/// What became of one thing in an imported file.
pub fn import_outcome(language: Language, outcome: &ImportOutcome) -> String {
    let values = match outcome {
        ImportOutcome::Trusted { published } => vec![("maker", published.maker.clone())],
        ImportOutcome::List { issuer } => vec![("issuer", issuer.clone())],
        ImportOutcome::Known { trust: Some(trust) } => {
            vec![("trust", maker_trust(language, *trust).to_owned())]
        }
        ImportOutcome::Refused { problem } => {
            vec![("problem", maker_problem(language, problem))]
        }
        _ => Vec::new(),
    };
    template::text(said(language, MakerText::Outcome(outcome)), values.as_slice())
}

/// Where a certificate came from.
pub fn maker_origin(language: Language, origin: &MakerOrigin) -> String {
    let values = match origin {
        MakerOrigin::Folder { file } => vec![("file", file.clone())],
        MakerOrigin::Import { file, by, .. } => {
            vec![("file", file.clone()), ("by", super::actor(language, by))]
        }
    };
    template::text(said(language, MakerText::Origin(origin)), values.as_slice())
}

/// How many of each an import had.
pub fn import_counts(language: Language, counts: &ImportCounts) -> String {
    let ImportCounts { trusted, awaiting, follows, lists, known, refused } = *counts;
    let all = [
        ("trusted", trusted),
        ("awaiting", awaiting),
        ("follows", follows),
        ("lists", lists),
        ("known", known),
        ("refused", refused),
    ];
    // What there is none of is not said.
    let values: Vec<(&str, String)> = all
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| (name, format::number(language, count.into())))
        .collect();
    let text = template::text(said(language, MakerText::Counts), values.as_slice());
    text.trim_start_matches([',', ' ']).to_owned()
}

/// From when until when a certificate is valid.
pub fn maker_validity(language: Language, from: &str, until: &str) -> String {
    let values = [("from", from.to_owned()), ("until", until.to_owned())];
    template::text(said(language, MakerText::Between), values.as_slice())
}

/// A file, and which certificate of it.
pub fn import_place(language: Language, place: &str, number: Option<u32>) -> String {
    let Some(number) = number else { return place.to_owned() };
    let values = [("place", place.to_owned()), ("number", format::number(language, number.into()))];
    template::text(said(language, MakerText::Numbered), values.as_slice())
}

#[cfg(test)]
mod tests {
    use trustboard_model::event::Actor;
    use trustboard_model::maker::PublishedRoot;
    use trustboard_model::time::Timestamp;

    use super::*;

    fn problems() -> Vec<MakerProblem> {
        let text = || "x".to_owned();
        vec![
            MakerProblem::NotACertificate,
            MakerProblem::SomethingElse { what: text() },
            MakerProblem::Unreadable { detail: text() },
            MakerProblem::Serial { detail: text() },
            MakerProblem::WeakKey { key: text() },
            MakerProblem::UnknownKey { key: text() },
            MakerProblem::UnknownSignature { algorithm: text() },
            MakerProblem::BadSelfSignature,
            MakerProblem::NotACa,
            MakerProblem::MayNotSign,
            MakerProblem::UnknownCritical { oid: text() },
            MakerProblem::TooLong { bytes: 9, limit: 8 },
            MakerProblem::TooMany { limit: 8 },
            MakerProblem::Bomb { limit: 100 },
            MakerProblem::TooDeep { limit: 1 },
            MakerProblem::Archive { detail: text() },
            MakerProblem::Empty,
        ]
    }

    #[test]
    fn every_text_is_whole_in_every_language() {
        let published = PublishedRoot {
            maker: "Maker".to_owned(),
            name: "Root".to_owned(),
            sources: "keylime".to_owned(),
            address: None,
        };
        let origins = [
            MakerOrigin::Folder { file: "a.pem".to_owned() },
            MakerOrigin::Import { file: "a.zip".to_owned(), by: Actor::Server, at: Timestamp(0) },
        ];
        for &language in Language::offered() {
            let mut texts: Vec<String> = Vec::new();
            texts.extend(MakerWord::ALL.iter().map(|word| maker_word(language, *word).to_owned()));
            for trust in MakerTrust::ALL {
                texts.push(maker_trust(language, trust).to_owned());
                texts.push(maker_trust_meaning(language, trust).to_owned());
                let known = ImportOutcome::Known { trust: Some(trust) };
                texts.push(import_outcome(language, &known));
            }
            for problem in problems() {
                texts.push(maker_problem(language, &problem));
                texts.push(import_outcome(language, &ImportOutcome::Refused { problem }));
            }
            for outcome in [
                ImportOutcome::Trusted { published: published.clone() },
                ImportOutcome::Awaiting,
                ImportOutcome::Follows,
                ImportOutcome::List { issuer: "CN=x".to_owned() },
                ImportOutcome::Known { trust: None },
                ImportOutcome::Repeated,
            ] {
                texts.push(import_outcome(language, &outcome));
            }
            texts.extend(origins.iter().map(|origin| maker_origin(language, origin)));
            texts.push(maker_repair(language, &MakerRepair::Padding { bytes: 2, byte: 0 }));
            texts.push(maker_repair(language, &MakerRepair::TrailingBytes { bytes: 2 }));
            texts.push(maker_validity(language, "2020", "2030"));
            texts.push(import_place(language, "a.zip/b.pem", Some(3)));
            for text in texts {
                assert!(!text.trim().is_empty(), "{language}");
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
            }
        }
    }

    #[test]
    fn counts_say_what_there_is() {
        let counts = ImportCounts { awaiting: 2, refused: 1, ..ImportCounts::default() };
        assert_eq!(import_counts(Language::En, &counts), "2 await confirmation, 1 refused");
        assert_eq!(import_counts(Language::De, &counts), "2 warten auf Bestätigung, 1 abgelehnt");
    }
}
