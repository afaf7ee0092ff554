//! What is told of the server.

use crate::text::advisory::{AdvisoryText, AdvisoryWord};

pub(super) fn advisory(text: AdvisoryText) -> &'static str {
    match text {
        AdvisoryText::Word(word) => match word {
            AdvisoryWord::Late => "Verifications are behind schedule.",
            AdvisoryWord::LateMeaning => {
                "There is more to do than this server can do at once, or many agents take long to answer. No host is left out: all wait equally long, and what operators start goes first."
            }
            AdvisoryWord::LateRemedy => {
                "If it lasts, give the server more processors or another server beside it, or let policies verify less often."
            }
            AdvisoryWord::Returning => "Agents have not come back yet.",
            AdvisoryWord::ReturningMeaning => {
                "Their server ended. Until then their hosts count as connected and read what they read before; those that are still missing become not responding."
            }
            AdvisoryWord::Until => "Waited for until",
            AdvisoryWord::Since => "Since",
            AdvisoryWord::Health => "Health of the server",
            AdvisoryWord::Schedule => "Schedule",
            AdvisoryWord::ThisServer => "This server",
            AdvisoryWord::OnTime => "on time",
        },
        AdvisoryText::LateBy => "about {by} late",
        AdvisoryText::Missing => "missing: {count}",
        AdvisoryText::Behind => "{by} behind",
    }
}
