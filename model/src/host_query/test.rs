//! What one value of a term asks of a host.

use super::{Age, Fingerprint, QueryProblem};
use crate::appraisal::SecureBoot;
use crate::host::{Attestation, Presence};
use crate::reason::ReasonCode;

/// A name, in any case of its letters; `*` stands for any text, also none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// The pattern that is written so.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands between the stars, in order; one part without a star.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('*')
    }
}

/// What is asked of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Name, cluster, datacenter or one of the codes contains it.
    Word(String),
    /// The host's name.
    Name(Pattern),
    /// The cluster's name, or its id.
    Cluster(Pattern),
    /// The datacenter's name, or its id.
    Datacenter(Pattern),
    /// What the Attestation column reads.
    Attestation(Attestation),
    /// A reason, warning or cause has this code, or one that begins with it and a dot.
    Reason(String),
    /// The most telling reason that its red alarm was raised for, also after the condition has
    /// cleared; or the beginning of such codes, without the dot.
    Cause(String),
    /// Its red alarm stands for this difference: that of the latest appraisal that failed, also
    /// after the condition has cleared. All red alarms of one cause, and no other.
    CauseDifference(Fingerprint),
    /// The most telling reason has this code, or one that begins with it and a dot: what hosts are
    /// counted by where causes are shown.
    FirstReason(String),
    /// The most telling reason has just this difference: the fingerprint that groups hosts.
    Difference(Fingerprint),
    /// The alarm.
    Alarm(AlarmIs),
    /// The connection.
    Presence(Presence),
    /// Secure Boot as PCR 7 proves it.
    SecureBoot(SecureBoot),
    /// The TPM's version as the column reads it; nothing: the host has none.
    Tpm(Option<String>),
    /// A mark.
    Is(Mark),
    /// How long ago the last appraisal was. A host that was never appraised is older than any age.
    Last(Age),
    /// How long Attestation and reasons are as they are.
    Since(Age),
}

/// What is asked of the alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlarmIs {
    /// It is red.
    Red,
    /// It is green.
    Green,
    /// It is red and somebody is on it.
    Acknowledged,
    /// It is red and nobody is on it.
    Unacknowledged,
    /// It is red although its condition no longer holds.
    Cleared,
    /// It is red and its condition holds.
    Holds,
}

/// A mark that a host has or has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The last appraisal is older than the policy's maximum age.
    Stale,
    /// Never appraised.
    NeverVerified,
    /// In maintenance mode.
    Maintenance,
    /// A verification job is queued or running.
    Verifying,
    /// It has an exception.
    Excepted,
}

/// Values with the code that is written for each.
type Codes<T> = &'static [(&'static str, T)];

impl AlarmIs {
    /// Every value with its code.
    pub const ALL: Codes<Self> = &[
        ("red", Self::Red),
        ("green", Self::Green),
        ("acknowledged", Self::Acknowledged),
        ("unacknowledged", Self::Unacknowledged),
        ("cleared", Self::Cleared),
        ("holds", Self::Holds),
    ];
}

impl Mark {
    /// Every mark with its code.
    pub const ALL: Codes<Self> = &[
        ("stale", Self::Stale),
        ("never-verified", Self::NeverVerified),
        ("maintenance", Self::Maintenance),
        ("verifying", Self::Verifying),
        ("excepted", Self::Excepted),
    ];
}

const PRESENCES: Codes<Presence> = &[
    ("connected", Presence::Connected),
    ("not-responding", Presence::NotResponding),
    ("disconnected", Presence::Disconnected),
];

const SECURE_BOOTS: Codes<SecureBoot> = &[
    ("on", SecureBoot::On),
    ("off", SecureBoot::Off),
    ("unsupported", SecureBoot::Unsupported),
    ("unknown", SecureBoot::Unknown),
];

const ATTESTATIONS: Codes<Attestation> = &[
    ("failed", Attestation::Failed),
    ("unknown", Attestation::Unknown),
    ("n-a", Attestation::NotApplicable),
    ("passed", Attestation::Passed),
];

impl Test {
    /// Every field.
    pub const FIELDS: [&'static str; 15] = [
        "name",
        "cluster",
        "datacenter",
        "attestation",
        "reason",
        "first-reason",
        "cause",
        "difference",
        "alarm",
        "presence",
        "secure-boot",
        "tpm",
        "is",
        "last",
        "since",
    ];

