//! From bytes to an [`EventLog`].

use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::limit;

use super::{Event, EventType};
use crate::budget;
use crate::reader::{Reader, Short};

/// An event log that was parsed and proves nothing yet.
#[derive(Debug, Clone)]
pub struct EventLog<'a> {
    format: Format,
    banks: Vec<HashAlg>,
    events: Vec<Event<'a>>,
}

/// The format of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TCG_PCR_EVENT2 after a Spec ID event "03" (PFP 1.06, 10.2).
    CryptoAgile {
        /// The specification's errata level.
        errata: u8,
    },
    /// TCG_PCR_EVENT throughout: SHA-1 only.
    Sha1,
}

/// A log that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {event}: {problem}")]
pub struct LogError {
    /// Whether it stops or breaks a rule.
    pub kind: LogErrorKind,
    /// The event, from 1.
    pub event: usize,
    /// What is wrong, with the offset.
    pub problem: String,
}

/// How a log cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogErrorKind {
    /// It stops in the middle of an event: a firmware's buffer was full, or something cut it.
    Truncated,
    /// It breaks a rule of its format.
    Malformed,
}

impl<'a> EventLog<'a> {
    /// Parses a whole log, from the first byte to the last.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, LogError> {
        if bytes.len() > limit::LOG_BYTES {
            let limit = limit::LOG_BYTES;
            return Err(malformed(1, format!("the log has {} bytes; limit {limit}", bytes.len())));
        }
        let mut reader = Reader::new("event log", bytes);
        let first = read_sha1_event(&mut reader, 1)?;
        let (format, algorithms) = match read_spec_id(&first)? {
            Some((errata, algorithms)) => (Format::CryptoAgile { errata }, algorithms),
            None => (Format::Sha1, vec![Algorithm { id: HashAlg::Sha1.tpm_id(), size: 20 }]),
        };
        let banks = algorithms.iter().filter_map(|a| HashAlg::from_tpm_id(a.id)).collect();
        let mut events = vec![first];
        while !reader.is_empty() {
            let number = events.len() + 1;
            if number > budget::LOG_EVENTS {
                return Err(malformed(number, format!("more than {} events", budget::LOG_EVENTS)));
            }
            events.push(match format {
                Format::CryptoAgile { .. } => read_agile_event(&mut reader, number, &algorithms)?,
                Format::Sha1 => read_sha1_event(&mut reader, number)?,
            });
        }
        Ok(Self { format, banks, events })
    }

    /// Its format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The banks that it holds digests for.
    pub fn banks(&self) -> &[HashAlg] {
        &self.banks
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Never: a log has at least one event.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The events as somebody wrote them, proven by nothing: for looking at logs and for checks
    /// that refuse. What is believed is read through a [`super::ReplayedLog`].
    pub fn insecure_events(&self) -> &[Event<'a>] {
        &self.events
    }

    pub(super) fn events(&self) -> &[Event<'a>] {
        &self.events
    }
}

/// An algorithm of the Spec ID event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Algorithm {
    id: u16,
    size: u16,
}

fn malformed(event: usize, problem: impl Into<String>) -> LogError {
    LogError { kind: LogErrorKind::Malformed, event, problem: problem.into() }
}

fn truncated(event: usize) -> impl Fn(Short) -> LogError {
    move |short| LogError { kind: LogErrorKind::Truncated, event, problem: short.problem() }
}

/// TCG_PCR_EVENT (PFP 1.06, 10.2.1): PCR index, type, SHA-1 digest, size, data.
fn read_sha1_event<'a>(reader: &mut Reader<'a>, number: usize) -> Result<Event<'a>, LogError> {
    let short = truncated(number);
    let pcr = reader.u32_le("pcrIndex").map_err(&short)?;
    let event_type = EventType(reader.u32_le("eventType").map_err(&short)?);
    let mut digests = [None; HashAlg::ALL.len()];
    digests[HashAlg::Sha1 as usize] = Some(reader.take(20, "digest").map_err(&short)?);
    let data = read_data(reader, number)?;
    Ok(Event { number: number_of(number), pcr, event_type, digests, data })
}

