//! Quotes made by other TPMs for other verifiers: signature, nonce, PCR digest, replay.

use std::collections::BTreeMap;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RsaPublicKeyComponents};
use serde_json::Value;
use trustboard_attest::eventlog::{EventLog, ReplayedLog};
use trustboard_attest::tpm::{
    Attestation, BindingRefusal, Key, PcrRefusal, Public, Quote, QuotedPcrs, Signature,
    SignatureRefusal, SignedQuote,
};
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::{Digest, HashAlg, Nonce};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};

use super::{base64, folder, json, read};
use crate::support::tpm::{AK_ATTRIBUTES, PublicKey, PublicSpec};

fn pcr(index: u8) -> PcrIndex {
    PcrIndex::try_from(index).unwrap()
}

fn verify(attest: &[u8], ak: &Public, signature: &[u8]) -> SignedQuote {
    let signature = Signature::parse(signature).unwrap();
    Quote::parse(attest).unwrap().verify(ak, &signature).unwrap().unwrap()
}

/// An AK of which only the key is known.
fn ak_of(key: PublicKey) -> Public {
    let spec = PublicSpec::new(key, AK_ATTRIBUTES);
    Public::parse("AK public area", &spec.marshal()).unwrap()
}

fn bank(bank: HashAlg, values: impl IntoIterator<Item = (u8, Vec<u8>)>) -> Vec<PcrBankValues> {
    let value = |(index, value)| (pcr(index), Digest::new(bank, value).unwrap());
    vec![PcrBankValues { bank, values: values.into_iter().map(value).collect() }]
}

/// Fields of a protobuf message: number and content; varints as their bytes.
fn protobuf(mut bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (first, rest) = bytes.split_first().unwrap();
            *bytes = rest;
            value |= u64::from(first & 0x7F) << shift;
            if first & 0x80 == 0 {
                break;
            }
        }
        value
    }
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let content = match tag & 7 {
            0 => varint(&mut bytes).to_le_bytes().to_vec(),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                let (content, rest) = bytes.split_at(length);
                bytes = rest;
                content.to_vec()
            }
            other => panic!("wire type {other}"),
        };
        fields.push((tag >> 3, content));
    }
    fields
}

fn field(fields: &[(u64, Vec<u8>)], number: u64) -> &[u8] {
    fields.iter().find(|(found, _)| *found == number).map_or(&[], |(_, content)| content)
}

#[test]
pub(super) fn a_cloud_hosts_three_quotes_verify_with_their_nonce_only_and_explain_the_log() {
    if folder().is_none() {
        return;
    }
    for (name, nonce) in [("gce-cos-85-nonce9009", &[0x90, 0x09][..]), ("gce-cos-85-no-nonce", &[])]
    {
        let fields = protobuf(&read(&format!("go-tpm-tools/attestations/{name}.pb")));
        let ak = Public::parse("AK public area", field(&fields, 1)).unwrap();
        let log = EventLog::parse(field(&fields, 3)).unwrap();
        let mut quotes = 0;
        for (_, quote) in fields.iter().filter(|(number, _)| *number == 2) {
            let quote = protobuf(quote);
            let (attest, signature) = (field(&quote, 1), field(&quote, 2));
            let signed = verify(attest, &ak, signature);
            assert!(signed.clone().bind(&Nonce([1; 32]), b"claims").is_err());
            let wrong = signed.clone().insecure_bind_raw(&[0x90, 0x0A]);
            if nonce.is_empty() {
                assert_eq!(wrong.unwrap_err(), BindingRefusal::Empty);
                assert_eq!(signed.insecure_bind_raw(&[]).unwrap_err(), BindingRefusal::Empty);
                continue;
            }
            assert!(matches!(wrong, Err(BindingRefusal::Mismatch { .. })));
            let verified = signed.insecure_bind_raw(nonce).unwrap();
            let sent = protobuf(field(&quote, 3));
            let alg = HashAlg::from_tpm_id(u16::from(field(&sent, 1)[0])).unwrap();
            let values: BTreeMap<u8, Vec<u8>> = sent
                .iter()
                .filter(|(number, _)| *number == 2)
                .map(|(_, entry)| {
                    let entry = protobuf(entry);
                    (field(&entry, 1).first().copied().unwrap_or(0), field(&entry, 2).to_vec())
                })
                .collect();
            let values = bank(alg, values);
            let confirmed = QuotedPcrs::confirm(&verified, &values).unwrap();
            let replayed = ReplayedLog::new(&log, &log.replay(), &confirmed, alg);
            assert!((0..8).all(|i| replayed.events(pcr(i)).is_some()), "{name} {alg}");
            let mut other = values.clone();
            other[0].values[7].1 = Digest::filled(alg, 1);
            let refused = QuotedPcrs::confirm(&verified, &other);
            assert!(matches!(refused, Err(PcrRefusal::Digest { .. })));
            quotes += 1;
        }
        assert_eq!(quotes, if nonce.is_empty() { 0 } else { 3 });
    }
}

