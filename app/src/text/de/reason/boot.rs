//! Was das Protokoll über den Verlauf des Starts sagt.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Hostseite: was gestartet wurde, der fehlgeschlagene Prüfpunkt. Auf dem Host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements; efibootmgr -v.";

pub(super) const DMA_PROTECTION_DISABLED: ReasonEntry = ReasonEntry {
    title: "Die Firmware hat den Speicher nicht vor Geräten geschützt",
    sentence: "Die Firmware hat gemessen, dass der DMA-Schutz beim Start aus war[ ({place})].",
    cause: "Die IOMMU (VT-d, AMD-Vi) oder ihr Einsatz vor dem Betriebssystem ist im Firmware-Setup abgeschaltet, oder das Board hat sie nicht.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Schalten Sie VT-d oder AMD-Vi und den DMA-Schutz vor dem Start ein (Kernel DMA Protection).",
        "Kann das Board es nicht, halten Sie Fremde von seinen Steckplätzen und Anschlüssen fern.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const OPTION_FAILED: ReasonEntry = ReasonEntry {
    title: "Ein Starteintrag gab auf, bevor ein anderer versucht wurde",
    sentence: "Eine Anwendung, die die Firmware aufrief, kam zurück, ohne ein System zu starten[ ({place})].",
    cause: "Der erste Starteintrag funktioniert nicht: ein Netzwerkstart ohne Antwort, eine entfernte Festplatte, ein Bootloader, der seine Dateien ablehnte. Das System startete über einen späteren.",
    remedy: &[
        "Sehen Sie sich die Starteinträge auf dem Host an: efibootmgr -v. Entfernen Sie, was nicht funktionieren kann, und setzen Sie den richtigen an die erste Stelle.",
        "Vergewissern Sie sich, dass der Host von dort gestartet ist, von wo er soll: Bootloader und Partitionstabelle stehen auf der Hostseite.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const APPLICATION_BEFORE_OPTION: ReasonEntry = ReasonEntry {
    title: "Eine Anwendung lief, bevor ein Starteintrag aufgerufen wurde",
    sentence: "Die Firmware hat von sich aus eine Anwendung gestartet[ ({place})].",
    cause: "Manche Hersteller lassen vor dem Start einen eigenen Agenten laufen (Ortung, Wiederherstellung, Verwaltung). Schadcode in der Firmware stünde an derselben Stelle.",
    remedy: &[
        "Vergleichen Sie mit anderen Hosts desselben Modells und derselben Firmware: Zeigen alle denselben Digest, gehört die Anwendung dem Hersteller.",
        "Schalten Sie solche Agenten im Firmware-Setup aus, wenn Sie sie nicht nutzen.",
        "Zeigt es nur dieser Host, behandeln Sie es als Sicherheitsvorfall.",
    ],
    look: LOOK,
};

pub(super) const SERVICES_NOT_LEFT: ReasonEntry = ReasonEntry {
    title: "Das Protokoll endet vor der Übergabe der Firmware an das System",
    sentence: "Das Protokoll sagt nicht, dass die Startdienste der Firmware verlassen wurden[ ({place})].",
    cause: "Ältere Firmware protokolliert es nicht, oder ein Bootloader hat das Protokoll vorher gelesen. Die PCR-Werte werden trotzdem verglichen.",
    remedy: &[
        "Vergleichen Sie mit anderen Hosts desselben Modells: Zeigen es alle, liegt es an der Firmware oder am Bootloader.",
        "Aktualisieren Sie Firmware und Bootloader.",
        "War es früher da und ist es jetzt nicht mehr, prüfen Sie, was sich am Bootloader geändert hat.",
    ],
    look: LOOK,
};

pub(super) const OPTION_ROM_LOADED: ReasonEntry = ReasonEntry {
    title: "Beim Start lief Code eines Geräts",
    sentence: "Die Firmware hat ein Option-ROM ausgeführt[ ({place})]. Woher es kam, ist nicht bewiesen, wohl aber sein Digest in PCR 2.",
    cause: "Netzwerk-, Speicher- und Grafikkarten bringen solchen Code mit. Diese Richtlinie will ihn nicht.",
    remedy: &[
        "Vergleichen Sie die Digests mit anderen Hosts, in denen dieselben Karten stecken.",
        "Schalten Sie im Firmware-Setup die Option-ROMs der Geräte ab, von denen der Host nicht startet.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
