//! Platform configuration registers: indices, banks and what each register is for.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, HashAlg};

/// A PCR index, 0 to 23 (PC Client Platform TPM Profile 4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct PcrIndex(u8);

/// An index above 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("PCR index {0} is above 23")]
pub struct PcrIndexTooLarge(pub u8);

impl PcrIndex {
    /// The number of PCRs of a PC Client TPM.
    pub const COUNT: u8 = 24;

    /// The index as a position in an array of 24.
    pub fn as_usize(self) -> usize {
        usize::from(self.0)
    }

    /// All 24, ascending.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// The byte that fills the register after a reset: 0xFF for 17 to 22, else zero (PTP 4.6.2).
    pub fn reset_byte(self) -> u8 {
        if (17..=22).contains(&self.0) { 0xFF } else { 0 }
    }

    /// What is measured there on a PC with UEFI and Linux, in a few words (PFP 1.06 table 1 and
    /// the UAPI group's register of Linux TPM PCRs).
    pub fn purpose(self) -> &'static str {
        match self.0 {
            0 => "firmware code",
            1 => "firmware configuration",
            2 => "option ROM code",
            3 => "option ROM configuration",
            4 => "boot loader code",
            5 => "boot loader configuration and partition table",
            6 => "host platform manufacturer",
            7 => "Secure Boot policy",
            8 => "boot loader commands and kernel command line",
            9 => "files read by the boot loader, initrd",
            10 => "IMA",
            11 => "unified kernel image",
            12 => "kernel command line and credentials (systemd)",
            13 => "system extensions",
            14 => "shim: machine owner keys",
            15 => "system identity",
            16 => "debug",
            17..=22 => "dynamic root of trust",
            _ => "application",
        }
    }
}

impl TryFrom<u8> for PcrIndex {
    type Error = PcrIndexTooLarge;

    fn try_from(index: u8) -> Result<Self, PcrIndexTooLarge> {
        if index < Self::COUNT { Ok(Self(index)) } else { Err(PcrIndexTooLarge(index)) }
    }
}

impl From<PcrIndex> for u8 {
    fn from(index: PcrIndex) -> u8 {
        index.0
    }
}

impl fmt::Display for PcrIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which PCRs of which banks: what a challenge asks for and what a quote says it covers.
///
/// An empty selection, and a bank without any PCR, cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PcrSelection(pub BTreeMap<HashAlg, Vec<PcrIndex>>);

impl PcrSelection {
    /// All 24 PCRs of each bank.
    pub fn all_of(banks: impl IntoIterator<Item = HashAlg>) -> Self {
        Self(banks.into_iter().map(|bank| (bank, PcrIndex::all().collect())).collect())
    }
}

/// The values of one bank as read from the TPM. Nothing until a quote has confirmed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PcrBankValues {
    /// The bank.
    pub bank: HashAlg,
    /// Register and value; ascending, no register twice.
    pub values: Vec<(PcrIndex, Digest)>,
}