#[test]
pub(super) fn a_sha1_quote_is_refused_although_its_signature_and_log_are_good() {
    if folder().is_none() {
        return;
    }
    let host = json("go-attestation/windows_gcp_shielded_vm.json");
    let bytes = |value: &Value| base64(value.as_str().unwrap());
    let ak = Public::parse("AK public area", &bytes(&host["AK"]["Public"])).unwrap();
    let (attest, signature) = (bytes(&host["Quote"]["Quote"]), bytes(&host["Quote"]["Signature"]));
    let refused = Quote::parse(&attest)
        .unwrap()
        .verify(&ak, &Signature::parse(&signature).unwrap())
        .unwrap_err();
    assert!(matches!(refused, SignatureRefusal::Scheme { .. }), "{refused:?}");
    let Key::Rsa { modulus, .. } = ak.key() else { panic!() };
    let key = RsaPublicKeyComponents { n: modulus.clone(), e: vec![1, 0, 1] };
    key.verify(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, &attest, &signature[6..]).unwrap();
    let created = Attestation::parse(&bytes(&host["AK"]["CreateAttestation"])).unwrap();
    assert_eq!(created, Attestation::Other { kind: 0x801A });
    let raw = bytes(&host["Log"]["Raw"]);
    let replay = EventLog::parse(&raw).unwrap().replay();
    for value in host["Log"]["PCRs"].as_array().unwrap() {
        let index = pcr(u8::try_from(value["Index"].as_u64().unwrap()).unwrap());
        let replayed = replay.bank(HashAlg::Sha1).unwrap().pcr(index);
        if replayed.events > 0 {
            assert_eq!(replayed.value.as_bytes(), bytes(&value["Digest"]), "PCR {index}");
        }
    }
}

#[test]
pub(super) fn a_quote_of_three_registers_verifies_and_covers_nothing_else() {
    if folder().is_none() {
        return;
    }
    let file = |name: &str| read(&format!("keylime/quote-files/{name}"));
    // TPM2B_PUBLIC: two bytes of size
    let ak = Public::parse("AK public area", &file("ak.pub")[2..]).unwrap();
    assert_eq!(ak.name().unwrap(), file("ak.name"));
    Public::parse("EK public area", &file("ek.pub")[2..]).unwrap();
    let nonce = from_hex("db1db298db6d60e6385b7231743e9c3056a18003").unwrap();
    let verified =
        verify(&file("quote.out"), &ak, &file("quotesig.out")).insecure_bind_raw(&nonce).unwrap();
    let seen = &json("quotes-observed.json")["keylime quote-files"]["digs"];
    let values = [15, 16, 22].into_iter().zip(seen.as_array().unwrap());
    let values = values.map(|(i, v)| (i, from_hex(v.as_str().unwrap()).unwrap()));
    let sent = bank(HashAlg::Sha256, values);
    let confirmed = QuotedPcrs::confirm(&verified, &sent).unwrap();
    assert!((0..8).all(|i| confirmed.value(HashAlg::Sha256, pcr(i)).is_none()));
    // A value that was not quoted is not believed, and none may be missing.
    let mut more = sent.clone();
    more[0].values.insert(0, (pcr(0), Digest::filled(HashAlg::Sha256, 0)));
    let mut fewer = sent;
    fewer[0].values.pop();
    for wrong in [more, fewer] {
        let refused = QuotedPcrs::confirm(&verified, &wrong);
        assert!(matches!(refused, Err(PcrRefusal::Selection { .. })));
    }
}

#[test]
pub(super) fn a_quote_without_nonce_signer_and_safe_clock_verifies_and_is_refused_for_the_rest() {
    if folder().is_none() {
        return;
    }
    let token = read("veraison/tpm-enacttrust/basic.token");
    let size = usize::from(u16::from_be_bytes([token[16], token[17]]));
    let (attest, signature) = token[18..].split_at(size);
    let pem = String::from_utf8(read("veraison/tpm-enacttrust/basic.pem.pub")).unwrap();
    let der = base64(pem.lines().nth(1).unwrap());
    let der = [der, base64(pem.lines().nth(2).unwrap())].concat();
    let ak = ak_of(PublicKey::from_point(&der[der.len() - 65..]));
    let signed = verify(attest, &ak, signature);
    let info = signed.insecure_unbound_info();
    assert!(!info.clock.safe && info.qualified_signer.is_empty());
    assert_eq!(signed.bind(&Nonce([0; 32]), &[]).unwrap_err(), BindingRefusal::Empty);
}

