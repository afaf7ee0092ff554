//! What is told of the server.

use crate::text::advisory::{AdvisoryText, AdvisoryWord};

pub(super) fn advisory(text: AdvisoryText) -> &'static str {
    match text {
        AdvisoryText::Word(word) => match word {
            AdvisoryWord::Late => "Prüfungen sind im Rückstand.",
            AdvisoryWord::LateMeaning => {
                "Es gibt mehr zu tun, als dieser Server auf einmal schafft, oder viele Agenten brauchen lange für ihre Antwort. Kein Host wird ausgelassen: Alle warten gleich lange, und was Bedienende starten, kommt zuerst."
            }
            AdvisoryWord::LateRemedy => {
                "Wenn es anhält, geben Sie dem Server mehr Prozessoren oder einen weiteren Server zur Seite, oder lassen Sie die Richtlinien seltener prüfen."
            }
            AdvisoryWord::Returning => "Agenten sind noch nicht zurück.",
            AdvisoryWord::ReturningMeaning => {
                "Ihr Server hat sich beendet. Bis dahin gelten ihre Hosts als verbunden und zeigen, was sie vorher zeigten; was dann noch fehlt, antwortet nicht."
            }
            AdvisoryWord::Until => "Gewartet wird bis",
            AdvisoryWord::Since => "Seit",
            AdvisoryWord::Health => "Zustand des Servers",
            AdvisoryWord::Schedule => "Zeitplan",
            AdvisoryWord::ThisServer => "Dieser Server",
            AdvisoryWord::OnTime => "pünktlich",
        },
        AdvisoryText::LateBy => "etwa {by} zu spät",
        AdvisoryText::Missing => "{count} fehlen",
        AdvisoryText::Behind => "{by} im Rückstand",
    }
}
