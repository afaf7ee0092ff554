//! What an inspection prints, as text and as JSON.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use trustboard_app::text::{self, Language};
use trustboard_attest::inspect::{Weight, weight};
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::reason::Reason;

/// The version of the JSON: it counts up when something is taken away or changes its meaning.
const FORMAT: u32 = 1;

/// How an inspection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conclusion {
    /// A signature or a chain was verified.
    Verified,
    /// Nothing disagrees; nobody signed for it.
    Consistent,
    /// It was read, and refused.
    Refused,
    /// It cannot be read.
    Unreadable,
}

impl Conclusion {
    const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Consistent => "consistent",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One check as it is told.
#[derive(Debug)]
pub(super) struct Line {
    pub check: CheckId,
    pub outcome: Outcome,
    /// Whether a refusal counts.
    pub weight: Weight,
}

impl Line {
    /// Lines for checks whose refusals count as [`weight`] says.
    pub(super) fn of(checks: Vec<(CheckId, Outcome)>) -> Vec<Self> {
        let line = |(check, outcome)| Self { check, outcome, weight: weight(check) };
        checks.into_iter().map(line).collect()
    }

    fn result(&self) -> &'static str {
        match (&self.outcome, self.weight) {
            (Outcome::Passed(_), _) => "passed",
            (Outcome::Failed(_), Weight::Refused) => "refused",
            (Outcome::Failed(_), Weight::Finding) => "finding",
            (Outcome::NotEvaluated(_), _) => "not-evaluated",
            (Outcome::NotApplicable(_), _) => "not-applicable",
        }
    }

    fn json(&self) -> Value {
        let (detail, reason) = match &self.outcome {
            Outcome::Passed(detail) => (detail.clone(), None),
            Outcome::NotEvaluated(why) | Outcome::NotApplicable(why) => (Some(why.clone()), None),
            Outcome::Failed(reason) => (None, Some(reason_json(reason))),
        };
        json!({
            "check": self.check.code(),
            "title": text::check(Language::En, self.check).title,
            "result": self.result(),
            "detail": detail,
            "reason": reason,
        })
    }

    fn text(&self, out: &mut String) {
        let title = text::check(Language::En, self.check).title;
        let mark = match self.result() {
            "passed" => "passed  ",
            "refused" => "REFUSED ",
            "finding" => "finding ",
            "not-evaluated" => "open    ",
            _ => "-       ",
        };
        let _ = write!(out, "  {mark} {title}");
        match &self.outcome {
            Outcome::Passed(None) => {}
            Outcome::Passed(Some(detail))
            | Outcome::NotEvaluated(detail)
            | Outcome::NotApplicable(detail) => {
                let _ = write!(out, ": {detail}");
            }
            Outcome::Failed(reason) => {
                let said = text::reason(Language::En, reason);
                let _ = write!(out, "\n           {}\n           {}", said.title, said.sentence);
                for (what, of) in [
                    ("where", &reason.place),
                    ("expected", &reason.expected),
                    ("found", &reason.found),
                ] {
                    if let Some(of) = of {
                        let _ = write!(out, "\n             {what}: {of}");
                    }
                }
                let _ = write!(out, "\n           Likely cause: {}", said.cause);
            }
        }
        out.push('\n');
    }
}

fn reason_json(reason: &Reason) -> Value {
    let said = text::reason(Language::En, reason);
    json!({
        "code": reason.code.code(),
        "place": reason.place,
        "expected": reason.expected,
        "found": reason.found,
        "facts": reason.facts,
        "title": said.title,
        "sentence": said.sentence,
        "cause": said.cause,
        "remedy": said.remedy,
        "look": said.look,
    })
}

/// A finished inspection.
#[derive(Debug)]
pub(super) struct Finished {
    pub conclusion: Conclusion,
    pub checks: Vec<Line>,
    /// What the form has besides the checks.
    pub content: Map<String, Value>,
    /// The same as text, whole lines.
    pub said: String,
    /// Why it cannot be read, or what the conclusion adds.
    pub note: Option<String>,
}

impl Finished {
    /// Refused if a check that counts refused, else `good`.
    pub(super) fn new(
        good: Conclusion,
        checks: Vec<Line>,
        content: Map<String, Value>,
        said: String,
    ) -> Self {
        let refused = checks.iter().any(|line| line.result() == "refused");
        let conclusion = if refused { Conclusion::Refused } else { good };
        Self { conclusion, checks, content, said, note: None }
    }

    pub(super) fn unreadable(problem: &anyhow::Error) -> Self {
        Self {
            conclusion: Conclusion::Unreadable,
            checks: Vec::new(),
            content: Map::new(),
            said: String::new(),
            note: Some(format!("{problem:#}")),
        }
    }

    /// One object, keys in alphabetical order.
    pub(super) fn json(&self, kind: &str) -> String {
        let mut object = self.content.clone();
        object.insert("format".to_owned(), FORMAT.into());
        object.insert("inspected".to_owned(), kind.into());
        object.insert("result".to_owned(), self.conclusion.code().into());
        object.insert("note".to_owned(), self.note.clone().into());
        let checks = self.checks.iter().map(Line::json).collect();
        object.insert("checks".to_owned(), Value::Array(checks));
        // A tree of texts and numbers always has a JSON form.
        serde_json::to_string_pretty(&object).unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        let mut out = self.said.clone();
        if !self.checks.is_empty() {
            out.push_str("\nChecks\n");
            for line in &self.checks {
                line.text(&mut out);
            }
            out.push('\n');
        }
        let _ = write!(out, "Result: {}", self.conclusion.code());
        if let Some(note) = &self.note {
            let _ = write!(out, ": {note}");
        }
        out.push('\n');
        out
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.conclusion {
            Conclusion::Verified | Conclusion::Consistent => 0,
            Conclusion::Refused => 1,
            Conclusion::Unreadable => 2,
        })
    }
}
