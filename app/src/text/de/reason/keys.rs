//! Die Schlüssel sind, was sie sein müssen.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

const NEW_AK: &str = "Registrieren Sie den Host mit einem neuen Token neu: Der Agent erzeugt dann einen Attestation Key mit den richtigen Eigenschaften.";
const WEAK_AK_REMEDY: &[&str] =
    &["Installieren Sie den aktuellen Agenten.", NEW_AK, VERIFY_THEN_RESET];
const WEAK_AK_LOOK: &str = "Hostseite: der fehlgeschlagene Prüfpunkt, Modell und Firmware des TPM.";

pub(super) const EK_TEMPLATE_UNEXPECTED: ReasonEntry = ReasonEntry {
    title: "Der Endorsement Key ist nicht von der erwarteten Art",
    sentence: "Der Endorsement Key ist kein beschränkter Entschlüsselungsschlüssel, wie ihn das Profil der TCG verlangt.",
    cause: "Das TPM verwendet eine eigene Vorlage, oder es wurde etwas anderes als ein Endorsement Key vorgelegt.",
    remedy: &[
        "Aktualisieren Sie den Agenten und die Firmware des TPM und registrieren Sie den Host neu.",
        "Legt das TPM weiter diesen Schlüssel vor, vertrauen Sie ihm nicht: Tauschen Sie das Modul.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: der fehlgeschlagene Prüfpunkt; Hersteller, Modell und Firmware des TPM.",
};

pub(super) const EK_CERTIFICATE_WRONG_KEY: ReasonEntry = ReasonEntry {
    title: "Der Endorsement Key passt nicht zum EK-Zertifikat",
    sentence: "Das Zertifikat im TPM gilt für einen anderen Schlüssel als den Endorsement Key, den das TPM verwendet.",
    cause: "Das Zertifikat im TPM gehört zu einem anderen Schlüsseltyp (RSA oder ECC), der Seed wurde nach der Ausstellung geändert, oder das Zertifikat wurde von einem anderen TPM kopiert.",
    remedy: &[
        "Aktualisieren Sie die Firmware des TPM und des Boards und starten Sie den Host.",
        "Starten Sie den Agenten neu, damit er Schlüssel und Zertifikat noch einmal liest.",
        "Bleibt es dabei, vertrauen Sie diesem TPM nicht: Fragen Sie den Hersteller oder tauschen Sie das Modul.",
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: der fehlgeschlagene Prüfpunkt, Identität, Modell und Firmware des TPM. Auf dem Host: tpm2_getekcertificate.",
};

pub(super) const AK_ATTRIBUTES_WRONG: ReasonEntry = ReasonEntry {
    title: "Der Attestation Key ist kein beschränkter Signaturschlüssel",
    sentence: "Der Attestation Key ist keiner, der nur signiert, was sein TPM selbst erzeugt hat.",
    cause: "Der Schlüssel stammt nicht vom Agenten oder von einer fehlerhaften Version. Mit ihm ließe sich ein Quote signieren, den kein TPM erzeugt hat.",
    remedy: &[
        "Vertrauen Sie den Aussagen dieses Hosts nicht, bis das geklärt ist.",
        NEW_AK,
        VERIFY_THEN_RESET,
    ],
    look: "Hostseite: der fehlgeschlagene Prüfpunkt und die Identität. Auf dem Host: trustboard-agent --version und sein Zustandsverzeichnis.",
};

pub(super) const AK_SCHEME_WEAK: ReasonEntry = ReasonEntry {
    title: "Das Signaturverfahren des Attestation Key fehlt oder ist schwach",
    sentence: "Der Attestation Key signiert mit einem fehlenden oder schwachen Verfahren.",
    cause: "Ein alter Agent hat den Schlüssel erzeugt, oder das TPM kennt nur schwache Verfahren.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};

pub(super) const AK_NAME_WEAK: ReasonEntry = ReasonEntry {
    title: "Der Name des Attestation Key ist mit einem schwachen Hash gebildet",
    sentence: "Der Name des Attestation Key verwendet einen schwachen Hash.",
    cause: "Ein alter Agent hat den Schlüssel erzeugt, oder das TPM kennt nur SHA-1.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};
