//! Policies: which checks a cluster asks for and how strictly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::{CheckId, Strictness};
use crate::facts::TpmInterface;
use crate::pcr::PcrIndex;

/// What a cluster asks of its hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The name: `Linux server`.
    pub name: String,
    /// Counts up with every change.
    pub version: u32,
    /// Seconds between two scheduled verifications of a host.
    pub interval_s: u32,
    /// Seconds after which an appraisal is stale.
    pub max_age_s: u32,
    /// Whether a host without TPM 2.0 fails (true) or is shown as N/A (false).
    pub require_tpm: bool,
    /// The TPM interfaces that are accepted.
    pub interfaces: Vec<TpmInterface>,
    /// The lowest `VERSION_ID` by os-release `ID`; other systems pass.
    pub minimum_os: BTreeMap<String, String>,
    /// The lowest agent version, if any.
    pub minimum_agent: Option<String>,
    /// PCRs that must be quoted in SHA-256 or stronger.
    pub mandatory_pcrs: Vec<PcrIndex>,
    /// Checks that are taken otherwise than [`Policy::default_strictness`] says.
    pub strictness: BTreeMap<CheckId, Strictness>,
    /// Why a check is taken less strictly than by default; every such check has its words here.
    #[serde(default)]
    pub relaxed: BTreeMap<CheckId, String>,
    /// Whether approving a configuration takes two operators.
    #[serde(default)]
    pub two_approvals: bool,
}

/// A built-in policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// [`Policy::linux_server`].
    LinuxServer,
    /// [`Policy::vsphere_like`].
    VsphereLike,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::LinuxServer, Self::VsphereLike];

    /// The stable code: `linux-server`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LinuxServer => "linux-server",
            Self::VsphereLike => "vsphere-like",
        }
    }

    /// The profile with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.code() == code)
    }

    /// The policy.
    pub fn policy(self) -> Policy {
        match self {
            Self::LinuxServer => Policy::linux_server(),
            Self::VsphereLike => Policy::vsphere_like(),
        }
    }
}

impl Policy {
    /// The built-in profile *Linux server*: Secure Boot and a known TPM, any interface, hosts
    /// without TPM shown as N/A.
    pub fn linux_server() -> Self {
        Self {
            name: "Linux server".to_owned(),
            version: 1,
            interval_s: 300,
            max_age_s: 900,
            require_tpm: false,
            interfaces: vec![TpmInterface::Tis, TpmInterface::Crb, TpmInterface::Unknown],
            minimum_os: BTreeMap::new(),
            minimum_agent: None,
            mandatory_pcrs: PcrIndex::all().take(8).collect(),
            strictness: BTreeMap::new(),
            relaxed: BTreeMap::new(),
            two_approvals: false,
        }
    }

    /// The built-in profile *vSphere-like*: what vCenter demands of a host with a TPM 2.0 before
    /// it reads Passed. Only TIS/FIFO, and a host without a TPM fails.
    pub fn vsphere_like() -> Self {
        Self {
            name: "vSphere-like".to_owned(),
            require_tpm: true,
            interfaces: vec![TpmInterface::Tis],
            ..Self::linux_server()
        }
    }

    /// How strictly a failure of `check` is taken. What everything rests on is always a failure.
    pub fn strictness(&self, check: CheckId) -> Strictness {
        if check.is_core() {
            return Strictness::Fail;
        }
        self.strictness.get(&check).copied().unwrap_or(Self::default_strictness(check))
    }

    /// Field experience behind the exceptions: firmware and Windows leave other banks' logs
    /// incomplete (CHECKS 43), makers' old certificates have wrong usages (CHECKS 18), firmware of
    /// genuine hosts runs its own applications first, logs types of its own and stops logging
    /// before the boot services are left (CHECKS 39, 49, 50), and a dbx that is out of date or a
    /// key without its successor is work to plan, not a sign of an attack (CHECKS 57, 58). Option
    /// ROMs are in most servers, so they are only recorded (CHECKS 51).
    pub const fn default_strictness(check: CheckId) -> Strictness {
        match check {
            CheckId::ReplayOtherBanks
            | CheckId::EkCertificateUsage
            | CheckId::EkCertificateRevocation
            | CheckId::ReplayOsPcrs
            | CheckId::ImaViolations
            | CheckId::SystemdLog
            | CheckId::LogRegisterTypes
            | CheckId::BootApplications
            | CheckId::BootServicesLeft
            | CheckId::DmaProtection
            | CheckId::MachineOwnerKeys
            | CheckId::SecureBootRevocations
            | CheckId::SecureBootRollover => Strictness::Warn,
            CheckId::OptionRoms => Strictness::Ignore,
            _ => Strictness::Fail,
        }
    }

    /// `Linux server, version 1`: how an appraisal names the policy.
    pub fn label(&self) -> String {
        format!("{}, version {}", self.name, self.version)
    }
}
