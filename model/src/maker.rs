//! TPM makers' certificates: what an import finds in a file, and what is decided about each.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::time::Timestamp;

/// What a certificate says about itself, for people who compare it with what its maker publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// SHA-256 of the whole certificate (DER): the fingerprint that makers publish.
    pub fingerprint: Sha256,
    /// Whom it is about: `CN=..., O=..., C=...`.
    pub subject: String,
    /// The organisation in the subject, or its common name: who made it, as it says.
    pub maker: String,
    /// Who signed it, as it says.
    pub issuer: String,
    /// The serial number, in hex.
    pub serial: String,
    /// The first moment at which it is valid.
    pub not_before: Timestamp,
    /// The last one.
    pub not_after: Timestamp,
    /// `RSA 4096`, `NIST P-384`.
    pub key: String,
    /// Whether it signed itself.
    pub kind: MakerKind,
}

/// The place of a maker's certificate in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakerKind {
    /// It signed itself: nobody above vouches for it.
    Root,
    /// Somebody above signed it.
    Intermediate,
}

/// What a maker's certificate counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakerTrust {
    /// Chains may end here: a person confirmed it, or it is a published root that was imported as
    /// such.
    Trusted,
    /// Trusts nothing by itself: it only helps to build a chain up to a trusted one.
    Follows,
    /// A root that nobody has confirmed yet. It counts for nothing.
    Awaiting,
    /// An operator said that it must not count. No chain goes through it.
    Distrusted,
}

impl MakerTrust {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Trusted, Self::Follows, Self::Awaiting, Self::Distrusted];

    /// The stable code: `awaiting`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Follows => "follows",
            Self::Awaiting => "awaiting",
            Self::Distrusted => "distrusted",
        }
    }
}

/// A root that its maker or a public collection has published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRoot {
    /// Who makes the TPMs below it.
    pub maker: String,
    /// The name it was published under.
    pub name: String,
    /// Who published certificate or fingerprint.
    pub sources: String,
    /// Where its maker offers the certificate. Never fetched.
    pub address: Option<String>,
}

/// What had to be mended to read a certificate of a file. The certificate itself is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "repair")]
pub enum MakerRepair {
    /// Uniform padding behind it was cut off.
    Padding {
        /// How many bytes.
        bytes: u64,
        /// Which byte.
        byte: u8,
    },
    /// Other bytes behind it were cut off.
    TrailingBytes {
        /// How many bytes.
        bytes: u64,
    },
}

/// What is worth knowing of a certificate that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakerNote {
    /// It has expired: chains through it fail the check of validity.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// It is signed with SHA-1, as old makers signed.
    Sha1Signature,
    /// X.509 version 1: it cannot say that it is a CA.
    Version1,
}

/// Why something in a file of makers' certificates is refused. Texts come out of the file and are
/// bounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "problem")]
pub enum MakerProblem {
    /// Neither PEM nor DER.
    #[error("not a certificate, a revocation list or an archive of them")]
    NotACertificate,
    /// PEM of something else.
    #[error("holds {what}, not a certificate")]
    SomethingElse {
        /// The PEM label: `PRIVATE KEY`.
        what: String,
    },
    /// Damaged, or another kind of structure.
    #[error("cannot be read: {detail}")]
    Unreadable {
        /// Where and how.
        detail: String,
    },
    /// The serial number breaks a rule of DER or X.509.
    #[error("malformed: {detail}")]
    Serial {
        /// Which.
        detail: String,
    },
    /// The key can be broken.
    #[error("its key is too weak: {key}")]
    WeakKey {
        /// `RSA 1024`, or what is known to be wrong with it.
        key: String,
    },
    /// The verifier does not know this kind of key.
    #[error("its key is of a kind that is not supported: {key}")]
    UnknownKey {
        /// The algorithm.
        key: String,
    },
    /// The verifier does not accept this kind of signature.
    #[error("it is signed in a way that is not supported: {algorithm}")]
    UnknownSignature {
        /// The algorithm.
        algorithm: String,
    },
    /// It names itself as its issuer, but its own key did not sign it.
    #[error("it names itself as its issuer, but its own key did not sign it")]
    BadSelfSignature,
    /// Not the certificate of a CA.
    #[error("it is not the certificate of a CA")]
    NotACa,
    /// A CA that may not sign certificates.
    #[error("its key usage does not allow signing certificates")]
    MayNotSign,
    /// It demands something that the verifier does not know.
    #[error("its critical extension {oid} is not understood")]
    UnknownCritical {
        /// The extension.
        oid: String,
    },
    /// Larger than anything that is read.
    #[error("{bytes} bytes; at most {limit} are read")]
    TooLong {
        /// How many bytes it has, as far as that was counted.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// More of them than are read.
    #[error("more than {limit} files or certificates")]
    TooMany {
        /// The limit.
        limit: u64,
    },
    /// It unpacks to far more than it has: not unpacked.
    #[error("it unpacks to more than {limit} times its size")]
    Bomb {
        /// The limit.
        limit: u64,
    },
    /// An archive in an archive in an archive.
    #[error("archives inside archives are opened {limit} deep, not deeper")]
    TooDeep {
        /// The limit.
        limit: u64,
    },
    /// An archive that is damaged or of a kind that is not opened.
    #[error("the archive cannot be opened: {detail}")]
    Archive {
        /// Why.
        detail: String,
    },
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
}

/// What became of what was in a file, each thing counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Published roots, trusted at once.
    pub trusted: u32,
    /// Roots that await confirmation.
    pub awaiting: u32,
    /// Intermediates.
    pub follows: u32,
    /// Revocation lists.
    pub lists: u32,
    /// Known before, or in the file more than once.
    pub known: u32,
    /// Refused.
    pub refused: u32,
}
