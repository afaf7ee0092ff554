//! Identifiers: newtypes over a UUID, so that a host is never mistaken for a cluster.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// An id from 16 random bytes that the caller drew.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// The 16 bytes, for hashing and binary columns.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId { kind: stringify!($name) })
            }
        }
    )*};
}

ids! {
    /// A datacenter: the root of an inventory tree.
    DatacenterId;
    /// A cluster, which lies in one datacenter.
    ClusterId;
    /// A host, which lies in one cluster.
    HostId;
    /// One stored appraisal span.
    AppraisalId;
    /// One challenge sent to one host.
    ChallengeId;
    /// One running enrolment, between the request and the activated credential.
    EnrolmentId;
    /// One enrolment token.
    TokenId;
    /// One verification job.
    JobId;
    /// One action on many hosts.
    BulkId;
    /// One saved view of the table of hosts.
    ViewId;
    /// One import of TPM makers' certificates.
    ImportId;
    /// A person who signs in.
    OperatorId;
    /// A session of an operator: not the secret that opens it.
    SessionId;
    /// An API key: not the secret in it.
    KeyId;
    /// One version of an approved configuration.
    ConfigurationId;
    /// An exception from a check, for one host.
    ExceptionId;
}

/// Text that is not an id of the named kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}: expected a UUID such as 6f9619ff-8b86-4d01-b42d-00cf4fc964ff")]
pub struct InvalidId {
    kind: &'static str,
}
