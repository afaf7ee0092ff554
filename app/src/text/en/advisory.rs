//! What is told of the server.

use crate::text::advisory::{AdvisoryText, AdvisoryWord};

pub(super) fn advisory(text: AdvisoryText) -> &'static str {
    match text {
        AdvisoryText::Word(word) => match word {
            AdvisoryWord::Late => "Verifications are behind schedule.",
            AdvisoryWord::LateMeaning => {
                "There is more to do than this server can do at once. No host is left out: all wait equally long, and what operators start goes first."
            }
            AdvisoryWord::LateRemedy => {
                "If it lasts, give the server more processors or another server beside it, or let policies verify less often."
            }
            AdvisoryWord::Since => "Since",
            AdvisoryWord::Health => "Health of the server",
            AdvisoryWord::Schedule => "Schedule",
            AdvisoryWord::OnTime => "on time",
        },
        AdvisoryText::LateBy => "about {by} late",
        AdvisoryText::Behind => "{by} behind",
    }
}
