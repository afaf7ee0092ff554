//! The words of the overview, of a host's past and of the report.

use super::{Language, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of these pages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum HistoryWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl HistoryWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// Heading: why hosts fail.
    Attention,
    /// No host fails.
    AttentionNone,
    /// Heading: what changed in a day.
    Changes,
    /// Times that a host turned to Failed.
    NewlyFailed,
    /// Times that a failed host passed again.
    Recovered,
    /// Hosts that enrolled.
    Enrolled,
    /// Alarms raised.
    AlarmsRaised,
    /// Alarms reset.
    AlarmsReset,
    /// Heading of the chart.
    Trend,
    /// What the chart does not draw.
    TrendHint,
    /// Label of the links that choose how far back.
    TrendRange,
    /// Opens the table of the chart's numbers.
    TrendNumbers,
    /// Column.
    Time,
    /// Column: the most failed at a time since the row before.
    MostFailed,
    /// The right end of the chart.
    Now,
    /// Range.
    Hours6,
    /// Range.
    Hours24,
    /// Range.
    Days7,
    /// Range.
    Days30,
    /// Range.
    Days90,
    /// Range: since the host enrolled.
    Everything,
    /// No two hosts of a cause differ alike.
    EachDiffers,
    /// Hosts that were last appraised by an earlier version.
    NotToldApart,
    /// Link to the report.
    Report,
    /// Tab of a host.
    AttestationTab,
    /// Tab of a host.
    LogsTab,
    /// Heading.
    RunningJobs,
    /// Heading.
    EventLog,
    /// What the log is.
    EventLogHint,
    /// There is no log.
    EventLogNone,
    /// The filter hides all.
    EventLogEmpty,
    /// Field and column.
    Register,
    /// Choice.
    AllRegisters,
    /// Tick.
    DifferingOnly,
    /// Button.
    Show,
    /// Column.
    Number,
    /// Column.
    EventType,
    /// Column.
    About,
    /// Column.
    Said,
    /// Column.
    Digest,
    /// An event differs from the closest configuration.
    Differs,
    /// Heading.
    Timeline,
    /// What can be done with it.
    TimelineHint,
    /// Link.
    ZoomIn,
    /// Link.
    ZoomOut,
    /// Link.
    Earlier,
    /// Link.
    Later,
    /// Lane of the timeline.
    LaneAttestation,
    /// Lane.
    LaneAlarms,
    /// Lane.
    LaneBoots,
    /// Lane.
    LaneIdentity,
    /// Lane: policies, configurations, exceptions.
    LaneStandards,
    /// Heading.
    Boots,
    /// How they are known.
    BootsHint,
    /// None in this stretch.
    BootsNone,
    /// Heading.
    Gaps,
    /// None in this stretch.
    GapsNone,
    /// None in this stretch.
    SpansNone,
    /// Heading and button of the form.
    OpenMoment,
    /// What the form takes.
    OpenMomentHint,
    /// Field.
    MomentField,
    /// Link of a span.
    OpenBeginning,
    /// Heading.
    Moment,
    /// The time cannot be read or lies in the future.
    MomentInvalid,
    /// The host had not enrolled.
    NotEnrolled,
    /// The host had not been verified.
    NotVerifiedYet,
    /// The past is not kept that long.
    NotKept,
    /// Covered by verifications.
    VerifiedRegularly,
    /// Fact.
    PolicyThen,
    /// Fact.
    ConfigurationThen,
    /// Fact.
    ApprovedByThen,
    /// Fact.
    ReasonsThen,
    /// Fact.
    EvidenceBefore,
    /// Fact.
    EvidenceAfter,
    /// There is none.
    EvidenceNone,
    /// Link.
    DownloadEvidence,
    /// How to check the file.
    CheckHint,
    /// Both pieces of evidence are of one boot.
    SameBoot,
    /// They are of two boots.
    OtherBoot,
    /// Link.
    ExportJson,
    /// Link.
    ExportCsv,
    /// Heading of the report.
    ReportTitle,
    /// How to print it.
    ReportPrint,
    /// Heading.
    ReportCounts,
    /// Heading.
    ReportPolicies,
    /// Heading.
    ReportHosts,
    /// Heading.
    ReportExceptions,
    /// None.
    ReportExceptionsNone,
    /// Heading.
    ReportAlarms,
    /// None.
    ReportAlarmsNone,
    /// Heading.
    ReportChain,
    /// What the hash is for.
    ReportChainHint,
    /// Link.
    NextPart,
    /// Column.
    Configuration,
    /// Column.
    Granted,
    /// Column.
    Ends,
}

