//! The words of what stands around every screen: shortcuts, quick search, settings of the display,
//! and what others just did.

use super::Language;

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
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum FrontText {
    Word(FrontWord),
}

/// A word around the screens.
pub fn front_word(language: Language, word: FrontWord) -> &'static str {
    language.catalogue().front(FrontText::Word(word))
}
