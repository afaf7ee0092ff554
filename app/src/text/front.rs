//! The words of what stands around every screen: shortcuts, quick search, settings of the display,
//! and what others just did.

use super::{Language, format, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word around the screens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FrontWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl FrontWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// Shortcut: the page's search field.
    KeySearch,
    /// Shortcut: hosts, clusters and datacenters by name.
    KeyFind,
    /// Shortcut: this help.
    KeyHelp,
    /// Shortcut: go to the overview.
    KeyOverview,
    /// Shortcut: choose a datacenter in the tree.
    KeyDatacenters,
    /// Shortcut: go to all hosts.
    KeySecurity,
    /// Shortcut: go to the alarms.
    KeyAlarms,
    /// Shortcut: go to the configurations.
    KeyConfigurations,
    /// Shortcut: go to the policies.
    KeyPolicies,
    /// Shortcut: next row.
    KeyDown,
    /// Shortcut: previous row.
    KeyUp,
    /// Shortcut: open or close the row.
    KeyOpen,
    /// Shortcut: select the row.
    KeySelect,
    /// Shortcut: select from the last selected row to this one.
    KeySelectTo,
    /// Shortcut: acknowledge.
    KeyAcknowledge,
    /// Shortcut: reset.
    KeyReset,
    /// Shortcut: verify.
    KeyVerify,
    /// Shortcut: bring in the changes that wait.
    KeyTakeChanges,
    /// Shortcut: close, or leave the field.
    KeyEscape,
    /// Heading of the sheet of shortcuts.
    Keys,
    /// Heading: shortcuts that lead elsewhere.
    KeysGo,
    /// Heading: shortcuts of the page that is open.
    KeysHere,
    /// Heading: shortcuts that work everywhere.
    KeysEverywhere,
    /// Between the two keys of a shortcut.
    KeysThen,
    /// Said when shortcuts are switched off.
    KeysAreOff,
    /// Button: switch shortcuts off.
    KeysSwitchOff,
    /// Button: switch shortcuts on.
    KeysSwitchOn,
    /// Button.
    Close,
    /// Button and heading: how the pages look.
    Display,
    /// How high the rows of tables are.
    Density,
    /// High rows.
    Comfortable,
    /// Low rows.
    Compact,
    /// Heading of the lines that say what others did.
    News,
    /// Button of such a line.
    Dismiss,
    /// The stream has been broken for a while.
    Offline,
    /// Button and heading of the quick search.
    Find,
    /// Its field.
    FindHint,
    /// Nothing has such a name.
    FindNothing,
    /// There are more than are listed.
    FindMore,
    /// The search could not be done.
    FindFailed,
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum FrontText {
    Word(FrontWord),
    /// A template: `who`, `what`.
    Deed(Deed),
    /// A template: `count`.
    Hosts,
    /// A template: `at`.
    OfflineSince,
}

/// What an operator did to a host, as far as it is news to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the events")]
pub enum Deed {
    Acknowledged,
    Reset,
    Verifying,
    Presence,
    Identity,
    MaintenanceEntered,
    MaintenanceLeft,
    ExceptionGranted,
    ExceptionEnded,
    Moved,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 10] = [
        Self::Acknowledged,
        Self::Reset,
        Self::Verifying,
        Self::Presence,
        Self::Identity,
        Self::MaintenanceEntered,
        Self::MaintenanceLeft,
        Self::ExceptionGranted,
        Self::ExceptionEnded,
        Self::Moved,
    ];

    /// The codes of the events that are deeds.
    pub const EVENTS: [(&'static str, Self); 10] = [
        ("alarm-acknowledged", Self::Acknowledged),
        ("alarm-reset", Self::Reset),
        ("job-started", Self::Verifying),
        ("presence-changed", Self::Presence),
        ("identity-changed", Self::Identity),
        ("maintenance-entered", Self::MaintenanceEntered),
        ("maintenance-left", Self::MaintenanceLeft),
        ("exception-granted", Self::ExceptionGranted),
        ("exception-ended", Self::ExceptionEnded),
        ("host-moved", Self::Moved),
    ];

    /// The deed of an event, by the event's code.
    pub fn of(event: &str) -> Option<Self> {
        Self::EVENTS.into_iter().find(|(code, _)| *code == event).map(|(_, deed)| deed)
    }
}

/// A word around the screens.
pub fn front_word(language: Language, word: FrontWord) -> &'static str {
    language.catalogue().front(FrontText::Word(word))
}

/// Who did what: `anna acknowledged the alarm of web-17`.
pub fn deed(language: Language, deed: Deed, who: &str, what: &str) -> String {
    let values = [("who", who.to_owned()), ("what", what.to_owned())];
    template::text(language.catalogue().front(FrontText::Deed(deed)), values.as_slice())
}

/// `412 hosts`.
pub fn hosts(language: Language, count: usize) -> String {
    let count = format::number(language, u64::try_from(count).unwrap_or(u64::MAX));
    let values = [("count", count)];
    template::text(language.catalogue().front(FrontText::Hosts), values.as_slice())
}

/// That what is shown may be old, since this moment.
pub fn offline_since(language: Language, at: &str) -> String {
    let values = [("at", at.to_owned())];
    template::text(language.catalogue().front(FrontText::OfflineSince), values.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_whole_in_every_language() {
        for &language in Language::offered() {
            let mut texts: Vec<String> =
                FrontWord::ALL.iter().map(|word| front_word(language, *word).to_owned()).collect();
            texts.extend(Deed::ALL.map(|done| deed(language, done, "anna", "web-17")));
            texts.push(hosts(language, 4312));
            texts.push(offline_since(language, "18:12"));
            for text in texts {
                assert!(!text.trim().is_empty(), "{language}");
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
            }
        }
    }

    #[test]
    fn deeds_name_who_and_what() {
        let said = deed(Language::En, Deed::Acknowledged, "anna", "web-17");
        assert_eq!(said, "anna acknowledged the alarm of web-17");
        let many = hosts(Language::De, 4312);
        let said = deed(Language::De, Deed::Reset, "anna", &many);
        assert_eq!(said, "anna hat den Alarm von 4.312 Hosts auf Grün zurückgesetzt");
    }
}
