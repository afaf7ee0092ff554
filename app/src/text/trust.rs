//! Words of what makes a verdict the operator's own: approved configurations, policies, exceptions.

use super::Language;

macro_rules! trust_keys {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the pages for configurations, policies and exceptions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Trust {$(
            $(#[$doc])*
            $name,
        )*}

        impl Trust {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

/// The word in this language.
pub fn trust(language: Language, key: Trust) -> &'static str {
    language.catalogue().trust(key)
}

trust_keys! {
    /// Heading of the links in the tree.
    Heading,
    /// Link from a datacenter.
    ConfigurationTab,
    /// Heading, link.
    Configurations,
    /// Below the heading.
    ConfigurationsIntro,
    /// Filter.
    CurrentOnes,
    /// Filter.
    AllOnes,
    /// Column.
    StateColumn,
    /// Column and label.
    SourceColumn,
    /// Column and label.
    Clusters,
    /// Column and label.
    LastMatched,
    /// Before a host's name.
    FromHost,
    /// Before a file's name.
    FromFile,
    /// Nothing in the list.
    NoConfigurations,
    /// A filter that matches nothing.
    NoSuchConfigurations,
    /// How to begin.
    BeginCapture,
    /// How to begin.
    BeginReview,
    /// How to begin.
    BeginImport,
    /// Heading of the form.
    Import,
    /// Above the form.
    ImportHint,
    /// Field.
    LogFile,
    /// Button.
    ImportButton,
    /// Inside the empty field.
    NameExample,
    /// Field and label.
    Notes,
    /// Label.
    CreatedBy,
    /// Label.
    Approvals,
    /// No approval so far.
    NoApprovals,
    /// Label.
    EndedBy,
    /// Label.
    HostsMatching,
    /// Label.
    LogDigest,
    /// Of a draft.
    DraftHint,
    /// Button.
    Approve,
    /// Button.
    ApproveSecond,
    /// Button.
    Discard,
    /// Button.
    Retire,
    /// In the review.
    SecondNeeded,
    /// To whom approved first.
    SomebodyElse,
    /// Before the choice.
    OlderVersions,
    /// Choice.
    OlderSuperseded,
    /// Choice.
    OlderKept,
    /// Heading of the preview.
    ImpactHeading,
    /// Below a long list.
    ImpactCut,
    /// No difference to the version before.
    NoDifferences,
    /// Heading.
    Measured,
    /// Below the heading.
    MeasuredHint,
    /// Boxes of a draft.
    OtherRegisters,
    /// Box of a draft.
    RegisterCounts,
    /// Before the digest.
    RegisterValue,
    /// Button.
    SaveDraft,
    /// Column.
    EventColumn,
    /// Column.
    TopicColumn,
    /// Column.
    WordsColumn,
    /// Column.
    DigestColumn,
    /// Column.
    VariesColumn,
    /// Mark of an event.
    Varies,
    /// Heading.
    Versions,
    /// Column.
    VersionColumn,
    /// Heading.
    Booted,
    /// Below the heading.
    BootedHint,
    /// No items.
    NothingBooted,
    /// Mark of words.
    Untrusted,
    /// What the mark means.
    UntrustedMeaning,
    /// An event without words.
    NoWords,
    /// Of a register.
    NotEvaluated,
    /// Heading.
    ApprovedConfiguration,
    /// Before a name.
    Matches,
    /// A sentence.
    MatchesNone,
    /// Before a name.
    Closest,
    /// No comparison.
    NothingCompared,
    /// No appraisal.
    NotComparedYet,
    /// A kind of difference.
    Changed,
    /// A kind of difference.
    Added,
    /// A kind of difference.
    Missing,
    /// A kind of difference.
    ValueDiffers,
    /// Of that kind.
    ValueMeaning,
    /// For screen readers, between both sides.
    NowReads,
    /// Button.
    AcceptChange,
    /// In the review.
    AcceptChangeHint,
    /// Button.
    Capture,
    /// Above the form.
    CaptureHint,
    /// Below the boxes.
    OwnClusterHint,
    /// Link.
    Evidence,
    /// Mark.
    Exception,
    /// Heading.
    Exceptions,
    /// None in force.
    NoExceptions,
    /// Label.
    GrantedBy,
    /// Label.
    Until,
    /// Column.
    GrantedByColumn,
    /// Column.
    UntilColumn,
    /// Button.
    Grant,
    /// Above the form.
    GrantHint,
    /// Field.
    Days,
    /// Column.
    CoversColumn,
    /// Column.
    UsedColumn,
    /// Button.
    Revoke,
    /// Link.
    Policy,
    /// Heading, link.
    Policies,
    /// Below the heading.
    PoliciesIntro,
    /// Heading.
    Profiles,
    /// Below the heading.
    ProfilesHint,
    /// A profile.
    LinuxServerMeaning,
    /// A profile.
    VsphereMeaning,
    /// Heading.
    PolicySettings,
    /// Field.
    Interval,
    /// Field.
    MaxAge,
    /// Box.
    RequireTpm,
    /// Box.
    TwoApprovals,
    /// Boxes.
    Interfaces,
    /// Field.
    MinimumOs,
    /// Field.
    MinimumAgent,
    /// Boxes.
    MandatoryPcrs,
    /// Heading.
    PolicyChecks,
    /// Below the heading.
    PolicyChecksHint,
    /// Mark of a core check.
    Locked,
    /// What the mark means.
    LockedMeaning,
    /// Beside a choice.
    Default,
    /// Field.
    WhyRelaxed,
    /// An empty setting.
    NoneChosen,
    /// Heading and button.
    ReviewPolicy,
    /// Column.
    SettingColumn,
    /// Column.
    FromColumn,
    /// Column.
    ToColumn,
    /// Column.
    WhyColumn,
    /// An unchanged form.
    NothingToSave,
    /// Button.
    SavePolicy,
    /// Button.
    EditAgain,
}
