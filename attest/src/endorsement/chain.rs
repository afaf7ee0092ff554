//! From an EK certificate to a maker's root.

use super::{Certificate, Name};
use crate::budget;
use crate::endorsement::extension::KeyUsage;
use crate::hash;
use crate::makers::{Idle, Makers};

/// A path whose signatures all verify, from the EK certificate to a configured root.
#[derive(Debug, Clone)]
pub struct Chain<'a> {
    leaf: &'a Certificate,
    /// From the EK certificate's issuer to the root.
    issuers: Vec<&'a Certificate>,
}

/// Why there is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainRefusal {
    /// Nobody of this name is among the makers.
    UnknownIssuer(Box<MissingIssuer>),
    /// Somebody of this name is, but did not sign.
    BadSignature {
        /// The certificate that is not signed by them.
        subject: Name,
        /// The name.
        issuer: Name,
    },
    /// An issuer may not issue: no CA, no keyCertSign, too deep, or an extension that is critical
    /// and not understood.
    NotAnIssuer {
        /// The issuer.
        issuer: Name,
        /// Why not.
        problem: String,
    },
    /// Too much work.
    TooDeep,
}

/// The certificate that would have continued a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingIssuer {
    /// Its subject.
    pub issuer: Name,
    /// Whose issuer it is: the EK certificate's subject, or an intermediate's.
    pub below: Name,
    /// The identifier of its key, as the certificate below has it.
    pub key_id: Option<Vec<u8>>,
    /// Where it can be had, as the certificate below says. Never fetched.
    pub addresses: Vec<String>,
    /// There is one of this name, but it counts for nothing.
    pub idle: Option<Idle>,
    /// The subject of a trusted root of the same organisation: the maker is trusted, and only
    /// something between is missing.
    pub maker_root: Option<Name>,
}

impl MissingIssuer {
    fn of(subject: &Certificate, makers: &Makers) -> Self {
        let issuer = &subject.issuer;
        Self {
            issuer: issuer.clone(),
            below: subject.subject.clone(),
            key_id: subject.extensions.authority_key_id.clone(),
            addresses: subject.extensions.ca_issuers.clone(),
            idle: makers.idle(issuer),
            maker_root: makers.root_of_maker(issuer).map(|root| root.subject.clone()),
        }
    }
}

impl<'a> Chain<'a> {
    /// Finds a path. Candidates are found by name and believed by signature; only the makers'
    /// roots end a path, so a root that came with the evidence is never trusted.
    ///
    /// SHA-1 signatures are accepted here, and only here: what Infineon, Nuvoton and
    /// STMicroelectronics made until about 2014 has no other, and a TPM cannot get another
    /// certificate. This is what SP 800-131A calls legacy use: forging one takes a second preimage,
    /// or a collision that the maker would have had to sign back then. The outcome says so. Quotes
    /// and revocation lists, which are made today, are never accepted with SHA-1.
    pub fn build(leaf: &'a Certificate, makers: &'a Makers) -> Result<Self, ChainRefusal> {
        let fingerprint = hash::sha256(&[leaf.as_der()]);
        if let Some(issuers) = makers.remembered_path(&fingerprint) {
            return Ok(Self { leaf, issuers });
        }
        let mut signatures = budget::CHAIN_SIGNATURES;
        let issuers = climb(leaf, makers, &mut signatures, 0)?;
        makers.remember_path(fingerprint, &issuers);
        Ok(Self { leaf, issuers })
    }

    /// The EK certificate.
    pub fn leaf(&self) -> &'a Certificate {
        self.leaf
    }

    /// Whether a signature below the root rests on SHA-1.
    pub fn rests_on_sha1(&self) -> bool {
        // The root is trusted by itself; its own signature means nothing.
        let below_root = self.issuers.split_last().map_or(&[][..], |(_, below)| below);
        [self.leaf].iter().chain(below_root).any(|certificate| certificate.algorithm.is_sha1())
    }

    /// From the EK certificate's issuer to the root.
    pub fn issuers(&self) -> &[&'a Certificate] {
        &self.issuers
    }
}

/// The issuers of `subject` up to a root. Depth first: the recursion is bounded by
/// `budget::CHAIN_DEPTH`, the work by `signatures`.
fn climb<'a>(
    subject: &'a Certificate,
    makers: &'a Makers,
    signatures: &mut u32,
    depth: usize,
) -> Result<Vec<&'a Certificate>, ChainRefusal> {
    if depth >= budget::CHAIN_DEPTH {
        return Err(ChainRefusal::TooDeep);
    }
    let issuer = || subject.issuer.clone();
    let mut refusal = None;
    for (candidate, is_root) in makers.candidates(&subject.issuer) {
        *signatures = signatures.checked_sub(1).ok_or(ChainRefusal::TooDeep)?;
        if !subject.is_signed_by(&candidate.key) {
            refusal.get_or_insert_with(|| {
                let subject = subject.subject.clone();
                ChainRefusal::BadSignature { subject, issuer: issuer() }
            });
            continue;
        }
        if let Some(problem) = issuer_problem(candidate, is_root, depth) {
            refusal = Some(ChainRefusal::NotAnIssuer { issuer: issuer(), problem });
            continue;
        }
        if is_root {
            return Ok(vec![candidate]);
        }
        match climb(candidate, makers, signatures, depth + 1) {
            Ok(mut above) => {
                above.insert(0, candidate);
                return Ok(above);
            }
            // What stops higher up tells more than another candidate of the same name.
            Err(stopped) => refusal = Some(stopped),
        }
    }
    Err(refusal.unwrap_or_else(|| {
        ChainRefusal::UnknownIssuer(Box::new(MissingIssuer::of(subject, makers)))
    }))
}

/// RFC 5280, 6.1.4 (k) to (n). A root is trusted by itself: only its name and key count (6.1.1 d).
fn issuer_problem(issuer: &Certificate, is_root: bool, below: usize) -> Option<String> {
    if is_root {
        return None;
    }
    let extensions = &issuer.extensions;
    match extensions.basic_constraints {
        Some(constraints) if constraints.ca => {
            let allowed =
                constraints.path_len.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
            if allowed.is_some_and(|allowed| below > allowed) {
                return Some("its path length constraint is exceeded".to_owned());
            }
        }
        _ => return Some("it is not a CA".to_owned()),
    }
    if extensions.key_usage.is_some_and(|usage| !usage.has(KeyUsage::KEY_CERT_SIGN)) {
        return Some("its key usage does not allow signing certificates".to_owned());
    }
    extensions
        .unknown_critical
        .first()
        .map(|oid| format!("its critical extension {oid} is not understood"))
}
