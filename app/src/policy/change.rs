//! What differs between two policies, line by line: what an operator reads before saving.

use trustboard_model::check::Strictness;
use trustboard_model::policy::Policy;

use super::fields::{INTERFACES, adjustable, is_laxer, minimum_os_text};
use crate::component::{language, say, tell, trust};
use crate::text::{self, Phrase, Trust, Ui};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What.
    pub what: &'static str,
    /// As it is.
    pub from: String,
    /// As it would be.
    pub to: String,
    /// Why, where that is asked for.
    pub why: Option<String>,
}

/// Every difference, in the order of the form.
pub(super) fn lines(old: &Policy, new: &Policy) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |what: &'static str, say_one: &dyn Fn(&Policy) -> String| {
        let (from, to) = (say_one(old), say_one(new));
        if from != to {
            lines.push(Line { what, from, to, why: None });
        }
    };
    add(say(Ui::Name), &|policy| policy.name.clone());
    add(trust(Trust::Interval), &|policy| seconds(policy.interval_s));
    add(trust(Trust::MaxAge), &|policy| seconds(policy.max_age_s));
    add(trust(Trust::RequireTpm), &|policy| yes_or_no(policy.require_tpm));
    add(say(Ui::TpmInterfaceLabel), &interfaces);
    add(trust(Trust::MinimumOs), &|policy| or_none(minimum_os_text(&policy.minimum_os)));
    add(trust(Trust::MinimumAgent), &|policy| {
        or_none(policy.minimum_agent.clone().unwrap_or_default())
    });
    add(trust(Trust::MandatoryPcrs), &|policy| {
        let pcrs: Vec<_> = policy.mandatory_pcrs.iter().map(ToString::to_string).collect();
        or_none(pcrs.join(", "))
    });
    add(trust(Trust::TwoApprovals), &|policy| yes_or_no(policy.two_approvals));
    for check in adjustable() {
        let (from, to) = (old.strictness(check), new.strictness(check));
        let why = |policy: &Policy, strictness: Strictness| {
            policy.relaxed.get(&check).filter(|_| is_laxer(check, strictness)).cloned()
        };
        if from != to || why(old, from) != why(new, to) {
            let word = |strictness| text::strictness(language(), strictness).to_owned();
            lines.push(Line {
                what: text::check(language(), check).title,
                from: word(from),
                to: word(to),
                why: why(new, to),
            });
        }
    }
    lines
}

fn seconds(count: u32) -> String {
    tell(&Phrase::Seconds { count })
}

fn yes_or_no(yes: bool) -> String {
    say(if yes { Ui::Yes } else { Ui::No }).to_owned()
}

fn or_none(text: String) -> String {
    if text.is_empty() { trust(Trust::NoneChosen).to_owned() } else { text }
}

fn interfaces(policy: &Policy) -> String {
    let accepted = INTERFACES.iter().filter(|(interface, _)| policy.interfaces.contains(interface));
    let words: Vec<_> =
        accepted.map(|(interface, _)| text::tpm_interface(language(), *interface)).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use trustboard_model::check::CheckId;

    use super::*;

    #[test]
    fn the_same_policy_has_no_lines_whatever_its_version() {
        let newer = Policy { version: 7, ..Policy::linux_server() };
        assert_eq!(lines(&Policy::linux_server(), &newer), []);
    }

    #[test]
    fn every_setting_has_its_line() {
        let old = Policy::linux_server();
        let mut new = Policy {
            interval_s: 60,
            max_age_s: 120,
            minimum_agent: Some("0.2".to_owned()),
            two_approvals: true,
            mandatory_pcrs: Vec::new(),
            ..Policy::vsphere_like()
        };
        new.minimum_os.insert("debian".to_owned(), "12".to_owned());
        new.strictness.insert(CheckId::SecureBootEnabled, Strictness::Ignore);
        new.relaxed.insert(CheckId::SecureBootEnabled, "no firmware here".to_owned());
        let lines = lines(&old, &new);
        assert_eq!(lines.len(), 10, "{lines:#?}");
        assert_eq!(lines[9].why.as_deref(), Some("no firmware here"));
        assert_eq!(
            (lines[9].from.as_str(), lines[9].to.as_str()),
            ("Fails the host", "Recorded only")
        );
    }
}
