//! The words of alarms, of actions on many hosts, and of jobs and events.

use trustboard_model::alarm::Condition;
use trustboard_model::view::{BulkState, EventGroup};

use super::{Language, Ui, format, template, ui};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of these pages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AlarmWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl AlarmWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// Heading of the dialog and its page.
    BulkTitle,
    /// Label of the choice of an action.
    BulkAction,
    /// Heading: what an action would do.
    BulkPreview,
    /// Label: the datacenters.
    BulkWhere,
    /// Label: some of the hosts.
    BulkExamples,
    /// No host would change.
    BulkNothing,
    /// Below the field, if conditions hold.
    BulkReasonHolds,
    /// The page was opened without hosts.
    BulkNothingChosen,
    /// Button.
    Close,
    /// Heading of a job.
    BulkJob,
    /// State of a job.
    BulkRunning,
    /// State of a job.
    BulkCancelled,
    /// State of a job.
    BulkDone,
    /// While a job runs.
    BulkGoesOn,
    /// Button.
    BulkCancel,
    /// What the button does.
    BulkCancelHint,
    /// Link.
    BulkOpen,
    /// Count.
    Changed,
    /// Count.
    Unchanged,
    /// Count.
    Failed,
    /// Count.
    Waiting,
    /// Count, after a cancel.
    NotDone,
    /// Heading: hosts on which it was not done.
    Failures,
    /// Link.
    RetryFailed,
    /// Link.
    MoreFailures,
    /// Label.
    StartedBy,
    /// Label.
    StartedAt,
    /// Label.
    EndedAt,
    /// Label: the query.
    ChosenBy,
    /// Label of the progress bar.
    Progress,
    /// Heading, tab and link.
    Alarms,
    /// Below the heading.
    AlarmsIntro,
    /// Count.
    RedAlarms,
    /// Count.
    Unacknowledged,
    /// Count.
    Acknowledged,
    /// Count and column: the condition.
    Holds,
    /// Count and column: the condition.
    Cleared,
    /// Column: the condition.
    ConditionUnknown,
    /// Column.
    Age,
    /// Column of an export.
    RaisedAt,
    /// Column.
    Occurrence,
    /// Column.
    Reason,
    /// Column.
    ConditionNow,
    /// Column.
    OnIt,
    /// Column.
    Place,
    /// Heading.
    CausesOfAlarms,
    /// Nothing is red.
    NoAlarms,
    /// Nothing is red, and nothing was reset yet.
    NoAlarmsEver,
    /// The filter matches nothing.
    NoMatch,
    /// Label of the field.
    FilterLabel,
    /// In the field.
    FilterHint,
    /// Button.
    Apply,
    /// Link.
    ShowAll,
    /// Label of a box.
    SelectRow,
    /// Label of a box.
    SelectPage,
    /// Heading of the bar.
    SelectionActs,
    /// Button.
    ClearSelection,
    /// Heading of the links.
    Export,
    /// Heading, tab and link.
    Events,
    /// Heading.
    EventsOnly,
    /// Label.
    EventKind,
    /// Choice.
    AllKinds,
    /// Label.
    EventHost,
    /// Label.
    EventActor,
    /// Link.
    Older,
    /// Link.
    Newest,
    /// Nothing happened yet.
    NoEvents,
    /// The filter matches nothing.
    NoEventsMatch,
    /// Heading.
    VerificationJobs,
    /// None.
    NoJobs,
    /// Heading.
    BulkJobs,
    /// None.
    NoBulkJobs,
    /// Column.
    State,
    /// In the place of a name.
    Gone,
    /// Heading of the setting.
    AutomaticReset,
    /// What it does.
    AutomaticResetHint,
    /// State.
    AutomaticResetOn,
    /// State.
    AutomaticResetOff,
    /// Button.
    SwitchOn,
    /// Button.
    SwitchOff,
    /// Kind of events.
    GroupAlarms,
    /// Kind of events.
    GroupAttestation,
    /// Kind of events.
    GroupHosts,
    /// Kind of events.
    GroupJobs,
    /// Kind of events.
    GroupStandards,
    /// Kind of events.
    GroupInventory,
    /// Before a moment.
    OnItUntil,
    /// Field: the last day of an acknowledgement.
    UntilDay,
    /// Column of an export.
    ReasonCode,
    /// Column of an export.
    ClearedAt,
    /// Column of an export.
    Comment,
    /// Column of an export.
    OnItUntilColumn,
}

