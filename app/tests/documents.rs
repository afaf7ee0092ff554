//! `docs/messages.md`, in three languages, and `docs/checks.md` are what the code says.
//!
//! They are written by this test: run it with `TRUSTBOARD_UPDATE_DOCUMENTS=1` after a change.

use std::fmt::Write as _;
use std::path::Path;

use trustboard_app::text::{self, Language, Ui};
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

/// The page of messages in one language: its file, and what stands around the catalogue's words.
struct MessagesPage {
    language: Language,
    file: &'static str,
    title: &'static str,
    intro: &'static str,
    /// A template: `code`, `check`.
    code: &'static str,
}

const MESSAGES: [MessagesPage; 3] = [
    MessagesPage {
        language: Language::En,
        file: "messages.md",
        title: "Messages",
        intro: "Every reason for which a host can fail attestation, the most telling first: of \
            several reasons the first in this list heads the row of the table. The sentence on \
            screen says where, what was expected and what was found as well; here it stands \
            without facts. Filters and the API know a reason by its code.",
        code: "Code `{code}`, from the check `{check}`.",
    },
    MessagesPage {
        language: Language::De,
        file: "messages.de.md",
        title: "Meldungen",
        intro: "Alle Gründe, aus denen die Attestierung eines Hosts fehlschlagen kann, der \
            aussagekräftigste zuerst: Von mehreren Gründen steht der erste dieser Liste in der \
            Zeile der Tabelle. Auf dem Bildschirm nennt der Satz auch, wo etwas abweicht, was \
            erwartet und was gefunden wurde; hier steht er ohne diese Angaben. Filter und API \
            kennen einen Grund unter seinem Code.",
        code: "Code `{code}`, aus der Prüfung `{check}`.",
    },
    MessagesPage {
        language: Language::Fr,
        file: "messages.fr.md",
        title: "Messages",
        intro: "Toutes les raisons pour lesquelles l'attestation d'un hôte peut échouer, la plus \
            parlante d'abord : de plusieurs raisons, c'est la première de cette liste qui figure \
            dans la ligne du tableau. À l'écran, la phrase indique aussi l'endroit, ce qui était \
            attendu et ce qui a été trouvé ; elle figure ici sans ces faits. Les filtres et l'API \
            connaissent une raison par son code.",
        code: "Code `{code}`, du contrôle `{check}`.",
    },
];

#[test]
fn messages() {
    for page in MESSAGES {
        let others: Vec<_> = MESSAGES
            .iter()
            .filter(|other| other.language != page.language)
            .map(|other| format!("[{}]({})", other.language.name(), other.file))
            .collect();
        let mut written =
            format!("{NOTE}\n\n# {}\n\n{}\n\n{}\n", page.title, others.join(" · "), page.intro);
        for &code in ReasonCode::ALL {
            written.push_str(&message(&page, code));
        }
        if page.language == Language::En {
            written.push_str(&known_from_vsphere());
        }
        assert_document(page.file, &written);
    }
    let written: Vec<_> = MESSAGES.iter().map(|page| page.language).collect();
    assert_eq!(written, Language::offered());
}

/// What a reason means and how to fix it.
fn message(page: &MessagesPage, code: ReasonCode) -> String {
    let words = text::reason(page.language, &Reason::new(code));
    let heading = |key| text::ui(page.language, key).trim_end_matches([':', '\u{a0}', ' ']);
    let check = code.check().to_string();
    let mut section = format!(
        "\n## {}\n\n{}\n\n{}\n\n**{}.** {}\n\n**{}**\n\n",
        plain(words.title),
        page.code.replace("{code}", code.code()).replace("{check}", &check),
        plain(&words.sentence),
        heading(Ui::LikelyCause),
        plain(&words.cause),
        heading(Ui::WhatToDo),
    );
    for (number, step) in (1..).zip(&words.remedy) {
        let _ = writeln!(section, "{number}. {}", plain(step));
    }
    let _ = write!(section, "\n**{}.** {}\n", heading(Ui::WhereToLook), plain(&words.look));
    section
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
        Group::Boot,
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
    page.push_str(&items());
    assert_document("checks.md", &page);
}

