//! No language is another one in disguise.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::text::*;

/// Words of the interface that are the same as in English: names, terms of the specifications, and
/// words that the two languages share.
fn shared(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => &[],
        Language::De => &[
            "Trustboard",
            "Alarm",
            "Bank",
            "Cluster",
            "Host",
            "Hosts",
            "Kernel",
            "Live",
            "Name",
            "PCR",
            "Secure Boot",
        ],
        Language::Fr => &[
            "Trustboard",
            "Actions",
            "Attestation",
            "Cluster",
            "Message",
            "PCR",
            "Pages",
            "Secure Boot",
        ],
    }
}

#[test]
fn every_language_speaks_for_itself() {
    for &language in Language::offered().iter().filter(|&&language| language != Language::En) {
        for &code in ReasonCode::ALL {
            let (own, english) =
                (reason(language, &Reason::new(code)), reason(Language::En, &Reason::new(code)));
            assert_ne!(own.title, english.title, "{language} {code}");
            assert_ne!(own.sentence, english.sentence, "{language} {code}");
            assert_ne!(own.cause, english.cause, "{language} {code}");
            assert_ne!(own.look, english.look, "{language} {code}");
            for (step, other) in own.remedy.iter().zip(&english.remedy) {
                assert_ne!(step, other, "{language} {code}");
            }
        }
        for &id in CheckId::ALL {
            assert_ne!(check(language, id).meaning, check(Language::En, id).meaning, "{language}");
        }
        for &key in Ui::ALL {
            let own = ui(language, key);
            let told_apart = own != ui(Language::En, key) || shared(language).contains(&own);
            assert!(told_apart, "{language} {key:?}: {own} is the English word");
        }
    }
}
