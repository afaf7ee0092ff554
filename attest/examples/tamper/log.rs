//! Changes of an event log that know its structure (PFP 1.06, 10.2): what a patient attacker
//! would try.

use fastrand::Rng;
use trustboard_attest::eventlog::EventLog;

/// One event, cut out of the log.
#[derive(Clone)]
struct Raw {
    bytes: Vec<u8>,
    /// Where its data's length stands.
    size_at: usize,
}

/// The types and registers that a relabelled event gets.
const TYPES: [u32; 14] = [
    0,
    1,
    2,
    3,
    4,
    5,
    0x0D,
    0x8000_0001,
    0x8000_0003,
    0x8000_0006,
    0x8000_0007,
    0x8000_0008,
    0x8000_00E0,
    0x8401,
];

/// Re-orders, relabels, removes, repeats, forges or rewrites events.
pub fn rearrange(log: &[u8], rng: &mut Rng) -> Vec<u8> {
    let (header, mut events) = cut(log);
    for _ in 0..rng.usize(1..=3) {
        if events.len() < 2 {
            break;
        }
        let (one, other) = (rng.usize(..events.len()), rng.usize(..events.len()));
        match rng.u8(..9) {
            0 => events.swap(one, other),
            1 => drop(events.remove(one)),
            2 => {
                let copy = events[one].clone();
                events.insert(other, copy);
            }
            3 => {
                let event = events.remove(one);
                events.insert(other.min(events.len()), event);
            }
            4 => events[one].bytes[4..8].copy_from_slice(&rng.choice(TYPES).unwrap().to_le_bytes()),
            5 => events[one].bytes[0..4].copy_from_slice(&rng.u32(0..26).to_le_bytes()),
            // The data of another event beside these digests.
            6 => {
                let data = events[other].bytes[events[other].size_at..].to_vec();
                let at = events[one].size_at;
                events[one].bytes.splice(at.., data);
            }
            7 => {
                let at = events[one].size_at + 4;
                let mut data = events[one].bytes.split_off(at);
                super::mutate::bytes(&mut data, rng);
                let size = u32::try_from(data.len()).unwrap().to_le_bytes();
                events[one].bytes[at - 4..].copy_from_slice(&size);
                events[one].bytes.extend(data);
            }
            // A digest of something else: replay must notice.
            _ => {
                let at = rng.usize(12..events[one].size_at);
                events[one].bytes[at] ^= 1 << rng.u8(..8);
            }
        }
    }
    events.into_iter().fold(header, |mut log, event| {
        log.extend(event.bytes);
        log
    })
}

/// The header event, and the others.
fn cut(log: &[u8]) -> (Vec<u8>, Vec<Raw>) {
    let parsed = EventLog::parse(log).unwrap();
    let sizes: Vec<(usize, usize)> = parsed
        .insecure_events()
        .iter()
        .filter(|event| event.number > 1)
        .map(|event| {
            let digests: usize = event.digests().map(|(_, digest)| 2 + digest.len()).sum();
            (12 + digests, 12 + digests + 4 + event.data.len())
        })
        .collect();
    let mut rest = log;
    let mut events = Vec::new();
    for (size_at, length) in sizes.into_iter().rev() {
        let (before, event) = rest.split_at(rest.len() - length);
        events.push(Raw { bytes: event.to_vec(), size_at });
        rest = before;
    }
    events.reverse();
    (rest.to_vec(), events)
}