macro_rules! phrases {
    ($($name:ident { $($field:ident),+ },)*) => {
        /// A sentence of these pages with what it is about, as text.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each field is the part of the sentence that it names")]
        pub enum HistoryPhrase {$(
            $name { $($field: String),+ },
        )*}

        /// Which sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum HistorySentence {$($name,)*}

        impl HistoryPhrase {
            fn parts(&self) -> (HistorySentence, Vec<(&'static str, String)>) {
                match self {$(
                    Self::$name { $($field),+ } => (
                        HistorySentence::$name,
                        // What is empty is not there.
                        vec![$((stringify!($field), $field.clone())),+]
                            .into_iter()
                            .filter(|(_, value): &(&str, String)| !value.is_empty())
                            .collect(),
                    ),
                )*}
            }

            /// Every sentence with something in each field, for tests.
            #[cfg(test)]
            fn all() -> Vec<Self> {
                vec![$(Self::$name { $($field: stringify!($field).to_owned()),+ }),*]
            }
        }
    };
}

phrases! {
    More { count },
    Fewer { count },
    Ways { count },
    MoreDifferences { count },
    QuietClusters { count },
    TrendSaid { start, failed_then, passed_then, failed, passed, most },
    LaneNow { now, most },
    SpanSaid { attestation, start, until },
    StretchSaid { start, until, spans, boots, alarms },
    GapBetween { start, until },
    GapSince { start },
    GapsSince { start },
    VerifiedTimes { count, start, until },
    FirstVerified { at },
    NameVersion { name, version },
    ByAt { name, at },
    Resets { count },
    BootBetween { start, until, count },
    BootFirst { until, count },
    KeptFor { conclusions, evidence },
    EvidenceGone { at },
    MomentTitle { at },
    EventsMatch { count },
    GeneratedBy { at, name },
    Part { part, parts },
    LastEvent { number },
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum HistoryText {
    Word(HistoryWord),
    /// A template, with the phrase's fields by name.
    Phrase(HistorySentence),
}

/// A word of the overview, of a host's past or of the report.
pub fn history_word(language: Language, word: HistoryWord) -> &'static str {
    language.catalogue().history(HistoryText::Word(word))
}

/// A sentence of the same.
pub fn history_phrase(language: Language, phrase: &HistoryPhrase) -> String {
    let (sentence, values) = phrase.parts();
    let template = language.catalogue().history(HistoryText::Phrase(sentence));
    template::text(template, values.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_whole_in_every_language() {
        for &language in Language::offered() {
            for word in HistoryWord::ALL {
                let text = history_word(language, *word);
                assert!(!text.trim().is_empty() && !text.contains(['{', '[']), "{word:?}");
            }
            for phrase in HistoryPhrase::all() {
                let text = history_phrase(language, &phrase);
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
                for (name, value) in phrase.parts().1 {
                    assert!(text.contains(&value), "{language}: {name} is missing in: {text}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_known_leaves_no_hole() {
        let version = "3".to_owned();
        let phrase = HistoryPhrase::NameVersion { name: String::new(), version };
        assert_eq!(history_phrase(Language::En, &phrase), "version 3");
    }
}
