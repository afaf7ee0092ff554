//! `trustboard inspect ek`

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::{Map, json};
use trustboard_attest::inspect::inspect_ek;
use trustboard_attest::known_root;
use trustboard_model::time::Timestamp;

use super::Form;
use super::report::{Conclusion, Finished, Line};
use super::source::{self, Roots, moment};

#[derive(Debug, Args)]
pub(crate) struct EkArgs {
    /// The certificate
    file: PathBuf,
    /// Makers' certificates: files or folders of PEM, DER, PKCS #7, zip or tar. Every one that
    /// signed itself is trusted; others help to build a chain
    #[arg(long, value_name = "DIR", required = true, num_args = 1..)]
    roots: Vec<PathBuf>,
    /// Judge validity as of this moment (RFC 3339) instead of now
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,
    #[command(flatten)]
    pub(super) form: Form,
}

impl EkArgs {
    pub(super) fn look(&self, now: Timestamp) -> anyhow::Result<Finished> {
        let roots = Roots::read(&self.roots).context("--roots")?;
        let at = self.at.unwrap_or(now);
        let found = inspect_ek(&source::read(&self.file)?, &roots.makers, at)
            .with_context(|| format!("{}", self.file.display()))?;
        let certificate = found.certificate.certificate();
        let facts = certificate.facts();
        let repairs: Vec<String> =
            found.certificate.repairs().iter().map(ToString::to_string).collect();
        let tpm = certificate.extensions.tpm_name();
        let maker = tpm
            .as_ref()
            .map(|name| name.manufacturer_text().unwrap_or_else(|| name.manufacturer.clone()));
        let known = known_root(&facts.fingerprint).is_some();
        let mut content = Map::new();
        content.insert(
            "certificate".to_owned(),
            json!({
                "sha256": facts.fingerprint.to_string(),
                "subject": facts.subject,
                "issuer": facts.issuer,
                "serial": facts.serial,
                "not_before": facts.not_before.to_string(),
                "not_after": facts.not_after.to_string(),
                "key": facts.key,
                "manufacturer": maker,
                "model": tpm.as_ref().map(|name| &name.model),
                "version": tpm.as_ref().map(|name| &name.version),
                "repairs": repairs,
                "published_root": known,
            }),
        );
        content.insert("as_of".to_owned(), json!(at.to_string()));
        content.insert(
            "roots".to_owned(),
            json!({
                "roots": roots.trusted,
                "intermediates": roots.intermediates,
                "refused": roots.refused,
            }),
        );
        let mut said = format!(
            "EK certificate\n  SHA-256   {}\n  subject   {}\n  issuer    {}\n  serial    {}\n  \
             valid     {} to {}\n  key       {}\n",
            facts.fingerprint,
            if facts.subject.is_empty() { "(empty)" } else { &facts.subject },
            facts.issuer,
            facts.serial,
            facts.not_before,
            facts.not_after,
            facts.key,
        );
        if let Some(name) = &tpm {
            let maker = maker.unwrap_or_default();
            let _ = writeln!(
                said,
                "  TPM       {maker}, model {}, version {}",
                name.model, name.version
            );
        }
        for repair in &repairs {
            let _ = writeln!(said, "  mended    {repair}");
        }
        let _ = writeln!(
            said,
            "Judged as of {at}, by {} roots and {} intermediates",
            roots.trusted, roots.intermediates
        );
        for refused in &roots.refused {
            let _ = writeln!(said, "  not used: {refused}");
        }
        Ok(Finished::new(Conclusion::Verified, Line::of(found.checks), content, said))
    }
}