/// Groups of the verifier's check list, with the last number of each.
const ITEM_GROUPS: [(char, u8); 10] = [
    ('A', 6),
    ('B', 12),
    ('C', 22),
    ('D', 35),
    ('E', 42),
    ('F', 45),
    ('G', 52),
    ('H', 60),
    ('I', 64),
    ('J', 73),
];

/// Items that are no check of one host's evidence, or not only: what holds, and the file where it
/// is seen to.
const ELSEWHERE: [(u8, &str, &str); 18] = [
    (
        1,
        "challenges are made by the server, kept in the session's memory and used once",
        "server/src/session",
    ),
    (
        3,
        "evidence belongs to the host of its session; another key on record is an operator's decision",
        "server/src/command/adopt_identity.rs",
    ),
    (35, "a race between quote and registers is tried again, not sent", "agent/src/tpm/quote.rs"),
    (36, "limits of every length and count", "attest/src/budget.rs"),
    (
        42,
        "does not arise: the agent runs on Linux, which has one log for each boot",
        "agent/src/event_log.rs",
    ),
    (
        47,
        "words beside the digest of something else are marked as unproven",
        "attest/src/meaning/mod.rs",
    ),
    (57, "the SBAT level is among what was booted", "attest/src/meaning/booted.rs"),
    (
        58,
        "the change of Microsoft's keys is expected and has its own words",
        "attest/src/check/secure_boot/currency.rs",
    ),
    (
        61,
        "the documented forms of GRUB's words and no others count as covered",
        "attest/src/meaning/grub.rs",
    ),
    (
        62,
        "sections and command lines of unified kernel images by name",
        "attest/src/meaning/stub.rs",
    ),
    (65, "the verdict follows from the outcomes mechanically", "attest/src/verdict.rs"),
    (
        67,
        "verdict, digest of the evidence, policy and verifier in one transaction; appraised again from a bundle",
        "server/src/command/record_appraisal/mod.rs",
    ),
    (
        69,
        "exceptions cover one host, one check and one digest, and expire",
        "model/src/exception.rs",
    ),
    (70, "texts from hosts are bounded and clean before they are stored", "model/src/reason.rs"),
    (71, "every parser has its limits and a fuzz target", "attest/fuzz/README.md"),
    (
        71,
        "evidence that cannot be read still gives an appraisal, and so a row",
        "attest/tests/hostile_bytes.rs",
    ),
    (72, "known limits", "SECURITY.md"),
    (
        73,
        "a platform that gives no log, or names its technology in PCR 0, says so among what was booted",
        "attest/src/meaning/firmware.rs",
    ),
];

/// `D35`
fn item_name(number: u8) -> String {
    let group = ITEM_GROUPS.iter().find(|(_, last)| number <= *last).expect("a group").0;
    format!("{group}{number}")
}

/// Which check or which file sees to each item of the check list.
fn items() -> String {
    let mut table = "\n## Items of the check list\n\n\
        Every item of the verifier's check list, with the checks that implement it and what sees to \
        it elsewhere.\n\n| Item | Checks | Elsewhere |\n|---|---|---|\n"
        .to_owned();
    let mut named: Vec<&str> =
        CheckId::ALL.iter().flat_map(|check| check.item().split(' ')).collect();
    let last = ITEM_GROUPS[ITEM_GROUPS.len() - 1].1;
    for number in 1..=last {
        let item = item_name(number);
        named.retain(|name| *name != item);
        let checks: Vec<String> = CheckId::ALL
            .iter()
            .filter(|check| check.item().split(' ').any(|name| name == item))
            .map(|check| format!("`{check}`"))
            .collect();
        let elsewhere: Vec<String> = ELSEWHERE
            .iter()
            .filter(|(of, _, _)| *of == number)
            .map(|(_, what, file)| format!("{what} (`{file}`)"))
            .collect();
        assert!(!checks.is_empty() || !elsewhere.is_empty(), "nothing sees to item {item}");
        let _ = writeln!(table, "| {item} | {} | {} |", checks.join(", "), elsewhere.join("; "));
    }
    assert_eq!(named, Vec::<&str>::new(), "items that the check list does not have");
    for (number, _, file) in ELSEWHERE {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
        assert!(path.exists(), "{}: {file} is not there", item_name(number));
    }
    table
}
