//! The audit trail: every event, newest first.

use serde::{Deserialize, Serialize};

use super::InvalidFilter;
use super::filter::percent_encoded;
use crate::digest::Sha256;
use crate::event::{Actor, Event, EventKind, EventSeq};
use crate::id::{DatacenterId, HostId};
use crate::time::Timestamp;

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Caused by whom.
    pub who: Option<Who>,
    /// Of this kind: `alarm-reset`.
    pub kind: Option<String>,
    /// About this host, also if it was removed.
    pub host: Option<HostId>,
    /// Of this datacenter.
    pub datacenter: Option<DatacenterId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Until before this moment.
    pub until: Option<Timestamp>,
    /// Only those before this one: where the page before ended.
    pub before: Option<EventSeq>,
}

impl AuditFilter {
    /// The longest name that is searched for, in characters: operators' have at most 64.
    pub const MAX_NAME: usize = 64;

    /// The filter that decoded `name=value` pairs of a query spell. Unknown names and empty values
    /// are left alone.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, InvalidFilter> {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            let bad = |problem: &str| InvalidFilter::Parameter {
                parameter: name.to_owned(),
                problem: problem.to_owned(),
            };
            let moment = || {
                let at = value.parse().or_else(|_| format!("{value}T00:00").parse());
                at.map_err(|_| bad("expected a day or a moment in UTC: 2026-11-03T14:00"))
            };
            match name {
                _ if value.is_empty() => {}
                "who" if value.chars().count() > Self::MAX_NAME => {
                    return Err(bad("at most 64 characters"));
                }
                // Neither can be an operator's name: those have no brackets.
                "who" => {
                    filter.who = Some(match value {
                        "(server)" => Who::Server,
                        "(hosts)" => Who::Hosts,
                        name => Who::Person(name.to_owned()),
                    });
                }
                "kind" if EventKind::CODES.contains(&value) => {
                    filter.kind = Some(value.to_owned());
                }
                "kind" => return Err(bad("there is no such kind of event")),
                "host" => filter.host = Some(value.parse().map_err(|_| bad("expected an id"))?),
                "datacenter" => {
                    filter.datacenter = Some(value.parse().map_err(|_| bad("expected an id"))?);
                }
                "from" => filter.from = Some(moment()?),
                "until" => filter.until = Some(moment()?),
                "before" => {
                    let number = value.parse().map_err(|_| bad("expected an event's number"))?;
                    filter.before = Some(EventSeq(number));
                }
                _ => {}
            }
        }
        Ok(filter)
    }

    /// The query that [`Self::parse`] reads back, without the question mark; empty for everything.
    pub fn to_query(&self) -> String {
        let who = self.who.as_ref().map(|who| match who {
            Who::Server => "(server)".to_owned(),
            Who::Hosts => "(hosts)".to_owned(),
            Who::Person(name) => name.clone(),
        });
        let pairs = [
            ("who", who),
            ("kind", self.kind.clone()),
            ("host", self.host.map(|id| id.to_string())),
            ("datacenter", self.datacenter.map(|id| id.to_string())),
            ("from", self.from.map(|at| at.to_string())),
            ("until", self.until.map(|at| at.to_string())),
            ("before", self.before.map(|EventSeq(number)| number.to_string())),
        ];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let parts: Vec<_> =
            pairs.map(|(name, value)| format!("{name}={}", percent_encoded(&value))).collect();
        parts.join("&")
    }

    /// Whether any event could be left out, the page not counted.
    pub fn is_narrow(&self) -> bool {
        Self { before: None, ..self.clone() } != Self::default()
    }
}

/// Who caused an event, as it is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who", content = "name")]
pub enum Who {
    /// The server itself.
    Server,
    /// The hosts' agents.
    Hosts,
    /// A person of this name, signed in or at the console.
    Person(String),
}

/// One page of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The filter that was applied.
    pub filter: AuditFilter,
    /// The events, newest first.
    pub rows: Vec<AuditRow>,
    /// Whether there are older ones.
    pub more: bool,
    /// The end of the chain.
    pub end: EventSeq,
    /// When this was read.
    pub now: Timestamp,
}

/// One event with the names of what it is about, as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// The event.
    pub event: Event,
    /// The datacenter's name; nothing if it is about none, or is deleted.
    pub datacenter: Option<String>,
    /// The host's name; nothing if it is about none.
    pub host: Option<String>,
    /// Whether the host was removed since.
    pub removed: bool,
}

/// Whether the chain of events is whole, as far as that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChainCheck {
    /// The verification that runs now.
    pub running: Option<ChainProgress>,
    /// The one that ended last.
    pub last: Option<ChainResult>,
}

/// How far a verification of the chain is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainProgress {
    /// Who started it.
    pub by: String,
    /// When.
    pub since: Timestamp,
    /// Events that were verified so far.
    pub verified: u64,
    /// Events that there were at its start.
    pub of: u64,
}

/// What a verification of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainResult {
    /// When it ended.
    pub at: Timestamp,
    /// Who started it.
    pub by: Actor,
    /// What it found.
    pub found: ChainFound,
}

/// What a verification of the chain can find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "found")]
pub enum ChainFound {
    /// Every event is there, in order, unchanged.
    Whole {
        /// How many there were.
        events: u64,
        /// The hash of the last of them: kept elsewhere, it proves later that nothing was rewritten.
        head: Sha256,
    },
    /// Not so.
    Broken {
        /// The first event that is not what was committed.
        first: EventSeq,
        /// What is wrong with it.
        problem: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<AuditFilter, String> {
        AuditFilter::parse(pairs.iter().copied()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_printed_reads_back() {
        let filter = AuditFilter {
            who: Some(Who::Person("ada.l@example".to_owned())),
            kind: Some("alarm-reset".to_owned()),
            host: Some(HostId::from_random([1; 16])),
            datacenter: Some(DatacenterId::from_random([2; 16])),
            from: Some(Timestamp(1_763_744_400_250)),
            until: Some(Timestamp(1_763_744_460_000)),
            before: Some(EventSeq(77)),
        };
        for filter in [
            filter.clone(),
            AuditFilter { who: Some(Who::Server), ..AuditFilter::default() },
            AuditFilter { who: Some(Who::Hosts), kind: None, ..filter },
            AuditFilter::default(),
        ] {
            let query = filter.to_query();
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let decoded: Vec<_> = pairs
                .map(|(name, value)| {
                    let value = value.replace("%40", "@").replace("%3A", ":");
                    (name, value.replace("%28", "(").replace("%29", ")"))
                })
                .collect();
            let pairs: Vec<_> = decoded.iter().map(|(name, value)| (*name, &**value)).collect();
            assert_eq!(parse(&pairs), Ok(filter), "{query}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused_by_name() {
        for (name, value) in [
            ("kind", "alarm-set"),
            ("host", "web-1"),
            ("datacenter", "Berlin"),
            ("from", "yesterday"),
            ("before", "-1"),
            ("who", &"x".repeat(65)),
        ] {
            let problem = parse(&[(name, value)]).unwrap_err();
            assert!(problem.starts_with(&format!("{name}: ")), "{problem}");
        }
        assert_eq!(parse(&[("kind", " "), ("colour", "red")]), Ok(AuditFilter::default()));
    }
}
