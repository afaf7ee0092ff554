//! The shortcuts: what is pressed, and what it means.

use crate::text::FrontWord;

/// A shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`word` says what each is for")]
pub enum Key {
    Search,
    Find,
    Help,
    Overview,
    Datacenters,
    Security,
    Alarms,
    Configurations,
    Policies,
    Down,
    Up,
    Open,
    Select,
    SelectTo,
    Acknowledge,
    Reset,
    Verify,
    TakeChanges,
}

/// Where the sheet lists a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Leads to another page.
    Go,
    /// Works on every page.
    Everywhere,
    /// Works where something on the page answers to it.
    Page,
}

impl Key {
    /// Every shortcut, as the sheet lists them.
    pub const ALL: [Self; 18] = [
        Self::Search,
        Self::Down,
        Self::Up,
        Self::Open,
        Self::Select,
        Self::SelectTo,
        Self::Acknowledge,
        Self::Reset,
        Self::Verify,
        Self::TakeChanges,
        Self::Overview,
        Self::Datacenters,
        Self::Security,
        Self::Alarms,
        Self::Configurations,
        Self::Policies,
        Self::Find,
        Self::Help,
    ];

    /// What is pressed, as the browser names the keys: one, or two after each other with a space
    /// between. Also the value of `data-key`.
    pub const fn strokes(self) -> &'static str {
        match self {
            Self::Search => "/",
            Self::Find => "g h",
            Self::Help => "?",
            Self::Overview => "g o",
            Self::Datacenters => "g d",
            Self::Security => "g s",
            Self::Alarms => "g a",
            Self::Configurations => "g c",
            Self::Policies => "g p",
            Self::Down => "j",
            Self::Up => "k",
            Self::Open => "o",
            Self::Select => "x",
            Self::SelectTo => "X",
            Self::Acknowledge => "a",
            Self::Reset => "r",
            Self::Verify => "v",
            Self::TakeChanges => "R",
        }
    }

    /// The shortcut of these strokes.
    pub fn of(strokes: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.strokes() == strokes)
    }

    /// Whether this stroke begins a shortcut of two.
    pub fn begins(stroke: &str) -> bool {
        Self::ALL
            .into_iter()
            .any(|key| key.strokes().split_once(' ').is_some_and(|(first, _)| first == stroke))
    }

    /// What it does, in words.
    pub const fn word(self) -> FrontWord {
        match self {
            Self::Search => FrontWord::KeySearch,
            Self::Find => FrontWord::KeyFind,
            Self::Help => FrontWord::KeyHelp,
            Self::Overview => FrontWord::KeyOverview,
            Self::Datacenters => FrontWord::KeyDatacenters,
            Self::Security => FrontWord::KeySecurity,
            Self::Alarms => FrontWord::KeyAlarms,
            Self::Configurations => FrontWord::KeyConfigurations,
            Self::Policies => FrontWord::KeyPolicies,
            Self::Down => FrontWord::KeyDown,
            Self::Up => FrontWord::KeyUp,
            Self::Open => FrontWord::KeyOpen,
            Self::Select => FrontWord::KeySelect,
            Self::SelectTo => FrontWord::KeySelectTo,
            Self::Acknowledge => FrontWord::KeyAcknowledge,
            Self::Reset => FrontWord::KeyReset,
            Self::Verify => FrontWord::KeyVerify,
            Self::TakeChanges => FrontWord::KeyTakeChanges,
        }
    }

    /// Where the sheet lists it.
    pub const fn group(self) -> Group {
        match self {
            Self::Overview
            | Self::Datacenters
            | Self::Security
            | Self::Alarms
            | Self::Configurations
            | Self::Policies => Group::Go,
            Self::Find | Self::Help => Group::Everywhere,
            _ => Group::Page,
        }
    }

    /// Whether it acts again and again while it is held down.
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Down | Self::Up)
    }

    /// Whether it looks for its element in the row that has the focus.
    pub const fn is_of_row(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Select
                | Self::SelectTo
                | Self::Acknowledge
                | Self::Reset
                | Self::Verify
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_shortcuts_are_pressed_alike() {
        let strokes: HashSet<_> = Key::ALL.iter().map(|key| key.strokes()).collect();
        assert_eq!(strokes.len(), Key::ALL.len());
        let words: HashSet<_> = Key::ALL.iter().map(|key| key.word()).collect();
        assert_eq!(words.len(), Key::ALL.len());
    }

    #[test]
    fn what_begins_a_shortcut_is_none_itself() {
        for key in Key::ALL {
            assert_eq!(Key::of(key.strokes()), Some(key));
            assert!(!Key::begins(key.strokes()));
            assert!(key.strokes().split(' ').count() <= 2);
        }
        assert!(Key::begins("g"));
    }
}
