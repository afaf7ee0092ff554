//! What the server keeps.

use crate::text::kept::KeptWord;

pub(super) fn kept(word: KeptWord) -> &'static str {
    match word {
        KeptWord::Title => "What is kept",
        KeptWord::Intro => {
            "Whatever is older is taken away once an hour. Events are never taken away: each one holds the hash of the one before it, and a chain without its beginning proves nothing."
        }
        KeptWord::CountedAt => "Counted:",
        KeptWord::Kind => "What",
        KeptWord::KeptFor => "Kept for",
        KeptWord::Rows => "How many",
        KeptWord::Oldest => "Oldest",
        KeptWord::Tidied => "Last tidied",
        KeptWord::ForEver => "for ever",
        KeptWord::NotYet => "not since the start",
        KeptWord::NothingRemoved => "nothing taken away",
        KeptWord::Removed => "taken away",
        KeptWord::Day => "day",
        KeptWord::Days => "days",
        KeptWord::Evidence => "Evidence",
        KeptWord::Conclusions => "Conclusions",
        KeptWord::Jobs => "Verification jobs",
        KeptWord::BulkJobs => "Actions on many hosts",
        KeptWord::Sessions => "Operators' sessions",
        KeptWord::RemovedHosts => "Removed hosts",
        KeptWord::Imports => "Imports of TPM makers",
        KeptWord::Events => "Events",
    }
}
