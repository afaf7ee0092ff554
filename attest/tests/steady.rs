//! The short way: it recognises the same again, and nothing else.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::sync::Arc;

use support::{NOW, Prepared, Scene};
use trustboard_attest::{
    Again, Challenge, Evidence, Log, Memory, Proof, Recognised, SessionIdentity, Steady,
    appraise_and_remember,
};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::bytes::Bytes;
use trustboard_model::check::CheckId;
use trustboard_model::digest::Nonce;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ChallengeId, HostId};
use trustboard_model::protocol::{EvidenceMessage, LogPart};
use trustboard_model::time::Timestamp;

const SECOND_NONCE: Nonce = Nonce([0xA5; 32]);

/// A host that was trusted, and its next evidence.
struct Story {
    scene: Scene,
    first: EvidenceMessage,
    log: Vec<u8>,
    next: EvidenceMessage,
    challenge: Challenge,
}

/// What was remembered, and the answer that is shown to it.
struct Known<'a> {
    steady: &'a Steady,
    message: &'a EvidenceMessage,
}

impl Known<'_> {
    fn recognise(&self, again: &Again<'_>) -> Option<Recognised> {
        self.steady.recognise(self.message, again)
    }

    fn until(&self) -> Timestamp {
        self.steady.until()
    }
}

impl Story {
    fn new(mut scene: Scene) -> Self {
        let (first, log) = scene.evidence();
        scene.attest.clock += 1000;
        scene.quoted_nonce = SECOND_NONCE;
        let (next, _) = scene.evidence();
        scene.attest.clock -= 1000;
        let challenge = Challenge { nonce: SECOND_NONCE, ..scene.challenge.clone() };
        Self { scene, first, log, next, challenge }
    }

    /// Signs the next evidence anew after a change of the scene.
    fn resigned(mut self, change: impl Fn(&mut Scene)) -> Self {
        self.scene.quoted_nonce = SECOND_NONCE;
        self.scene.attest.clock += 1000;
        change(&mut self.scene);
        self.next = self.scene.evidence().0;
        self
    }

    fn prepared(&self) -> Prepared<'_> {
        let log = Log::Bytes(&self.log);
        self.scene.prepare(Evidence::Sent { message: &self.first, log, systemd_log: Log::Absent })
    }

    /// Remembers the first evidence, and shows the next one as `change` makes it.
    fn recognised<T>(
        &self,
        change: impl for<'a> FnOnce(Again<'a>, &Known<'a>) -> Option<T>,
    ) -> Option<T> {
        let prepared = self.prepared();
        let input = prepared.input();
        let (appraisal, steady) = appraise_and_remember(&input, &Memory::none());
        assert_eq!(appraisal.attestation(), Attestation::Passed, "{:#?}", appraisal.report());
        let again = Again {
            host: input.host,
            challenge: &self.challenge,
            session: input.session,
            standards: input.standards,
            latest: appraisal.clock(),
            now: input.now,
        };
        change(again, &Known { steady: &steady.unwrap(), message: &self.next })
    }

    fn plainly(&self) -> Option<Recognised> {
        self.recognised(|again, steady| steady.recognise(&again))
    }
}

#[test]
fn the_same_again_is_recognised_with_its_own_counters() {
    for scene in [Scene::genuine(), Scene::genuine_ecc()] {
        let story = Story::new(scene);
        let again = story.plainly().unwrap();
        assert_eq!(again.host(), support::host());
        assert_eq!(again.repetition().clock().clock, story.scene.attest.clock + 1000);
    }
}

#[test]
fn what_is_repeated_names_the_same_report_and_carries_what_is_its_own() {
    let mut story = Story::new(Scene::genuine());
    story.challenge.expires_at = story.challenge.expires_at.plus_seconds(5);
    let (first, _) = appraise_and_remember(&story.prepared().input(), &Memory::none());
    let again = story.plainly().unwrap();
    assert_eq!(again.report_digest(), first.report_digest());
    let mut own = first.report().clone();
    again.repetition().onto(&mut own);
    assert_eq!(own.clock, Some(again.repetition().clock()));
    let differing = own.checks.iter().zip(&first.report().checks).filter(|(own, its)| own != its);
    let differing: Vec<_> = differing.map(|(own, _)| own.check).collect();
    assert_eq!(differing, [CheckId::NonceFresh]);
    assert_eq!(own.verdict, first.report().verdict);

    // An appraisal in full of another boot has another report.
    let mut scene = Scene::genuine();
    scene.attest.reset_count += 1;
    let other = Story::new(scene);
    let (other, _) = appraise_and_remember(&other.prepared().input(), &Memory::none());
    assert_ne!(other.report_digest(), first.report_digest());
}

