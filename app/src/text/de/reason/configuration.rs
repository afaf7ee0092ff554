//! Gestartet wurde, was ein Operator freigegeben hat.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Hostseite: die Abweichungen von der nächstliegenden Konfiguration, Ereignis für Ereignis; was gestartet wurde. Konfigurationen: die freigegebenen Versionen des Clusters. Auf dem Host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
const ACCEPT: &str = "Ist die Änderung gewollt, lesen Sie auf der Hostseite alle Abweichungen und nehmen Sie sie dort an: So entsteht eine neue Version der Konfiguration, die dann jeder Host ihrer Cluster starten darf.";
const INCIDENT: &str = "Hat niemand die Änderung vorgenommen, behandeln Sie sie als Sicherheitsvorfall: Versetzen Sie den Host in den Wartungsmodus und bewahren Sie das Protokoll auf.";

pub(super) const KERNEL_COMMAND_LINE_CHANGED: ReasonEntry = ReasonEntry {
    title: "Die Kernel-Befehlszeile ist nicht die freigegebene",
    sentence: "[{place}: Kernel-Befehlszeile geändert|Die Kernel-Befehlszeile wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Hinzugekommen: `{added}`.][ Entfallen: `{removed}`.][ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Jemand hat die Befehlszeile geändert, für diesen Start im Menü des Bootloaders oder dauerhaft in seiner Konfiguration; auch ein Paket kann es tun. Wörter wie init=/bin/sh oder rd.break öffnen eine Shell ohne Passwort, andere schalten Schutzmaßnahmen ab.",
    remedy: &[
        "Klären Sie, wer sie geändert hat: Sehen Sie in /etc/default/grub, /etc/kernel/cmdline oder in die Einträge des Bootloaders, und wer zur Zeit des Starts an der Konsole war.",
        ACCEPT,
        "Wenn nicht, stellen Sie die alte Befehlszeile wieder her (update-grub, kernel-install) und starten Sie neu; eine im Menü eingetippte Zeile ist mit dem Neustart weg.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const INITRD_CHANGED: ReasonEntry = ReasonEntry {
    title: "Das Start-Dateisystem (initrd) ist nicht das freigegebene",
    sentence: "[{place}: initrd geändert|Das initrd wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Das initrd wurde auf dem Host neu gebaut, wie es Updates des Kernels, von Treibern oder des Microcodes tun. Eines, das jeder Host selbst baut, ist auf jedem anders, und was darin steckt, läuft vor allem anderen.",
    remedy: &[
        "Suchen Sie nach einem Update zu dieser Zeit (/var/log/dpkg.log, dnf history), das update-initramfs oder dracut aufgerufen hat.",
        ACCEPT,
        "Wenn nicht, bauen Sie es aus den Paketen neu (update-initramfs -u, dracut --force) oder stellen Sie das alte wieder her, und starten Sie neu.",
        "Unterscheidet es sich von Host zu Host von Natur aus, kennzeichnen Sie sein Ereignis in einer neuen Version als veränderlich, oder wechseln Sie zu Unified Kernel Images, die einmal gebaut und signiert werden.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KERNEL_CHANGED: ReasonEntry = ReasonEntry {
    title: "Der Kernel ist nicht der freigegebene",
    sentence: "[{place}: Kernel geändert|Der Kernel wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Ein Kernel-Update wurde installiert und gestartet, oder im Menü des Bootloaders wurde ein älterer Kernel gewählt.",
    remedy: &[
        "Vergleichen Sie den Kernel unter dem, was gestartet wurde, mit dem, der auf dem Cluster laufen soll.",
        ACCEPT,
        "Wenn nicht, installieren und starten Sie den freigegebenen Kernel und entfernen Sie den anderen oder seinen Menüeintrag.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const BOOT_LOADER_CHANGED: ReasonEntry = ReasonEntry {
    title: "Der Bootloader ist nicht der freigegebene",
    sentence: "[{place}: Bootloader geändert|Der Bootloader wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Ein Update von shim, GRUB oder systemd-boot, ein anderer Starteintrag oder Datenträger (Netzwerk, USB), oder ein Bootloader, den jemand ausgetauscht hat.",
    remedy: &[
        "Sehen Sie sich die Starteinträge an (efibootmgr -v) und die Updates von shim und Bootloader.",
        ACCEPT,
        "Wenn nicht, starten Sie über den üblichen Eintrag, oder installieren Sie shim und Bootloader aus ihren Paketen neu, und starten Sie neu.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SECURE_BOOT_KEYS_CHANGED: ReasonEntry = ReasonEntry {
    title: "Die Secure-Boot-Schlüssel sind nicht die freigegebenen",
    sentence: "[{place}: Secure-Boot-Schlüssel geändert|Die Secure-Boot-Schlüssel wurden geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Meist eine Aktualisierung der Widerrufsliste (dbx) durch fwupd oder die Firmware. Der Wechsel von Microsofts Zertifikaten von 2011 zu denen von 2023 ändert KEK und db und danach die Instanz, die für shim bürgt. Sonst hat jemand einen Schlüssel eingetragen oder entfernt (Firmware-Setup, mokutil).",
    remedy: &[
        "Sehen Sie nach, welche Variable sich geändert hat: dbx allein ist eine Aktualisierung der Widerrufe; db und KEK mit Namen von 2023 sind Microsofts neue Zertifikate (fwupdmgr get-history).",
        ACCEPT,
        "Rechnen Sie auf den anderen Hosts dieses Modells mit demselben: Nehmen Sie es einmal für den Cluster an statt Host für Host.",
        "Hat niemand etwas aktualisiert, vergleichen Sie die Schlüssel mit denen eines anderen Hosts (mokutil --db, --kek, --list-enrolled), stellen Sie im Firmware-Setup die Werksschlüssel wieder her und behandeln Sie es als Sicherheitsvorfall.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const FIRMWARE_CHANGED: ReasonEntry = ReasonEntry {
    title: "Die Firmware ist nicht die freigegebene",
    sentence: "[{place}: Firmware geändert|Die Firmware wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Ein Update der Firmware oder des Option-ROMs einer Karte, eine andere Einstellung im Firmware-Setup, oder eine Karte, die eingebaut, entfernt oder ersetzt wurde.",
    remedy: &[
        "Vergleichen Sie die Version der Firmware mit anderen Hosts dieses Modells, und fragen Sie, wer an der Hardware gearbeitet hat.",
        ACCEPT,
        "Wenn nicht, installieren Sie die freigegebene Version vom Hersteller, mit geprüfter Prüfsumme, und machen Sie die Änderung an Einstellungen oder Karten rückgängig.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const LOADER_COMMAND_CHANGED: ReasonEntry = ReasonEntry {
    title: "Der Bootloader hat andere Befehle oder Dateien ausgeführt als freigegeben",
    sentence: "[{place}: Befehl des Bootloaders geändert|Ein Befehl des Bootloaders wurde geändert][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Die Konfiguration des Bootloaders wurde neu erzeugt (grub.cfg, Starteinträge), ein anderer Menüeintrag wurde gewählt, oder jemand hat an der Konsole Befehle eingegeben. Ein Menüeintrag mit der UUID einer Platte ist auf jedem Host anders.",
    remedy: &[
        "Vergleichen Sie grub.cfg oder die Starteinträge mit einem anderen Host des Clusters.",
        ACCEPT,
        "Unterscheidet sich nur eine UUID oder der Name einer Platte, kennzeichnen Sie dieses Ereignis in einer neuen Version als veränderlich.",
        "Wenn nicht, erzeugen Sie die Konfiguration aus ihren Quellen neu (update-grub) und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const NOT_APPROVED: ReasonEntry = ReasonEntry {
    title: "Gestartet wurde keine freigegebene Konfiguration",
    sentence: "[{place}: nicht wie freigegeben|Gestartet wurde etwas anderes als freigegeben][: `{expected}` → `{found}`|: freigegeben war `{expected}`|: gefunden `{found}`].[ Nächstliegende freigegebene Konfiguration: {configuration}, Version {version}; Abweichungen insgesamt: {count}.]",
    cause: "Es wurde etwas gemessen, das keine freigegebene Konfiguration des Clusters enthält: ein anderer Startweg, eine andere Aufteilung der Platte, oder etwas, das das Betriebssystem nach dem Start gemessen hat.",
    remedy: &[
        "Lesen Sie die Abweichungen auf der Hostseite: Das PCR sagt, wer gemessen hat.",
        ACCEPT,
        "Unterscheidet sich das Register von Host zu Host von Natur aus, lassen Sie es in einer neuen Version weg, oder kennzeichnen Sie seine Ereignisse als veränderlich.",
        "Wenn nicht, stellen Sie den freigegebenen Zustand wieder her und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
