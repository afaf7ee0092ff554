//! Warum ein vorhandenes TPM nicht benutzt werden kann.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const VERSION_1_2: ReasonEntry = ReasonEntry {
    title: "Das TPM ist ein TPM 1.2 oder läuft als solches",
    sentence: "Der Host hat ein TPM 1.2; nur ein TPM 2.0 kann geprüft werden.",
    cause: "Das Firmware-Setup betreibt ein umschaltbares Modul im Modus 1.2, ein Zurücksetzen der Firmware hat diesen Modus wieder gewählt, oder auf dem Board sitzt ein altes Modul.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn ins Firmware-Setup.",
        "Sichern Sie, bevor Sie dort etwas ändern, was an das TPM gebunden ist: Wiederherstellungsschlüssel der Festplattenverschlüsselung.",
        "Stellen Sie unter Security oder Trusted Computing die TPM-Version auf 2.0. Fehlt diese Wahl, suchen Sie ein Firmware-Update für Board und TPM, das das Modul umstellt; dabei wird es gelöscht.",
        "Bleibt das Modul bei 1.2, tauschen Sie es, oder registrieren Sie den Host mit einem Token eines Clusters, dessen Richtlinie Hosts ohne TPM 2.0 erlaubt.",
        AFTER_BOOT,
    ],
    look: "Auf dem Host: cat /sys/class/tpm/tpm0/tpm_version_major; ls /sys/firmware/acpi/tables (TCPA heißt 1.2, TPM2 heißt 2.0). Firmware-Setup unter Security oder Trusted Computing.",
};

pub(super) const NO_DRIVER: ReasonEntry = ReasonEntry {
    title: "Die Firmware hat ein TPM 2.0, das Betriebssystem sieht es aber nicht",
    sentence: "Die Firmware meldet ein TPM, und auf dem Host gibt es kein Gerät dafür.",
    cause: "Der Kernel hat keinen Treiber für die Schnittstelle des TPM (CRB oder TIS, auch über SPI oder I2C), der Treiber hat beim Start aufgegeben, oder das TPM ist im Firmware-Setup nur halb eingeschaltet.",
    remedy: &[
        "Lesen Sie auf dem Host dmesg | grep -i tpm: Dort stehen der Treiber und der Fehler.",
        "Laden Sie den Treiber: modprobe tpm_crb, dazu tpm_tis oder tpm_tis_spi; fehlen sie, installieren Sie die Zusatzmodule des Kernels.",
        "Schalten Sie das TPM im Firmware-Setup ganz ein (enabled, active, visible) und wählen Sie, wo es die Wahl gibt, die Schnittstelle TIS/FIFO.",
        "Aktualisieren Sie die Firmware des Boards, wenn der Treiber eine falsche ACPI-Tabelle oder Startmethode meldet.",
        "Prüfen Sie, dass es /dev/tpmrm0 gibt, und starten Sie den Agenten neu.",
        VERIFY_THEN_RESET,
    ],
    look: "Auf dem Host: dmesg | grep -i tpm, ls -l /dev/tpm*, ls /sys/firmware/acpi/tables. Firmware-Setup unter Security oder Trusted Computing.",
};

pub(super) const NOT_PERMITTED: ReasonEntry = ReasonEntry {
    title: "Der Agent darf das TPM nicht öffnen",
    sentence: "Das Betriebssystem verweigert dem Agenten den Zugriff auf das Gerät des TPM.",
    cause: "Der Benutzer des Agenten ist nicht in der Gruppe, der /dev/tpmrm0 gehört (meist tss), ein Container oder eine Dienstdatei verbirgt das Gerät, oder ein Sicherheitsmodul verbietet es.",
    remedy: &[
        "Vergleichen Sie auf dem Host ls -l /dev/tpmrm0 mit Benutzer und Gruppen von trustboard-agent.",
        "Geben Sie dem Dienst des Agenten die Gruppe (SupplementaryGroups=tss) und, falls er in einem Container läuft, das Gerät.",
        "Suchen Sie nach Ablehnungen von AppArmor oder SELinux: journalctl -k | grep -i denied.",
        "Starten Sie den Agenten neu; trustboard-agent status muss das TPM zeigen.",
        VERIFY_THEN_RESET,
    ],
    look: "Auf dem Host: trustboard-agent status, ls -l /dev/tpm*, systemctl cat trustboard-agent, journalctl -u trustboard-agent.",
};