    /// The field's name; nothing for a word.
    pub const fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::Word(_) => return None,
            Self::Name(_) => "name",
            Self::Cluster(_) => "cluster",
            Self::Datacenter(_) => "datacenter",
            Self::Attestation(_) => "attestation",
            Self::Reason(_) => "reason",
            Self::FirstReason(_) => "first-reason",
            Self::Cause(_) | Self::CauseDifference(_) => "cause",
            Self::Difference(_) => "difference",
            Self::Alarm(_) => "alarm",
            Self::Presence(_) => "presence",
            Self::SecureBoot(_) => "secure-boot",
            Self::Tpm(_) => "tpm",
            Self::Is(_) => "is",
            Self::Last(_) => "last",
            Self::Since(_) => "since",
        })
    }

    /// The values that a field with a fixed list of them can have.
    pub fn values(field: &str) -> Vec<&'static str> {
        match field {
            "attestation" => codes(ATTESTATIONS),
            "alarm" => codes(AlarmIs::ALL),
            "presence" => codes(PRESENCES),
            "secure-boot" => codes(SECURE_BOOTS),
            "tpm" => vec!["2.0", "1.2", "none"],
            "is" => codes(Mark::ALL),
            "reason" | "first-reason" | "cause" => {
                ReasonCode::ALL.iter().map(|code| code.code()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The value as it is written, without quotes.
    pub fn value(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Name(pattern) | Self::Cluster(pattern) | Self::Datacenter(pattern) => {
                pattern.as_str().to_owned()
            }
            Self::Attestation(value) => value.code().to_owned(),
            Self::Reason(code) | Self::FirstReason(code) | Self::Cause(code) => code.clone(),
            Self::Difference(fingerprint) | Self::CauseDifference(fingerprint) => {
                fingerprint.to_string()
            }
            Self::Alarm(value) => code_of(AlarmIs::ALL, value).to_owned(),
            Self::Presence(value) => code_of(PRESENCES, value).to_owned(),
            Self::SecureBoot(value) => code_of(SECURE_BOOTS, value).to_owned(),
            Self::Tpm(version) => version.clone().unwrap_or_else(|| "none".to_owned()),
            Self::Is(mark) => code_of(Mark::ALL, mark).to_owned(),
            Self::Last(age) | Self::Since(age) => age.written(),
        }
    }

    /// What `field:value` asks. An error says what is possible.
    pub(super) fn parse(field: &str, value: &str) -> Result<Self, QueryProblem> {
        let lower = value.to_lowercase();
        Ok(match field {
            "name" => Self::Name(Pattern::new(value)),
            "cluster" => Self::Cluster(Pattern::new(value)),
            "datacenter" => Self::Datacenter(Pattern::new(value)),
            "attestation" => Self::Attestation(find(ATTESTATIONS, &lower)?),
            "reason" => Self::Reason(reason(lower)?),
            "first-reason" => Self::FirstReason(reason(lower)?),
            // No reason is called by hexadecimal digits alone.
            "cause" => match lower.parse() {
                Ok(fingerprint) => Self::CauseDifference(fingerprint),
                Err(_) => Self::Cause(reason(lower)?),
            },
            "difference" => Self::Difference(lower.parse()?),
            "alarm" => Self::Alarm(find(AlarmIs::ALL, &lower)?),
            "presence" => Self::Presence(find(PRESENCES, &lower)?),
            "secure-boot" => Self::SecureBoot(find(SECURE_BOOTS, &lower)?),
            "tpm" if lower == "none" => Self::Tpm(None),
            "tpm" => Self::Tpm(Some(lower)),
            "is" => Self::Is(find(Mark::ALL, &lower)?),
            "last" => Self::Last(Age::parse("last", &lower)?),
            "since" => Self::Since(Age::parse("since", &lower)?),
            _ => return Err(QueryProblem::NotOneOf { possible: Self::FIELDS.to_vec() }),
        })
    }
}

/// A code of a reason, or what some begin with before a dot.
fn reason(code: String) -> Result<String, QueryProblem> {
    let known = ReasonCode::ALL.iter().any(|known| {
        known
            .code()
            .strip_prefix(&*code)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if known { Ok(code) } else { Err(QueryProblem::NoReason) }
}

fn codes<T>(all: Codes<T>) -> Vec<&'static str> {
    all.iter().map(|(code, _)| *code).collect()
}

fn find<T: Copy>(all: Codes<T>, code: &str) -> Result<T, QueryProblem> {
    let found = all.iter().find(|(known, _)| *known == code).map(|(_, value)| *value);
    found.ok_or_else(|| QueryProblem::NotOneOf { possible: codes(all) })
}

fn code_of<T: PartialEq>(all: Codes<T>, value: &T) -> &'static str {
    // Every list above holds every value of its type; a test says so.
    all.iter().find(|(_, known)| known == value).map_or("", |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_value_is_read_and_printed() {
        for field in Test::FIELDS {
            for value in Test::values(field) {
                let test = Test::parse(field, value).unwrap();
                assert_eq!(test.value(), value);
                assert_eq!(test.field(), Some(field));
            }
        }
        assert_eq!(codes(ATTESTATIONS), Attestation::ALL.map(Attestation::code));
    }

    #[test]
    fn a_cause_is_a_reason_or_a_fingerprint_and_never_both() {
        for code in ReasonCode::ALL {
            assert!(code.code().parse::<Fingerprint>().is_err(), "{}", code.code());
        }
        let one = Test::parse("cause", "0123456789ABCDEF").unwrap();
        assert_eq!(one, Test::CauseDifference("0123456789abcdef".parse().unwrap()));
        assert_eq!(Test::parse("cause", "0123456"), Err(QueryProblem::NoReason));
        assert_eq!(Test::parse("difference", "0123456"), Err(QueryProblem::NoFingerprint));
    }

    #[test]
    fn a_reason_may_be_a_whole_family() {
        assert!(Test::parse("reason", "secure-boot").is_ok());
        assert!(Test::parse("reason", "secure-boot.disabled").is_ok());
        assert!(Test::parse("reason", "secure").is_err());
    }
}
