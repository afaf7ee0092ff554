//! The words of users, accounts, sessions, API keys and the two-person rule.

use super::{Language, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of these pages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AccessWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl AccessWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// Heading of the part for administrators.
    Administration,
    /// Title and link.
    Users,
    /// Below the title.
    UsersIntro,
    /// Column and field.
    Name,
    /// Below the field.
    NameHint,
    /// Column.
    Roles,
    /// Column.
    State,
    /// Column.
    Actions,
    /// Column.
    SessionsCount,
    /// Column.
    LastUsed,
    /// Nothing yet.
    Never,
    /// State.
    Active,
    /// State.
    Disabled,
    /// State.
    NoPassword,
    /// State.
    LinkWaits,
    /// Beside one's own name.
    You,
    /// Heading.
    NewUser,
    /// Field.
    RoleEverywhere,
    /// Fields.
    RolesInDatacenters,
    /// Choice.
    NoRole,
    /// Button.
    CreateUser,
    /// Button.
    ChangeRoles,
    /// Button.
    Save,
    /// Button.
    ResetPassword,
    /// What it does.
    ResetPasswordHint,
    /// Button.
    Disable,
    /// What it does.
    DisableHint,
    /// Field.
    Reason,
    /// Button.
    Enable,
    /// Heading above a link that was made.
    LinkHeading,
    /// Below it.
    LinkHint,
    /// Before a moment.
    GoodUntil,
    /// Outcome.
    DoneNothing,
    /// Outcome.
    DoneCreated,
    /// Outcome.
    DoneRoles,
    /// Outcome.
    DonePasswordReset,
    /// Outcome.
    DoneDisabled,
    /// Outcome.
    DoneEnabled,
    /// Title and link.
    Account,
    /// Fact.
    YourRoles,
    /// Whoever may do nothing.
    NoRights,
    /// Heading.
    Password,
    /// When there is none.
    NoPasswordHint,
    /// Field.
    CurrentPassword,
    /// Field.
    NewPassword,
    /// Field.
    RepeatPassword,
    /// Below the field.
    PasswordHint,
    /// Button.
    ChangePassword,
    /// Outcome.
    DonePassword,
    /// Heading.
    Language,
    /// Below it.
    LanguageHint,
    /// Heading.
    YourSessions,
    /// Column.
    Device,
    /// Column.
    Address,
    /// Column.
    Began,
    /// Column.
    Ends,
    /// Mark.
    ThisSession,
    /// Button.
    EndSession,
    /// Button.
    EndOthers,
    /// Outcome.
    DoneEnded,
    /// Heading.
    Keys,
    /// Below it.
    KeysIntro,
    /// When there are none.
    NoKeys,
    /// Heading.
    NewKey,
    /// Field and column.
    KeyRole,
    /// Field and column.
    KeyWhere,
    /// Choice.
    AllOfYours,
    /// Below the field.
    KeyWhereHint,
    /// Field.
    KeyDays,
    /// Button.
    CreateKey,
    /// Heading above a key that was made.
    KeyShown,
    /// Below it.
    KeyShownHint,
    /// Column.
    Expires,
    /// Mark.
    Expired,
    /// Button.
    Revoke,
    /// Outcome.
    DoneRevoked,
    /// Title and link.
    Sessions,
    /// Below the title.
    SessionsIntro,
    /// Title and link.
    Settings,
    /// Below the title.
    SettingsIntro,
    /// Heading.
    TwoPersons,
    /// Box.
    TwoApprovals,
    /// Below it.
    TwoApprovalsHint,
    /// Box.
    TwoResets,
    /// Below it.
    TwoResetsHint,
    /// Outcome.
    DoneSettings,
    /// Fact.
    WaitingResets,
    /// Fact.
    WaitingApprovals,
    /// Outcome.
    AwaitsSecond,
    /// Beside a reset that one asked for oneself.
    YouAsked,
    /// What it does.
    ConfirmHint,
    /// What it does.
    DeclineHint,
}

/// A sentence with what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum AccessPhrase<'a> {
    /// Who asked for a reset that a second person must confirm.
    ResetAskedBy { name: &'a str, reason: &'a str },
    /// Whose roles a form changes.
    RolesOf { name: &'a str },
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum AccessText<'a> {
    Word(AccessWord),
    Phrase(AccessPhrase<'a>),
}

/// A word of these pages.
pub fn access_word(language: Language, word: AccessWord) -> &'static str {
    language.catalogue().access(AccessText::Word(word))
}

/// A sentence of these pages.
pub fn access_phrase(language: Language, said: AccessPhrase<'_>) -> String {
    let values = match said {
        AccessPhrase::ResetAskedBy { name, reason } => {
            vec![("name", name.to_owned()), ("reason", reason.to_owned())]
        }
        AccessPhrase::RolesOf { name } => vec![("name", name.to_owned())],
    };
    template::text(language.catalogue().access(AccessText::Phrase(said)), values.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_sentence_is_whole_in_every_language() {
        for &language in Language::offered() {
            for &word in AccessWord::ALL {
                let said = access_word(language, word);
                assert!(!said.trim().is_empty() && !said.contains('{'), "{language} {word:?}");
            }
            for phrase in [
                AccessPhrase::ResetAskedBy { name: "ada", reason: "on site" },
                AccessPhrase::RolesOf { name: "ada" },
            ] {
                let said = access_phrase(language, phrase);
                assert!(said.contains("ada") && !said.contains('{'), "{language}: {said}");
            }
        }
    }
}
