//! Was das Protokoll über Secure Boot sagt.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Hostseite: Secure Boot, PCR 7 in der PCR-Tabelle, der fehlgeschlagene Prüfpunkt. Auf dem Host: mokutil --sb-state; tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements. Firmware-Setup unter Boot oder Security.";
const TO_SETUP: &str =
    "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.";
const UPDATE_FIRMWARE: &str = "Aktualisieren Sie die Firmware des Boards und starten Sie neu: Meist kommt dies von einem Fehler der Firmware.";
const INCIDENT: &str = "Zeigt es nur dieser Host und hat niemand an ihm gearbeitet, behandeln Sie es als Sicherheitsvorfall: Jemand kann sein Protokoll oder seine Firmware verändert haben.";
const COMPARE: &str = "Vergleichen Sie mit anderen Hosts desselben Modells: Zeigen es alle, liegt es an der Firmware.";

pub(super) const DISABLED: ReasonEntry = ReasonEntry {
    title: "Secure Boot ist auf dem Host deaktiviert",
    sentence: "Die Firmware hat beim letzten Start gemessen, dass Secure Boot aus war[, in {place}][; zuletzt eingeschaltet gesehen: {last_on}]. Schalten Sie es im Firmware-Setup ein und starten Sie neu.",
    cause: "Jemand hat Secure Boot im Firmware-Setup abgeschaltet, oft um ein Rettungsmedium zu starten oder nach dem Zurücksetzen der Firmware; auch ein Firmware-Update oder eine leere Batterie auf dem Board kann es bewirken.",
    remedy: &[
        "Klären Sie, ob jemand es absichtlich abgeschaltet hat. Wenn nicht, sehen Sie sich Starteinträge und Verlauf an, bevor Sie weitermachen.",
        TO_SETUP,
        "Schalten Sie Secure Boot ein, im User Mode (Standard), nicht im Setup oder Audit Mode; stellen Sie die Werksschlüssel wieder her, wenn die Schlüsseldatenbank leer ist.",
        "Speichern Sie und starten Sie den Host. Startet er dann nicht, ist sein Bootloader oder Kernel nicht mit einem Schlüssel aus db signiert: Installieren Sie signierte.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const UNSUPPORTED: ReasonEntry = ReasonEntry {
    title: "Die Firmware misst keinen Secure-Boot-Zustand",
    sentence: "PCR 7 und sein Protokoll sagen nichts über Secure Boot[ ({place})].",
    cause: "Der Host wurde im alten BIOS-Modus (CSM) gestartet, oder seine Firmware kennt Secure Boot nicht.",
    remedy: &[
        TO_SETUP,
        "Schalten Sie den alten BIOS-Modus (CSM) ab, starten Sie im UEFI-Modus und schalten Sie Secure Boot ein.",
        "Kennt die Firmware kein Secure Boot, aktualisieren Sie sie; Hardware ganz ohne Secure Boot kann nicht bestehen.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MISPLACED: ReasonEntry = ReasonEntry {
    title: "Eine Secure-Boot-Variable fehlt im Protokoll, steht doppelt oder am falschen Platz",
    sentence: "[{variable}|Eine Secure-Boot-Variable] ist nicht genau einmal dort gemessen, wo sie es sein muss[ ({place})].",
    cause: "Die Firmware schreibt das Protokoll falsch, oder jemand hat einen zweiten, besser aussehenden Wert gemessen.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, INCIDENT, AFTER_BOOT],
    look: LOOK,
};

pub(super) const DATA_FORGED: ReasonEntry = ReasonEntry {
    title: "Ein Secure-Boot-Ereignis im Protokoll wurde gefälscht",
    sentence: "Die Daten eines Ereignisses sind nicht die, die sein Digest abdeckt[ ({place})].",
    cause: "Das Protokoll wurde auf dem Host verändert, damit Secure Boot besser aussieht, als es war. Einige sehr alte Bootloader protokollieren auch andere Bytes, als sie messen.",
    remedy: &[
        "Behandeln Sie es zunächst als Sicherheitsvorfall: Versetzen Sie den Host in den Wartungsmodus und verlagern Sie seine Arbeit.",
        "Vergleichen Sie mit anderen Hosts desselben Modells und mit demselben Bootloader.",
        "Installieren Sie den Bootloader aus seinem Paket neu, aktualisieren Sie die Firmware und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MALFORMED: ReasonEntry = ReasonEntry {
    title: "Eine Secure-Boot-Variable ist nicht lesbar",
    sentence: "[{variable}|Eine Secure-Boot-Variable] oder eine Liste darin verletzt die Regeln ihres Formats[ ({place})].",
    cause: "Eine beschädigte Schlüssel- oder Widerrufsliste wurde eingetragen, oder die Firmware schreibt das Protokoll falsch.",
    remedy: &[
        TO_SETUP,
        "Stellen Sie die Secure-Boot-Schlüssel ab Werk wieder her und spielen Sie die aktuelle Widerrufsliste (dbx) wieder ein.",
        UPDATE_FIRMWARE,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KEYS_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot ist an, aber seine Schlüssel sind nicht eingetragen",
    sentence: "Secure Boot gibt sich als eingeschaltet aus, während PK, KEK oder db leer ist[ ({place})].",
    cause: "Die Schlüssel wurden im Firmware-Setup gelöscht (Setup Mode), oder die Firmware ist fehlerhaft. Ohne Schlüssel prüft Secure Boot nichts.",
    remedy: &[
        TO_SETUP,
        "Stellen Sie die Secure-Boot-Schlüssel ab Werk wieder her, oder tragen Sie eigene PK, KEK und db ein, und verlassen Sie den Setup Mode.",
        "Speichern Sie und starten Sie den Host.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot ist an, aber nichts Gestartetes wurde als geprüft gemessen",
    sentence: "Das Protokoll nennt keine Instanz, die das Gestartete bestätigt hat[ ({place})].",
    cause: "Die Firmware hat etwas ungeprüft gestartet, oder sie misst die bestätigende Instanz nicht.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, INCIDENT, AFTER_BOOT],
    look: LOOK,
};

pub(super) const AUTHORITY_UNKNOWN: ReasonEntry = ReasonEntry {
    title: "Gestartetes wurde von einer Instanz signiert, die nicht in db steht",
    sentence: "Die Instanz, die das Gestartete signiert hat, steht nicht in der Signaturdatenbank[ ({place})].",
    cause: "Der Bootloader verwendet einen eigenen Machine Owner Key, db wurde nach der Messung geändert, oder das Protokoll wurde verändert.",
    remedy: &[
        "Finden Sie heraus, wer den Schlüssel eingetragen hat: ein auf diesem Rechner signierter Treiber oder Kernel (mokutil --list-enrolled)?",
        "Ist er gewollt, tragen Sie ihn in db ein; wenn nicht, entfernen Sie ihn und installieren Sie Bootloader und Kernel aus ihren Paketen neu.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_REVOKED: ReasonEntry = ReasonEntry {
    title: "Gestartetes wurde von einer widerrufenen Instanz signiert",
    sentence: "Die Instanz, die das Gestartete signiert hat, steht auf der Widerrufsliste (dbx)[ ({place})].",
    cause: "Ein alter Bootloader mit einer bekannten Schwäche wurde gestartet, oder die Firmware hat ihre Widerrufsliste nicht beachtet.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus.",
        "Installieren Sie den aktuellen Bootloader (shim, GRUB oder das Unified Kernel Image) der Distribution und entfernen Sie alte Starteinträge.",
        "Aktualisieren Sie die Firmware und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const TEST_KEY: ReasonEntry = ReasonEntry {
    title: "Der Plattformschlüssel ist ein öffentlicher Testschlüssel",
    sentence: "Der private Teil des Plattformschlüssels ist öffentlich; jeder kann also die Secure-Boot-Schlüssel dieses Hosts ändern (CVE-2024-8105)[; {place}].",
    cause: "Der Hersteller des Boards hat seine Firmware mit einem Testschlüssel („DO NOT TRUST“) ausgeliefert.",
    remedy: &[
        "Aktualisieren Sie die Firmware auf eine Version mit einem eigenen Schlüssel des Herstellers.",
        TO_SETUP,
        "Stellen Sie die Secure-Boot-Schlüssel der neuen Firmware wieder her, oder tragen Sie einen eigenen Plattformschlüssel ein.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const DEBUG_MODE: ReasonEntry = ReasonEntry {
    title: "Der UEFI-Debugmodus war eingeschaltet",
    sentence: "Die Firmware hat gemessen, dass beim Start ein Debugger angeschlossen werden konnte[ ({place})].",
    cause: "Im Firmware-Setup ist der Debugmodus an, oder es ist eine Entwicklungsversion der Firmware installiert. Damit lässt sich Secure Boot umgehen.",
    remedy: &[
        TO_SETUP,
        "Schalten Sie alle Debug-Einstellungen ab, oder installieren Sie eine freigegebene Version der Firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SETUP_MODE: ReasonEntry = ReasonEntry {
    title: "Secure Boot war an, während seine Schlüssel änderbar waren",
    sentence: "Die Firmware war im Setup-Modus oder im Audit-Modus[ ({place})]: Jeder hätte die Schlüssel ersetzen können.",
    cause: "Der Plattformschlüssel wurde im Firmware-Setup gelöscht und nie wieder eingetragen, oder ein Werkzeug hat die Firmware in diesem Modus gelassen.",
    remedy: &[
        TO_SETUP,
        "Stellen Sie die Werksschlüssel wieder her oder tragen Sie einen eigenen Plattformschlüssel ein: Das beendet den Setup-Modus. Schalten Sie den Audit-Modus aus.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SHIM_VALIDATION_DISABLED: ReasonEntry = ReasonEntry {
    title: "shim startet Bootloader und Kernel, ohne sie zu prüfen",
    sentence: "shim wurde angewiesen, nichts zu prüfen[ ({place})]; damit sagt Secure Boot nichts über Bootloader und Kernel.",
    cause: "Jemand hat mokutil --disable-validation ausgeführt und an der Konsole bestätigt, meist um einen unsignierten Kernel oder ein unsigniertes Modul zu laden.",
    remedy: &[
        "Klären Sie, wer das warum abgeschaltet hat. War es niemand, behandeln Sie es als Sicherheitsvorfall: Es braucht jemanden an der Konsole.",
        "Versetzen Sie den Host in den Wartungsmodus, führen Sie auf ihm mokutil --enable-validation aus, starten Sie neu und bestätigen Sie es an der Konsole.",
        "Signieren Sie eigene Kernel und Module stattdessen mit einem Schlüssel, der als Machine Owner Key eingetragen ist.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MACHINE_OWNER_KEY_USED: ReasonEntry = ReasonEntry {
    title: "Etwas wurde wegen eines Schlüssels gestartet, den der Besitzer eingetragen hat",
    sentence: "Ein Schlüssel aus der Liste des Besitzers (MOK) hat ein Abbild starten lassen[ ({place})].",
    cause: "Auf dem Host läuft ein Kernel, ein Bootloader oder ein Modul, das im Haus oder vom Installer eines Treibers (DKMS) signiert wurde, und jemand hat den Schlüssel an der Konsole eingetragen.",
    remedy: &[
        "Vergleichen Sie den Schlüssel mit denen, die Sie selbst eintragen: mokutil --list-enrolled auf dem Host.",
        "Ist es Ihrer, lockern Sie diesen Prüfpunkt in der Richtlinie des Clusters mit dieser Begründung, oder gewähren Sie dem Host eine Ausnahme.",
        "Kennt ihn niemand, entfernen Sie ihn mit mokutil --delete, starten Sie neu und suchen Sie, was er signiert hat.",
    ],
    look: LOOK,
};

pub(super) const REVOCATIONS_MISSING: ReasonEntry = ReasonEntry {
    title: "Die Liste widerrufener Startsoftware ist veraltet",
    sentence: "In dbx fehlen Widerrufe der offiziellen Liste[ vom {official_of}][; es fehlen {missing}].",
    cause: "Die Aktualisierung der Liste wurde nie eingespielt; Hersteller und Distributionen liefern sie getrennt von ihren anderen Aktualisierungen.",
    remedy: &[
        "Aktualisieren Sie zuerst shim, den Bootloader und andere Medien, von denen der Host startet: Alte sind mit der neuen Liste widerrufen und starten nicht mehr.",
        "Spielen Sie die Aktualisierung im Wartungsmodus ein: fwupdmgr update oder die Aktualisierung des Herstellers der Firmware; starten Sie dann neu.",
        "Ist die Liste des Servers die alte, ersetzen Sie sie durch die aktuelle Datei dbxupdate.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const ROLLOVER_PENDING: ReasonEntry = ReasonEntry {
    title: "Schlüssel von Microsoft laufen 2026 ab, ihre Nachfolger sind nicht eingetragen",
    sentence: "Die Firmware enthält die Schlüssel von 2011 ohne die von 2023[ ({place})].",
    cause: "Die Firmware wurde nicht aktualisiert, seit Microsoft neue Schlüssel ausgegeben hat. Was mit den alten signiert ist, startet weiter; Bootloader, die nur mit den neuen signiert sind, starten nicht, und neue Widerrufe nimmt der Host nicht an.",
    remedy: &[
        "Das ist planbare Arbeit und kein Vorfall: Die Änderung von db und KEK, die folgt, ist zu erwarten.",
        "Spielen Sie die Firmware-Aktualisierung des Herstellers mit den Schlüsseln von 2023 ein oder die Aktualisierungen von db und KEK über fwupd.",
        "PCR 7 ändert sich dadurch: Geben Sie danach die neue Konfiguration frei, und erneuern Sie, was an PCR 7 gebunden ist (Festplattenverschlüsselung).",
        AFTER_BOOT,
    ],
    look: LOOK,
};
