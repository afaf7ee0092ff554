//! Das TPM und seine Schlüssel sind die hinterlegten, und die Antwort gehört zu ihrer Challenge.

use super::{THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const NO_CACHED_IDENTITY: ReasonEntry = ReasonEntry {
    title: "Kein zwischengespeicherter Identitätsschlüssel",
    sentence: "Dieser Host wurde ohne TPM registriert und hat jetzt eines; es ist also keine Identität hinterlegt, gegen die er geprüft werden kann. „Jetzt prüfen“ hilft nicht; trennen und verbinden Sie ihn.",
    cause: "Nach der Registrierung des Hosts wurde ein TPM eingebaut oder eingeschaltet.",
    remedy: &[
        "Vergewissern Sie sich, dass das TPM von jemandem eingebaut oder eingeschaltet wurde, den Sie kennen.",
        "Versetzen Sie den Host in den Wartungsmodus.",
        "Trennen Sie den Host.",
        "Verbinden Sie den Host: Sein TPM weist seine Schlüssel nach, und sie werden als seine Identität hinterlegt.",
        "Der Host wird von selbst geprüft. Wenn unter Attestierung „Bestanden“ steht, beenden Sie den Wartungsmodus und setzen Sie den Alarm auf Grün zurück.",
    ],
    look: "Hostseite: Identität; im Verlauf steht, wann der Host registriert wurde.",
};

pub(super) const EK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Der Endorsement Key des Host-TPM stimmt nicht mit dem hinterlegten überein",
    sentence: "Das TPM hat mit [dem Endorsement Key {found}|einem anderen als dem hinterlegten Endorsement Key] geantwortet[; hinterlegt ist {expected}].",
    cause: "Das Board oder das TPM wurde getauscht, das TPM wurde samt seinem Seed gelöscht, oder ein anderer Rechner meldet sich mit den Zugangsdaten dieses Hosts.",
    remedy: &[
        "Klären Sie, ob Board oder TPM dieses Hosts getauscht wurden: Fragen Sie, wer das Ticket hat, und vergleichen Sie die Seriennummer im Management-Controller.",
        "Wenn ja, übernehmen Sie die neue Identität auf der Hostseite und geben Sie das Ticket als Begründung an. Das TPM weist dann seine neuen Schlüssel nach.",
        "Wenn niemand davon weiß, behandeln Sie es als Sicherheitsvorfall: Trennen Sie den Host und halten Sie ihn vom Netz fern, bis er untersucht ist.",
        THEN_RESET,
    ],
    look: "Hostseite: Identität, mit dem hinterlegten Schlüssel neben dem, mit dem der Host geantwortet hat; Hersteller, Modell und Firmware des TPM. Auf dem Host: trustboard-agent status.",
};

pub(super) const AK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Der Attestation Key des Hosts stimmt nicht mit dem hinterlegten überein",
    sentence: "Der Endorsement Key ist der hinterlegte, der Attestation Key aber [ist {found}|ist ein anderer][; hinterlegt ist {expected}].",
    cause: "Das Zustandsverzeichnis des Agenten wurde gelöscht oder von anderswo wiederhergestellt, das TPM wurde gelöscht, oder der Agent wurde neu registriert und hat dabei einen neuen Attestation Key erzeugt.",
    remedy: &[
        "Klären Sie, ob der Agent neu installiert, sein Zustandsverzeichnis wiederhergestellt oder das TPM gelöscht wurde.",
        "Wenn ja, übernehmen Sie die neue Identität auf der Hostseite und geben Sie den Grund an. Das TPM weist dann seinen neuen Schlüssel nach.",
        "Wenn niemand etwas davon getan hat, trennen Sie den Host und untersuchen Sie ihn, bevor Sie ihn wieder verbinden.",
        THEN_RESET,
    ],
    look: "Hostseite: Identität. Auf dem Host: trustboard-agent status und die Änderungszeiten der Dateien im Zustandsverzeichnis des Agenten.",
};

