//! `docs/messages.md` and `docs/checks.md` are what the code says.
//!
//! They are written by this test: run it with `TRUSTBOARD_UPDATE_DOCUMENTS=1` after a change.

use std::fmt::Write as _;
use std::path::Path;

use trustboard_app::text::{self, Language};
use trustboard_model::check::{CheckId, Group, Strictness};
use trustboard_model::policy::Policy;
use trustboard_model::reason::{Reason, ReasonCode};

mod vsphere;

const UPDATE: &str = "TRUSTBOARD_UPDATE_DOCUMENTS";

/// Compares `content` with the document, or writes it if asked.
fn assert_document(name: &str, content: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, content).expect("the document can be written");
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == content,
        "docs/{name} is out of date: run {UPDATE}=1 cargo test -p trustboard-app --test documents",
    );
}

const NOTE: &str = "<!-- Written by app/tests/documents.rs from the code; do not edit by hand. -->";

/// Text that Markdown leaves as it is.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;").replace('_', "\\_")
}

#[test]
fn messages() {
    let mut page = format!(
        "{NOTE}\n\n# Messages\n\n\
        Every reason for which a host can fail attestation, the most telling first: of several \
        reasons the first in this list heads the row of the table. The sentence on screen says \
        where, what was expected and what was found as well; here it stands without facts. Filters \
        and the API know a reason by its code.\n"
    );
    for &code in ReasonCode::ALL {
        let words = text::reason(Language::En, &Reason::new(code));
        let _ = write!(
            page,
            "\n## {}\n\nCode `{code}`, from the check `{}`.\n\n{}\n\n\
            **Likely cause.** {}\n\n**What to do**\n\n",
            plain(words.title),
            code.check(),
            plain(&words.sentence),
            plain(&words.cause),
        );
        for (number, step) in (1..).zip(&words.remedy) {
            let _ = writeln!(page, "{number}. {}", plain(step));
        }
        let _ = write!(page, "\n**Where to look.** {}\n", plain(&words.look));
    }
    page.push_str(&known_from_vsphere());
    assert_document("messages.md", &page);
}

fn known_from_vsphere() -> String {
    let mut section = "\n## For those who know vSphere\n\n\
        | There | Here | |\n|---|---|---|\n"
        .to_owned();
    for row in vsphere::ROWS {
        let reasons = row
            .reasons
            .iter()
            .map(|&code| format!("{} (`{code}`)", plain(text::reason_title(Language::En, code))));
        let causes = (row.causes)();
        let causes = causes.iter().map(|cause| plain(text::cause(Language::En, cause).title));
        let here: Vec<_> = reasons.chain(causes).collect();
        assert!(!here.is_empty() || !row.note.is_empty(), "{} has no counterpart", row.there);
        let _ = writeln!(section, "| {} | {} | {} |", row.there, here.join("<br>"), row.note);
    }
    section
}

/// Every reason that stands for a known message tells an operator enough to act, in every
/// language: several steps, and where to look.
#[test]
fn what_vsphere_operators_know_has_a_remedy_here() {
    for &language in Language::offered() {
        for &code in vsphere::ROWS.iter().flat_map(|row| row.reasons) {
            let words = text::reason(language, &Reason::new(code));
            assert!(words.remedy.len() >= 3, "{language} {code}: {:?}", words.remedy);
            assert!(words.cause.len() > 40 && words.look.len() > 20, "{language} {code}");
        }
    }
}

#[test]
fn checks() {
    let mut page = format!(
        "{NOTE}\n\n# Checks\n\n\
        Every appraisal holds an outcome for every one of these {} checks: passed, failed, not \
        evaluated or not applicable. What was not evaluated did not pass. A policy says how a \
        failed check is taken; the column *By default* is what holds where it says nothing: *fails* \
        makes the host untrusted, *warns* is shown and leaves the verdict, *recorded* is only \
        recorded. *Item* is the number in the verifier's check list, by which comments in `attest` \
        refer to it. The reasons are explained in [messages.md](messages.md).\n",
        CheckId::ALL.len(),
    );
    for group in [
        Group::Platform,
        Group::Freshness,
        Group::Identity,
        Group::Key,
        Group::EkCertificate,
        Group::Quote,
        Group::Log,
        Group::Replay,
        Group::SecureBoot,
        Group::OsLogs,
        Group::Configuration,
    ] {
        let _ = write!(
            page,
            "\n## {}\n\n| Code | Item | By default | Check | Reasons |\n|---|---|---|---|---|\n",
            text::group(Language::En, group),
        );
        for &check in CheckId::ALL.iter().filter(|check| check.group() == group) {
            let words = text::check(Language::En, check);
            let default = match Policy::default_strictness(check) {
                Strictness::Fail => "fails",
                Strictness::Warn => "warns",
                Strictness::Ignore => "recorded",
            };
            let reasons = ReasonCode::ALL.iter().filter(|reason| reason.check() == check);
            let reasons: Vec<_> = reasons.map(|reason| format!("`{reason}`")).collect();
            let _ = writeln!(
                page,
                "| `{check}` | {} | {default} | **{}.** {} | {} |",
                check.item(),
                plain(words.title),
                plain(words.meaning),
                reasons.join(", "),
            );
        }
    }
    for &check in CheckId::ALL {
        assert!(page.contains(&format!("| `{check}` |")), "{check} stands in no group");
    }
    assert_document("checks.md", &page);
}
