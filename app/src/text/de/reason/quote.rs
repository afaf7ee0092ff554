//! Das TPM hat diese PCR-Werte signiert.

use super::{AFTER_BOOT, THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const AGENT_FIRST: &str = "Klicken Sie auf „Jetzt prüfen“. Schlägt es wieder fehl, installieren Sie den Agenten aus seinem Paket neu, starten Sie ihn und prüfen Sie noch einmal.";
const THEN_INCIDENT: &str = "Schlägt es weiter fehl, behandeln Sie es als Sicherheitsvorfall: Trennen Sie den Host und untersuchen Sie ihn, bevor Sie ihn wieder verbinden.";
const LOOK_AT_JOB: &str = "Hostseite: der fehlgeschlagene Prüfpunkt und der letzte Prüfauftrag. Auf dem Host: journalctl -u trustboard-agent, trustboard-agent --version.";

pub(super) const NOT_FROM_TPM: ReasonEntry = ReasonEntry {
    title: "Der Quote stammt nicht von einem TPM",
    sentence: "Dem Quote fehlt das Kennzeichen, das ein TPM allem gibt, was es selbst erzeugt.",
    cause: "Etwas anderes als ein TPM hat den Quote erfunden, oder er wurde unterwegs beschädigt.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const WRONG_TYPE: ReasonEntry = ReasonEntry {
    title: "Der Attestation Key hat etwas anderes als einen Quote signiert",
    sentence: "Was signiert wurde, ist von anderer Art.",
    cause: "Eine andere Aussage des TPM (eine Zertifizierung, ein Zeitstempel) wurde als Quote ausgegeben, oder der Agent ist fehlerhaft.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_INVALID: ReasonEntry = ReasonEntry {
    title: "Die Signatur des Quotes ist ungültig",
    sentence: "Die Signatur lässt sich mit dem hinterlegten Attestation Key nicht bestätigen.",
    cause: "Der Quote wurde nach der Signatur verändert, oder ein anderer Schlüssel hat ihn signiert: Der Attestation Key des Agenten ist nicht der hinterlegte.",
    remedy: &[
        "Sagt die Hostseite auch, dass ein Schlüssel nicht mit dem hinterlegten übereinstimmt, lösen Sie das zuerst: Es erklärt dies hier.",
        AGENT_FIRST,
        THEN_INCIDENT,
        THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_SCHEME: ReasonEntry = ReasonEntry {
    title: "Die Signatur des Quotes verwendet nicht das Verfahren des Attestation Key",
    sentence: "Die Signatur verwendet ein anderes Verfahren oder einen anderen Hash als der Schlüssel.",
    cause: "Ein anderer Schlüssel hat den Quote signiert, oder der Agent ist fehlerhaft.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SELECTION_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Der Quote umfasst andere PCRs als verlangt",
    sentence: "Der Quote und die Werte dazu umfassen nicht, was verlangt war[ ({place})].",
    cause: "Seit der Challenge wurde eine PCR-Bank ein- oder ausgeschaltet, der Agent ist zu alt oder fehlerhaft, oder jemand verbirgt PCRs.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const DIGEST_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Die gesendeten PCR-Werte sind nicht die des Quotes",
    sentence: "Die gesendeten Werte ergeben einen anderen Digest als den im Quote[ ({place})].",
    cause: "Ein PCR wurde zwischen dem Lesen und der Signatur erweitert, oder die Werte wurden danach verändert.",
    remedy: &[
        "Klicken Sie auf „Jetzt prüfen“: Wurde gerade ein PCR erweitert, passt der nächste Nachweis.",
        "Schlägt es jedes Mal fehl, installieren Sie den Agenten aus seinem Paket neu und starten Sie ihn.",
        THEN_INCIDENT,
        VERIFY_THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const MANDATORY_PCRS_MISSING: ReasonEntry = ReasonEntry {
    title: "PCRs, die die Richtlinie verlangt, fehlen im Quote",
    sentence: "[PCR {pcrs}|PCRs, die die Richtlinie verlangt,] ohne Urteil: nicht in SHA-256 oder einer stärkeren Bank bestätigt.",
    cause: "Die SHA-256-Bank ist nicht aktiv oder umfasst nur einen Teil der PCRs, oder der Agent ist fehlerhaft.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Aktivieren Sie die SHA-256-PCR-Bank mit allen PCRs, speichern Sie und starten Sie den Host.",
        "Ist die Bank aktiv, installieren Sie den Agenten aus seinem Paket neu und starten Sie ihn.",
        AFTER_BOOT,
    ],
    look: "Hostseite: PCR-Werte, aktive PCR-Bänke. Auf dem Host: tpm2_getcap pcrs.",
};

pub(super) const BANK_UNEXTENDED: ReasonEntry = ReasonEntry {
    title: "In eine aktive PCR-Bank hat die Firmware nicht gemessen",
    sentence: "[{place}|Eine aktive Bank]: PCR 0 bis 7 enthalten nur Anfangswerte. Ein Angreifer könnte sie mit den Werten eines gesunden Hosts füllen (CVE-2021-42299).",
    cause: "Die Firmware kennt diese Bank nicht, oder die Bank wurde ohne Wissen der Firmware eingeschaltet.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn in das Firmware-Setup.",
        "Schalten Sie die Bank ab, in die die Firmware nicht misst, oder aktualisieren Sie die Firmware auf eine Version, die es tut.",
        "Gibt es keine solche Einstellung, führen Sie auf dem Host mit tpm2-tools tpm2_pcrallocate nur mit den gewünschten Bänken aus und starten Sie neu.",
        AFTER_BOOT,
    ],
    look: "Hostseite: PCR-Werte nach Bank. Auf dem Host: tpm2_pcrread, tpm2_getcap pcrs.",
};

pub(super) const PCR_UNEXPLAINED: ReasonEntry = ReasonEntry {
    title: "Ein PCR wurde erweitert, aber kein Protokoll sagt wodurch",
    sentence: "[{place}|Ein PCR]: nicht der Anfangswert, und das Protokoll enthält kein Ereignis dafür.",
    cause: "Im Protokoll fehlen Ereignisse, Software hat nach dem Start ein PCR erweitert, oder ein Teil der Startkette misst, ohne es zu protokollieren.",
    remedy: &[
        "Sehen Sie in der PCR-Tabelle nach: Welches PCR ist es, und wofür wird es benutzt?",
        "Finden Sie heraus, welche Software es erweitert (Bootloader, systemd, ein Sicherheitsprodukt).",
        "Aktualisieren Sie Firmware und Bootloader, damit Ereignisse protokolliert werden, und starten Sie neu.",
        "Weiß niemand, woher es kommt, versetzen Sie den Host in den Wartungsmodus und untersuchen Sie seine Startkette.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: PCR-Werte. Auf dem Host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.",
};

pub(super) const CLOCK_WENT_BACK: ReasonEntry = ReasonEntry {
    title: "Uhr oder Zähler des TPM sind zurückgegangen",
    sentence: "Das TPM meldet weniger als zuvor[ ({place})].",
    cause: "Das TPM wurde gelöscht oder getauscht, eine virtuelle Maschine wurde auf einen Snapshot zurückgesetzt, oder ein alter Quote wurde noch einmal gesendet.",
    remedy: &[
        "Klären Sie, ob das TPM gelöscht, das Board getauscht oder ein Snapshot zurückgespielt wurde.",
        "Wenn ja, klicken Sie auf „Jetzt prüfen“: Die neuen Zählerstände sind mit diesem Fehlschlag aufgezeichnet, ab ihnen wird weitergezählt. Der Alarm bleibt rot, bis Sie ihn zurücksetzen.",
        "Wenn niemand davon weiß, behandeln Sie es als Sicherheitsvorfall: Das TPM ist vielleicht eine Kopie. Trennen Sie den Host.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Zähler des TPM und Verlauf. Bei einer virtuellen Maschine: die Snapshots im Hypervisor.",
};

pub(super) const CLOCK_NOT_SAFE: ReasonEntry = ReasonEntry {
    title: "Die Uhr des TPM ist noch nicht verlässlich",
    sentence: "Das TPM sagt, dass seine Uhr nach einem Stromverlust zurückgegangen sein kann.",
    cause: "Der Host hat den Strom verloren, ohne dass das TPM ordentlich heruntergefahren wurde. Nach einigen Minuten erklärt das TPM seine Uhr wieder für verlässlich.",
    remedy: &[
        "Warten Sie eine halbe Stunde und klicken Sie dann auf „Jetzt prüfen“.",
        "Bleibt es dabei, fahren Sie den Host ordentlich herunter, statt ihm den Strom zu nehmen, und starten Sie ihn wieder.",
        THEN_RESET,
    ],
    look: "Hostseite: Zähler des TPM. Auf dem Host: tpm2_readclock.",
};

pub(super) const FIRMWARE_DOWNGRADED: ReasonEntry = ReasonEntry {
    title: "Die Firmware des TPM ist älter als zuvor",
    sentence: "Auf dem TPM läuft eine ältere Firmware als zuvor.",
    cause: "Jemand hat eine ältere Firmware in das TPM gespielt, vielleicht mit einem Firmware-Paket des Boards, oder das TPM wurde getauscht.",
    remedy: &[
        "Klären Sie, ob die Firmware des TPM absichtlich geändert wurde.",
        "Wenn nicht, spielen Sie die neuere Version wieder ein: Alte Versionen können bekannte Schwächen haben.",
        AFTER_BOOT,
    ],
    look: "Hostseite: Firmware und Zähler des TPM, Verlauf.",
};

pub(super) const QUALIFIED_SIGNER_CHANGED: ReasonEntry = ReasonEntry {
    title: "Der Attestation Key steht an anderer Stelle der Schlüsselhierarchie als zuvor",
    sentence: "Der Qualified Signer ist ein anderer als der aufgezeichnete.",
    cause: "Das TPM wurde gelöscht und derselbe Schlüssel unter einem anderen übergeordneten geladen, oder der Quote stammt von einem anderen TPM.",
    remedy: &[
        "Klären Sie, ob das TPM gelöscht oder das Zustandsverzeichnis des Agenten wiederhergestellt wurde.",
        "Wenn ja, zeigt die Hostseite meist auch einen anderen Schlüssel als den hinterlegten: Übernehmen Sie dort die neue Identität und geben Sie den Grund an.",
        "Wenn niemand davon weiß, behandeln Sie es als Sicherheitsvorfall: Trennen Sie den Host.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Identität und Verlauf. Auf dem Host: trustboard-agent status.",
};