pub(super) const BUSY: ReasonEntry = ReasonEntry {
    title: "Ein anderes Programm belegt das TPM",
    sentence: "Das Gerät des TPM ist in einem anderen Programm geöffnet, und nur eines darf es haben.",
    cause: "Ein anderes Programm oder der Agent benutzt /dev/tpm0 unmittelbar statt des Ressourcenverwalters /dev/tpmrm0 im Kernel, mit dem sich mehrere das TPM teilen.",
    remedy: &[
        "Suchen Sie auf dem Host das Programm: fuser -v /dev/tpm0 /dev/tpmrm0.",
        "Lassen Sie dieses Programm und den Agenten /dev/tpmrm0 benutzen; der Agent tut das von selbst, wenn sein TPM auf auto steht.",
        "Läuft ein eigener Ressourcenverwalter (tpm2-abrmd), beenden Sie ihn, oder verweisen Sie den Agenten mit einer Adresse tabrmd: auf ihn.",
        VERIFY_THEN_RESET,
    ],
    look: "Auf dem Host: fuser -v /dev/tpm*, trustboard-agent status, die Konfiguration des Agenten unter tpm.",
};

pub(super) const FAILURE_MODE: ReasonEntry = ReasonEntry {
    title: "Das TPM ist im Fehlerzustand",
    sentence: "Das TPM hat an sich selbst einen Fehler gefunden und führt keinen Befehl mehr aus.",
    cause: "Sein Selbsttest ist fehlgeschlagen: ein Defekt des Moduls, ein abgebrochenes Firmware-Update des TPM oder eine Störung der Stromversorgung.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus, fahren Sie ihn herunter, trennen Sie ihn eine halbe Minute vom Strom (ein Neustart genügt nicht) und starten Sie ihn.",
        "Bleibt es dabei, installieren Sie die aktuelle Firmware des TPM und des Boards.",
        "Hilft das nicht, ist das Modul defekt: Lassen Sie es oder das Board tauschen und nehmen Sie danach auf der Hostseite die neue Identität an.",
        AFTER_BOOT,
    ],
    look: "Auf dem Host: tpm2_selftest -f und tpm2_gettestresult, dmesg | grep -i tpm. Die Hardwareübersicht des Management-Controllers.",
};

pub(super) const LOCKED_OUT: ReasonEntry = ReasonEntry {
    title: "Das TPM ist nach falschen Passwörtern gesperrt",
    sentence: "Das TPM nimmt eine Zeit lang keine Passwörter an, weil zu viele falsch waren.",
    cause: "Ein Programm auf dem Host versucht es immer wieder mit einem falschen Passwort oder einer falschen PIN (Festplattenverschlüsselung, Werkzeug eines anderen Besitzers), oder jemand rät.",
    remedy: &[
        "Finden Sie heraus, was es versucht: Suchen Sie im Journal des Hosts nach TPM-Fehlern in den Minuten davor. Erklärt es nichts, behandeln Sie es als Vorfall.",
        "Beenden Sie dieses Programm und warten Sie: Nach jeder Erholungszeit vergisst das TPM einen Fehlversuch (tpm2_getcap properties-variable zeigt TPM2_PT_LOCKOUT_INTERVAL).",
        "Wer das Lockout-Passwort kennt, beendet die Sperre sofort mit tpm2_dictionarylockout --clear-lockout.",
        VERIFY_THEN_RESET,
    ],
    look: "Auf dem Host: tpm2_getcap properties-variable (inLockout, TPM2_PT_LOCKOUT_COUNTER), das Journal nach anderen Benutzern des TPM.",
};