#[test]
fn another_answer_is_left_to_the_full_appraisal() {
    type Change = fn(&mut EvidenceMessage);
    let changes: [(&str, Change); 7] = [
        ("signature", |m| flip(&mut m.quoted.as_mut().unwrap().signature, 40)),
        ("quoted digest", |m| flip_last(&mut m.quoted.as_mut().unwrap().attest)),
        ("magic", |m| flip(&mut m.quoted.as_mut().unwrap().attest, 0)),
        ("AK", |m| flip_last(&mut m.quoted.as_mut().unwrap().ak_public)),
        ("claims", |m| flip_last(&mut m.claims)),
        ("no quote", |m| m.quoted = None),
        ("a log is sent", |m| m.log = LogPart::Full { bytes: Bytes(vec![1]) }),
    ];
    for (what, change) in changes {
        let mut story = Story::new(Scene::genuine());
        change(&mut story.next);
        assert!(story.plainly().is_none(), "{what}");
    }
}

#[test]
fn every_bit_of_quote_and_signature_counts() {
    let genuine = Story::new(Scene::genuine_ecc());
    let quoted = genuine.next.quoted.clone().unwrap();
    let mut story = Story::new(Scene::genuine_ecc());
    for part in 0..2 {
        let length = if part == 0 { quoted.attest.len() } else { quoted.signature.len() };
        for byte in 0..length {
            let mut next = quoted.clone();
            flip(if part == 0 { &mut next.attest } else { &mut next.signature }, byte);
            story.next = EvidenceMessage { quoted: Some(next), ..genuine.next.clone() };
            assert!(story.plainly().is_none(), "part {part}, byte {byte}");
        }
    }
}

#[test]
fn signed_changes_are_left_to_the_full_appraisal() {
    type Change = fn(&mut Scene);
    let changes: [(&str, Change); 7] = [
        ("rebooted", |scene| scene.attest.reset_count += 1),
        ("resumed", |scene| scene.attest.restart_count += 1),
        ("clock went back", |scene| scene.attest.clock -= 2000),
        ("clock not safe", |scene| scene.attest.safe = 0),
        ("another TPM firmware", |scene| scene.attest.firmware += 1),
        ("a register was extended", |scene| scene.later.push((14, b"later".to_vec()))),
        ("other facts", |scene| scene.facts.kernel = Some("6.1.0-28".to_owned())),
    ];
    for (what, change) in changes {
        let mut story = Story::new(Scene::genuine());
        let before = (story.scene.attest.clone(), story.scene.facts.clone());
        story = story.resigned(change);
        (story.scene.attest, story.scene.facts) = before;
        story.scene.later.clear();
        assert!(story.plainly().is_none(), "{what}");
    }
}

#[test]
fn other_circumstances_are_left_to_the_full_appraisal() {
    let story = Story::new(Scene::genuine());
    let no = |what: &str, change: fn(Again<'_>, &Known<'_>) -> Option<Recognised>| {
        assert!(story.recognised(change).is_none(), "{what}");
    };
    no("another policy object", |again, steady| {
        let standards = Arc::new((**again.standards).clone());
        steady.recognise(&Again { standards: &standards, ..again })
    });
    no("another host", |again, steady| {
        steady.recognise(&Again { host: HostId::from_random([9; 16]), ..again })
    });
    no("another host's challenge", |again, steady| {
        let challenge = Challenge { host: HostId::from_random([9; 16]), ..again.challenge.clone() };
        steady.recognise(&Again { challenge: &challenge, ..again })
    });
    no("another nonce", |again, steady| {
        let challenge = Challenge { nonce: Nonce([1; 32]), ..again.challenge.clone() };
        steady.recognise(&Again { challenge: &challenge, ..again })
    });
    no("too late", |again, steady| {
        let late = again.challenge.expires_at.plus_seconds(1);
        steady.recognise(&Again { now: late, ..again })
    });
    no("a full one is due", |again, steady| {
        let challenge = Challenge {
            expires_at: NOW.plus_seconds(2 * Steady::LONGEST_S),
            ..again.challenge.clone()
        };
        let again = Again { challenge: &challenge, ..again };
        let last = Again { now: NOW.plus_seconds(Steady::LONGEST_S - 1), ..again };
        assert!(steady.recognise(&last).is_some());
        assert_eq!(steady.until(), NOW.plus_seconds(Steady::LONGEST_S));
        steady.recognise(&Again { now: steady.until(), ..again })
    });
    no("not proven in this session", |again, steady| {
        let session = SessionIdentity { proof: Proof::NotAsked, ..again.session.clone() };
        steady.recognise(&Again { session: &session, ..again })
    });
    no("other keys in this session", |again, steady| {
        let mut session = again.session.clone();
        flip_last(&mut session.presented.as_mut().unwrap().ek_public);
        steady.recognise(&Again { session: &session, ..again })
    });
    no("no TPM in this session", |again, steady| {
        let session = SessionIdentity { presented: None, ..again.session.clone() };
        steady.recognise(&Again { session: &session, ..again })
    });
    no("a newer quote is on record", |again, steady| {
        let clock = ClockInfo {
            clock: u64::MAX,
            reset_count: 0,
            restart_count: 0,
            safe: true,
            firmware_version: 0,
        };
        steady.recognise(&Again { latest: Some(clock), ..again })
    });
}

