//! Die eigenen Protokolle des Betriebssystems erklären, was es gemessen hat.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK_IMA: &str = "Hostseite: der fehlgeschlagene Prüfpunkt, PCR 10, was gestartet wurde. Auf dem Host: /sys/kernel/security/ima/ascii_runtime_measurements, /sys/kernel/security/ima/violations, tpm2_pcrread sha256:10.";
const LOOK_SYSTEMD: &str = "Hostseite: der fehlgeschlagene Prüfpunkt, PCR-Werte. Auf dem Host: /run/log/systemd/tpm2-measure.log, journalctl -u 'systemd-pcr*', tpm2_pcrread.";
const REBOOT: &str = "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn neu: Damit beginnen Liste und Register von vorn.";
const INCIDENT: &str = "Tritt es ohne solche Ursache wieder auf, behandeln Sie den Host als manipuliert: root kann ändern, was der Agent liest, aber nicht, was in PCR 10 steht.";

pub(super) const IMA_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Die Messliste von IMA erklärt PCR 10 nicht",
    sentence: "[{place}|PCR 10]: Kein Anfang der Liste[ mit {entries} Einträgen] führt zum bestätigten Wert.[ Der letzte Eintrag, den eine Bestätigung bewiesen hat, ist Nummer {matched}.][ Eintrag {entry} ist der erste, dessen Digest nicht zu seinem Inhalt passt.]",
    cause: "Ein neuer Kernel wurde mit kexec gestartet, ohne die Liste zu übergeben; etwas anderes als IMA hat PCR 10 erweitert; oder Einträge wurden verändert, entfernt oder verborgen.",
    remedy: &[
        "Klären Sie, ob der Host seit dem Start mit kexec auf einen anderen Kernel gewechselt hat oder ob eines Ihrer Produkte PCR 10 erweitert.",
        "Vergleichen Sie die Liste auf dem Host mit der gesendeten: Fehlen Einträge, oder ist einer verändert?",
        REBOOT,
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_MALFORMED: ReasonEntry = ReasonEntry {
    title: "Die Messliste von IMA ist nicht lesbar",
    sentence: "[{place}: |]Die Liste verletzt das Format des Kernels[: {found}].",
    cause: "Der Kernel benutzt eine Vorlage, einen Digest-Algorithmus oder ein Feld, das dieser Server nicht kennt, die Maschine ist Big-Endian, oder die Liste wurde auf dem Weg zum Agenten verändert.",
    remedy: &[
        "Sehen Sie nach der Vorlage: ima_template= auf der Befehlszeile des Kernels und CONFIG_IMA_DEFAULT_TEMPLATE des Kernels.",
        "Aktualisieren Sie diesen Server, wenn der Kernel neuer ist als er.",
        "Bestehen andere Hosts mit demselben Kernel, behandeln Sie den Host als manipuliert.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_HIDDEN: ReasonEntry = ReasonEntry {
    title: "Der Host verbirgt eine IMA-Liste, die er seit diesem Start hatte",
    sentence: "[Eine frühere Antwort seit diesem Start enthielt {entries} Einträge|Seit diesem Start gab es schon eine Liste]; jetzt gibt es keine[: {found}].",
    cause: "Ohne Neustart kann die Liste nicht verschwinden: securityfs wurde ausgehängt oder überdeckt, der Agent hat Rechte verloren, ein älterer Agent wurde gestartet, oder jemand will nicht, dass die Liste gesehen wird.",
    remedy: &[
        "Prüfen Sie, ob der Benutzer des Agenten auf dem Host /sys/kernel/security/ima lesen kann (hängen Sie securityfs ein, wenn es fehlt).",
        "Prüfen Sie, welche Version des Agenten läuft und wer sie geändert hat.",
        "War es niemand, behandeln Sie es als Vorfall: Versetzen Sie den Host in den Wartungsmodus und lassen Sie die Maschine, wie sie ist.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_BOOT_AGGREGATE: ReasonEntry = ReasonEntry {
    title: "Das boot_aggregate von IMA ist nicht das dieses Starts",
    sentence: "[{place}: |]Die Liste beginnt nicht mit dem Hash über die Register, die Firmware und Bootloader gefüllt haben[: {expected} erwartet, {found} gefunden].",
    cause: "Der Kernel hat IMA gestartet, bevor das TPM bereit war, bildet den Hash über andere Register, als man es von Kerneln kennt, oder die Liste stammt von einem anderen Start.",
    remedy: &[
        "Suchen Sie im Kernel-Protokoll nach ima und tpm: War das TPM gefunden, bevor IMA startete?",
        "Aktualisieren Sie den Kernel, oder bauen Sie den Treiber des TPM fest ein, statt ihn als Modul zu laden.",
        REBOOT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_VIOLATIONS: ReasonEntry = ReasonEntry {
    title: "Dateien haben sich geändert, während IMA sie gemessen hat",
    sentence: "[{violations} Verletzungen|Es gibt Verletzungen][ unter {entries} Einträgen][; die erste betrifft {found}].",
    cause: "Eine Datei wurde geschrieben, während sie zum Messen gelesen wurde: ein Protokoll oder eine Datenbank, die die IMA-Richtlinie unnötig erfasst, oder ein Programm, das im laufenden Betrieb überschrieben wurde. Was wirklich gelesen wurde, ist dann unbekannt.",
    remedy: &[
        "Sehen Sie sich die Einträge aus Nullen in der Liste an: Welche Dateien sind es?",
        "Nehmen Sie Dateien, die sich naturgemäß ändern, aus der IMA-Richtlinie heraus (dont_measure), und installieren Sie Programme durch Umbenennen statt durch Überschreiben.",
        "Ist ein Programm oder eine Bibliothek darunter, die niemand aktualisiert hat, behandeln Sie es als Vorfall.",
        "Mit dem nächsten Start beginnt die Zählung von vorn.",
    ],
    look: LOOK_IMA,
};

pub(super) const OS_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Die Protokolle des Systems erklären ein PCR nicht, von dem sie sprechen",
    sentence: "[{place}|Ein PCR]: Das Protokoll der Firmware und das von systemd ergeben zusammen nicht den bestätigten Wert[; {events} Ereignisse].",
    cause: "Etwas anderes hat das Register erweitert, ohne es zu protokollieren (tpm2_pcrextend, ein Werkzeug zur Festplattenverschlüsselung, ein anderes Produkt), oder aus dem Protokoll wurden Einträge entfernt.",
    remedy: &[
        "Sehen Sie in der PCR-Tabelle nach: Welches Register ist es, und wofür wird es benutzt?",
        "Finden Sie heraus, welche Software es seit dem Start erweitert und ob sie das in /run/log/systemd/tpm2-measure.log vermerken kann.",
        "Starten Sie neu und sehen Sie, ob der Unterschied wieder auftritt.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_MALFORMED: ReasonEntry = ReasonEntry {
    title: "Das Messprotokoll von systemd ist nicht lesbar",
    sentence: "[{place}: |]Das Protokoll verletzt sein Format[: {found}].",
    cause: "Ein Programm, das sich nicht an das Format hält, hat in das Protokoll geschrieben, die Datei wurde beschädigt, oder sie wurde bearbeitet.",
    remedy: &[
        "Sehen Sie sich den Eintrag in /run/log/systemd/tpm2-measure.log an und wer in die Datei schreiben kann.",
        "Die Datei entsteht mit jedem Start neu: Starten Sie neu und sehen Sie, ob es wieder auftritt.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_HIDDEN: ReasonEntry = ReasonEntry {
    title: "Der Host verbirgt ein systemd-Protokoll, das er seit diesem Start hatte",
    sentence: "Eine frühere Antwort seit diesem Start enthielt das Messprotokoll von systemd; jetzt gibt es keines[: {found}].",
    cause: "Die Datei wurde gelöscht, der Agent hat Rechte verloren, oder ein älterer Agent wurde gestartet.",
    remedy: &[
        "Prüfen Sie, ob /run/log/systemd/tpm2-measure.log vorhanden ist und ob der Benutzer des Agenten es lesen darf.",
        "Hat es niemand gelöscht, behandeln Sie es als Vorfall.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_SYSTEMD,
};