#[test]
pub(super) fn a_certification_is_told_from_a_quote_by_the_same_key() {
    if folder().is_none() {
        return;
    }
    let evidence = read("veraison/parsec-tpm/evidence.cbor");
    let starts: Vec<usize> = (0..evidence.len())
        .filter(|&i| evidence[i..].starts_with(&[0xFF, 0x54, 0x43, 0x47]))
        .collect();
    // Byte strings of CBOR with one byte of length.
    let attests: Vec<&[u8]> =
        starts.iter().map(|&at| &evidence[at..at + usize::from(evidence[at - 1])]).collect();
    let kinds: Vec<Attestation> =
        attests.iter().map(|attest| Attestation::parse(attest).unwrap()).collect();
    assert!(kinds.contains(&Attestation::Other { kind: 0x8017 }));
    assert!(kinds.iter().any(|kind| matches!(kind, Attestation::Quote(_))));
    // The key in the evidence is the certified one, not the one that signed (A5).
    let at = evidence.windows(4).position(|w| w == [0x00, 0x23, 0x00, 0x0B]).unwrap();
    let own = Public::parse("AK public area", &evidence[at..at + usize::from(evidence[at - 1])]);
    let own = own.unwrap();
    let signature = |start: &[u8]| {
        let at = evidence.windows(8).position(|window| window == start).unwrap();
        Signature::parse(&evidence[at..at + usize::from(evidence[at - 1])]).unwrap()
    };
    let of_quote = signature(&[0x00, 0x18, 0x00, 0x0B, 0x00, 0x20, 0xA7, 0x71]);
    let quote = attests.iter().map(|attest| Quote::parse(attest).unwrap());
    let quote = quote.into_iter().find(|q| matches!(q.form(), Attestation::Quote(_))).unwrap();
    assert_eq!(quote.verify(&own, &of_quote).unwrap_err(), SignatureRefusal::Invalid);
}

#[test]
pub(super) fn bare_evidence_of_another_verifier_verifies_with_its_key() {
    if folder().is_none() {
        return;
    }
    let evidence = json("trustee/tpm_evidence.json");
    let der = base64(evidence["ak_public"].as_str().unwrap());
    let ak = ak_of(PublicKey::Rsa { modulus: der[der.len() - 5 - 256..der.len() - 5].to_vec() });
    let quote = &evidence["tpm_quote"];
    let bytes = |name: &str| base64(quote[name].as_str().unwrap());
    let signed = verify(&bytes("message"), &ak, &bytes("signature"));
    let nonce = signed.insecure_unbound_info().extra_data.clone();
    let verified = signed.insecure_bind_raw(&nonce).unwrap();
    let pcrs = quote["pcrs"].as_array().unwrap().iter();
    let values = (0..).zip(pcrs.map(|v| from_hex(v.as_str().unwrap()).unwrap()));
    QuotedPcrs::confirm(&verified, &bank(HashAlg::Sha256, values)).unwrap();
}

#[test]
pub(super) fn a_confidential_vms_quote_verifies_with_its_own_ak_and_with_no_other() {
    if folder().is_none() {
        return;
    }
    let evidence = json("trustee/az-snp-vtpm/evidence-v1.json");
    let report = base64(evidence["hcl_report"].as_str().unwrap());
    let claims = String::from_utf8_lossy(&report).into_owned();
    let modulus = |kid: &str| {
        let key = claims.split_once(kid).unwrap().1;
        let n = key.split_once("\"n\":\"").unwrap().1.split_once('"').unwrap().0;
        base64(n)
    };
    let attest = from_hex(evidence["tpm_quote"]["message"].as_str().unwrap()).unwrap();
    let raw = from_hex(evidence["tpm_quote"]["signature"].as_str().unwrap()).unwrap();
    let signature = |raw: &[u8]| [&[0x00, 0x14, 0x00, 0x0B, 0x01, 0x00][..], raw].concat();
    let ak = ak_of(PublicKey::Rsa { modulus: modulus("HCLAkPub") });
    let signed = verify(&attest, &ak, &signature(&raw));
    assert_eq!(signed.insecure_unbound_info().extra_data, b"challenge");
    let ek = ak_of(PublicKey::Rsa { modulus: modulus("HCLEkPub") });
    let other = read("trustee/az-snp-vtpm/tpm-quote.msg");
    let other_signature = read("trustee/az-snp-vtpm/tpm-quote.sig");
    for (key, attest, raw) in [(&ek, &attest, &raw), (&ak, &other, &other_signature)] {
        let signature = Signature::parse(&signature(raw)).unwrap();
        let refused = Quote::parse(attest).unwrap().verify(key, &signature).unwrap_err();
        assert_eq!(refused, SignatureRefusal::Invalid);
    }
}

#[test]
pub(super) fn a_sha1_quote_of_an_agent_is_read() {
    if folder().is_none() {
        return;
    }
    let text = String::from_utf8(read("rust-keylime/test-quote.txt")).unwrap();
    let mut parts = text.trim().strip_prefix('r').unwrap().split(':');
    let attest = base64(parts.next().unwrap());
    let Attestation::Quote(info) = Attestation::parse(&attest).unwrap() else { panic!() };
    assert_eq!(info.extra_data, b"TEST");
    let signature = Signature::parse(&base64(parts.next().unwrap())).unwrap();
    assert_eq!(signature.scheme().hash_alg(), Some(HashAlg::Sha1));
}
