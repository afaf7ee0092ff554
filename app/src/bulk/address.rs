//! The addresses of a selection and of a job.

use trustboard_model::event::EventSeq;
use trustboard_model::host_query::HostQuery;
use trustboard_model::id::{BulkId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Scope, Seen, Selection};

use crate::action::Kind;
use crate::routes::encoded;

/// The page that asks before an action is started: `/bulk?action=reset&...`. A form with boxes named
/// `host`, whose values are `ID.REVISION`, leads to the same page.
pub(crate) fn address(selection: &Selection, kind: Kind) -> String {
    let mut pairs = vec![("action", kind.code().to_owned())];
    match selection {
        Selection::Hosts { hosts } => {
            pairs.extend(
                hosts.iter().map(|Seen { host, revision }| ("host", format!("{host}.{revision}"))),
            );
        }
        Selection::Matching { scope, query, seen } => {
            if let Scope::Datacenter(id) = scope {
                pairs.push(("datacenter", id.to_string()));
            }
            pairs.push(("q", query.to_string()));
            pairs.push(("seen", seen.0.to_string()));
        }
        Selection::FailedOf { job, seen } => {
            pairs.push(("failed", job.to_string()));
            pairs.push(("seen", seen.0.to_string()));
        }
    }
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    format!("/bulk?{}", pairs.join("&"))
}

/// A job's page.
pub(crate) fn job_address(id: BulkId) -> String {
    format!("/jobs/bulk/{id}")
}

/// What an address asks for: an action, and the hosts; nothing if it names none.
pub(super) fn parse(pairs: &[(String, String)]) -> Result<(Kind, Option<Selection>), Refusal> {
    let value =
        |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let code = value("action").unwrap_or(Kind::Acknowledge.code());
    let kind = super::KINDS.into_iter().find(|kind| kind.code() == code);
    let kind = kind.ok_or_else(|| Refusal::invalid("action", "there is no such action"))?;
    let seen = || {
        let number = value("seen").and_then(|text| text.parse().ok());
        number.map(EventSeq).ok_or_else(|| Refusal::invalid("seen", "expected an event's number"))
    };
    let hosts: Vec<_> = pairs.iter().filter(|(name, _)| name == "host").collect();
    let selection = if let Some(job) = value("failed") {
        let job = job.parse().map_err(|_| Refusal::not_found("job"))?;
        Some(Selection::FailedOf { job, seen: seen()? })
    } else if let Some(query) = value("q") {
        let query: HostQuery = query.parse().map_err(|problem| Refusal::invalid("q", problem))?;
        let scope = match value("datacenter") {
            None => Scope::Everything,
            Some(id) => {
                Scope::Datacenter(id.parse().map_err(|_| Refusal::not_found("datacenter"))?)
            }
        };
        Some(Selection::Matching { scope, query, seen: seen()? })
    } else if hosts.is_empty() {
        None
    } else {
        let hosts = hosts.into_iter().map(|(_, value)| seen_of(value)).collect::<Result<_, _>>()?;
        Some(Selection::Hosts { hosts })
    };
    Ok((kind, selection))
}

/// A host with its revision: `ID.REVISION`.
fn seen_of(text: &str) -> Result<Seen, Refusal> {
    let read = || {
        let (host, revision) = text.split_once('.')?;
        Some(Seen { host: host.parse::<HostId>().ok()?, revision: revision.parse().ok()? })
    };
    read().ok_or_else(|| Refusal::invalid("host", "expected a host's id, a dot and its revision"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Result<(Kind, Option<Selection>), Refusal> {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let decoded = |text: &str| {
            let mut bytes = Vec::new();
            let mut rest = text.bytes();
            while let Some(byte) = rest.next() {
                if byte == b'%' {
                    let hex = [rest.next().unwrap(), rest.next().unwrap()];
                    let hex = std::str::from_utf8(&hex).unwrap();
                    bytes.push(u8::from_str_radix(hex, 16).unwrap());
                } else {
                    bytes.push(byte);
                }
            }
            String::from_utf8(bytes).unwrap()
        };
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect();
        parse(&pairs)
    }

    #[test]
    fn an_address_is_its_selection_again() {
        let host = |byte| Seen { host: HostId::from_random([byte; 16]), revision: byte.into() };
        let query: HostQuery = "cluster:\"a & b=c\" -web alarm:red".parse().unwrap();
        let (job, seen) = (BulkId::from_random([4; 16]), EventSeq(77));
        let datacenter =
            Scope::Datacenter(trustboard_model::id::DatacenterId::from_random([5; 16]));
        for selection in [
            Selection::Hosts { hosts: vec![host(1), host(2)] },
            Selection::Matching { scope: Scope::Everything, query: query.clone(), seen },
            Selection::Matching { scope: datacenter, query, seen },
            Selection::FailedOf { job, seen },
        ] {
            let address = address(&selection, Kind::Reset);
            assert_eq!(read(&address), Ok((Kind::Reset, Some(selection))), "{address}");
        }
        assert_eq!(read("/bulk"), Ok((Kind::Acknowledge, None)));
    }

    #[test]
    fn names_what_cannot_be_read() {
        for (address, field) in [
            ("/bulk?action=accept-identity", "action"),
            ("/bulk?q=a", "seen"),
            ("/bulk?q=attestation:good&seen=1", "q"),
            ("/bulk?host=web", "host"),
        ] {
            let refusal = read(address).unwrap_err();
            let named = matches!(&refusal, Refusal::Invalid { field: named, .. } if named == field);
            assert!(named, "{refusal}");
        }
    }
}
