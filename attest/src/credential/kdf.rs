//! KDFa and KDFe (TPM 2.0 Part 1, 11.4.10).

use aws_lc_rs::hmac;
use trustboard_model::digest::HashAlg;

use crate::hash;

/// HMAC with a hash that TPM structures name.
pub(crate) fn hmac_algorithm(alg: HashAlg) -> Option<hmac::Algorithm> {
    match alg {
        HashAlg::Sha1 => Some(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        HashAlg::Sha256 => Some(hmac::HMAC_SHA256),
        HashAlg::Sha384 => Some(hmac::HMAC_SHA384),
        HashAlg::Sha512 => Some(hmac::HMAC_SHA512),
        HashAlg::Sm3_256 => None,
    }
}

/// KDFa: SP 800-108 in counter mode with HMAC. `label` is given without its terminating zero.
pub(crate) fn kdfa(
    alg: HashAlg,
    key: &[u8],
    label: &str,
    context_u: &[u8],
    context_v: &[u8],
    bits: u32,
) -> Option<Vec<u8>> {
    let key = hmac::Key::new(hmac_algorithm(alg)?, key);
    Some(blocks(alg, bits, |counter| {
        let mut context = hmac::Context::with_key(&key);
        context.update(&counter.to_be_bytes());
        context.update(label.as_bytes());
        context.update(&[0]);
        context.update(context_u);
        context.update(context_v);
        context.update(&bits.to_be_bytes());
        context.sign().as_ref().to_vec()
    }))
}

/// KDFe: the concatenation KDF of SP 800-56A over a shared secret. `label` without its
/// terminating zero.
pub(crate) fn kdfe(
    alg: HashAlg,
    z: &[u8],
    label: &str,
    party_u: &[u8],
    party_v: &[u8],
    bits: u32,
) -> Option<Vec<u8>> {
    hash::algorithm(alg)?;
    Some(blocks(alg, bits, |counter| {
        let parts = [&counter.to_be_bytes()[..], z, label.as_bytes(), &[0], party_u, party_v];
        hash::hash(alg, &parts).map(|digest| digest.as_ref().to_vec()).unwrap_or_default()
    }))
}

/// As many blocks as `bits` need, cut to whole bytes; spare bits are the highest and are cleared.
fn blocks(alg: HashAlg, bits: u32, block: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let bytes = bits.div_ceil(8) as usize;
    let count = u32::try_from(bytes.div_ceil(alg.len())).unwrap_or(u32::MAX);
    let mut out: Vec<u8> = (1..=count).flat_map(block).collect();
    out.truncate(bytes);
    if let (Some(first), spare @ 1..) = (out.first_mut(), bits % 8) {
        *first &= (1 << spare) - 1;
    }
    out
}
