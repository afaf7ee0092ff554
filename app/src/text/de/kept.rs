//! What the server keeps.

use crate::text::kept::KeptWord;

pub(super) fn kept(word: KeptWord) -> &'static str {
    match word {
        KeptWord::Title => "Was aufbewahrt wird",
        KeptWord::Intro => {
            "Was älter ist, wird stündlich entfernt. Ereignisse werden nie entfernt: Jedes enthält den Hash des vorigen, und eine Kette ohne ihren Anfang beweist nichts."
        }
        KeptWord::CountedAt => "Gezählt:",
        KeptWord::Kind => "Was",
        KeptWord::KeptFor => "Aufbewahrt",
        KeptWord::Rows => "Anzahl",
        KeptWord::Oldest => "Ältestes",
        KeptWord::Tidied => "Zuletzt aufgeräumt",
        KeptWord::ForEver => "unbegrenzt",
        KeptWord::NotYet => "seit dem Start noch nicht",
        KeptWord::NothingRemoved => "nichts entfernt",
        KeptWord::Removed => "entfernt",
        KeptWord::Day => "Tag",
        KeptWord::Days => "Tage",
        KeptWord::Evidence => "Nachweise",
        KeptWord::Conclusions => "Ergebnisse",
        KeptWord::Jobs => "Prüfaufträge",
        KeptWord::BulkJobs => "Aktionen auf vielen Hosts",
        KeptWord::Sessions => "Sitzungen der Bedienenden",
        KeptWord::RemovedHosts => "Entfernte Hosts",
        KeptWord::Imports => "Importe von TPM-Herstellern",
        KeptWord::Events => "Ereignisse",
    }
}
