//! What a verification costs beside what the library's own operations cost, in the same run:
//! `cargo xtask bench hot`.
//!
//! *Steady*: the log is known and everything else is as before; beside one bare signature
//! verification with a key that is ready. *Full*: beside that, and beside the sum of one bare
//! verification and bare hashing: the log and the claims once, each event's data once in the
//! bank that the verdict rests on, every extend in every bank, the PCR values.

#![expect(clippy::unwrap_used, reason = "evidence for measuring is made or nothing is measured")]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/mod.rs"]
mod support;

mod bare;
mod measure;
mod pool;
mod stages;

use std::sync::Arc;

use bare::Bare;
use measure::Table;
use pool::Pool;
use support::boot::Boot;
use support::{Scene, assert_trusted};
use trustboard_attest::{
    Again, Evidence, Input, Log, Memory, Standards, appraise_and_remember, appraise_with,
};
use trustboard_model::protocol::EvidenceMessage;

/// Goals: steady; full, with a log that is new.
const STEADY: f64 = 1.15;
const FULL: f64 = 1.5;

const BARE: &str = "one bare verification";
const HASHING: &str = "bare verification and hashing";

/// Room for what one measurement leaves behind.
const MEMORY: u64 = 64 * 1024 * 1024;

/// Evidence as it arrived.
struct Arrived {
    scene: Scene,
    message: EvidenceMessage,
    log: Vec<u8>,
}

impl Arrived {
    fn new(mut scene: Scene, events: usize) -> Self {
        scene.boot = Boot::with_events(events);
        let (message, log) = scene.evidence();
        let arrived = Self { scene, message, log };
        assert_trusted(arrived.prepared().appraise().report());
        arrived
    }

    fn prepared(&self) -> support::Prepared<'_> {
        self.scene.prepare(Evidence::Sent {
            message: &self.message,
            log: Log::Bytes(&self.log),
            systemd_log: Log::Absent,
        })
    }
}

fn main() {
    let mut table = Table::default();
    for (key, scene) in
        [("P-256", Scene::genuine_ecc as fn() -> Scene), ("RSA-2048", Scene::genuine)]
    {
        let arrived = Arrived::new(scene(), 120);
        steady(key, &arrived, &mut table);
        known(key, &arrived, &mut table);
        for events in [50, 120, 500] {
            new_log(key, &Arrived::new(scene(), events), events, &mut table);
        }
        first(key, &arrived, &mut table);
        stages::measure(key, &arrived, &mut table);
    }
    if std::env::args().any(|word| word == "--json") {
        println!("{}", table.to_json());
    } else {
        table.print();
    }
}

fn steady(key: &str, arrived: &Arrived, table: &mut Table) {
    let prepared = arrived.prepared();
    let (_, steady) = appraise_and_remember(&prepared.input(), &Memory::none());
    let Some(steady) = steady else { unreachable!("the scene is trusted") };
    let input: Input<'_> = prepared.input();
    let again = Again {
        host: input.host,
        challenge: input.challenge,
        session: input.session,
        standards: input.standards,
        latest: None,
        now: input.now,
    };
    let bare = Bare::of(&arrived.message);
    assert!(bare.verify() && steady.recognise(&arrived.message, &again).is_some());
    let case = || steady.recognise(&arrived.message, &again).is_some();
    let verify = || bare.verify();
    table.measure(format!("steady, {key}"), &case, &[(BARE, &verify)], Some(STEADY));
}

/// The log and the certificate were judged before, by the same standards.
fn known(key: &str, arrived: &Arrived, table: &mut Table) {
    let (prepared, memory) = (arrived.prepared(), Memory::of_bytes(MEMORY));
    let (input, bare) = (prepared.input(), Bare::of(&arrived.message));
    let verify = || bare.verify();
    let case = || appraise_with(&input, &memory).clock().is_some();
    let name = format!("full, {key}, 120 events, all known");
    table.measure(name, &case, &[(BARE, &verify)], None);
}

/// The certificate was judged before; the log is one that nobody has seen.
fn new_log(key: &str, arrived: &Arrived, events: usize, table: &mut Table) {
    let (prepared, memory) = (arrived.prepared(), Memory::of_bytes(MEMORY));
    let input = prepared.input();
    // Other standards with the same makers: every log is new to them.
    let fresh = Pool::of(|| Arc::new(Standards::clone(input.standards)));
    let bare = Bare::of(&arrived.message);
    let work = bare::Hashing::of(&arrived.log, &arrived.message);
    let (verify, baseline) = (|| bare.verify(), || bare.verify() && work.hash());
    let case = || {
        let input = Input { standards: fresh.next(), ..input };
        appraise_with(&input, &memory).clock().is_some()
    };
    let name = format!("full, {key}, {events} events, new log");
    table.measure(name, &case, &[(BARE, &verify), (HASHING, &baseline)], Some(FULL));
}

/// Nothing of the host was seen before.
fn first(key: &str, arrived: &Arrived, table: &mut Table) {
    let (prepared, memory) = (arrived.prepared(), Memory::of_bytes(MEMORY));
    let input = prepared.input();
    let fresh = Pool::of(|| {
        let makers = Arc::new(arrived.scene.makers.clone());
        Arc::new(Standards { makers, ..Standards::clone(input.standards) })
    });
    let bare = Bare::of(&arrived.message);
    let verify = || bare.verify();
    let case = || {
        let input = Input { standards: fresh.next(), ..input };
        appraise_with(&input, &memory).clock().is_some()
    };
    let name = format!("full, {key}, 120 events, first of a host");
    table.measure(name, &case, &[(BARE, &verify)], None);
}
