//! `trustboard inspect evidence`

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::{Map, Value, json};
use trustboard_app::text::{self, Language};
use trustboard_attest::Bundle;
use trustboard_attest::inspect::Weight;
use trustboard_model::appraisal::Report;
use trustboard_model::comparison::{Change, Comparison, Difference, Side};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;

use super::Form;
use super::log::{item_json, pcr_json, say_booted, say_pcrs};
use super::report::{Conclusion, Finished, Line};
use super::source::{self, Roots, moment};

#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    /// The file that was exported from the host's page
    file: PathBuf,
    /// Trust these makers' certificates instead of those in the file; see `inspect ek --help`
    #[arg(long, value_name = "DIR", num_args = 1..)]
    roots: Vec<PathBuf>,
    /// Appraise as of this moment (RFC 3339, or `now`) instead of the recorded one
    #[arg(long, value_name = "TIME", value_parser = as_of)]
    at: Option<AsOf>,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Clone, Copy)]
enum AsOf {
    Now,
    At(Timestamp),
}

fn as_of(text: &str) -> Result<AsOf, String> {
    if text == "now" { Ok(AsOf::Now) } else { moment(text).map(AsOf::At) }
}

impl EvidenceArgs {
    pub(super) fn look(&self, now: Timestamp) -> anyhow::Result<Finished> {
        let file = self.file.display().to_string();
        let bundle = Bundle::read(&source::read(&self.file)?).with_context(|| file.clone())?;
        let at = match self.at {
            None => bundle.appraised_at,
            Some(AsOf::Now) => now,
            Some(AsOf::At(at)) => at,
        };
        let appraisal = if self.roots.is_empty() {
            bundle.appraise(at).context(file)?
        } else {
            let roots = Roots::read(&self.roots).context("--roots")?;
            bundle.appraise_with(roots.makers, at)
        };
        let report = appraisal.report();
        let checks = report.checks.iter().map(|result| Line {
            check: result.check,
            outcome: result.outcome.clone(),
            weight: if result.condemns() { Weight::Refused } else { Weight::Finding },
        });
        let content = content(&bundle, report, at);
        let mut finished = Finished::new(
            Conclusion::Verified,
            checks.collect(),
            content,
            said(&bundle, report, at),
        );
        if report.verdict != Verdict::Trusted {
            finished.conclusion = Conclusion::Refused;
        }
        let as_recorded = verdict_code(&report.verdict) == verdict_code(&bundle.report.verdict);
        let (found, recorded) =
            (verdict_words(&report.verdict), verdict_words(&bundle.report.verdict));
        finished.note = Some(if as_recorded {
            format!("{found}, as recorded")
        } else {
            finished.conclusion = Conclusion::Refused;
            format!("{found}; recorded was: {recorded}")
        });
        Ok(finished)
    }
}

fn content(bundle: &Bundle, report: &Report, at: Timestamp) -> Map<String, Value> {
    let mut content = Map::new();
    let mut put = |name: &str, value: Value| content.insert(name.to_owned(), value);
    put("host", json!({ "id": bundle.host, "name": bundle.name }));
    put("policy", json!(report.policy));
    put("received_at", json!(bundle.received_at.to_string()));
    put("recorded_at", json!(bundle.appraised_at.to_string()));
    put("as_of", json!(at.to_string()));
    put("verdict", json!(verdict_code(&report.verdict)));
    put("recorded_verdict", json!(verdict_code(&bundle.report.verdict)));
    put("verifier", json!(report.verifier));
    put("recorded_verifier", json!(bundle.report.verifier));
    put("pcrs", report.pcrs.iter().map(pcr_json).collect());
    put("secure_boot", json!(report.secure_boot));
    put("booted", report.booted.iter().map(item_json).collect());
    put("comparison", json!(report.comparison.as_ref().map(comparison_json)));
    put("log_sha256", json!(report.log_digest.map(|digest| digest.to_string())));
    content
}

