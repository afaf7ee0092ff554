//! Was die Richtlinie von der Plattform verlangt.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const TPM_GONE: ReasonEntry = ReasonEntry {
    title: "Der Host hat kein TPM mehr",
    sentence: "Für diesen Host ist eine Identität hinterlegt, sein Agent meldet jetzt aber kein TPM.",
    cause: "Das TPM wurde im Firmware-Setup abgeschaltet oder verborgen (das kann bei einem Firmware-Update oder beim Zurücksetzen der Firmware geschehen), das Modul wurde entfernt oder ist defekt, oder ein anderer Rechner meldet sich mit den Zugangsdaten dieses Hosts.",
    remedy: &[
        "Klären Sie, ob jemand an diesem Host gearbeitet hat: Firmware-Update, Board getauscht, Modul entfernt. Wenn nicht, behandeln Sie es als Sicherheitsvorfall.",
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Schalten Sie das TPM ein (TPM, Security Device, Intel PTT oder AMD fTPM) und machen Sie es für das Betriebssystem sichtbar.",
        "Starten Sie den Host und prüfen Sie dort, ob /dev/tpmrm0 vorhanden ist und ob trustboard-agent status das TPM zeigt.",
        AFTER_BOOT,
    ],
    look: "Hostseite: Angaben des Hosts, Identität, Verlauf. Auf dem Host: dmesg | grep -i tpm. Firmware-Setup unter Security oder Trusted Computing; Hardwarezustand im Management-Controller.",
};

pub(super) const TPM_UNREACHABLE: ReasonEntry = ReasonEntry {
    title: "TPM-2.0-Gerät erkannt, aber es kann keine Verbindung hergestellt werden",
    sentence: "Ein TPM scheint vorhanden zu sein, der Agent erreicht es aber nicht.",
    cause: "Der Agent darf das Gerät nicht öffnen, ein anderes Programm hält es belegt, der Kerneltreiber für die Schnittstelle fehlt, das TPM läuft im Modus 1.2 oder ist defekt.",
    remedy: &[
        "Führen Sie auf dem Host trustboard-agent status aus: Die Ausgabe zeigt, was der Agent versucht hat und was zurückkam.",
        "Prüfen Sie, ob /dev/tpmrm0 vorhanden ist und ob der Benutzer des Agenten lesen und schreiben darf (meist über die Gruppe tss).",
        "Fehlt das Gerät, sehen Sie in dmesg | grep -i tpm nach; laden Sie tpm_tis oder tpm_crb; wählen Sie im Firmware-Setup TPM 2.0 statt 1.2.",
        "Wenn Befehle ohne Antwort bleiben, schalten Sie den Host ganz aus (ein Neustart genügt nicht) und wieder ein; hilft das nicht, tauschen Sie das Modul.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Problem mit dem TPM, unter den Angaben des Hosts. Auf dem Host: trustboard-agent status, dmesg | grep -i tpm, ls -l /dev/tpm*.",
};

pub(super) const TPM_MISSING: ReasonEntry = ReasonEntry {
    title: "Kein TPM 2.0, obwohl die Richtlinie eines verlangt",
    sentence: "Die Richtlinie dieses Clusters verlangt ein TPM 2.0, der Host meldet keines.",
    cause: "Der Host hat kein TPM, es ist im Firmware-Setup abgeschaltet oder verborgen, oder es läuft im Modus 1.2.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Schalten Sie das TPM ein (TPM, Security Device, Intel PTT oder AMD fTPM), wählen Sie Version 2.0 und machen Sie es für das Betriebssystem sichtbar.",
        "Starten Sie den Host und prüfen Sie, ob trustboard-agent status das TPM zeigt. Der Host meldet dann, dass kein Identitätsschlüssel hinterlegt ist: Trennen Sie ihn und verbinden Sie ihn wieder, damit seine neue Identität übernommen wird.",
        "Hat der Host kein TPM, registrieren Sie ihn neu mit dem Token eines Clusters, dessen Richtlinie das erlaubt.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Angaben des Hosts. Auf dem Host: ls /dev/tpm*, dmesg | grep -i tpm. Firmware-Setup unter Security oder Trusted Computing.",
};

pub(super) const SHA256_BANK_INACTIVE: ReasonEntry = ReasonEntry {
    title: "Die SHA-256-PCR-Bank des TPM 2.0 ist nicht aktiv",
    sentence: "Das TPM misst nur in andere Bänke.",
    cause: "In der Firmware ist SHA-1 (oder SM3) als Hash des TPM eingestellt, oft ab Werk oder nach dem Zurücksetzen der Firmware.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Aktivieren Sie die SHA-256-PCR-Bank (TPM2 Algorithm Selection, PCR Bank, Hash Policy); schalten Sie SHA-1 ab, wenn nichts anderes es braucht.",
        "Speichern Sie und starten Sie den Host. Manche Firmware verlangt eine Bestätigung an der Konsole.",
        "Gibt es keine solche Einstellung, führen Sie auf dem Host mit tpm2-tools tpm2_pcrallocate sha256:all aus und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: "Hostseite: aktive PCR-Bänke, unter den Angaben des Hosts. Auf dem Host: tpm2_getcap pcrs. Firmware-Setup unter Security, TPM 2.0.",
};

pub(super) const TPM_INTERFACE_REFUSED: ReasonEntry = ReasonEntry {
    title: "Die Schnittstelle des TPM wird von der Richtlinie nicht akzeptiert",
    sentence: "Das TPM wird über [{found}|eine andere Schnittstelle] angesprochen[; die Richtlinie akzeptiert {expected}].",
    cause: "Das TPM ist auf CRB eingestellt, wo die Richtlinie TIS/FIFO verlangt, oder umgekehrt; Firmware-TPMs (Intel PTT, AMD fTPM) kennen oft nur CRB.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Wählen Sie die Schnittstelle, die die Richtlinie akzeptiert (TPM Interface, TIS/FIFO oder CRB), speichern Sie und starten Sie den Host.",
        "Kennt die Firmware nur diese eine, braucht der Host ein eigenständiges TPM.",
        AFTER_BOOT,
    ],
    look: "Hostseite: TPM-Schnittstelle, unter den Angaben des Hosts. Auf dem Host: ls -l /sys/class/tpm/tpm0/device/driver.",
};

pub(super) const OS_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "Das Betriebssystem ist älter, als die Richtlinie erlaubt",
    sentence: "Auf dem Host läuft [{found}|eine ältere Version][; die Richtlinie verlangt: {expected}].",
    cause: "Ein Upgrade wurde ausgelassen, der Host wurde aus einem alten Abbild wiederhergestellt, oder er hat ein altes System von einem anderen Datenträger gestartet.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus.",
        "Bringen Sie das Betriebssystem auf die verlangte Version und starten Sie den Host neu.",
        AFTER_BOOT,
    ],
    look: "Hostseite: Betriebssystem, unter den Angaben des Hosts. Auf dem Host: cat /etc/os-release.",
};

pub(super) const AGENT_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "Der Agent ist älter, als die Richtlinie erlaubt",
    sentence: "Auf dem Host läuft trustboard-agent [{found}|in einer älteren Version][; die Richtlinie verlangt: {expected}].",
    cause: "Der Agent wurde nicht zusammen mit dem Server aktualisiert, oder ein altes Paket wurde wieder eingespielt.",
    remedy: &[
        "Installieren Sie den aktuellen trustboard-agent auf dem Host und starten Sie seinen Dienst neu. Die hinterlegte Identität bleibt erhalten.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Version des Agenten, unter den Angaben des Hosts. Auf dem Host: trustboard-agent --version.",
};
