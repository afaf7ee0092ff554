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
        CauseWord::Open => "What differs, and what to do…",
        CauseWord::Title => "One cause",
        CauseWord::AllDealtWith => {
            "No host fails in this way, and no alarm is red because of it. All is dealt with."
        }
        CauseWord::ShowHosts => "Show the hosts",
        CauseWord::ShowAlarms => "Show the alarms",
        CauseWord::OpenHost => "Open the host",
        CauseWord::Accept => "Accept it as a new version",
        CauseWord::NotYours => {
            "Approving takes an approver in every datacenter of the configuration. Send them the address of this page."
        }
        CauseWord::Waits => "waits for the second approval:",
        CauseWord::Reset => "Verify them, and reset what passes",
        CauseWord::ResetHint => {
            "Each host is verified anew. Its alarm is reset only if it passes; the others stay red and are listed with their reason."
        }
        CauseWord::NothingPasses => {
            "None of them passes yet: accept the change if it is meant, or deal with it on the hosts first. Whoever fails again stays red."
        }
        CauseWord::NothingRed => "No alarm is red because of it.",
    }
}

fn phrase(said: &CausePhrase<'_>) -> &'static str {
    match said {
        CausePhrase::Failing { count: 1 } => "1 host fails in this way.",
        CausePhrase::Failing { .. } => "{count} hosts fail in this way.",
        CausePhrase::Red { count: 1 } => "1 alarm is red because of it.",
        CausePhrase::Red { .. } => "{count} alarms are red because of it.",
        CausePhrase::Cleared { count: 1 } => "1 of them passes again and only waits to be reset.",
        CausePhrase::Cleared { .. } => "{count} of them pass again and only wait to be reset.",
        CausePhrase::AsOn { count: 1, .. } => "What differs on {host}",
        CausePhrase::AsOn { .. } => "What differs on {host}, and in the same way on all {count}",
        CausePhrase::VerifyThese { count: 1 } => "Verify this host, reset if it passes",
        CausePhrase::VerifyThese { .. } => "Verify these {count} hosts, reset what passes",
        CausePhrase::Approved { .. } => "Approved as {name}: it is what these hosts booted",
    }
}
