//! Users, accounts, sessions, API keys and the two-person rule.

use crate::text::access::{AccessPhrase, AccessText, AccessWord};

pub(super) fn access(text: AccessText<'_>) -> &'static str {
    match text {
        AccessText::Word(key) => word(key),
        AccessText::Phrase(AccessPhrase::ResetAskedBy { .. }) => {
            "{name} bittet um das Zurücksetzen: {reason}"
        }
        AccessText::Phrase(AccessPhrase::RolesOf { .. }) => "Rollen von {name}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AccessWord) -> &'static str {
    match key {
        AccessWord::Administration => "Verwaltung",
        AccessWord::Users => "Benutzer",
        AccessWord::UsersIntro => {
            "Wer sich anmelden darf und wo was darf. In einem Rechenzentrum zählt die stärkere der beiden Rollen."
        }
        AccessWord::Name => "Name",
        AccessWord::NameHint => "Buchstaben, Ziffern und . _ @ -; später nicht änderbar.",
        AccessWord::Roles => "Rollen",
        AccessWord::State => "Zustand",
        AccessWord::Actions => "Aktionen",
        AccessWord::SessionsCount => "Sitzungen",
        AccessWord::LastUsed => "Zuletzt benutzt",
        AccessWord::Never => "noch nie",
        AccessWord::Active => "Aktiv",
        AccessWord::Disabled => "Gesperrt",
        AccessWord::NoPassword => "Kein Passwort",
        AccessWord::LinkWaits => "Anmeldelink noch nicht benutzt",
        AccessWord::You => "Sie",
        AccessWord::NewUser => "Neuer Benutzer",
        AccessWord::RoleEverywhere => "Rolle überall",
        AccessWord::RolesInDatacenters => "Rollen in einzelnen Rechenzentren",
        AccessWord::NoRole => "keine Rolle",
        AccessWord::CreateUser => "Benutzer und Anmeldelink anlegen",
        AccessWord::ChangeRoles => "Rollen ändern…",
        AccessWord::Save => "Speichern",
        AccessWord::ResetPassword => "Passwort zurücksetzen…",
        AccessWord::ResetPasswordHint => {
            "Entfernt das Passwort, beendet alle Sitzungen und erstellt einen neuen Anmeldelink."
        }
        AccessWord::Disable => "Sperren…",
        AccessWord::DisableHint => {
            "Beendet alle Sitzungen und lässt niemanden mit diesem Namen oder seinen API-Schlüsseln ein, bis wieder zugelassen wird. Was getan wurde, bleibt verzeichnet."
        }
        AccessWord::Reason => "Grund",
        AccessWord::Enable => "Wieder zulassen",
        AccessWord::LinkHeading => "Anmeldelink",
        AccessWord::LinkHint => {
            "Geben Sie ihn auf sicherem Weg weiter. Er meldet einmal an und wird nur jetzt gezeigt."
        }
        AccessWord::GoodUntil => "Gültig bis",
        AccessWord::DoneNothing => "Es war schon so.",
        AccessWord::DoneCreated => "Der Benutzer wurde angelegt.",
        AccessWord::DoneRoles => "Die Rollen wurden geändert; sie gelten ab jetzt.",
        AccessWord::DonePasswordReset => {
            "Das Passwort wurde entfernt, alle Sitzungen wurden beendet."
        }
        AccessWord::DoneDisabled => "Der Benutzer wurde gesperrt, alle Sitzungen wurden beendet.",
        AccessWord::DoneEnabled => "Der Benutzer wurde wieder zugelassen.",
        AccessWord::Account => "Ihr Konto",
        AccessWord::YourRoles => "Ihre Rollen",
        AccessWord::NoRights => {
            "Sie haben noch in keinem Rechenzentrum eine Rolle. Ein Administrator kann Ihnen eine geben."
        }
        AccessWord::Password => "Passwort",
        AccessWord::NoPasswordHint => {
            "Sie haben noch kein Passwort; ohne brauchen Sie jedes Mal einen Anmeldelink."
        }
        AccessWord::CurrentPassword => "Bisheriges Passwort",
        AccessWord::NewPassword => "Neues Passwort",
        AccessWord::RepeatPassword => "Neues Passwort noch einmal",
        AccessWord::PasswordHint => "Mindestens 10 Zeichen. Ihre anderen Sitzungen enden.",
        AccessWord::ChangePassword => "Passwort ändern",
        AccessWord::DonePassword => {
            "Ihr Passwort wurde geändert, Ihre anderen Sitzungen wurden beendet."
        }
        AccessWord::Language => "Sprache",
        AccessWord::LanguageHint => "Steht in Ihrem Konto und folgt Ihnen in andere Browser.",
        AccessWord::YourSessions => "Ihre Sitzungen",
        AccessWord::Device => "Gerät, wie es sich nennt",
        AccessWord::Address => "Adresse",
        AccessWord::Began => "Begonnen",
        AccessWord::Ends => "Endet spätestens",
        AccessWord::ThisSession => "diese Sitzung",
        AccessWord::EndSession => "Diese Sitzung beenden",
        AccessWord::EndOthers => "Alle anderen Sitzungen beenden",
        AccessWord::DoneEnded => "Beendet.",
        AccessWord::Keys => "API-Schlüssel",
        AccessWord::KeysIntro => {
            "Ein Programm sendet einen Schlüssel, statt sich anzumelden. Er darf höchstens, was Sie dürfen, keine Seiten öffnen und weder Benutzer noch Schlüssel verwalten."
        }
        AccessWord::NoKeys => "Sie haben keinen API-Schlüssel.",
        AccessWord::NewKey => "Neuer API-Schlüssel",
        AccessWord::KeyRole => "Höchstens die Rolle",
        AccessWord::KeyWhere => "Rechenzentren",
        AccessWord::AllOfYours => "alle Ihre",
        AccessWord::KeyWhereHint => "Keines gewählt heißt alle Ihre, auch später hinzukommende.",
        AccessWord::KeyDays => "Gültig für Tage",
        AccessWord::CreateKey => "API-Schlüssel erstellen",
        AccessWord::KeyShown => "Neuer API-Schlüssel",
        AccessWord::KeyShownHint => {
            "Kopieren Sie ihn jetzt: Er wird nur als Hash gespeichert und nicht wieder gezeigt."
        }
        AccessWord::Expires => "Läuft ab",
        AccessWord::Expired => "abgelaufen",
        AccessWord::Revoke => "Widerrufen",
        AccessWord::DoneRevoked => "Der Schlüssel wurde widerrufen.",
        AccessWord::Sessions => "Sitzungen",
        AccessWord::SessionsIntro => {
            "Jede Sitzung, die nicht beendet ist. Eine Sitzung endet nach 12 Stunden ohne Benutzung und in jedem Fall nach 7 Tagen."
        }
        AccessWord::Settings => "Einstellungen",
        AccessWord::SettingsIntro => "Was für den ganzen Server gilt.",
        AccessWord::TwoPersons => "Vier-Augen-Prinzip",
        AccessWord::TwoApprovals => {
            "Eine Konfiguration freizugeben braucht zwei verschiedene Personen"
        }
        AccessWord::TwoApprovalsHint => {
            "Was auch immer die Richtlinien ihrer Cluster sagen. Sonst entscheidet jede Richtlinie."
        }
        AccessWord::TwoResets => {
            "Einen Alarm zurückzusetzen braucht zwei verschiedene Personen, solange seine Ursache nicht behoben ist"
        }
        AccessWord::TwoResetsHint => {
            "Die erste bittet darum und sagt warum; eine andere bestätigt oder lehnt ab. Hat der Host inzwischen bestanden, genügt eine."
        }
        AccessWord::DoneSettings => "Gespeichert.",
        AccessWord::WaitingResets => "Zurücksetzungen, die auf eine zweite Person warten",
        AccessWord::WaitingApprovals => "Konfigurationen, die auf die zweite Freigabe warten",
        AccessWord::AwaitsSecond => "Erbeten. Es geschieht, sobald ein anderer Operator bestätigt.",
        AccessWord::YouAsked => "Sie haben darum gebeten: Ein anderer Operator muss bestätigen.",
        AccessWord::ConfirmHint => {
            "Setzt den Alarm auf Grün zurück, wie der andere Operator es erbeten hat."
        }
        AccessWord::DeclineHint => "Der Alarm bleibt rot. Der Grund steht im Verlauf.",
    }
}
