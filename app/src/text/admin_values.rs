//! What the sentences of the administration pages are filled with.

use super::admin::AdminPhrase;
use super::{Language, format};

/// The values of a sentence by their names in its template.
#[expect(clippy::match_same_arms, reason = "one line a kind, in the order of the enum")]
pub(super) fn values(language: Language, phrase: &AdminPhrase<'_>) -> Vec<(&'static str, String)> {
    let number = |count: u64| format::number(language, count);
    match *phrase {
        AdminPhrase::EnrolIn { cluster } => vec![("cluster", cluster.to_owned())],
        AdminPhrase::NewClusterIn { datacenter } => vec![("datacenter", datacenter.to_owned())],
        AdminPhrase::TokenGood { uses } => vec![("uses", number(uses.into()))],
        AdminPhrase::UsesLeft { left, of } => vec![
            ("left", number(left.into())),
            ("of", of.map(|of| number(of.into())).unwrap_or_default()),
        ],
        AdminPhrase::GoodTokens { count } => vec![("count", number(count.into()))],
        AdminPhrase::MovingCluster { hosts, from } => {
            vec![("hosts", number(hosts.into())), ("from", from.to_owned())]
        }
        AdminPhrase::MoveCount { count } => vec![("count", number(count.into()))],
        AdminPhrase::RemoveCount { count } => vec![("count", number(count.into()))],
        AdminPhrase::TypeToConfirm { text } => vec![("text", text.to_owned())],
        AdminPhrase::ChooseHost { host } => vec![("host", host.to_owned())],
        AdminPhrase::HostsArranged { count } => vec![("count", number(count.into()))],
        AdminPhrase::HostLeft { host, why } => {
            vec![("host", host.to_owned()), ("why", why.to_owned())]
        }
        AdminPhrase::ChainRuns { verified, of, by } => {
            vec![("verified", number(verified)), ("of", number(of)), ("by", by.to_owned())]
        }
        AdminPhrase::ChainWhole { events } => vec![("events", number(events))],
        AdminPhrase::ChainBroken { number: event } => vec![("number", number(event))],
        AdminPhrase::JobsNow { queued, running, again } => vec![
            ("queued", number(queued.into())),
            ("running", number(running.into())),
            ("again", number(again.into())),
        ],
        AdminPhrase::StreamsNow { count, most } => {
            vec![("count", number(count.into())), ("most", number(most.into()))]
        }
        AdminPhrase::ReturningNow { count } => vec![("count", number(count.into()))],
        AdminPhrase::RateNow { count, minutes } => {
            vec![("count", number(count)), ("minutes", number(minutes.into()))]
        }
        AdminPhrase::DiskNow { free, total } => {
            vec![("free", free.to_owned()), ("total", total.to_owned())]
        }
    }
}
