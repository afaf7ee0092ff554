//! `trustboard inspect quote`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, json};
use trustboard_attest::inspect::{QuoteParts, inspect_quote};
use trustboard_attest::tpm::QuoteInfo;
use trustboard_model::bytes::{from_hex, to_hex};

use super::Form;
use super::report::{Conclusion, Finished, Line};
use super::source;

#[derive(Debug, Args)]
pub(crate) struct QuoteArgs {
    /// The quote: TPMS_ATTEST, as tpm2_quote --message writes it
    #[arg(long, value_name = "FILE")]
    attest: PathBuf,
    /// Its signature: TPMT_SIGNATURE, as tpm2_quote --signature writes it
    #[arg(long, value_name = "FILE")]
    signature: PathBuf,
    /// The attestation key: a TPM's public area (tpm2_createak --public), or a public key in PEM
    /// or DER
    #[arg(long, value_name = "FILE")]
    ak: PathBuf,
    /// The PCR values that it is over; see `inspect log --help`
    #[arg(long, value_name = "FILE")]
    pcrs: Option<PathBuf>,
    /// What its extraData must be, in hexadecimal. A quote made for Trustboard holds the binding
    /// of docs/protocol.md there, not the nonce itself
    #[arg(long, value_name = "HEX", value_parser = nonce)]
    nonce: Option<Nonce>,
    #[command(flatten)]
    pub(super) form: Form,
}

/// Bytes from the command line.
#[derive(Debug, Clone)]
struct Nonce(Vec<u8>);

fn nonce(text: &str) -> Result<Nonce, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    match from_hex(digits) {
        Some(bytes) if !bytes.is_empty() => Ok(Nonce(bytes)),
        _ => Err("not an even number of hexadecimal digits".to_owned()),
    }
}

impl QuoteArgs {
    pub(super) fn look(&self) -> anyhow::Result<Finished> {
        let attest = source::read(&self.attest)?;
        let signature = source::read(&self.signature)?;
        let key = source::read(&self.ak)?;
        let pcrs = self.pcrs.as_deref().map(source::pcrs).transpose()?;
        let found = inspect_quote(&QuoteParts {
            attest: &attest,
            signature: &signature,
            key: &key,
            pcrs: pcrs.as_deref(),
            extra_data: self.nonce.as_ref().map(|nonce| &nonce.0[..]),
        })?;
        let mut content = Map::new();
        content.insert("key".to_owned(), json!(found.key));
        content.insert("quote".to_owned(), json!(found.info.as_ref().map(info_json)));
        let mut said = format!("Attestation key: {}\n", found.key);
        match &found.info {
            Some(info) => say_info(&mut said, info),
            None => said.push_str("Nothing of the content can be believed.\n"),
        }
        Ok(Finished::new(Conclusion::Verified, Line::of(found.checks), content, said))
    }
}

fn info_json(info: &QuoteInfo) -> serde_json::Value {
    let selection = info
        .selection
        .iter()
        .map(|bank| json!({ "bank": bank.alg(), "bank_id": bank.bank, "pcrs": bank.pcrs }));
    json!({
        "extra_data": to_hex(&info.extra_data),
        "qualified_signer": to_hex(&info.qualified_signer),
        "selection": selection.collect::<Vec<_>>(),
        "pcr_digest": to_hex(&info.pcr_digest),
        "clock": info.clock.clock,
        "reset_count": info.clock.reset_count,
        "restart_count": info.clock.restart_count,
        "safe": info.clock.safe,
        "firmware_version": format!("{:#018x}", info.clock.firmware_version),
    })
}

fn say_info(out: &mut String, info: &QuoteInfo) {
    let banks: Vec<String> = info
        .selection
        .iter()
        .map(|bank| {
            let name = bank.alg().map_or(format!("bank {:#06x}", bank.bank), |alg| alg.to_string());
            let pcrs: Vec<String> = bank.pcrs.iter().map(ToString::to_string).collect();
            format!("{name}: {}", if pcrs.is_empty() { "none".into() } else { pcrs.join(" ") })
        })
        .collect();
    let clock = info.clock;
    let safe = if clock.safe { "safe" } else { "not safe yet" };
    let _ = writeln!(
        out,
        "Signed content\n  extraData        {}\n  PCRs             {}\n  pcrDigest        {}\n  \
         qualifiedSigner  {}\n  clock            {} ms ({safe}), {} resets, {} restarts\n  \
         firmware         {:#018x}",
        to_hex(&info.extra_data),
        banks.join("\n                   "),
        to_hex(&info.pcr_digest),
        to_hex(&info.qualified_signer),
        clock.clock,
        clock.reset_count,
        clock.restart_count,
        clock.firmware_version,
    );
}
