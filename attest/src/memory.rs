//! What appraisals remember of one another: results that follow from bytes which come again.
//!
//! | remembered | by a digest of | and only |
//! |---|---|---|
//! | what an EK certificate says and rests on | certificate, EK, the TPM's maker as it was reported, whether an operator approved the EK | below the same makers' certificates, and at moments at which every comparison of dates comes out the same |
//! | what a boot comes to | event log, every quoted value | beside the same standards |
//!
//! A result is remembered only if nothing was refused and nothing was unreadable, so that a refusal
//! is always found anew, with the words of its moment. What the whole depends on beyond bytes is held
//! weakly and compared by identity: standards or makers that were replaced are never met again.
//!
//! Bounded by bytes. What was used twice is kept before what was used once, so that a host which
//! sends another log with every answer displaces such as itself, not those that many hosts share;
//! and only a certificate below a trusted maker's root finds a place.

use std::fmt;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use trustboard_model::digest::Sha256;

use crate::boot::BootJudged;
use crate::check::Endorsed;

/// Of all bytes, the share of certificates in percent: one takes a tenth of what a boot takes.
const OF_CERTIFICATES: u64 = 25;

/// About as many bytes as one of each takes, by which the stores are laid out.
const ONE_CERTIFICATE: u64 = 1_500;
const ONE_BOOT: u64 = 24_000;

/// Results of earlier appraisals, shared by threads. What comes out of an appraisal is the same with
/// and without it.
#[derive(Default)]
pub struct Memory(Option<Stores>);

struct Stores {
    endorsements: Store<Endorsed>,
    boots: Store<BootJudged>,
}

type Store<T> = Cache<Sha256, Arc<T>, Bytes>;

/// Weighs by what a result says of itself.
#[derive(Clone)]
struct Bytes;

/// Something that takes memory.
pub(crate) trait Heavy {
    /// How many bytes, about; the same at every time.
    fn bytes(&self) -> u64;
}

impl<T: Heavy> Weighter<Sha256, Arc<T>> for Bytes {
    fn weight(&self, _: &Sha256, result: &Arc<T>) -> u64 {
        // The key, and what the store keeps beside it.
        result.bytes() + 100
    }
}

impl Memory {
    /// One that remembers nothing: every appraisal stands by itself.
    pub fn none() -> Self {
        Self(None)
    }

    /// One that takes about so many bytes at the most.
    pub fn of_bytes(bytes: u64) -> Self {
        let certificates = bytes / 100 * OF_CERTIFICATES;
        Self(Some(Stores {
            endorsements: store(certificates, ONE_CERTIFICATE),
            boots: store(bytes - certificates, ONE_BOOT),
        }))
    }

    /// How many bytes are taken now, about.
    pub fn bytes(&self) -> u64 {
        let of = |stores: &Stores| stores.endorsements.weight() + stores.boots.weight();
        self.0.as_ref().map_or(0, of)
    }

    pub(crate) fn endorsed(&self, key: &Sha256) -> Option<Arc<Endorsed>> {
        self.0.as_ref()?.endorsements.get(key)
    }

    pub(crate) fn remember_endorsed(&self, key: Sha256, endorsed: Endorsed) {
        if let Some(stores) = &self.0 {
            stores.endorsements.insert(key, Arc::new(endorsed));
        }
    }

    pub(crate) fn boot(&self, key: &Sha256) -> Option<Arc<BootJudged>> {
        self.0.as_ref()?.boots.get(key)
    }

    pub(crate) fn remember_boot(&self, key: Sha256, boot: &Arc<BootJudged>) {
        if let Some(stores) = &self.0 {
            stores.boots.insert(key, Arc::clone(boot));
        }
    }

    /// Whether anything is remembered at all.
    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }
}

fn store<T: Heavy>(bytes: u64, one: u64) -> Store<T> {
    let items = usize::try_from(bytes / one).unwrap_or(usize::MAX);
    Cache::with_weighter(items.max(1), bytes, Bytes)
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("bytes", &self.bytes()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Makers;
    use crate::moment::Moment;
    use crate::verdict::Findings;
    use trustboard_model::time::Timestamp;

    fn key(number: u32) -> Sha256 {
        crate::hash::sha256(&[&number.to_be_bytes()])
    }

    fn endorsed() -> Endorsed {
        let moment = Moment::at(Timestamp(0));
        Endorsed::new(&Arc::new(Makers::default()), moment, Findings::default())
    }

    #[test]
    fn it_is_bounded_and_what_is_used_stays() {
        let memory = Memory::of_bytes(400_000);
        for used in 0..10 {
            memory.remember_endorsed(key(used), endorsed());
            assert!(memory.endorsed(&key(used)).is_some());
        }
        // A flood of what nobody asks for a second time.
        for number in 10..100_000 {
            memory.remember_endorsed(key(number), endorsed());
            for used in 0..10 {
                memory.endorsed(&key(used));
            }
        }
        assert!(memory.bytes() <= 100_000, "{memory:?}");
        let there = (0..10).filter(|&used| memory.endorsed(&key(used)).is_some()).count();
        assert_eq!(there, 10);
    }

    #[test]
    fn a_result_that_is_larger_than_the_room_is_not_kept_and_displaces_nothing() {
        struct Large(u64);
        impl Heavy for Large {
            fn bytes(&self) -> u64 {
                self.0
            }
        }
        let store: Store<Large> = store(10_000, 1_000);
        store.insert(key(1), Arc::new(Large(1_000)));
        store.insert(key(2), Arc::new(Large(1_000_000)));
        assert!(store.get(&key(1)).is_some() && store.get(&key(2)).is_none());
    }

    #[test]
    fn without_one_nothing_is_remembered() {
        let memory = Memory::none();
        memory.remember_endorsed(key(1), endorsed());
        assert!(memory.endorsed(&key(1)).is_none() && memory.bytes() == 0);
    }
}