fn comparison_json(comparison: &Comparison) -> Value {
    match comparison {
        Comparison::Matched { configuration } => {
            json!({ "result": "matched", "configuration": configuration })
        }
        Comparison::Differs { closest, count, differences, fingerprint } => json!({
            "result": "differs",
            "configuration": closest,
            "count": count,
            "differences": differences.iter().map(difference_json).collect::<Vec<_>>(),
            "fingerprint": fingerprint.to_string(),
        }),
    }
}

fn difference_json(difference: &Difference) -> Value {
    let side = |side: &Side| json!({ "event": side.event, "digest": side.digest.to_string(), "said": side.said });
    let (change, expected, found) = match &difference.change {
        Change::Changed { expected, found } => ("changed", Some(side(expected)), Some(side(found))),
        Change::Added { found } => ("added", None, Some(side(found))),
        Change::Missing { expected } => ("missing", Some(side(expected)), None),
        Change::Value { expected, found } => {
            let value = |digest: &dyn ToString| Some(json!({ "digest": digest.to_string() }));
            ("value", value(expected), value(found))
        }
    };
    json!({
        "pcr": difference.pcr,
        "topic": difference.topic,
        "change": change,
        "expected": expected,
        "found": found,
    })
}

fn said(bundle: &Bundle, report: &Report, at: Timestamp) -> String {
    let mut out = format!(
        "Evidence of {} ({})\n  received   {}\n  appraised  {} by version {}\n  here       as of \
         {at} by version {}\n  policy     {}\n",
        bundle.name,
        bundle.host,
        bundle.received_at,
        bundle.appraised_at,
        bundle.report.verifier,
        report.verifier,
        report.policy,
    );
    say_pcrs(&mut out, &report.pcrs, true);
    let secure_boot = text::secure_boot(Language::En, report.secure_boot);
    let _ = writeln!(out, "\nSecure Boot: {secure_boot}");
    say_booted(&mut out, &report.booted);
    match &report.comparison {
        None => {}
        Some(Comparison::Matched { configuration }) => {
            let (name, version) = (&configuration.name, configuration.version);
            let _ = writeln!(out, "\nConfiguration: {name}, version {version}");
        }
        Some(Comparison::Differs { closest, count, differences, fingerprint }) => {
            let (name, version) = (&closest.name, closest.version);
            let _ = writeln!(
                out,
                "\nNo approved configuration matches. Closest: {name}, version {version}; \
                 differences: {count}; fingerprint {fingerprint}"
            );
            for difference in differences {
                say_difference(&mut out, difference);
            }
        }
    }
    out
}

fn say_difference(out: &mut String, difference: &Difference) {
    let side = |side: &Side| match &side.said {
        Some(said) if said.covered => said.text.clone(),
        Some(said) => format!("{} (unproven: {})", side.digest, said.text),
        None => side.digest.to_string(),
    };
    let (event, before, now) = match &difference.change {
        Change::Changed { expected, found } => (Some(found.event), side(expected), side(found)),
        Change::Added { found } => (Some(found.event), "nothing".to_owned(), side(found)),
        Change::Missing { expected } => (None, side(expected), "nothing".to_owned()),
        Change::Value { expected, found } => (None, expected.to_string(), found.to_string()),
    };
    let event = event.map_or(String::new(), |event| format!(", event {event}"));
    let topic = text::topic(Language::En, difference.topic);
    let _ = writeln!(out, "  PCR {}{event}, {topic}: {before} -> {now}", difference.pcr);
}

fn verdict_code(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Trusted => "trusted",
        Verdict::Untrusted(_) => "untrusted",
        Verdict::Unknown(_) => "unknown",
    }
}

fn verdict_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Trusted => "trusted".to_owned(),
        Verdict::Untrusted(reasons) => {
            let titles: Vec<&str> = reasons
                .all()
                .iter()
                .map(|reason| text::reason_title(Language::En, reason.code))
                .collect();
            format!("untrusted ({})", titles.join("; "))
        }
        Verdict::Unknown(cause) => format!("unknown ({})", text::cause(Language::En, cause).title),
    }
}
