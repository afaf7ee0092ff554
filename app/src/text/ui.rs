//! Words of the interface: headings, columns, buttons, blank views, dialogs, keys.

use super::Language;

macro_rules! ui_keys {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Ui {$(
            $(#[$doc])*
            $name,
        )*}

        impl Ui {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

/// The word in this language.
pub fn ui(language: Language, key: Ui) -> &'static str {
    language.catalogue().ui(key)
}

ui_keys! {
    /// The product.
    ProductName,
    /// The first link of every page.
    SkipToContent,
    /// Heading of the tree.
    Inventory,
    /// The root of the tree.
    AllDatacenters,
    /// A level of the tree.
    Datacenter,
    /// A level of the tree, and a column.
    Cluster,
    /// A level of the tree.
    Host,
    /// Several.
    Hosts,
    /// A datacenter's tab.
    Monitor,
    /// The page below Monitor.
    Security,
    /// A host's tab.
    Summary,
    /// The button that opens the tree on a narrow screen.
    OpenMenu,
    /// Closes it again.
    CloseMenu,
    /// The switch of the colours.
    ThemeDark,
    /// The switch of the colours.
    ThemeLight,
    /// The switch of the colours.
    ThemeSystem,
    /// The label of that switch.
    Theme,
    /// The choice of the language.
    Language,
    /// The label of the language switch.
    LanguageChoice,
    /// Closes a dialog or panel.
    Close,
    /// Leaves a dialog without doing anything.
    Cancel,
    /// To the page before.
    Back,
    /// Copies a value.
    Copy,
    /// After it was copied.
    Copied,
    /// Opens what is folded.
    ShowMore,
    /// Folds it again.
    ShowLess,
    /// Label of the search field.
    Search,
    /// Inside the empty search field.
    SearchHint,
    /// Heading and button.
    SignIn,
    /// Button.
    SignOut,
    /// Field.
    OperatorName,
    /// Field.
    Password,
    /// Above the form.
    SignInIntro,
    /// A sign-in link that no longer holds.
    SignInLinkUsed,
    /// What a sign-in link says without scripts.
    SignInLinkNeedsScripts,
    /// And where it leads then.
    SignInWithPassword,
    /// After a session ended.
    SessionExpired,
    /// The stream is open.
    LiveConnected,
    /// The stream is being opened.
    LiveConnecting,
    /// The stream broke.
    LiveLost,
    /// The stream broke, in the header.
    LiveReconnecting,
    /// Without the stream.
    LiveOff,
    /// Without the stream, in the header.
    LiveNone,
    /// Column.
    Name,
    /// Column.
    Attestation,
    /// Column.
    Alarm,
    /// Column.
    LastVerifiedColumn,
    /// Column.
    TpmVersion,
    /// Column.
    SecureBoot,
    /// Column.
    MessageColumn,
    /// A row's box.
    SelectRow,
    /// The head's box.
    SelectAll,
    /// For screen readers.
    SortAscending,
    /// For screen readers.
    SortDescending,
    /// For screen readers, before a column's name.
    SortBy,
    /// A job runs.
    Verifying,
    /// A red alarm without acknowledgement.
    NobodyOnIt,
    /// A red alarm whose condition has cleared.
    ReadyToReset,
    /// A host's mark.
    Maintenance,
    /// The TPM column without a TPM 2.0.
    NoTpmShort,
    /// The Last verified column of a host that never was.
    NeverShort,
    /// Label and button.
    Filter,
    /// No choice made.
    FilterAny,
    /// Field.
    FilterReason,
    /// Box.
    FilterRedOnly,
    /// Button.
    FilterClear,
    /// Link.
    PreviousPage,
    /// Link.
    NextPage,
    /// Label of the links to other pages.
    Pages,
    /// Heading of the strip above the table.
    Causes,
    /// After a number.
    RedAlarms,
    /// The strip, when nothing failed.
    CausesNone,
    /// Nothing in the inventory.
    NoDatacenters,
    /// What to do about it.
    NoDatacentersHint,
    /// A datacenter without hosts.
    NoHosts,
    /// What to do about it.
    NoHostsHint,
    /// A filter that matches nothing.
    NoMatch,
    /// What to do about it.
    NoMatchHint,
    /// No connection to the server.
    NotConnected,
    /// What to do about it.
    NotConnectedHint,
    /// The server answered, but not with the page.
    LoadFailed,
    /// What to do about it.
    LoadFailedHint,
    /// Button.
    TryAgain,
    /// While waiting.
    Loading,
    /// A wrong address.
    NotFoundTitle,
    /// What to do about it.
    NotFoundHint,
    /// A page that the role may not see.
    ForbiddenTitle,
    /// Heading.
    SecurityPortlet,
    /// Heading.
    FailedChecks,
    /// Heading.
    WarningChecks,
    /// Heading.
    AllChecks,
    /// Column.
    CheckColumn,
    /// Column.
    OutcomeColumn,
    /// Column.
    DetailColumn,
    /// Column.
    StrictnessColumn,
    /// Heading of the opened row.
    WhatWasFound,
    /// Heading of the opened row.
    WhatToDo,
    /// Label.
    Where,
    /// Label.
    Expected,
    /// Label.
    Found,
    /// Label.
    SinceLabel,
    /// Label.
    LastPassedLabel,
    /// Link from the row to the host’s page.
    OpenHost,
    /// Label.
    LikelyCause,
    /// Label.
    WhereToLook,
    /// No appraisal yet.
    NoReport,
    /// A report without failed checks.
    NothingFailed,
    /// Heading.
    PcrTable,
    /// Column.
    PcrBank,
    /// Column.
    PcrIndex,
    /// Column.
    PcrPurpose,
    /// Column.
    PcrQuoted,
    /// Column.
    PcrReplayed,
    /// Column.
    PcrEvents,
    /// Column.
    PcrStateColumn,
    /// No verified quote.
    NoPcrs,
    /// Heading.
    Identity,
    /// Label.
    IdentityEk,
    /// Label.
    IdentityAk,
    /// Label.
    IdentityPresentedEk,
    /// Label.
    IdentitySince,
    /// Heading.
    Facts,
    /// Below the heading.
    FactsHint,
    /// Fact.
    Hostname,
    /// Fact.
    MachineId,
    /// Fact.
    BootId,
    /// Fact.
    OperatingSystem,
    /// Fact.
    Kernel,
    /// Fact.
    AgentVersion,
    /// Fact.
    TpmMaker,
    /// Fact.
    TpmModel,
    /// Fact.
    TpmFirmware,
    /// Fact.
    TpmInterfaceLabel,
    /// Fact.
    ActiveBanks,
    /// Fact.
    SecureBootVariable,
    /// Fact.
    TpmProblem,
    /// Fact.
    LogAbsent,
    /// A fact that is not there.
    NotKnown,
    /// A fact.
    Yes,
    /// A fact.
    No,
    /// Counter.
    ClockResets,
    /// Counter.
    ClockRestarts,
    /// Heading.
    Counters,
    /// Heading.
    Jobs,
    /// Below the heading.
    JobsHint,
    /// None so far.
    NoJobs,
    /// Column.
    JobStartedColumn,
    /// Column.
    JobDuration,
    /// Label.
    JobSteps,
    /// Heading.
    History,
    /// None so far.
    NoHistory,
    /// Heading.
    Appraisals,
    /// Below the heading.
    AppraisalsHint,
    /// Column.
    FirstSeen,
    /// Column.
    LastSeen,
    /// Column.
    CountColumn,
    /// Column.
    WhenColumn,
    /// Column.
    WhoColumn,
    /// Column.
    WhatColumn,
    /// Label.
    Presence,
    /// Who did it.
    ActorServer,
    /// Who did it.
    ActorHost,
    /// Who did it, after a name.
    ActorConsole,
    /// Heading of the buttons.
    Actions,
    /// What the button does.
    VerifyNowHint,
    /// What the button does.
    VerifyThenResetHint,
    /// What the button does.
    AcknowledgeHint,
    /// Field.
    AcknowledgeComment,
    /// Field.
    AcknowledgeExpiry,
    /// Choice.
    ExpiryNone,
    /// Choice.
    ExpiryOneHour,
    /// Choice.
    ExpiryFourHours,
    /// Choice.
    ExpiryOneDay,
    /// Choice.
    ExpiryOneWeek,
    /// What the button does.
    ResetHint,
    /// In the dialog, when the latest appraisal concluded nothing.
    ResetUnknown,
    /// Field.
    ResetReason,
    /// Below the field when the condition still holds.
    ResetReasonHint,
    /// The dialog's button when the condition still holds.
    ResetAnyway,
    /// Field of other dialogs.
    ReasonField,
    /// When it is empty.
    ReasonRequired,
    /// When it is empty.
    CommentRequired,
    /// What the button does.
    MaintenanceHint,
    /// What the button does.
    LeaveMaintenanceHint,
    /// What the button does.
    DisconnectHint,
    /// What the button does.
    ConnectHint,
    /// What the button does.
    AcceptIdentityHint,
    /// After a command.
    CommandDone,
    /// After a command that changed nothing.
    CommandNothing,
    /// While a command is on its way.
    CommandSent,
    /// A command that came too late.
    StaleTitle,
    /// What to do about it.
    StaleHint,
    /// Where a viewer misses the buttons.
    ViewerHint,
    /// Heading of the bar below the table.
    SelectionActs,
    /// Without the wasm.
    NoScript,
}
