//! The words of administration: the first run, enrolment, the inventory's arrangement, the audit
//! trail, the server's health.

use super::{Language, format, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of these pages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AdminWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl AdminWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// Heading of the links in the tree.
    AdministrationHeading,
    /// Heading.
    SetupTitle,
    /// Below the heading.
    SetupIntro,
    /// Field.
    SetupCode,
    /// Below the field.
    SetupCodeHint,
    /// Field.
    SetupName,
    /// Below the field.
    SetupNameHint,
    /// Field.
    SetupPassword,
    /// Below the field.
    SetupPasswordHint,
    /// Field.
    SetupAgain,
    /// Button.
    SetupButton,
    /// Refused.
    SetupCodeBad,
    /// Refused.
    SetupPasswordBad,
    /// Refused.
    SetupAgainBad,
    /// Refused.
    SetupNameBad,
    /// Refused.
    SetupClaimed,
    /// Heading.
    StartTitle,
    /// Below the heading.
    StartIntro,
    /// Button.
    StartNext,
    /// Heading.
    StartFinished,
    /// Below it.
    StartFinishedHint,
    /// Step.
    StepAdministrator,
    /// Step and heading.
    StepDatacenter,
    /// Below it.
    StepDatacenterHint,
    /// Step.
    StepCluster,
    /// Below it.
    StepClusterHint,
    /// Step.
    StepHost,
    /// Below it.
    StepHostHint,
    /// Step.
    StepGreen,
    /// For screen readers.
    StepDone,
    /// For screen readers.
    StepOpen,
    /// Link.
    EnrolLink,
    /// Heading.
    NewTokenTitle,
    /// Field.
    TokenUses,
    /// Field.
    TokenExpiry,
    /// Choice.
    OneHour,
    /// Choice.
    OneDay,
    /// Choice.
    OneWeek,
    /// Choice.
    OneMonth,
    /// Button.
    MakeToken,
    /// Button.
    AnotherToken,
    /// Name of the command.
    Command,
    /// Above the command.
    CommandHint,
    /// Button.
    Copy,
    /// After it.
    Copied,
    /// Below the command.
    ShownOnce,
    /// Heading.
    ArrivalsTitle,
    /// Nobody yet.
    WaitingForHosts,
    /// In place of the TPM.
    NoTpm,
    /// What to do.
    ArrivalFailed,
    /// What to do.
    ArrivalNoTpm,
    /// What to do.
    ArrivalUnknown,
    /// Link.
    ToTheHost,
    /// Heading and label.
    TokensTitle,
    /// Below it.
    TokensHint,
    /// Nothing there.
    NoTokens,
    /// Column.
    TokenMade,
    /// Column.
    TokenState,
    /// Column.
    TokenUsesLeft,
    /// Column.
    TokenUntil,
    /// Column.
    TokenAction,
    /// State.
    TokenGood,
    /// State.
    TokenUsedUp,
    /// State.
    TokenExpired,
    /// State.
    TokenRevoked,
    /// Button.
    RevokeToken,
    /// Done.
    TokenRevokedNow,
    /// Heading and link.
    NewDatacenterTitle,
    /// Button.
    CreateDatacenter,
    /// Heading.
    NewClusterTitle,
    /// Button.
    CreateCluster,
    /// Name of the choice.
    ChoosePolicy,
    /// Below it.
    ChoosePolicyHint,
    /// Nothing there.
    NoClusters,
    /// No configuration.
    NothingApproved,
    /// Heading.
    ThisDatacenter,
    /// Button.
    Rename,
    /// Field.
    NewName,
    /// Button.
    MoveCluster,
    /// Field.
    ToDatacenter,
    /// Button.
    Delete,
    /// Button.
    DeleteCluster,
    /// Before it.
    DeleteClusterHint,
    /// Why not.
    ClusterNotEmpty,
    /// Button.
    DeleteDatacenter,
    /// Before it.
    DeleteDatacenterHint,
    /// Why not.
    DatacenterNotEmpty,
    /// Column.
    Os,
    /// Column.
    Kernel,
    /// Column.
    Tpm,
    /// Column.
    Interface,
    /// Column.
    Agent,
    /// Column.
    Identity,
    /// Column.
    Presence,
    /// Column.
    Enrolled,
    /// An empty cell.
    NotSaid,
    /// Beside the buttons.
    ChooseHint,
    /// Box.
    ChooseAll,
    /// Button.
    MoveHosts,
    /// Button.
    RemoveHosts,
    /// Nobody ticked.
    NothingChosen,
    /// Before moving.
    MovingHosts,
    /// Field.
    ToCluster,
    /// Button.
    ShowImpact,
    /// Before removing.
    RemovingHosts,
    /// Field.
    Reason,
    /// Link.
    PageBefore,
    /// Link.
    PageAfter,
    /// Name of the links.
    PagesLabel,
    /// Mark.
    Removed,
    /// Heading.
    RemovedTitle,
    /// Below it.
    RemovedHint,
    /// Label.
    RemovedAt,
    /// Label.
    RemovedBy,
    /// Label.
    RemovedEk,
    /// Heading.
    RemovedSpans,
    /// Heading.
    RemovedEvents,
    /// Heading and link.
    AuditTitle,
    /// Below it.
    AuditIntro,
    /// Column.
    Number,
    /// Column.
    When,
    /// Column and field.
    Who,
    /// Column and field.
    Kind,
    /// Column.
    What,
    /// Column.
    Where,
    /// Column.
    Hash,
    /// Column of the export.
    Datacenter,
    /// Column of the export.
    HostColumn,
    /// Choice.
    AnyKind,
    /// Choice.
    AnyDatacenter,
    /// Field.
    From,
    /// Field.
    Until,
    /// Mark.
    OneHostOnly,
    /// Link.
    OnlyThisHost,
    /// Button.
    ExportCsv,
    /// Button.
    ExportJson,
    /// Beside the buttons.
    ExportHint,
    /// Link.
    Newest,
    /// Link.
    Older,
    /// Nothing there.
    NoEvents,
    /// Below it.
    NoEventsHint,
    /// Heading.
    ChainTitle,
    /// Below it.
    ChainIntro,
    /// Nothing yet.
    ChainNever,
    /// Button.
    VerifyChain,
    /// Done.
    ChainStarted,
    /// Before the hash.
    ChainHead,
    /// Below it.
    ChainHeadHint,
    /// Below the finding.
    ChainBrokenHint,
    /// Heading and link.
    HealthTitle,
    /// Below it.
    HealthIntro,
    /// Line.
    Version,
    /// In it.
    UpSince,
    /// Line.
    Database,
    /// Line.
    WriteAheadLog,
    /// In it.
    NoLog,
    /// What to do.
    LogRemedy,
    /// Line.
    LastBackup,
    /// In it.
    BackupUnknown,
    /// What to do.
    BackupRemedy,
    /// Line.
    Disk,
    /// In it.
    DiskUnknown,
    /// What to do.
    DiskRemedy,
    /// Line.
    Jobs,
    /// In it.
    OldestJob,
    /// What to do.
    JobsRemedy,
    /// Line.
    Rate,
    /// What to do.
    RateRemedy,
    /// Line.
    AgentSessions,
    /// Line.
    Streams,
    /// What to do.
    StreamsRemedy,
    /// Line.
    Replicas,
    /// In it.
    OnlyReplica,
    /// Line.
    BrowserCertificate,
    /// Line.
    AgentCertificate,
    /// In it.
    ValidUntil,
    /// In it.
    CertificateUnreadable,
    /// What to do.
    CertificateRemedy,
    /// Line.
    LatestErrors,
    /// In it.
    NoErrors,
    /// What to do.
    ErrorsRemedy,
}

