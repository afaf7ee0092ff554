//! Opens a TPM by its TCTI string.

use std::fs::OpenOptions;
use std::io;
use std::str::FromStr;

use trustboard_model::tpm_problem::TpmProblemKind;
use tss_esapi::Context;
use tss_esapi::tcti_ldr::TctiNameConf;

use super::error::TpmError;
use super::{Properties, Tpm};

/// Opens the TPM that a TCTI string names: `device:/dev/tpmrm0`, `swtpm:host=127.0.0.1,port=2321`,
/// `mssim:...` or `tabrmd:...`, and makes sure that it is of family 2.0.
pub fn open(tcti: &str) -> Result<Tpm, TpmError> {
    let conf = parse(tcti)?;
    if let TctiNameConf::Device(_) = conf {
        // Asked of the operating system first: the TSS would only say "IO failure".
        let node = tcti.strip_prefix("device:").unwrap_or("/dev/tpm0");
        OpenOptions::new().read(true).write(true).open(node).map_err(|error| {
            let (kind, problem) = (kind(&error), words(&error));
            TpmError::Unreachable { tcti: tcti.to_owned(), kind, problem }
        })?;
    }
    let context = Context::new(conf).map_err(|error| TpmError::Unreachable {
        tcti: tcti.to_owned(),
        kind: TpmProblemKind::NotAnswering,
        problem: error.to_string(),
    })?;
    let mut tpm = Tpm { context };
    let Properties { family, .. } = tpm.properties()?;
    if family == "2.0" {
        Ok(tpm)
    } else {
        Err(TpmError::WrongFamily { tcti: tcti.to_owned(), family })
    }
}

fn kind(error: &io::Error) -> TpmProblemKind {
    match error.kind() {
        io::ErrorKind::PermissionDenied => TpmProblemKind::NotPermitted,
        io::ErrorKind::ResourceBusy => TpmProblemKind::Busy,
        _ => TpmProblemKind::NotAnswering,
    }
}

/// Why a device cannot be opened, and what helps where something does.
fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("{error}; the agent must be able to read and write it (group tss)")
        }
        io::ErrorKind::ResourceBusy => {
            format!("{error}; another program holds it: let both use /dev/tpmrm0")
        }
        _ => error.to_string(),
    }
}

/// Whether a TCTI string can be used; says nothing about whether a TPM answers.
pub fn check_tcti(tcti: &str) -> Result<(), TpmError> {
    parse(tcti).map(drop)
}

/// Reads a TCTI string. The library passes over what it does not know and would then connect to
/// the default port, another TPM perhaps, so unknown keys are refused here.
fn parse(tcti: &str) -> Result<TctiNameConf, TpmError> {
    let refuse = |problem| TpmError::InvalidTcti { given: tcti.to_owned(), problem };
    let (name, conf) = tcti.split_once(':').unwrap_or((tcti, ""));
    let known: &[&str] = match name {
        "device" => return TctiNameConf::from_str(tcti).map_err(|_| refuse("not a device path")),
        "swtpm" | "mssim" => &["host", "port"],
        "tabrmd" => &["bus_name", "bus_type"],
        _ => return Err(refuse("expected device:, swtpm:, mssim: or tabrmd:")),
    };
    for pair in conf.split(',').filter(|pair| !pair.is_empty()) {
        let key = pair.split_once('=').map_or(pair, |(key, _)| key);
        if !known.contains(&key) {
            return Err(refuse(match name {
                "tabrmd" => "only bus_name= and bus_type= are supported",
                _ => "only host= and port= are supported",
            }));
        }
    }
    TctiNameConf::from_str(tcti).map_err(|_| refuse("a value in it is not valid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_the_library_would_ignore_are_refused() {
        for good in
            ["device:/dev/tpmrm0", "device", "swtpm:host=127.0.0.1,port=2321", "mssim", "tabrmd"]
        {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in ["", "swtpm:path=/run/swtpm.sock", "swtpm:port=x", "usb:1", "mssim:prt=2321"] {
            assert!(matches!(parse(bad), Err(TpmError::InvalidTcti { .. })), "{bad}");
        }
    }

    #[test]
    fn what_helps_is_said() {
        assert!(words(&io::ErrorKind::PermissionDenied.into()).contains("group tss"));
        assert!(words(&io::ErrorKind::ResourceBusy.into()).contains("/dev/tpmrm0"));
    }

    #[test]
    fn a_connection_that_fails_says_where_and_why() {
        let missing = open("device:/nonexistent/tpm0").unwrap_err().to_string();
        assert!(missing.contains("/nonexistent/tpm0"), "{missing}");
        assert!(missing.contains("No such file"), "{missing}");
        // Port 1 of the loopback address: nothing listens there.
        let refused = open("swtpm:host=127.0.0.1,port=1").unwrap_err().to_string();
        assert!(refused.starts_with("cannot open the TPM at swtpm:"), "{refused}");
    }
}