/// TCG_PCR_EVENT2 (PFP 1.06, 10.2.2): PCR index, type, digests, size, data.
fn read_agile_event<'a>(
    reader: &mut Reader<'a>,
    number: usize,
    algorithms: &[Algorithm],
) -> Result<Event<'a>, LogError> {
    let short = truncated(number);
    let pcr = reader.u32_le("pcrIndex").map_err(&short)?;
    let event_type = EventType(reader.u32_le("eventType").map_err(&short)?);
    let count = reader.u32_le("digests count").map_err(&short)?;
    if usize::try_from(count).map_or(true, |count| count > algorithms.len()) {
        let problem = format!("{count} digests; the log declares {} algorithms", algorithms.len());
        return Err(malformed(number, problem));
    }
    let mut seen: Vec<u16> = Vec::new();
    let mut digests = [None; HashAlg::ALL.len()];
    for _ in 0..count {
        let id = reader.u16_le("digest algorithm").map_err(&short)?;
        let Some(algorithm) = algorithms.iter().find(|algorithm| algorithm.id == id) else {
            let problem = format!("digest of algorithm {id:#06x}, which the log does not declare");
            return Err(malformed(number, problem));
        };
        if seen.contains(&id) {
            return Err(malformed(number, format!("two digests of algorithm {id:#06x}")));
        }
        seen.push(id);
        let digest = reader.take(usize::from(algorithm.size), "digest").map_err(&short)?;
        if let Some(known) = HashAlg::from_tpm_id(id) {
            digests[known as usize] = Some(digest);
        }
    }
    let data = read_data(reader, number)?;
    Ok(Event { number: number_of(number), pcr, event_type, digests, data })
}

fn read_data<'a>(reader: &mut Reader<'a>, number: usize) -> Result<&'a [u8], LogError> {
    let size = reader.u32_le("eventSize").map_err(truncated(number))?;
    if size > budget::EVENT_BYTES {
        let problem = format!("eventSize is {size} bytes; limit {}", budget::EVENT_BYTES);
        return Err(malformed(number, problem));
    }
    reader.take(size as usize, "event").map_err(truncated(number))
}

/// TCG_EfiSpecIDEvent (PFP 1.06, 10.4.5.1); nothing if this is no crypto-agile log. Older
/// profiles' "Spec ID Event00" and "02" introduce a SHA-1 log.
fn read_spec_id(first: &Event<'_>) -> Result<Option<(u8, Vec<Algorithm>)>, LogError> {
    const SIGNATURE: &[u8; 16] = b"Spec ID Event03\0";
    if first.event_type != EventType::NO_ACTION || !first.data.starts_with(SIGNATURE) {
        return Ok(None);
    }
    let mut reader = Reader::new("Spec ID event", first.data);
    let short = |short: Short| malformed(1, format!("Spec ID event: {}", short.problem()));
    reader.take(SIGNATURE.len(), "signature").map_err(short)?;
    reader.u32_le("platformClass").map_err(short)?;
    let minor = reader.u8("specVersionMinor").map_err(short)?;
    let major = reader.u8("specVersionMajor").map_err(short)?;
    let errata = reader.u8("specErrata").map_err(short)?;
    reader.u8("uintnSize").map_err(short)?;
    if (major, minor) != (2, 0) {
        return Err(malformed(1, format!("Spec ID event: version {major}.{minor}, not 2.0")));
    }
    let count = reader.u32_le("numberOfAlgorithms").map_err(short)?;
    if count == 0 || count > budget::LOG_ALGORITHMS {
        let limit = budget::LOG_ALGORITHMS;
        return Err(malformed(1, format!("Spec ID event: {count} algorithms; 1 to {limit}")));
    }
    let mut algorithms: Vec<Algorithm> = Vec::new();
    for _ in 0..count {
        let id = reader.u16_le("algorithmId").map_err(short)?;
        let size = reader.u16_le("digestSize").map_err(short)?;
        let right_size = match HashAlg::from_tpm_id(id) {
            Some(known) => usize::from(size) == known.len(),
            None => (1..=budget::DIGEST_BYTES).contains(&size),
        };
        if !right_size {
            let problem = format!("Spec ID event: digests of {size} bytes for {id:#06x}");
            return Err(malformed(1, problem));
        }
        if algorithms.iter().any(|algorithm| algorithm.id == id) {
            return Err(malformed(1, format!("Spec ID event: algorithm {id:#06x} twice")));
        }
        algorithms.push(Algorithm { id, size });
    }
    let vendor = reader.u8("vendorInfoSize").map_err(short)?;
    reader.take(usize::from(vendor), "vendorInfo").map_err(short)?;
    if !reader.is_empty() {
        let left = reader.rest().len();
        return Err(malformed(1, format!("Spec ID event: {left} bytes after vendorInfo")));
    }
    Ok(Some((errata, algorithms)))
}

fn number_of(number: usize) -> u32 {
    // At most `budget::LOG_EVENTS`.
    u32::try_from(number).unwrap_or(u32::MAX)
}