pub(super) const IDENTITY_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "Für einen anderen Host ist dieselbe TPM-Identität hinterlegt",
    sentence: "Derselbe Endorsement Key oder Attestation Key ist auch für [{other_host}|einen anderen Host] hinterlegt.",
    cause: "Ein Rechner wurde unter zwei Namen registriert, sein Board steckt jetzt in einem anderen Host, eine virtuelle Maschine wurde samt virtuellem TPM geklont, oder ein TPM antwortet für zwei Rechner.",
    remedy: &[
        "Sehen Sie sich beide Hosts an: gleiche Maschinen-ID, gleiche Seriennummer, gleiche Hardware?",
        "Ist es ein Rechner unter zwei Namen, trennen Sie den Eintrag, der nicht mehr gebraucht wird.",
        "Wurde eine virtuelle Maschine geklont, geben Sie dem Klon ein neues virtuelles TPM und registrieren Sie ihn neu.",
        "Sind es zwei physische Rechner, behandeln Sie es als Sicherheitsvorfall: Ein TPM kann nur in einem von beiden stecken.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseiten beider Hosts: Identität, Maschinen-ID, Verlauf. Dort steht, wann jeder registriert wurde.",
};

pub(super) const IDENTITY_NOT_PROVEN: ReasonEntry = ReasonEntry {
    title: "Das TPM hat seine Identität nicht nachgewiesen",
    sentence: "Das TPM hat das Geheimnis nicht entschlüsselt, das für seine Schlüssel verpackt wurde.",
    cause: "Der Attestation Key liegt nicht in dem TPM, das den Endorsement Key hält, eine Hierarchie des TPM ist gesperrt oder abgeschaltet, oder das TPM verweigert sich in einer Sperrzeit (Lockout).",
    remedy: &[
        "Öffnen Sie den letzten Prüfauftrag auf der Hostseite: Der Schritt mit dem Nachweis zeigt, was das TPM geantwortet hat.",
        "Führen Sie auf dem Host trustboard-agent status aus. Ist das TPM im Lockout, warten Sie dessen Ende ab oder schalten Sie den Host aus und wieder ein.",
        "Stellen Sie im Firmware-Setup sicher, dass Endorsement- und Storage-Hierarchie eingeschaltet sind.",
        "Trennen Sie den Host und verbinden Sie ihn wieder, damit das TPM noch einmal gefragt wird.",
        "Schlägt es weiter fehl, obwohl die Schlüssel die hinterlegten sind, leitet vielleicht ein anderer Rechner weiter: Lassen Sie den Host getrennt und untersuchen Sie ihn vor Ort.",
    ],
    look: "Hostseite: Prüfaufträge, Identität. Auf dem Host: journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_EXPIRED: ReasonEntry = ReasonEntry {
    title: "Die Antwort kam erst nach Ablauf der Challenge",
    sentence: "Die Challenge war abgelaufen, als der Nachweis eintraf.",
    cause: "TPM oder Host sind sehr langsam oder überlastet, das Netz war unterbrochen, oder eine alte Antwort wurde noch einmal gesendet.",
    remedy: &[
        "Klicken Sie auf „Jetzt prüfen“ und sehen Sie sich die Zeiten in den Schritten des Auftrags an.",
        "Dauert schon die Signatur des TPM lange, prüfen Sie, was sonst auf diesem Host das TPM benutzt; hängt es, schalten Sie den Host aus und wieder ein.",
        "Ist der Weg langsam, prüfen Sie das Netz zwischen Host und Server.",
        THEN_RESET,
    ],
    look: "Hostseite: Prüfaufträge, von „Challenge gesendet“ bis „Nachweis eingetroffen“. Auf dem Host: journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_WRONG_HOST: ReasonEntry = ReasonEntry {
    title: "Der Nachweis beantwortet eine Challenge für einen anderen Host",
    sentence: "Die Challenge wurde nicht für diesen Host ausgestellt.",
    cause: "Jemand leitet Nachweise zwischen Hosts weiter, oder zwei Rechner verwenden Kopien desselben Agentenzustands.",
    remedy: &[
        "Klären Sie, ob dieser Rechner geklont oder sein Agentenzustand kopiert wurde. Wenn ja, registrieren Sie die Kopie mit einem neuen Token.",
        "Wenn nicht, behandeln Sie es als Sicherheitsvorfall: Trennen Sie den Host und untersuchen Sie ihn, bevor Sie ihn wieder verbinden.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Prüfaufträge und Verlauf; dort steht, wann der Host registriert wurde.",
};

pub(super) const NONCE_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Der Quote beantwortet nicht diese Challenge",
    sentence: "Was das TPM signiert hat, ist an eine andere Nonce gebunden oder an andere Daten als die gesendeten[ ({place})].",
    cause: "Ein alter Quote wurde noch einmal gesendet, Angaben oder Protokoll wurden nach der Signatur des TPM geändert, oder der Agent ist fehlerhaft.",
    remedy: &[
        "Klicken Sie auf „Jetzt prüfen“. Ein ehrlicher Host besteht mit der neuen Challenge.",
        "Schlägt es wieder fehl, starten Sie den Agenten neu und vergleichen Sie seine Version mit der anderer Hosts.",
        "Schlägt es weiter fehl, behandeln Sie es als Sicherheitsvorfall: Zwischen TPM und Server wird etwas wiederholt oder verändert. Trennen Sie den Host.",
        THEN_RESET,
    ],
    look: "Hostseite: Prüfaufträge. Auf dem Host: journalctl -u trustboard-agent, trustboard-agent --version.",
};

