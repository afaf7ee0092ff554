//! Host facts: what this host says of itself.

mod operating_system;
mod secure_boot;
mod tpm_interface;

pub use tpm_interface::{tpm_interface, tpm_major_version};

use std::path::Path;

use trustboard_model::facts::{HostFacts, TpmFacts};
use trustboard_model::tpm_problem::TpmProblem;

use crate::event_log::EventLog;
use crate::text_file::{fact, first_line, under};
use crate::tpm::{Properties, Tpm, TpmError};

/// What the agent can say about the TPM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TpmSeen {
    /// It answers.
    Usable(TpmFacts),
    /// There is none.
    Absent,
    /// There is one that cannot be used.
    Unusable {
        /// Why. The text is bounded when it becomes a fact.
        problem: TpmProblem,
    },
}

/// Collects the facts of the host at `sysroot`.
pub fn collect(sysroot: &Path, tpm: TpmSeen, log: &EventLog) -> HostFacts {
    let line = |path| first_line(&under(sysroot, path));
    let os = operating_system::read(sysroot);
    let (tpm, tpm_problem) = match tpm {
        TpmSeen::Usable(facts) => (Some(facts), None),
        TpmSeen::Absent => (None, None),
        TpmSeen::Unusable { problem } => (None, Some(bounded(problem))),
    };
    HostFacts {
        hostname: line("/proc/sys/kernel/hostname")
            .or_else(|| line("/etc/hostname"))
            .unwrap_or_else(|| "unnamed".to_owned()),
        machine_id: line("/etc/machine-id"),
        boot_id: line("/proc/sys/kernel/random/boot_id"),
        os_id: os.id,
        os_name: os.pretty_name,
        os_version: os.version_id,
        kernel: line("/proc/sys/kernel/osrelease"),
        agent_version: crate::VERSION.to_owned(),
        secure_boot_variable: secure_boot::read(sysroot),
        log_absent: log.absent().and_then(fact),
        tpm,
        tpm_problem,
    }
}

/// The problem with a text that may be sent.
pub fn bounded(problem: TpmProblem) -> TpmProblem {
    TpmProblem { text: fact(&problem.text).unwrap_or_default(), ..problem }
}

/// The facts of a TPM that is open.
pub fn of_tpm(tpm: &mut Tpm, sysroot: &Path) -> Result<TpmFacts, TpmError> {
    let Properties { family, manufacturer, model, firmware } = tpm.properties()?;
    Ok(TpmFacts {
        family,
        manufacturer,
        model,
        firmware,
        interface: tpm_interface(sysroot),
        active_banks: tpm.active_banks()?,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use trustboard_model::tpm_problem::TpmProblemKind;

    use super::*;

    #[test]
    fn facts_come_from_the_sysroot() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("/proc/sys/kernel/hostname", "web-01\n"),
            ("/proc/sys/kernel/osrelease", "6.1.0-27-amd64\n"),
            ("/proc/sys/kernel/random/boot_id", "b00t\n"),
            ("/etc/machine-id", "abc\n"),
        ] {
            let file = under(root.path(), path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let log = EventLog::read(root.path());
        let problem = TpmProblem { kind: TpmProblemKind::NotAnswering, text: "p".repeat(1000) };
        let facts = collect(root.path(), TpmSeen::Unusable { problem }, &log);
        assert_eq!(facts.hostname, "web-01");
        assert_eq!(facts.kernel.as_deref(), Some("6.1.0-27-amd64"));
        assert_eq!(facts.boot_id.as_deref(), Some("b00t"));
        assert_eq!(facts.machine_id.as_deref(), Some("abc"));
        assert_eq!((facts.os_id, facts.secure_boot_variable), (None, None));
        assert!(facts.log_absent.unwrap().contains("does not exist"));
        assert_eq!(facts.tpm_problem.unwrap().text.len(), HostFacts::MAX_TEXT);
    }

    #[test]
    fn a_host_without_a_name_still_has_facts() {
        let root = tempfile::tempdir().unwrap();
        let log = EventLog::read(root.path());
        let facts = collect(root.path(), TpmSeen::Absent, &log);
        assert_eq!(facts.hostname, "unnamed");
        assert_eq!((facts.tpm, facts.tpm_problem), (None, None));
    }
}
