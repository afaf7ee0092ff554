//! What a verification costs beside what the library's own operations cost, in the same run:
//! `cargo xtask bench verify`.
//!
//! *Steady*: the log is known and everything else is as before; beside one bare signature
//! verification with a key that is ready. *Full*: a new log; beside the sum of one bare
//! verification and bare hashing: the log and the claims once, each event's data once in the
//! bank that the verdict rests on, every extend in every bank, the PCR values.

#![expect(clippy::unwrap_used, reason = "evidence for measuring is made or nothing is measured")]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/mod.rs"]
mod support;

mod bare;
mod measure;

use bare::Bare;
use measure::Table;
use support::boot::Boot;
use support::{Scene, assert_trusted};
use trustboard_attest::{Again, Evidence, Input, Log, appraise, appraise_and_remember};
use trustboard_model::protocol::EvidenceMessage;

/// Goals: steady, full.
const STEADY: f64 = 1.15;
const FULL: f64 = 1.5;

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
        [("RSA-2048", Scene::genuine as fn() -> Scene), ("P-256", Scene::genuine_ecc)]
    {
        steady(key, &Arrived::new(scene(), 120), &mut table);
        for events in [50, 120, 500] {
            full(key, &Arrived::new(scene(), events), events, &mut table);
        }
    }
    table.print();
}

fn steady(key: &str, arrived: &Arrived, table: &mut Table) {
    let prepared = arrived.prepared();
    let (_, steady) = appraise_and_remember(&prepared.input());
    let Some(steady) = steady else { unreachable!("the scene is trusted") };
    let input: Input<'_> = prepared.input();
    let again = Again {
        host: input.host,
        challenge: input.challenge,
        message: &arrived.message,
        session: input.session,
        standards: input.standards,
        latest: None,
        now: input.now,
    };
    let bare = Bare::of(&arrived.message);
    assert!(bare.verify() && steady.recognise(&again).is_some());
    let case = || steady.recognise(&again).is_some();
    let name = format!("steady, {key}");
    table.measure(name, "one bare verification", Some(STEADY), [&|| bare.verify(), &case]);
}

fn full(key: &str, arrived: &Arrived, events: usize, table: &mut Table) {
    let prepared = arrived.prepared();
    let input = prepared.input();
    let bare = Bare::of(&arrived.message);
    let work = bare::Hashing::of(&arrived.log, &arrived.message);
    let baseline = || bare.verify() && work.hash();
    let case = || appraise(&input).clock().is_some();
    let name = format!("full, {key}, {events} events");
    table.measure(name, "bare verification and hashing", Some(FULL), [&baseline, &case]);
}
