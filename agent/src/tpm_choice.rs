//! Which TPM the agent uses, and what stands in the way of using it.

use std::convert::Infallible;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use trustboard_model::tpm_problem::{TpmProblem, TpmProblemKind};

use crate::facts;
use crate::text_file::under;

/// What the operator configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TpmChoice {
    /// The first TPM of the host, if it has one.
    Auto,
    /// None, even if there is one.
    None,
    /// The one that a TCTI string names.
    Tcti(String),
}

impl FromStr for TpmChoice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "auto" => Self::Auto,
            "none" => Self::None,
            tcti => Self::Tcti(tcti.to_owned()),
        })
    }
}

impl fmt::Display for TpmChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::None => "none",
            Self::Tcti(tcti) => tcti,
        })
    }
}

/// Where the chosen TPM is at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// Behind this TCTI string.
    At(String),
    /// Nowhere: the host has none, or is to be treated so.
    Nowhere,
    /// There is one that cannot be used.
    Unusable {
        /// Why.
        problem: TpmProblem,
    },
}

impl TpmChoice {
    /// Looks for the chosen TPM on the host at `sysroot`.
    pub fn locate(&self, sysroot: &Path) -> Located {
        match self {
            Self::None => Located::Nowhere,
            Self::Tcti(tcti) => Located::At(tcti.clone()),
            Self::Auto if facts::tpm_major_version(sysroot) == Some(1) => {
                unusable(TpmProblemKind::Version12, "the TPM is a TPM 1.2; a TPM 2.0 is needed")
            }
            // The kernel's resource manager first: it keeps programs out of each other's way.
            Self::Auto => ["/dev/tpmrm0", "/dev/tpm0"]
                .into_iter()
                .map(|node| under(sysroot, node))
                .find(|node| node.symlink_metadata().is_ok())
                .map_or_else(
                    || without_device(sysroot),
                    |node| Located::At(format!("device:{}", node.display())),
                ),
        }
    }
}

/// There is no device; the firmware's ACPI tables say whether there is a TPM all the same (TCG
/// ACPI Specification 1.3: `TPM2` for family 2.0, `TCPA` for 1.2).
fn without_device(sysroot: &Path) -> Located {
    let has = |table: &str| {
        under(sysroot, "/sys/firmware/acpi/tables").join(table).symlink_metadata().is_ok()
    };
    if has("TPM2") {
        let text = "the firmware announces a TPM 2.0, but there is no /dev/tpmrm0 or /dev/tpm0";
        unusable(TpmProblemKind::NoDriver, text)
    } else if has("TCPA") {
        unusable(TpmProblemKind::Version12, "the firmware announces a TPM 1.2")
    } else {
        Located::Nowhere
    }
}

fn unusable(kind: TpmProblemKind, text: &str) -> Located {
    Located::Unusable { problem: TpmProblem { kind, text: text.to_owned() } }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_resource_manager_comes_first_and_none_means_none() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(TpmChoice::Auto.locate(root.path()), Located::Nowhere);
        fs::create_dir(root.path().join("dev")).unwrap();
        for node in ["tpm0", "tpmrm0"] {
            let path = root.path().join("dev").join(node);
            fs::write(&path, "").unwrap();
            assert_eq!(
                TpmChoice::Auto.locate(root.path()),
                Located::At(format!("device:{}", path.display()))
            );
        }
        assert_eq!(TpmChoice::None.locate(root.path()), Located::Nowhere);
    }

    #[test]
    fn a_tpm_1_2_is_said_to_be_one() {
        let root = tempfile::tempdir().unwrap();
        let class = root.path().join("sys/class/tpm/tpm0");
        fs::create_dir_all(&class).unwrap();
        fs::write(class.join("tpm_version_major"), "1\n").unwrap();
        let Located::Unusable { problem } = TpmChoice::Auto.locate(root.path()) else {
            panic!("expected a problem")
        };
        assert_eq!(problem.kind, TpmProblemKind::Version12);
        assert!(problem.text.contains("TPM 1.2"), "{problem}");
    }

    #[test]
    fn a_tpm_that_only_the_firmware_knows_is_not_none() {
        for (table, kind) in
            [("TPM2", TpmProblemKind::NoDriver), ("TCPA", TpmProblemKind::Version12)]
        {
            let root = tempfile::tempdir().unwrap();
            let tables = root.path().join("sys/firmware/acpi/tables");
            fs::create_dir_all(&tables).unwrap();
            fs::write(tables.join("FACP"), "").unwrap();
            assert_eq!(TpmChoice::Auto.locate(root.path()), Located::Nowhere);
            fs::write(tables.join(table), "").unwrap();
            let Located::Unusable { problem } = TpmChoice::Auto.locate(root.path()) else {
                panic!("expected a problem")
            };
            assert_eq!(problem.kind, kind, "{table}");
        }
    }

    #[test]
    fn choices_are_read_as_they_are_shown() {
        for text in ["auto", "none", "swtpm:port=2321"] {
            assert_eq!(text.parse::<TpmChoice>().unwrap().to_string(), text);
        }
    }
}
