//! `trustboard inspect`: evidence in files, without a server.

mod ek;
mod evidence;
mod log;
mod quote;
mod report;
mod source;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use self::report::Finished;
use crate::clock::{Clock, SystemClock};

#[derive(Debug, Subcommand)]
pub(crate) enum Inspect {
    /// An event log: its events in words, its replay, Secure Boot, and what disagrees
    ///
    /// Reads the TCG's binary logs, crypto-agile and SHA-1, as Linux has them in
    /// /sys/kernel/security/tpm0/binary_bios_measurements. With the values of the PCRs of the
    /// same boot it says whether the log explains them; without, only whether the log is
    /// consistent in itself. Nobody signed for these values: `inspect quote` and `inspect
    /// evidence` look at what a TPM signed.
    #[command(after_help = LOG_HELP)]
    Log(log::LogArgs),
    /// A quote: its signature, the key that made it, and the PCR values that it is over
    ///
    /// Reads what tpm2_quote writes: --message (the quote), --signature, and the key that
    /// tpm2_createak -u wrote. A key as PEM does too, but says nothing of its attributes.
    #[command(after_help = QUOTE_HELP)]
    Quote(quote::QuoteArgs),
    /// An EK certificate: what it says, what had to be mended, and whether a maker vouches for it
    ///
    /// Reads a certificate as it lies in the TPM's NV memory (tpm2_nvread 0x1c00002), as DER or
    /// as PEM, and builds its chain to the roots in --roots.
    #[command(after_help = EK_HELP)]
    Ek(ek::EkArgs),
    /// Evidence as exported from a host's page: appraised again from scratch
    ///
    /// The file holds everything that one verification depended on. Nothing in it is believed,
    /// the server's own conclusion included: all checks are made again, with the same code as in
    /// the server, and the two conclusions are compared.
    #[command(after_help = EVIDENCE_HELP)]
    Evidence(evidence::EvidenceArgs),
}

const LOG_HELP: &str = "\
Examples:
  trustboard inspect log binary_bios_measurements
  grep . /sys/class/tpm/tpm0/pcr-sha256/* > pcrs.txt
  trustboard inspect log binary_bios_measurements --pcrs pcrs.txt

Exit code: 0 read and consistent; 1 read, and something disagrees; 2 not readable.
What a policy would judge (Secure Boot is off) is a finding and does not change the exit code.
With --json the same is printed as one JSON object; docs/inspect.md describes it.";

const QUOTE_HELP: &str = "\
Example:
  tpm2_quote -c ak.ctx -l sha256:all -q 0011aabb -m quote.msg -s quote.sig -o pcrs.bin
  tpm2_pcrread sha256 > pcrs.yaml
  trustboard inspect quote --attest quote.msg --signature quote.sig --ak ak.pub \\
      --pcrs pcrs.yaml --nonce 0011aabb

Exit code: 0 verified; 1 read and refused; 2 not readable.
With --json the same is printed as one JSON object; docs/inspect.md describes it.";

const EK_HELP: &str = "\
Example:
  trustboard inspect ek ek.der --roots /etc/trustboard/makers

Exit code: 0 verified; 1 read and refused; 2 not readable.
With --json the same is printed as one JSON object; docs/inspect.md describes it.";

const EVIDENCE_HELP: &str = "\
Example:
  trustboard inspect evidence host-1.evidence --roots my-own-roots/

Exit code: 0 trusted, as recorded; 1 read, and not trusted or not as recorded; 2 not readable.
With --json the same is printed as one JSON object; docs/inspect.md describes it.";

/// What every form takes.
#[derive(Debug, Args)]
pub(super) struct Form {
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

impl Inspect {
    /// Looks, prints, and says how it went.
    pub(crate) fn run(&self) -> ExitCode {
        let now = SystemClock.now();
        let (kind, form, finished) = match self {
            Self::Log(args) => ("log", &args.form, args.look()),
            Self::Quote(args) => ("quote", &args.form, args.look()),
            Self::Ek(args) => ("ek", &args.form, args.look(now)),
            Self::Evidence(args) => ("evidence", &args.form, args.look(now)),
        };
        let finished = finished.unwrap_or_else(|problem| Finished::unreadable(&problem));
        if form.json {
            println!("{}", finished.json(kind));
        } else {
            print!("{}", finished.text());
        }
        finished.exit_code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_help_names_the_exit_codes() {
        for help in [LOG_HELP, QUOTE_HELP, EK_HELP, EVIDENCE_HELP] {
            assert!(help.contains("Exit code: 0 "), "{help}");
        }
    }
}
