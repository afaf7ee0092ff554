//! Was eine Zeile sonst sagt, und was der Server ablehnt.

use trustboard_model::refusal::Refusal;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use crate::text::message::MessageEntry;

pub(super) fn cause(cause: &Cause) -> MessageEntry {
    let (title, sentence) = match cause {
        Cause::NoTpm => (
            "Kein TPM 2.0 gefunden",
            "Der Host meldet kein TPM 2.0, und die Richtlinie erlaubt Hosts ohne TPM. Hat er eines, schalten Sie es im Firmware-Setup ein.",
        ),
        Cause::Malformed { .. } => (
            "Der Nachweis ist nicht lesbar",
            "Ein Teil dessen, was der Host gesendet hat[ ({part})], ist beschädigt oder nicht in seinem Format[: {problem}]. Aktualisieren Sie den Agenten oder starten Sie ihn neu, und prüfen Sie noch einmal.",
        ),
        Cause::HostRefused { .. } => (
            "Der Host konnte keinen Nachweis liefern",
            "Der Agent hat geantwortet[: {problem}|, ohne einen Grund zu nennen].",
        ),
        Cause::NotEvaluated { .. } => (
            "Ein Prüfpunkt konnte nicht geprüft werden",
            "Die Richtlinie verlangt [den Prüfpunkt „{check}“|einen Prüfpunkt], der nicht geprüft werden konnte[: {problem}].",
        ),
    };
    MessageEntry { title, sentence }
}

pub(super) fn message(message: &Message) -> Option<MessageEntry> {
    let (title, sentence) = match message {
        Message::Nothing
        | Message::Reasons { .. }
        | Message::Warnings { .. }
        | Message::Unknown { .. } => return None,
        Message::NeverVerified => {
            ("Nie geprüft", "Von diesem Host wurde noch kein Nachweis bewertet.")
        }
        Message::VerificationFailed { .. } => (
            "Die letzte Prüfung konnte nicht abgeschlossen werden",
            "Versucht am {at}: {problem}. Was in den Spalten steht, ist älter.",
        ),
        Message::NotResponding { .. } => (
            "Antwortet nicht",
            "Keine Sitzung seit {since}. Was in den Spalten steht, ist von vorher.",
        ),
        Message::Disconnected { .. } => (
            "Getrennt",
            "Ein Operator hat diesen Host getrennt[: {reason}]. Er wird nicht geprüft, bis er wieder verbunden wird.",
        ),
    };
    Some(MessageEntry { title, sentence })
}

pub(super) fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignInRequired => {
            "Melden Sie sich zuerst an; niemand ist angemeldet, oder die Sitzung ist abgelaufen."
        }
        Refusal::WrongCredentials => "Name oder Passwort ist falsch.",
        Refusal::Forbidden { .. } => "Dafür ist die Rolle {role} nötig.",
        Refusal::CrossSite => {
            "Die Anfrage kam nicht von einer Seite dieses Trustboard, deshalb wurde nichts getan. Öffnen Sie die Seite neu und wiederholen Sie es dort."
        }
        Refusal::NotFound { .. } => "Das gibt es nicht[: {what}]; vielleicht wurde es entfernt.",
        Refusal::Stale { .. } => {
            "Der Host hat sich geändert, seit diese Seite geladen wurde, deshalb wurde nichts getan[. Jetzt: {now}]."
        }
        Refusal::Conflict { .. } => "Der Zustand lässt das nicht zu[: {problem}].",
        Refusal::Invalid { .. } => "[{field}: {problem}|Ein Feld ist nicht zulässig].",
        Refusal::TooMany { .. } => {
            "Zu viele Versuche. Versuchen Sie es in {seconds} s noch einmal."
        }
        Refusal::Unavailable { .. } => {
            "Der Server konnte das jetzt nicht tun, und nichts wurde geändert.[ Sein Protokoll sagt unter {trace}, warum.]"
        }
    }
}
