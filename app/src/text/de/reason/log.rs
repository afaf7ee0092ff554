//! Das Ereignisprotokoll ist lesbar und erklärt die PCR-Werte.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Hostseite: der fehlgeschlagene Prüfpunkt, PCR-Werte, Prüfaufträge. Auf dem Host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
const UPDATE_FIRMWARE: &str = "Versetzen Sie den Host in den Wartungsmodus, aktualisieren Sie die Firmware des Boards und starten Sie neu: Die meisten solcher Protokolle kommen von einem Fehler der Firmware.";
const COMPARE: &str = "Vergleichen Sie mit anderen Hosts desselben Modells: Zeigen es alle, liegt es an der Firmware; zeigt es nur dieser, prüfen Sie, was an ihm geändert wurde.";

pub(super) const MISSING_SECURE_BOOT_OFF: ReasonEntry = ReasonEntry {
    title: "Secure Boot ist aus, und der Host hat kein Ereignisprotokoll",
    sentence: "Laut der Variablen der Firmware ist Secure Boot aus[; PCR 7 hat es zuletzt als eingeschaltet bewiesen: {last_on}], und der Agent hat kein Ereignisprotokoll gesendet: Was gestartet wurde, lässt sich nicht beweisen. Schalten Sie Secure Boot im Firmware-Setup ein und starten Sie neu.",
    cause: "Ist Secure Boot aus, startet GRUB Linux am EFI-Stub des Kernels vorbei, und nur der Stub übergibt dem Kernel das Protokoll der Firmware: Mit Secure Boot verschwindet auch das Protokoll. Jemand hat es im Firmware-Setup abgeschaltet, oft um ein Rettungsmedium zu starten, oder die Firmware wurde zurückgesetzt.",
    remedy: &[
        "Klären Sie, ob jemand Secure Boot absichtlich abgeschaltet hat. Wenn nicht, sehen Sie sich Starteinträge und Verlauf an, bevor Sie weitermachen.",
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Schalten Sie Secure Boot ein, im User Mode (Standard); stellen Sie die Werksschlüssel wieder her, wenn die Schlüsseldatenbank leer ist. Speichern Sie und starten Sie den Host: Damit kommt auch das Protokoll zurück.",
        "Fehlt das Protokoll dann immer noch, führen Sie auf dem Host trustboard-agent status aus: Dort steht, warum.",
        AFTER_BOOT,
    ],
    look: "Hostseite: warum es kein Protokoll gibt, und die Secure-Boot-Variable, unter den Angaben des Hosts. Auf dem Host: mokutil --sb-state; dmesg | grep -i -e secureboot -e TPMEventLog.",
};

