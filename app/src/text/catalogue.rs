//! What a language has to say: one method for each kind of text, none with a default, so that a
//! language is either complete or does not compile.

use trustboard_model::boot::Topic;
use trustboard_model::check::{CheckId, Group};
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::event::EventKind;
use trustboard_model::job::{JobState, StepKind, Trigger};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::ReasonCode;
use trustboard_model::role::Role;

use super::access::AccessText;
use super::admin::AdminText;
use super::advisory::AdvisoryText;
use super::alarms::AlarmText;
use super::cause::CauseText;
use super::check::CheckText;
use super::fact::Pattern;
use super::front::FrontText;
use super::history::HistoryText;
use super::kept::KeptWord;
use super::makers::MakerText;
use super::message::Messages;
use super::phrase::Phrase;
use super::reason::ReasonEntry;
use super::refusal::Refusals;
use super::table::TableText;
use super::trust::Trust;
use super::ui::Ui;
use super::words::Word;

/// A complete language. Every `&'static str` that is called a template is one for
/// [`super::template::fill`].
pub(super) trait Catalogue: Sync {
    /// A reason's texts.
    fn reason(&self, code: ReasonCode) -> &'static ReasonEntry;
    /// What the verifier and the server write, by pattern; the more particular first.
    fn facts(&self) -> &'static [&'static [Pattern]];
    /// Templates with `place`, `expected`, `found`: said after a sentence that did not use them.
    fn leftover(&self) -> Leftover;
    /// A check's texts.
    fn check(&self, check: CheckId) -> CheckText;
    /// The heading of a group of checks.
    fn group(&self, group: Group) -> &'static str;
    /// What a row says besides reasons.
    fn messages(&self) -> &'static Messages;
    /// A template, with the event's fields by name.
    fn event(&self, event: &EventKind) -> &'static str;
    /// A single word or two for a state.
    fn word(&self, word: Word) -> &'static str;
    /// What a register is for.
    fn pcr_purpose(&self, pcr: PcrIndex) -> &'static str;
    /// What a role may do, in one sentence.
    fn role_meaning(&self, role: Role) -> &'static str;
    /// A step of a job.
    fn step(&self, step: StepKind) -> &'static str;
    /// A template (`name`) for why a job was started.
    fn trigger(&self, trigger: &Trigger) -> &'static str;
    /// A template (`problem`) for how far a job is.
    fn job_state(&self, state: &JobState) -> &'static str;
    /// What the server refuses.
    fn refusals(&self) -> &'static Refusals;
    /// A word or template of users, accounts and the two-person rule.
    fn access(&self, text: AccessText<'_>) -> &'static str;
    /// A word or template of what stands around every screen.
    fn front(&self, text: FrontText) -> &'static str;
    /// A word or template of the overview, of a host's past or of the report.
    fn history(&self, text: HistoryText) -> &'static str;
    /// A word or template of the table of hosts.
    fn table(&self, text: TableText<'_>) -> &'static str;
    /// A word or template of alarms, actions on many hosts, jobs and events.
    fn alarm(&self, text: AlarmText<'_>) -> &'static str;
    /// A word or template of the page of one cause.
    fn cause(&self, text: CauseText<'_>) -> &'static str;
    /// A word or template of administration; nothing for a kind or a unit that there is none of.
    fn admin(&self, text: AdminText<'_>) -> Option<&'static str>;
    /// A word or template of what is told of the server.
    fn advisory(&self, text: AdvisoryText) -> &'static str;
    /// A word of what the server keeps.
    fn kept(&self, word: KeptWord) -> &'static str;
    /// A word or template of the page of TPM makers.
    fn maker(&self, text: MakerText<'_>) -> &'static str;
    /// A word of the interface.
    fn ui(&self, key: Ui) -> &'static str;
    /// A word for configurations, policies and exceptions.
    fn trust(&self, key: Trust) -> &'static str;
    /// What an event is about.
    fn topic(&self, topic: Topic) -> &'static str;
    /// Where a configuration is in its life.
    fn configuration_state(&self, state: ConfigurationState) -> &'static str;
    /// A template, with the phrase's fields by name.
    fn phrase(&self, phrase: &Phrase<'_>) -> &'static str;
    /// What stands between thousands: `,` in English.
    fn thousands(&self) -> char;
}

/// How a fact is said that a sentence did not use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leftover {
    /// ` Where: {place}.`
    pub place: &'static str,
    /// ` Expected: {expected}; found: {found}.`
    pub both: &'static str,
    /// ` Expected: {expected}.`
    pub expected: &'static str,
    /// ` Found: {found}.`
    pub found: &'static str,
}

/// Implements [`Catalogue`] for a language whose modules (`check`, `event`, `message`, `phrase`,
/// `reason`, `ui`, `words`) hold the texts.
macro_rules! language {
    ($name:ident, $thousands:literal, $facts:expr, $leftover:expr) => {
        const _: () = {
            use trustboard_model::boot::Topic;
            use trustboard_model::check::{CheckId, Group};
            use trustboard_model::configuration::ConfigurationState;
            use trustboard_model::event::EventKind;
            use trustboard_model::job::{JobState, StepKind, Trigger};
            use trustboard_model::pcr::PcrIndex;
            use trustboard_model::reason::ReasonCode;
            use trustboard_model::role::Role;

            use crate::text::access::AccessText;
            use crate::text::admin::AdminText;
            use crate::text::advisory::AdvisoryText;
            use crate::text::alarms::AlarmText;
            use crate::text::catalogue::Catalogue;
            use crate::text::cause::CauseText;
            use crate::text::check::CheckText;
            use crate::text::fact::Pattern;
            use crate::text::front::FrontText;
            use crate::text::history::HistoryText;
            use crate::text::kept::KeptWord;
            use crate::text::makers::MakerText;
            use crate::text::message::Messages;
            use crate::text::phrase::Phrase;
            use crate::text::reason::ReasonEntry;
            use crate::text::refusal::Refusals;
            use crate::text::table::TableText;
            use crate::text::trust::Trust;
            use crate::text::ui::Ui;
            use crate::text::words::Word;

            impl Catalogue for $name {
                fn reason(&self, code: ReasonCode) -> &'static ReasonEntry {
                    reason::reason(code)
                }

                fn facts(&self) -> &'static [&'static [Pattern]] {
                    $facts
                }

                fn leftover(&self) -> Leftover {
                    $leftover
                }

                fn check(&self, check: CheckId) -> CheckText {
                    check::check(check)
                }

                fn group(&self, group: Group) -> &'static str {
                    check::group(group)
                }

                fn messages(&self) -> &'static Messages {
                    &message::MESSAGES
                }

                fn event(&self, event: &EventKind) -> &'static str {
                    event::event(event)
                }

                fn word(&self, word: Word<'_>) -> &'static str {
                    words::word(word)
                }

                fn pcr_purpose(&self, pcr: PcrIndex) -> &'static str {
                    words::pcr_purpose(pcr)
                }

                fn role_meaning(&self, role: Role) -> &'static str {
                    words::role_meaning(role)
                }

                fn step(&self, step: StepKind) -> &'static str {
                    event::step(step)
                }

                fn trigger(&self, trigger: &Trigger) -> &'static str {
                    event::trigger(trigger)
                }

                fn job_state(&self, state: &JobState) -> &'static str {
                    event::job_state(state)
                }

                fn refusals(&self) -> &'static Refusals {
                    &message::REFUSALS
                }

                fn alarm(&self, text: AlarmText<'_>) -> &'static str {
                    alarms::alarm(text)
                }

                fn advisory(&self, text: AdvisoryText) -> &'static str {
                    advisory::advisory(text)
                }

                fn kept(&self, word: KeptWord) -> &'static str {
                    kept::kept(word)
                }

                fn cause(&self, text: CauseText<'_>) -> &'static str {
                    cause::cause(text)
                }

                fn access(&self, text: AccessText<'_>) -> &'static str {
                    access::access(text)
                }

                fn front(&self, text: FrontText) -> &'static str {
                    front::front(text)
                }

                fn history(&self, text: HistoryText) -> &'static str {
                    history::history(text)
                }

                fn table(&self, text: TableText<'_>) -> &'static str {
                    table::table(text)
                }

                fn admin(&self, text: AdminText<'_>) -> Option<&'static str> {
                    admin::admin(text)
                }

                fn maker(&self, text: MakerText<'_>) -> &'static str {
                    makers::maker(text)
                }

                fn ui(&self, key: Ui) -> &'static str {
                    ui::ui(key)
                }

                fn trust(&self, key: Trust) -> &'static str {
                    trust::trust(key)
                }

                fn topic(&self, topic: Topic) -> &'static str {
                    trust::topic(topic)
                }

                fn configuration_state(&self, state: ConfigurationState) -> &'static str {
                    trust::configuration_state(state)
                }

                fn phrase(&self, phrase: &Phrase<'_>) -> &'static str {
                    phrase::phrase(phrase)
                }

                fn thousands(&self) -> char {
                    $thousands
                }
            }
        };
    };
}

pub(super) use language;