/// A phrase that carries a number or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum AlarmPhrase<'a> {
    /// How many would change.
    Changing { count: u32 },
    /// How many are so already.
    AlreadySo { count: u32 },
    /// How many changed meanwhile.
    Stale { count: u32 },
    /// How many may not be acted on.
    Forbidden { count: u32 },
    /// How many are in a state that does not allow it.
    Impossible { count: u32 },
    /// How many conditions still hold.
    ConditionHolds { count: u32 },
    /// The button that starts it.
    Confirm { action: &'a str, count: u32 },
    /// How far a job is.
    DoneOf { done: u32, all: u32 },
    /// The title of a job.
    JobTitle { action: &'a str },
    /// In the header while a job of the viewer runs.
    JobRuns { action: &'a str, done: u32, all: u32 },
    /// In the header when a job of the viewer has ended.
    JobEnded { action: &'a str, changed: u32, failed: u32 },
    /// The last reset.
    LastReset { host: &'a str, by: &'a str },
    /// How many alarms match.
    AlarmsMatch { count: u32 },
    /// The button that chooses all that match.
    AllMatching { count: u32 },
    /// Before the buttons for all that match.
    AllThatMatch { count: u32 },
    /// How many are chosen.
    Chosen { count: u32 },
    /// The label of a row's box.
    SelectHost { host: &'a str },
    /// Events that arrived meanwhile.
    NewEvents { count: u32 },
    /// Who acknowledged.
    OnItBy { name: &'a str },
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum AlarmText<'a> {
    Word(AlarmWord),
    /// A template, with the phrase's fields by name.
    Phrase(&'a AlarmPhrase<'a>),
}

/// A word of these pages.
pub fn alarm_word(language: Language, word: AlarmWord) -> &'static str {
    language.catalogue().alarm(AlarmText::Word(word))
}

/// A phrase of these pages.
pub fn alarm_phrase(language: Language, said: &AlarmPhrase<'_>) -> String {
    let number = |count: u32| format::number(language, count.into());
    let values: Vec<(&str, String)> = match *said {
        AlarmPhrase::Changing { count }
        | AlarmPhrase::AlreadySo { count }
        | AlarmPhrase::Stale { count }
        | AlarmPhrase::Forbidden { count }
        | AlarmPhrase::Impossible { count }
        | AlarmPhrase::ConditionHolds { count }
        | AlarmPhrase::AlarmsMatch { count }
        | AlarmPhrase::AllMatching { count }
        | AlarmPhrase::AllThatMatch { count }
        | AlarmPhrase::Chosen { count }
        | AlarmPhrase::NewEvents { count } => vec![("count", number(count))],
        AlarmPhrase::Confirm { action, count } => {
            vec![("action", action.to_owned()), ("count", number(count))]
        }
        AlarmPhrase::DoneOf { done, all } => vec![("done", number(done)), ("all", number(all))],
        AlarmPhrase::JobTitle { action } => vec![("action", action.to_owned())],
        AlarmPhrase::JobRuns { action, done, all } => {
            vec![("action", action.to_owned()), ("done", number(done)), ("all", number(all))]
        }
        AlarmPhrase::JobEnded { action, changed, failed } => vec![
            ("action", action.to_owned()),
            ("changed", number(changed)),
            ("failed", number(failed)),
        ],
        AlarmPhrase::LastReset { host, by } => {
            vec![("host", host.to_owned()), ("by", by.to_owned())]
        }
        AlarmPhrase::SelectHost { host } => vec![("host", host.to_owned())],
        AlarmPhrase::OnItBy { name } => vec![("name", name.to_owned())],
    };
    template::text(language.catalogue().alarm(AlarmText::Phrase(said)), values.as_slice())
}

/// How far a bulk job is.
pub fn bulk_state(language: Language, state: BulkState) -> &'static str {
    alarm_word(
        language,
        match state {
            BulkState::Running => AlarmWord::BulkRunning,
            BulkState::Cancelled => AlarmWord::BulkCancelled,
            BulkState::Done => AlarmWord::BulkDone,
        },
    )
}

/// Whether the condition of a red alarm holds, by itself: `Condition cleared`.
pub fn condition_now(language: Language, condition: Condition) -> &'static str {
    alarm_word(
        language,
        match condition {
            Condition::Holds => AlarmWord::Holds,
            Condition::Cleared { .. } => AlarmWord::Cleared,
            Condition::Unknown => AlarmWord::ConditionUnknown,
        },
    )
}

/// The heading of an exported list of alarms.
pub fn alarm_columns(language: Language) -> [&'static str; 12] {
    [
        ui(language, Ui::Name),
        ui(language, Ui::Cluster),
        ui(language, Ui::Datacenter),
        alarm_word(language, AlarmWord::Reason),
        alarm_word(language, AlarmWord::ReasonCode),
        alarm_word(language, AlarmWord::RaisedAt),
        alarm_word(language, AlarmWord::Occurrence),
        alarm_word(language, AlarmWord::ConditionNow),
        alarm_word(language, AlarmWord::ClearedAt),
        alarm_word(language, AlarmWord::OnIt),
        alarm_word(language, AlarmWord::Comment),
        alarm_word(language, AlarmWord::OnItUntilColumn),
    ]
}

/// A kind of events.
pub fn event_group(language: Language, group: EventGroup) -> &'static str {
    alarm_word(
        language,
        match group {
            EventGroup::Alarms => AlarmWord::GroupAlarms,
            EventGroup::Attestation => AlarmWord::GroupAttestation,
            EventGroup::Hosts => AlarmWord::GroupHosts,
            EventGroup::Jobs => AlarmWord::GroupJobs,
            EventGroup::Standards => AlarmWord::GroupStandards,
            EventGroup::Inventory => AlarmWord::GroupInventory,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_whole_in_every_language() {
        for &language in Language::offered() {
            for word in AlarmWord::ALL {
                let said = alarm_word(language, *word);
                assert!(!said.trim().is_empty(), "{language} {word:?}");
                assert!(!said.contains(['{', '}', '[', ']', '|']), "{language}: {said}");
            }
            for count in [1, 2, 12_345] {
                let (action, host, by, name) = ("Reset", "web-1", "ada", "ada");
                for phrase in [
                    AlarmPhrase::Changing { count },
                    AlarmPhrase::AlreadySo { count },
                    AlarmPhrase::Stale { count },
                    AlarmPhrase::Forbidden { count },
                    AlarmPhrase::Impossible { count },
                    AlarmPhrase::ConditionHolds { count },
                    AlarmPhrase::Confirm { action, count },
                    AlarmPhrase::DoneOf { done: 0, all: count },
                    AlarmPhrase::JobTitle { action },
                    AlarmPhrase::JobRuns { action, done: 0, all: count },
                    AlarmPhrase::JobEnded { action, changed: count, failed: 0 },
                    AlarmPhrase::JobEnded { action, changed: 0, failed: count },
                    AlarmPhrase::LastReset { host, by },
                    AlarmPhrase::AlarmsMatch { count },
                    AlarmPhrase::AllMatching { count },
                    AlarmPhrase::AllThatMatch { count },
                    AlarmPhrase::Chosen { count },
                    AlarmPhrase::SelectHost { host },
                    AlarmPhrase::NewEvents { count },
                    AlarmPhrase::OnItBy { name },
                ] {
                    let said = alarm_phrase(language, &phrase);
                    assert!(!said.contains(['{', '}', '[', ']', '|']), "{language}: {said}");
                }
            }
        }
    }

    #[test]
    fn one_is_not_many() {
        let said = |count| alarm_phrase(Language::En, &AlarmPhrase::Changing { count });
        assert_eq!((said(1).as_str(), said(2).as_str()), ("1 host changes", "2 hosts change"));
    }
}
