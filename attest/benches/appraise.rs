//! A full appraisal of a host with 120 events and three banks, beside the bare signature
//! verification of the same library in the same run.

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use support::boot::Boot;
use support::{Scene, assert_trusted};
use trustboard_attest::tpm::{Public, Quote, Signature};
use trustboard_attest::{Evidence, Log};
use trustboard_model::protocol::EvidenceMessage;

/// What a server has in its hands when evidence arrives.
struct Arrived {
    scene: Scene,
    message: EvidenceMessage,
    log: Vec<u8>,
}

fn arrived(mut scene: Scene) -> Arrived {
    scene.boot = Boot::with_events(120);
    let (message, log) = scene.evidence();
    let arrived = Arrived { scene, message, log };
    assert_trusted(&arrived.prepared().appraise().report().clone());
    arrived
}

impl Arrived {
    fn prepared(&self) -> support::Prepared<'_> {
        let log = Log::Bytes(&self.log);
        self.scene.prepare(Evidence::Sent { message: &self.message, log, systemd_log: Log::Absent })
    }
}

fn appraisals(c: &mut Criterion) {
    for (name, scene) in [("RSA-2048", Scene::genuine()), ("P-256", Scene::genuine_ecc())] {
        let arrived = arrived(scene);
        let prepared = arrived.prepared();
        c.bench_function(&format!("full appraisal, {name} AK and EK, 120 events"), |b| {
            b.iter(|| black_box(prepared.appraise()));
        });
        let quoted = arrived.message.quoted.as_ref();
        let Some(quoted) = quoted else { continue };
        c.bench_function(&format!("quote: parse and verify one {name} signature"), |b| {
            b.iter(|| {
                let ak = Public::parse("AK public area", black_box(&quoted.ak_public)).ok()?;
                let signature = Signature::parse(&quoted.signature).ok()?;
                Quote::parse(&quoted.attest).ok()?.verify(&ak, &signature).ok()
            });
        });
    }
}

/// The library alone, with nothing of ours around it.
fn bare_signatures(c: &mut Criterion) {
    use aws_lc_rs::signature::{
        ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    };
    let message = [7; 145];
    let (key, signature) = support::keys::bare_rsa(&message);
    c.bench_function("bare RSA-2048 signature", |b| {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &key);
        b.iter(|| key.verify(black_box(&message), &signature));
    });
    let (key, signature) = support::keys::bare_p256(&message);
    c.bench_function("bare P-256 signature", |b| {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &key);
        b.iter(|| key.verify(black_box(&message), &signature));
    });
}

criterion_group!(benches, appraisals, bare_signatures);
criterion_main!(benches);
