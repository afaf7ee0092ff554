//! What is told of the server.

use crate::text::advisory::{AdvisoryText, AdvisoryWord};

pub(super) fn advisory(text: AdvisoryText) -> &'static str {
    match text {
        AdvisoryText::Word(word) => match word {
            AdvisoryWord::Late => "Prüfungen sind im Rückstand.",
            AdvisoryWord::LateMeaning => {
                "Es gibt mehr zu tun, als dieser Server auf einmal schafft. Kein Host wird ausgelassen: Alle warten gleich lange, und was Bedienende starten, kommt zuerst."
            }
            AdvisoryWord::LateRemedy => {
                "Wenn es anhält, geben Sie dem Server mehr Prozessoren oder einen weiteren Server zur Seite, oder lassen Sie die Richtlinien seltener prüfen."
            }
            AdvisoryWord::Since => "Seit",
            AdvisoryWord::Health => "Zustand des Servers",
            AdvisoryWord::Schedule => "Zeitplan",
            AdvisoryWord::OnTime => "pünktlich",
        },
        AdvisoryText::LateBy => "etwa {by} zu spät",
        AdvisoryText::Behind => "{by} im Rückstand",
    }
}