#[test]
fn only_a_trusted_host_is_remembered() {
    let mut scene = Scene::genuine();
    scene.proof = Proof::NotAsked;
    let (message, log) = scene.evidence();
    let prepared = scene.prepare(Evidence::Sent {
        message: &message,
        log: Log::Bytes(&log),
        systemd_log: Log::Absent,
    });
    let (appraisal, steady) = appraise_and_remember(&prepared.input(), &Memory::none());
    assert_ne!(appraisal.attestation(), Attestation::Passed);
    assert!(steady.is_none());
}

fn flip(bytes: &mut Bytes, at: usize) {
    bytes.0[at] ^= 1;
}

fn flip_last(bytes: &mut Bytes) {
    let last = bytes.len() - 1;
    flip(bytes, last);
}

/// A message as it is sent.
fn frame(message: &EvidenceMessage) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes).unwrap();
    bytes
}

/// The answer of `story` once more: a third challenge, another quote.
fn third(story: &mut Story) -> (EvidenceMessage, Challenge) {
    let nonce = Nonce([0x5A; 32]);
    story.scene.attest.clock += 1000;
    story.scene.quoted_nonce = nonce;
    let (mut message, _) = story.scene.evidence();
    message.challenge = ChallengeId::from_random([3; 16]);
    message.log = LogPart::Known;
    (message, Challenge { nonce, ..story.challenge.clone() })
}

/// Remembers how `remembered` was written, and shows `shown` to what was remembered.
fn by_frame(
    story: &Story,
    remembered: &[u8],
    shown: &[u8],
    (id, challenge): (ChallengeId, &Challenge),
) -> Option<Recognised> {
    story.recognised(|again, known| {
        let mut steady = known.steady.clone();
        steady.remember_frame(remembered, known.message);
        let again = Again { challenge, ..again };
        steady.recognise_frame(shown, id, &again).map(|(recognised, _)| recognised)
    })
}

#[test]
fn a_frame_that_is_written_alike_is_recognised_as_its_message_is() {
    for scene in [Scene::genuine(), Scene::genuine_ecc()] {
        let mut story = Story::new(scene);
        let (next, challenge) = third(&mut story);
        let (remembered, shown) = (frame(&story.next), frame(&next));
        assert_eq!(remembered.len(), shown.len());
        let asked = (next.challenge, &challenge);
        let recognised = by_frame(&story, &remembered, &shown, asked).unwrap();
        let read = story
            .recognised(|again, known| {
                known.steady.recognise(&next, &Again { challenge: &challenge, ..again })
            })
            .unwrap();
        assert_eq!(recognised, read);
        let (_, quote) = story
            .recognised(|again, known| {
                let mut steady = known.steady.clone();
                steady.remember_frame(&remembered, known.message);
                let again = Again { challenge: &challenge, ..again };
                let (recognised, quote) = steady.recognise_frame(&shown, asked.0, &again)?;
                Some((recognised, (quote.attest.to_vec(), quote.signature.to_vec())))
            })
            .unwrap();
        let quoted = next.quoted.unwrap();
        assert_eq!(quote, (quoted.attest.0, quoted.signature.0));
    }
}

#[test]
fn no_byte_of_a_frame_can_change() {
    let mut story = Story::new(Scene::genuine_ecc());
    let (next, challenge) = third(&mut story);
    let (remembered, shown) = (frame(&story.next), frame(&next));
    let asked = (next.challenge, &challenge);
    for at in 0..shown.len() {
        let mut changed = shown.clone();
        changed[at] ^= 1;
        assert!(by_frame(&story, &remembered, &changed, asked).is_none(), "byte {at}");
    }
    for changed in [&shown[1..], &shown[..shown.len() - 1], &[&shown[..], &[0]].concat(), &[]] {
        assert!(by_frame(&story, &remembered, changed, asked).is_none());
    }
}

#[test]
fn a_frame_answers_its_own_challenge_only() {
    let mut story = Story::new(Scene::genuine_ecc());
    let (next, challenge) = third(&mut story);
    let (remembered, shown) = (frame(&story.next), frame(&next));
    assert!(by_frame(&story, &remembered, &shown, (story.next.challenge, &challenge)).is_none());
    let asked = (next.challenge, &story.challenge);
    assert!(by_frame(&story, &remembered, &shown, asked).is_none());
    // The one before, once more.
    let asked = (story.next.challenge, &challenge);
    assert!(by_frame(&story, &remembered, &remembered, asked).is_none());
}

#[test]
fn a_frame_that_says_something_twice_is_always_read() {
    let mut story = Story::new(Scene::genuine_ecc());
    let (next, challenge) = third(&mut story);
    let twice = |message: &EvidenceMessage| {
        let quote = message.quoted.as_ref().unwrap();
        [frame(message), quote.attest.to_vec()].concat()
    };
    let (remembered, shown) = (twice(&story.next), twice(&next));
    let asked = (next.challenge, &challenge);
    assert!(by_frame(&story, &remembered, &shown, asked).is_none());
}