pub(super) const OWNED: ReasonEntry = ReasonEntry {
    title: "Das TPM hat einen Besitzer: Ein Passwort schützt es",
    sentence: "Der Agent kann das TPM nicht benutzen, weil eine Hierarchie, die er braucht, ein Passwort hat.",
    cause: "Ein früheres Betriebssystem, ein Verwaltungswerkzeug oder der vorige Besitzer des Rechners hat das TPM in Besitz genommen und ein Passwort für die Owner- oder die Endorsement-Hierarchie gesetzt.",
    remedy: &[
        "Ist das Passwort bekannt und braucht es sonst niemand, nehmen Sie es weg: tpm2_changeauth -c owner -p ALT, ebenso mit -c endorsement.",
        "Sonst muss das TPM gelöscht werden. Sichern Sie zuerst, was daran gebunden ist, vor allem Wiederherstellungsschlüssel der Festplattenverschlüsselung: Das Löschen zerstört sie.",
        "Versetzen Sie den Host in den Wartungsmodus, starten Sie ihn ins Firmware-Setup und wählen Sie Clear TPM (Security oder Trusted Computing); manche Boards verlangen beim nächsten Start eine Bestätigung.",
        "Der Host erzeugt dann einen neuen Attestation Key: Heißt es, der Schlüssel sei nicht der hinterlegte, nehmen Sie auf der Hostseite die neue Identität an.",
        AFTER_BOOT,
    ],
    look: "Auf dem Host: tpm2_getcap properties-variable (ownerAuthSet, endorsementAuthSet), trustboard-agent status. Hostseite: Problem mit dem TPM.",
};

pub(super) const HIERARCHY_DISABLED: ReasonEntry = ReasonEntry {
    title: "Eine Hierarchie des TPM ist abgeschaltet",
    sentence: "Die Owner- oder die Endorsement-Hierarchie des TPM ist abgeschaltet, sodass das TPM die Schlüssel für die Attestierung nicht erzeugen kann.",
    cause: "Das Firmware-Setup schaltet sie ab („TPM Hierarchy“, „Endorsement Hierarchy“ oder „Storage Hierarchy“), oder ein Programm hat sie bis zum nächsten Start abgeschaltet.",
    remedy: &[
        "Versetzen Sie den Host in den Wartungsmodus und starten Sie ihn neu: Was ein Programm abgeschaltet hat, ist danach wieder an.",
        "Bleibt es dabei, starten Sie ins Firmware-Setup und schalten Sie Storage und Endorsement Hierarchy ein (TPM Hierarchy: Enabled; Security oder Trusted Computing).",
        "Prüfen Sie dort auch, dass das TPM eingeschaltet ist und sein Algorithmus SHA-256 heißt.",
        "Auf dem Host muss tpm2_getcap properties-variable shEnable und ehEnable mit 1 zeigen.",
        AFTER_BOOT,
    ],
    look: "Auf dem Host: tpm2_getcap properties-variable (shEnable, ehEnable), trustboard-agent status. Firmware-Setup unter Security oder Trusted Computing, TPM Hierarchy.",
};

pub(super) const EK_CREATION_FAILED: ReasonEntry = ReasonEntry {
    title: "Das TPM konnte seinen Endorsement Key nicht erzeugen",
    sentence: "Das TPM ist nicht imstande, seinen Endorsement Key zu erzeugen.",
    cause: "Das Modul kennt die Schlüsseltypen nicht, die das Profil der TCG verlangt (RSA 2048, ECC P-256), seine Firmware ist fehlerhaft, oder es ist defekt.",
    remedy: &[
        "Führen Sie auf dem Host trustboard-agent status aus: Dort steht die Antwort des TPM.",
        "Installieren Sie die aktuelle Firmware des TPM und des Boards und fahren Sie den Host ganz herunter, bevor er wieder startet.",
        "Sehen Sie in der Hardwareübersicht des Management-Controllers nach.",
        "Bleibt es dabei, tauschen Sie das Modul, oder fragen Sie den Hersteller mit der Antwort des TPM.",
        AFTER_BOOT,
    ],
    look: "Auf dem Host: trustboard-agent status, tpm2_createek -G rsa -c - (dieselbe Frage), dmesg | grep -i tpm. Hostseite: Modell und Firmware des TPM.",
};
