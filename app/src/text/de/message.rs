//! Was eine Zeile sonst sagt, und was der Server ablehnt.

use crate::text::message::{MessageEntry, Messages};
use crate::text::refusal::Refusals;

pub(super) const MESSAGES: Messages = Messages {
    no_tpm: MessageEntry {
        title: "Kein TPM 2.0 gefunden",
        sentence: "Der Host meldet kein TPM 2.0, und die Richtlinie erlaubt Hosts ohne TPM. Hat er eines, schalten Sie es im Firmware-Setup ein.",
    },
    malformed: MessageEntry {
        title: "Der Nachweis ist nicht lesbar",
        sentence: "Ein Teil dessen, was der Host gesendet hat[ ({part})], ist beschädigt oder nicht in seinem Format[: {problem}]. Aktualisieren Sie den Agenten oder starten Sie ihn neu, und prüfen Sie noch einmal.",
    },
    host_refused: MessageEntry {
        title: "Der Host konnte keinen Nachweis liefern",
        sentence: "Der Agent hat geantwortet[: {problem}|, ohne einen Grund zu nennen].",
    },
    not_evaluated: MessageEntry {
        title: "Ein Prüfpunkt konnte nicht geprüft werden",
        sentence: "Die Richtlinie verlangt [den Prüfpunkt „{check}“|einen Prüfpunkt], der nicht geprüft werden konnte[: {problem}].",
    },
    never_verified: MessageEntry {
        title: "Nie geprüft",
        sentence: "Von diesem Host wurde noch kein Nachweis bewertet.",
    },
    verification_failed: MessageEntry {
        title: "Die letzte Prüfung konnte nicht abgeschlossen werden",
        sentence: "Versucht am {at}: {problem}. Was in den Spalten steht, ist älter.",
    },
    not_responding: MessageEntry {
        title: "Antwortet nicht",
        sentence: "Keine Sitzung seit {since}. Was in den Spalten steht, ist von vorher.",
    },
    disconnected: MessageEntry {
        title: "Getrennt",
        sentence: "Ein Operator hat diesen Host getrennt[: {reason}]. Er wird nicht geprüft, bis er wieder verbunden wird.",
    },
};

pub(super) const REFUSALS: Refusals = Refusals {
    sign_in_required: "Melden Sie sich zuerst an; niemand ist angemeldet, oder die Sitzung ist abgelaufen.",
    wrong_credentials: "Name oder Passwort ist falsch.",
    key_refused: "Der API-Schlüssel ist nicht gültig: unbekannt, abgelaufen oder widerrufen.",
    not_with_key: "Das geht nicht mit einem API-Schlüssel; melden Sie sich an.",
    forbidden: "Dafür ist die Rolle {role} nötig.",
    cross_site: "Die Anfrage kam nicht von einer Seite dieses Trustboard, deshalb wurde nichts getan. Öffnen Sie die Seite neu und wiederholen Sie es dort.",
    not_found: "Das gibt es nicht[: {what}]; vielleicht wurde es entfernt.",
    stale: "Der Host hat sich geändert, seit diese Seite geladen wurde, deshalb wurde nichts getan[. Jetzt: {now}].",
    conflict: "Der Zustand lässt das nicht zu[: {problem}].",
    invalid: "[{field}: {problem}|Ein Feld ist nicht zulässig].",
    too_many: "Zu viele Versuche. Versuchen Sie es in {seconds} s noch einmal.",
    read_only: "Der Server kann nicht schreiben: Sein Datenträger ist voll oder fällt aus. Er zeigt, was zuletzt aufgezeichnet wurde, ändert aber nichts und zeichnet keine Prüfung auf. Sobald er wieder schreiben kann, fährt er von selbst fort.",
    unavailable: "Der Server konnte das jetzt nicht tun, und nichts wurde geändert.[ Sein Protokoll sagt unter {trace}, warum.]",
};