pub(super) const NONCE_EMPTY: ReasonEntry = ReasonEntry {
    title: "Der Quote ist an keine Challenge gebunden",
    sentence: "Der Quote trägt keine Zusatzdaten; er kann also zu jeder Zeit entstanden sein[ ({place})].",
    cause: "Der Quote stammt von einem anderen Programm als dem Agenten oder aus der Zeit vor der Challenge.",
    remedy: &[
        "Klicken Sie auf „Jetzt prüfen“.",
        "Schlägt es wieder fehl, installieren Sie den Agenten aus seinem Paket neu und starten Sie ihn.",
        "Schlägt es weiter fehl, behandeln Sie es als Sicherheitsvorfall: Etwas anderes erzeugt hier Nachweise. Trennen Sie den Host.",
        THEN_RESET,
    ],
    look: "Hostseite: Prüfaufträge. Auf dem Host: welche Programme /dev/tpmrm0 benutzen.",
};

pub(super) const EK_NOT_ENDORSED: ReasonEntry = ReasonEntry {
    title: "Niemand bürgt für das TPM: kein EK-Zertifikat und keine Freigabe",
    sentence: "Das TPM hat kein EK-Zertifikat geliefert, und kein Operator hat seinen Endorsement Key[ {ek}] freigegeben.",
    cause: "Virtuelle TPMs, Firmware-TPMs und manche Module haben kein Zertifikat; bei anderen wurde es gelöscht.",
    remedy: &[
        "Vergleichen Sie den Endorsement Key auf der Hostseite mit dem, den trustboard-agent status an der Konsole genau dieses Hosts zeigt.",
        "Sind beide gleich und gehört der Rechner Ihnen, übernehmen Sie die Identität auf der Hostseite mit einer Begründung: Damit ist dieser Schlüssel anhand seines Hashes freigegeben.",
        "Sollte dieses TPM-Modell ein Zertifikat haben, aktualisieren Sie die Firmware des TPM; geben Sie nichts frei, bevor Sie wissen, warum es fehlt.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: Identität, Hersteller und Modell des TPM. Auf dem Host: trustboard-agent status; tpm2_getekcertificate.",
};
