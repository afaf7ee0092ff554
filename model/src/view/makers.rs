//! TPM makers' certificates as the page and the API show them.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::event::{Actor, EventSeq};
use crate::id::ImportId;
use crate::maker::{
    CertificateFacts, ImportCounts, MakerNote, MakerProblem, MakerRepair, MakerTrust, PublishedRoot,
};
use crate::time::Timestamp;

/// Every certificate of TPM makers that this server knows, as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakersPage {
    /// By maker and subject.
    pub certificates: Vec<MakerCertificate>,
    /// The makers' revocation lists.
    pub lists: Vec<MakerRevocationList>,
    /// The latest imports, newest first.
    pub imports: Vec<ImportSummary>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}

/// One certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakerCertificate {
    /// What it says about itself.
    #[serde(flatten)]
    pub facts: CertificateFacts,
    /// What it counts for.
    pub trust: MakerTrust,
    /// What is worth knowing of it.
    pub notes: Vec<MakerNote>,
    /// The published root that it is.
    pub published: Option<PublishedRoot>,
    /// Where it came from.
    pub origin: MakerOrigin,
    /// Who decided on it last, if anybody has.
    pub decision: Option<MakerDecided>,
    /// The subject of the trusted certificate that it leads to, if it follows one.
    pub chains_to: Option<String>,
}

/// Where a certificate came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum MakerOrigin {
    /// The server's folder of makers' certificates (`makers_dir`).
    Folder {
        /// The file.
        file: String,
    },
    /// An import.
    Import {
        /// The file.
        file: String,
        /// Who imported it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}

/// What somebody decided on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakerDecided {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What they said.
    pub note: Option<String>,
}

/// A maker's revocation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakerRevocationList {
    /// SHA-256 of the list (DER).
    pub fingerprint: Sha256,
    /// Who made it, as it says.
    pub issuer: String,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one was promised for.
    pub next_update: Option<Timestamp>,
    /// How many certificates it lists.
    pub revoked: u64,
    /// Whether it is signed by its issuer, as far as that one is known here.
    pub verified: bool,
    /// Where it came from.
    pub origin: MakerOrigin,
}

/// An import, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Its id.
    pub id: ImportId,
    /// The file.
    pub file: String,
    /// Who imported it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What became of what was in it.
    pub counts: ImportCounts,
}

/// An import, certificate by certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// What it was.
    #[serde(flatten)]
    pub summary: ImportSummary,
    /// One line for everything that was in the file, in its order.
    pub lines: Vec<ImportLine>,
}

/// What became of one thing in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Where it was: the file, inside which archive.
    pub place: String,
    /// Which one of that file, from 1, if it held several.
    pub number: Option<u32>,
    /// What it says about itself, if that could be read.
    pub facts: Option<CertificateFacts>,
    /// What is worth knowing of it.
    pub notes: Vec<MakerNote>,
    /// What was mended to read it.
    pub repairs: Vec<MakerRepair>,
    /// What became of it.
    pub outcome: ImportOutcome,
}

/// What became of one thing in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum ImportOutcome {
    /// A published root: trusted at once.
    Trusted {
        /// Which.
        published: PublishedRoot,
    },
    /// A root that a person must confirm.
    Awaiting,
    /// An intermediate: it counts as far as a trusted one vouches for it.
    Follows,
    /// A revocation list.
    List {
        /// Who made it, as it says.
        issuer: String,
    },
    /// It was known before; nothing was changed.
    Known {
        /// What it counts for; nothing for a revocation list.
        trust: Option<MakerTrust>,
    },
    /// The same is in this file already.
    Repeated,
    /// It was not taken.
    Refused {
        /// Why.
        #[serde(flatten)]
        problem: MakerProblem,
    },
}

/// What an administrator decides on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum MakerAction {
    /// Trust it: chains may end with it.
    Trust {
        /// The last eight hexadecimal digits of its fingerprint, typed from what the maker
        /// publishes.
        digits: String,
    },
    /// Let no chain go through it.
    Distrust {
        /// Why.
        reason: String,
    },
    /// Forget it.
    Remove {
        /// Why.
        reason: String,
    },
}

impl MakerAction {
    /// How many digits of the fingerprint are asked for.
    pub const DIGITS: usize = 8;

    /// The stable code: `trust`, as in the API's path.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Trust { .. } => "trust",
            Self::Distrust { .. } => "distrust",
            Self::Remove { .. } => "remove",
        }
    }

    /// The action with this code and text.
    pub fn from_code(code: &str, text: String) -> Option<Self> {
        match code {
            "trust" => Some(Self::Trust { digits: text }),
            "distrust" => Some(Self::Distrust { reason: text }),
            "remove" => Some(Self::Remove { reason: text }),
            _ => None,
        }
    }
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakerDone {
    /// False if it was so already and nothing was written.
    pub changed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_an_action_again() {
        for code in ["trust", "distrust", "remove"] {
            assert_eq!(MakerAction::from_code(code, "x".to_owned()).unwrap().code(), code);
        }
        assert_eq!(MakerAction::from_code("explode", String::new()), None);
    }

    #[test]
    fn a_refused_line_is_flat_json() {
        let problem = MakerProblem::WeakKey { key: "RSA 1024".to_owned() };
        let outcome = ImportOutcome::Refused { problem };
        let json = serde_json::to_value(&outcome).unwrap();
        let expected = serde_json::json!({
            "outcome": "refused", "problem": "weak-key", "key": "RSA 1024"
        });
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_value::<ImportOutcome>(json).unwrap(), outcome);
    }
}
