//! The page of one cause.

use crate::text::cause::{CausePhrase, CauseText, CauseWord};

pub(super) fn cause(text: CauseText<'_>) -> &'static str {
    match text {
        CauseText::Word(key) => word(key),
        CauseText::Phrase(said) => phrase(said),
    }
}

fn word(key: CauseWord) -> &'static str {
    match key {
        CauseWord::Open => "Was abweicht und was zu tun ist…",
        CauseWord::Title => "Eine Ursache",
        CauseWord::AllDealtWith => {
            "Kein Host schlägt so fehl, und kein Alarm ist deshalb rot. Alles ist erledigt."
        }
        CauseWord::ShowHosts => "Hosts anzeigen",
        CauseWord::ShowAlarms => "Alarme anzeigen",
        CauseWord::OpenHost => "Host öffnen",
        CauseWord::Accept => "Als neue Version annehmen",
        CauseWord::NotYours => {
            "Zum Freigeben braucht es eine Person mit dieser Rolle in jedem Rechenzentrum der Konfiguration. Schicken Sie ihr die Adresse dieser Seite."
        }
        CauseWord::Waits => "wartet auf die zweite Freigabe:",
        CauseWord::Reset => "Prüfen und zurücksetzen, was besteht",
        CauseWord::ResetHint => {
            "Jeder Host wird neu geprüft. Sein Alarm wird nur zurückgesetzt, wenn er besteht; die anderen bleiben rot und werden mit ihrem Grund aufgeführt."
        }
        CauseWord::NothingPasses => {
            "Noch besteht keiner von ihnen: Nehmen Sie die Änderung an, wenn sie gewollt ist, oder beheben Sie die Ursache auf den Hosts. Wer wieder fehlschlägt, bleibt rot."
        }
        CauseWord::NothingRed => "Deshalb ist kein Alarm rot.",
    }
}

fn phrase(said: &CausePhrase<'_>) -> &'static str {
    match said {
        CausePhrase::Failing { count: 1 } => "1 Host schlägt so fehl.",
        CausePhrase::Failing { .. } => "{count} Hosts schlagen so fehl.",
        CausePhrase::Red { count: 1 } => "1 Alarm ist deshalb rot.",
        CausePhrase::Red { .. } => "{count} Alarme sind deshalb rot.",
        CausePhrase::Cleared { count: 1 } => {
            "1 davon besteht wieder und wartet nur noch auf das Zurücksetzen."
        }
        CausePhrase::Cleared { .. } => {
            "{count} davon bestehen wieder und warten nur noch auf das Zurücksetzen."
        }
        CausePhrase::AsOn { count: 1, .. } => "Was auf {host} abweicht",
        CausePhrase::AsOn { .. } => "Was auf {host} abweicht, und ebenso auf allen {count}",
        CausePhrase::VerifyThese { count: 1 } => {
            "Diesen Host prüfen und zurücksetzen, wenn er besteht"
        }
        CausePhrase::VerifyThese { .. } => {
            "Diese {count} Hosts prüfen und zurücksetzen, was besteht"
        }
        CausePhrase::Approved { .. } => "Freigegeben als {name}: Das haben diese Hosts gestartet",
    }
}