/// A sentence with names and numbers in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum AdminPhrase<'a> {
    /// Heading.
    EnrolIn { cluster: &'a str },
    /// Heading.
    NewClusterIn { datacenter: &'a str },
    /// Below the command.
    TokenGood { uses: u32 },
    /// How often a token can still be used.
    UsesLeft { left: u32, of: Option<u32> },
    /// How many can be used.
    GoodTokens { count: u32 },
    /// Before moving a cluster.
    MovingCluster { hosts: u32, from: &'a str },
    /// Heading.
    MoveCount { count: u32 },
    /// Heading.
    RemoveCount { count: u32 },
    /// Field.
    TypeToConfirm { text: &'a str },
    /// Box.
    ChooseHost { host: &'a str },
    /// Done.
    HostsArranged { count: u32 },
    /// Not done.
    HostLeft { host: &'a str, why: &'a str },
    /// While it runs.
    ChainRuns { verified: u64, of: u64, by: &'a str },
    /// Found.
    ChainWhole { events: u64 },
    /// Found.
    ChainBroken { number: u64 },
    /// In the line.
    JobsNow { queued: u32, running: u32, again: u32 },
    /// In the line.
    StreamsNow { count: u32, most: u32 },
    /// Below the number of agents, before the moment until which they are waited for.
    ReturningNow { count: u32 },
    /// In the line.
    RateNow { count: u64, minutes: u32 },
    /// In the line.
    DiskNow { free: &'a str, total: &'a str },
}

/// Everything that these pages say, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum AdminText<'a> {
    Word(AdminWord),
    /// A template, with the phrase's fields by name.
    Phrase(&'a AdminPhrase<'a>),
    /// The short name of a kind of event, by its code.
    Kind(&'a str),
    /// The units of sizes, each a thousand of the one before: `B`, `kB`.
    Unit(usize),
}

fn said(language: Language, text: AdminText<'_>) -> Option<&'static str> {
    language.catalogue().admin(text)
}

/// A word of these pages.
pub fn admin_word(language: Language, word: AdminWord) -> &'static str {
    said(language, AdminText::Word(word)).unwrap_or_default()
}

/// A sentence of these pages.
pub fn admin_phrase(language: Language, phrase: &AdminPhrase<'_>) -> String {
    let template = said(language, AdminText::Phrase(phrase)).unwrap_or_default();
    let mut values = super::admin_values::values(language, phrase);
    values.retain(|(_, value)| !value.is_empty());
    template::text(template, values.as_slice())
}

/// The short name of a kind of event: `Alarm reset`. A code of a later version stays as it is.
pub fn event_kind(language: Language, code: &str) -> &str {
    said(language, AdminText::Kind(code)).unwrap_or(code)
}

/// A size that people can grasp: `12.4 MB`, in thousands as disks are sold.
pub fn size(language: Language, bytes: u64) -> String {
    let mut unit = 0;
    let mut tenths = u128::from(bytes) * 10;
    while tenths >= 10_000 && said(language, AdminText::Unit(unit + 1)).is_some() {
        tenths /= 1000;
        unit += 1;
    }
    let name = said(language, AdminText::Unit(unit)).unwrap_or_default();
    let whole = format::number(language, u64::try_from(tenths / 10).unwrap_or(u64::MAX));
    if unit == 0 || tenths >= 1000 {
        return format!("{whole}\u{a0}{name}");
    }
    format!("{whole}{}{}\u{a0}{name}", format::decimal_mark(language), tenths % 10)
}

#[cfg(test)]
mod tests {
    use trustboard_model::event::EventKind;

    use super::*;

    fn phrases() -> Vec<AdminPhrase<'static>> {
        let name = "web";
        vec![
            AdminPhrase::EnrolIn { cluster: name },
            AdminPhrase::NewClusterIn { datacenter: name },
            AdminPhrase::TokenGood { uses: 1 },
            AdminPhrase::UsesLeft { left: 3, of: Some(20) },
            AdminPhrase::UsesLeft { left: 3, of: None },
            AdminPhrase::GoodTokens { count: 2 },
            AdminPhrase::MovingCluster { hosts: 12_480, from: name },
            AdminPhrase::MoveCount { count: 2 },
            AdminPhrase::RemoveCount { count: 1 },
            AdminPhrase::TypeToConfirm { text: name },
            AdminPhrase::ChooseHost { host: name },
            AdminPhrase::HostsArranged { count: 3 },
            AdminPhrase::HostLeft { host: name, why: "gone" },
            AdminPhrase::ChainRuns { verified: 1, of: 2, by: "ada" },
            AdminPhrase::ChainWhole { events: 12_480 },
            AdminPhrase::ChainBroken { number: 7 },
            AdminPhrase::JobsNow { queued: 0, running: 1, again: 2 },
            AdminPhrase::StreamsNow { count: 1, most: 1000 },
            AdminPhrase::ReturningNow { count: 12_480 },
            AdminPhrase::RateNow { count: 12_480, minutes: 60 },
            AdminPhrase::DiskNow { free: "1 GB", total: "2 GB" },
        ]
    }

    #[test]
    fn every_text_is_whole_in_every_language() {
        for &language in Language::offered() {
            let words = AdminWord::ALL.iter().map(|word| admin_word(language, *word).to_owned());
            let phrases = phrases();
            let phrases = phrases.iter().map(|phrase| admin_phrase(language, phrase));
            let kinds = EventKind::CODES.iter().map(|code| {
                let name = event_kind(language, code);
                assert_ne!(name, *code, "{language}: a kind of event needs a short name");
                name.to_owned()
            });
            for text in words.chain(phrases).chain(kinds) {
                assert!(!text.trim().is_empty(), "{language}");
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
            }
        }
    }

    #[test]
    fn sizes_are_in_thousands() {
        let of = |bytes| size(Language::En, bytes).replace('\u{a0}', " ");
        assert_eq!((of(0), of(999)), ("0 B".to_owned(), "999 B".to_owned()));
        assert_eq!((of(1000), of(12_440_000)), ("1.0 kB".to_owned(), "12.4 MB".to_owned()));
        assert_eq!(of(999_949), "999 kB");
        assert_eq!(of(5_000_000_000_000_000), "5,000 TB");
        assert_eq!(size(Language::De, 1_500_000), "1,5\u{a0}MB");
        assert_eq!(size(Language::Fr, 1_500_000), "1,5\u{a0}Mo");
    }
}
