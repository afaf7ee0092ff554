//! Das TPM ist echt: sein EK-Zertifikat.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

const APPROVE_BY_HAND: &str = "Lässt sich das Zertifikat nicht reparieren und gehört der Rechner Ihnen: Vergleichen Sie den Endorsement Key auf der Hostseite mit dem, den trustboard-agent status an seiner Konsole zeigt, und übernehmen Sie dann die Identität auf der Hostseite. Ihre Freigabe dieses Schlüssels tritt an die Stelle des Zertifikats und wird als schwächer gezeigt.";
const LOOK: &str = "Hostseite: der fehlgeschlagene Prüfpunkt; Hersteller, Modell und Firmware des TPM. Auf dem Host: tpm2_getekcertificate -o ek.crt, dann openssl x509 -inform der -in ek.crt -text.";
const UPDATE_TPM: &str = "Aktualisieren Sie die Firmware des TPM.";
const ASK_MAKER: &str = "Fragen Sie den Hersteller, ob dieses Zertifikat von ihm stammt; vertrauen Sie ihm bis dahin nicht.";

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "Das EK-Zertifikat ist nicht lesbar",
    sentence: "Was das TPM als sein Zertifikat enthält, ist kein wohlgeformtes X.509-Zertifikat.",
    cause: "Das Zertifikat im TPM ist beschädigt oder abgeschnitten, oder der Hersteller hat dort etwas anderes abgelegt.",
    remedy: &[
        "Starten Sie den Agenten neu, damit er das Zertifikat noch einmal liest.",
        "Aktualisieren Sie die Firmware des TPM: Manche Hersteller berichtigen damit das Zertifikat.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const UNKNOWN_ISSUER: ReasonEntry = ReasonEntry {
    title: "Der Aussteller des EK-Zertifikats ist kein vertrauter TPM-Hersteller",
    sentence: "Von [„{issuer}“|dem Aussteller des Zertifikats] führt kein Weg zu einer Wurzel, der dieser Server vertraut.",
    cause: "Das Wurzel- oder ein Zwischenzertifikat des Herstellers fehlt auf diesem Server, oder das Zertifikat stammt nicht von einem TPM-Hersteller.",
    remedy: &[
        "Sehen Sie unter „TPM-Hersteller“ nach, ob ein Zertifikat dieses Herstellers auf Bestätigung wartet: Vergleichen Sie seinen Fingerabdruck mit dem veröffentlichten und vertrauen Sie ihm.",
        "Ist keines da: Laden Sie Wurzel- und Zwischenzertifikate von der Website des Herstellers[; das Zertifikat selbst nennt {address}] und importieren Sie sie unter „TPM-Hersteller“. Veröffentlichte Wurzeln werden erkannt, andere über ihren Fingerabdruck bestätigt.",
        "Bei einem virtuellen TPM ergänzen Sie die Wurzel der Plattform, die das Zertifikat ausgestellt hat.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const INTERMEDIATE_MISSING: ReasonEntry = ReasonEntry {
    title: "Ein Zwischenzertifikat des TPM-Herstellers fehlt",
    sentence: "Dieser Server vertraut [„{root}“|der Wurzel des Herstellers], aber [„{issuer}“|der Aussteller des Zertifikats], der dorthin führen sollte, wurde nicht importiert[ (genannt von: {place})].",
    cause: "Hersteller führen mit jeder TPM-Generation neue ausstellende Stellen ein; diese kam hinzu, nachdem die Zertifikate auf diesem Server gesammelt wurden.",
    remedy: &[
        "Laden Sie das Zertifikat von [„{issuer}“|dem Aussteller] von der Website des Herstellers[: Das Zertifikat darunter nennt {address}].",
        "Prüfen Sie, ob es das richtige ist[: Sein Subject Key Identifier ist {key-id}].",
        "Importieren Sie es unter „TPM-Hersteller“. Es braucht keine Bestätigung: Es zählt nur, weil die vertraute Wurzel es signiert hat.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const BAD_SIGNATURE: ReasonEntry = ReasonEntry {
    title: "In der Kette des EK-Zertifikats ist eine Signatur ungültig",
    sentence: "Ein Zertifikat der Kette wurde nicht von dem darüber signiert[ ({place})].",
    cause: "Das Zertifikat ist beschädigt oder gefälscht, oder eine Datei mit Herstellerzertifikaten enthält nicht, was ihr Name sagt.",
    remedy: &[
        "Vergleichen Sie die Herstellerzertifikate auf diesem Server mit den Fingerabdrücken, die der Hersteller veröffentlicht.",
        "Stimmen sie, ist das Zertifikat im TPM beschädigt oder gefälscht: Vertrauen Sie diesem TPM nicht und fragen Sie den Hersteller.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const EXPIRED: ReasonEntry = ReasonEntry {
    title: "Ein Zertifikat in der Kette des EK-Zertifikats ist derzeit nicht gültig",
    sentence: "Ein Zertifikat der Kette ist abgelaufen oder noch nicht gültig[ ({place})].",
    cause: "Der Hersteller hat das Zertifikat nur kurz befristet, ein Zwischenzertifikat ist abgelaufen, oder die Uhr des Servers geht falsch.",
    remedy: &[
        "Prüfen Sie die Uhr des Servers.",
        "Holen Sie die aktuellen Zwischenzertifikate des Herstellers und importieren Sie sie unter „TPM-Hersteller“.",
        "Aktualisieren Sie die Firmware des TPM: Manche Hersteller erneuern damit das Zertifikat.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const PROFILE: ReasonEntry = ReasonEntry {
    title: "Das Zertifikat ist kein EK-Zertifikat",
    sentence: "Das Zertifikat verletzt das Profil für EK-Zertifikate.",
    cause: "Dort, wo das TPM das Zertifikat seines Endorsement Key ablegt, steht ein anderes, oder der Hersteller hat sich nicht an das Profil gehalten.",
    remedy: &[
        "Aktualisieren Sie die Firmware des TPM und des Boards.",
        ASK_MAKER,
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const NO_TPM_NAME: ReasonEntry = ReasonEntry {
    title: "Das Zertifikat nennt sein TPM nicht",
    sentence: "Hersteller, Modell oder Version des TPM fehlen im Zertifikat.",
    cause: "Das Zertifikat ist kein EK-Zertifikat, oder der Hersteller hat sich nicht an das Profil gehalten.",
    remedy: &[UPDATE_TPM, ASK_MAKER, APPROVE_BY_HAND, VERIFY_THEN_RESET],
    look: LOOK,
};

pub(super) const OTHER_MAKER: ReasonEntry = ReasonEntry {
    title: "Zertifikat und TPM nennen verschiedene Hersteller",
    sentence: "Das Zertifikat gilt für ein TPM eines anderen Herstellers, als dieses TPM nennt.",
    cause: "Das Zertifikat gehört zu einem anderen TPM, oder die Angaben des Hosts zu seinem TPM sind nicht wahr.",
    remedy: &[
        "Vergleichen Sie den Hersteller auf der Hostseite mit dem Modul, das im Rechner steckt.",
        "Starten Sie den Agenten neu, damit er Zertifikat und Eigenschaften noch einmal liest.",
        "Unterscheiden sie sich weiter, behandeln Sie es als Sicherheitsvorfall: Das Zertifikat ist vielleicht eine Kopie von einem anderen TPM.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const USAGE: ReasonEntry = ReasonEntry {
    title: "Die Verwendung im EK-Zertifikat ist nicht, wie sie sein soll",
    sentence: "Schlüsselverwendung oder erweiterte Schlüsselverwendung passen nicht zu einem Endorsement Key.",
    cause: "Alte Zertifikate mancher Hersteller lassen die Schlüsselverwendung weg oder kennzeichnen sie falsch. Für sich allein ist das kein Zeichen eines Angriffs.",
    remedy: &[
        "Notieren Sie das TPM-Modell; auf dem Host lässt sich das Zertifikat nicht ändern.",
        "Aktualisieren Sie die Firmware des TPM, wenn der Hersteller ein berichtigtes Zertifikat anbietet.",
        "Mehr ist nicht zu tun: In der Vorgabe warnt die Richtlinie hiervor nur.",
    ],
    look: LOOK,
};

pub(super) const REVOKED: ReasonEntry = ReasonEntry {
    title: "Der TPM-Hersteller hat das EK-Zertifikat widerrufen",
    sentence: "Das Zertifikat steht auf der Widerrufsliste seines Herstellers[ ({place})].",
    cause: "Der Schlüssel ist bekannt geworden oder steht in diesem Verdacht, oder der Hersteller hat eine fehlerhafte Serie zurückgezogen.",
    remedy: &[
        "Lesen Sie den Sicherheitshinweis des Herstellers zu diesem TPM-Modell.",
        "Versetzen Sie den Host in den Wartungsmodus und verlagern Sie seine Arbeit.",
        "Tauschen Sie das TPM, oder aktualisieren Sie seine Firmware, wenn damit laut Hersteller ein neuer Schlüssel entsteht.",
        "Übernehmen Sie die neue Identität auf der Hostseite und setzen Sie den Alarm auf Grün zurück, sobald unter Attestierung „Bestanden“ steht.",
    ],
    look: LOOK,
};
