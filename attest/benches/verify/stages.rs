//! What the parts of an appraisal cost, as far as they can be called by themselves.

use trustboard_attest::endorsement::{Chain, EkCertificate};
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::tpm::{Public, Quote, Signature};
use trustboard_attest::{admit, make_credential, parse_claims};

use super::bare::Bare;
use super::measure::Table;
use super::pool::Pool;
use super::{Arrived, BARE};

pub fn measure(key: &str, arrived: &Arrived, table: &mut Table) {
    let identity = arrived.scene.identity();
    let quoted = arrived.message.quoted.as_ref().unwrap();
    let bare = Bare::of(&arrived.message);
    let verify = || bare.verify();
    let mut stage = |name: &str, case: &dyn Fn() -> bool| {
        table.measure(format!("stage, {key}: {name}"), case, &[(BARE, &verify)], None);
    };

    stage("reading EK and AK", &|| {
        let read = |bytes: &[u8]| Public::parse("public area", bytes).is_ok();
        read(&identity.ek_public) && read(&identity.ak_public)
    });
    let ak = Public::parse("AK public area", &quoted.ak_public).unwrap();
    stage("signature, with reading the key", &|| {
        let signature = Signature::parse(&quoted.signature).unwrap();
        Quote::parse(&quoted.attest).unwrap().verify(&ak, &signature).is_ok()
    });
    stage("reading the claims", &|| parse_claims(&arrived.message.claims).is_ok());

    let bytes = identity.ek_certificate.as_ref().unwrap();
    stage("reading the EK certificate", &|| EkCertificate::parse(bytes).is_ok());
    let certificate = EkCertificate::parse(bytes).unwrap();
    let fresh = Pool::of(|| arrived.scene.makers.clone());
    stage("chain to the maker's root, first time", &|| {
        Chain::build(certificate.certificate(), fresh.next()).is_ok()
    });
    let makers = arrived.scene.makers.clone();
    stage("chain to the maker's root, known", &|| {
        Chain::build(certificate.certificate(), &makers).is_ok()
    });

    let log = &arrived.log;
    stage("reading the log, 120 events", &|| EventLog::parse(log).is_ok());
    let events = EventLog::parse(log).unwrap();
    stage("replaying the log, 3 banks", &|| !events.replay().banks().is_empty());

    let appraisal = arrived.prepared().appraise();
    stage("the report as JSON", &|| serde_json::to_vec(appraisal.report()).is_ok());

    stage("enrolment: admitting keys, wrapping a secret", &|| {
        let keys = admit(&identity).unwrap();
        make_credential(&keys, &[7; 32], &[9; 64]).is_ok()
    });
}