pub(super) const MISSING: ReasonEntry = ReasonEntry {
    title: "Der Host hat kein Ereignisprotokoll",
    sentence: "Der Agent hat kein Ereignisprotokoll gesendet.",
    cause: "Der Kernel gibt das Protokoll nicht heraus (securityfs ist nicht eingehängt, die Firmware hat keines geliefert), der Agent darf es nicht lesen, oder der Host wurde im alten BIOS-Modus gestartet.",
    remedy: &[
        "Führen Sie auf dem Host trustboard-agent status aus: Dort steht, warum es kein Protokoll gibt.",
        "Prüfen Sie, ob /sys/kernel/security eingehängt ist und ob der Agent dort tpm0/binary_bios_measurements lesen darf.",
        "Stellen Sie im Firmware-Setup den UEFI-Modus statt des alten BIOS-Modus ein und schalten Sie das TPM ein.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: warum es kein Protokoll gibt, unter den Angaben des Hosts. Auf dem Host: ls -l /sys/kernel/security/tpm0/.",
};

pub(super) const TRUNCATED: ReasonEntry = ReasonEntry {
    title: "Das Ereignisprotokoll ist unvollständig",
    sentence: "Das Protokoll bricht mitten in einem Ereignis ab[ ({place})].",
    cause: "Der Puffer der Firmware für das Protokoll ist voll, oder das Protokoll wurde beim Lesen oder Senden abgeschnitten.",
    remedy: &[
        "Klicken Sie auf „Jetzt prüfen“: Wurde das Protokoll unterwegs abgeschnitten, ist das nächste vollständig.",
        UPDATE_FIRMWARE,
        "Entfernen Sie, was das Protokoll füllt: unbenutzte Starteinträge, Option-ROMs von Karten, von denen nicht gestartet wird.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "Das Ereignisprotokoll verletzt die Regeln seines Formats",
    sentence: "Das Protokoll ist nicht als TCG-Ereignisprotokoll lesbar[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder es wurde auf dem Host verändert.",
    remedy: &["Klicken Sie auf „Jetzt prüfen“.", COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Das Ereignisprotokoll erklärt die PCR-Werte nicht",
    sentence: "[{place}|Ein PCR des Quotes]: Das Protokoll ergibt [{expected}|einen anderen Wert][, das TPM bestätigt {found}][; {events} Ereignisse].[ Ein Ereignis, das im Protokoll fehlt, würde ihn erklären: {missing_events}.][ Erklärt sind PCR {explained}.][ Der bestätigte Wert ist der nach Ereignis {prefix_events}: Das Protokoll ist neuer als der Quote.]",
    cause: "Das Protokoll wurde auf dem Host verändert, es fehlen Ereignisse (oft durch einen Fehler der Firmware), oder es wurde etwas gemessen, das kein Ereignis geschrieben hat.",
    remedy: &[
        "Sehen Sie in die PCR-Tabelle: Das erste PCR, das nicht passt, sagt, was anders ist: 0 bis 3 Firmware, 4 und 5 Bootloader, 7 Secure Boot, 8 und 9 Kernel und Befehlszeile.",
        COMPARE,
        "Zeigt es nur dieser Host, versetzen Sie ihn in den Wartungsmodus, vergleichen Sie Bootloader und Firmware mit einem gesunden Host, installieren Sie beide neu und starten Sie neu.",
        "Zeigen es alle Hosts des Modells, aktualisieren Sie deren Firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH_OTHER_BANK: ReasonEntry = ReasonEntry {
    title: "Das Ereignisprotokoll erklärt die PCR-Werte einer anderen Bank nicht",
    sentence: "[{place}|Eine andere Bank]: Das Protokoll ergibt nicht den Wert, den das TPM bestätigt[; {events} Ereignisse].",
    cause: "Manche Firmware und manche Bootloader messen in alle Bänke, protokollieren aber nur die Digests einer einzigen. Die Bank der Richtlinie beurteilt ein anderer Prüfpunkt.",
    remedy: &[
        "Sehen Sie nach, ob die Bank der Richtlinie erklärt ist. Wenn ja, ist dies meist eine Unzulänglichkeit der Firmware.",
        "Aktualisieren Sie die Firmware, oder schalten Sie die andere Bank im Firmware-Setup ab, wenn nichts sie braucht.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const STARTUP_LOCALITY: ReasonEntry = ReasonEntry {
    title: "Die Startlokalität im Protokoll steht falsch oder ist unmöglich",
    sentence: "Das Ereignis, das sagt, wie das TPM gestartet wurde, steht doppelt, zu spät oder hat einen unmöglichen Wert[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder es wurde verändert, damit PCR 0 passt.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const NO_ACTION_EXTENDS: ReasonEntry = ReasonEntry {
    title: "Ein bloßer Hinweis gibt vor, ein PCR zu erweitern",
    sentence: "Ein rein informatives Ereignis trägt einen Digest, als wäre es gemessen worden[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder es wurde auf dem Host verändert.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const EVENT_TYPE: ReasonEntry = ReasonEntry {
    title: "Ein Ereignis steht in einem PCR, in dem sein Typ nicht stehen darf",
    sentence: "Der Typ eines Ereignisses ist in seinem PCR nicht zulässig[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder es wurde verändert, um ein Ereignis als ein anderes auszugeben: Die Signatur des TPM deckt Ereignistypen nicht ab.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_MISSING: ReasonEntry = ReasonEntry {
    title: "Im Ereignisprotokoll fehlt ein Separator",
    sentence: "Nichts beendet den Teil der Firmware[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch oder hat vorzeitig abgebrochen, oder aus dem Protokoll wurden Ereignisse herausgeschnitten.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "Das Ereignisprotokoll enthält einen zweiten Separator",
    sentence: "Der Teil der Firmware wird zweimal beendet[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder etwas hat das PCR später erweitert und als Firmware ausgegeben.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_ERROR: ReasonEntry = ReasonEntry {
    title: "Die Firmware hat einen Fehler gemessen",
    sentence: "Wo der Separator stehen sollte, hat die Firmware einen Fehler gemeldet[ ({place})].",
    cause: "Die Firmware konnte beim Start etwas nicht messen: ein Option-ROM, einen Starteintrag oder eine fehlerhafte Karte.",
    remedy: &[
        "Sehen Sie im Management-Controller den Hardwarezustand und die Ereignisliste an.",
        "Versetzen Sie den Host in den Wartungsmodus, schalten Sie ihn ganz aus und wieder ein.",
        "Bleibt es dabei, aktualisieren Sie die Firmware; entfernen Sie Karten einzeln, um die fehlerhafte zu finden.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REGISTER_TYPE: ReasonEntry = ReasonEntry {
    title: "Ein PCR enthält Ereignisse eines Typs, der dort nicht hingehört",
    sentence: "Der Typ eines Ereignisses ist keiner, den das Profil in sein PCR setzt[ ({place})].",
    cause: "Die Firmware mancher Hersteller protokolliert eigene Typen. Die Digests sind bewiesen; was die Typen sagen, ist es nicht.",
    remedy: &[
        COMPARE,
        "Zeigt es nur dieser Host, behandeln Sie es als Sicherheitsvorfall: Ein Ereignis kann einen anderen Typ bekommen haben, um es zu verbergen.",
    ],
    look: LOOK,
};
