//! Le TPM a signé ces valeurs de PCR.

use super::{AFTER_BOOT, THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const AGENT_FIRST: &str = "Cliquez sur « Vérifier maintenant ». En cas de nouvel échec, réinstallez l'agent depuis son paquet, redémarrez-le et vérifiez encore une fois.";
const THEN_INCIDENT: &str = "Si l'échec persiste, traitez l'affaire comme un incident de sécurité : déconnectez l'hôte et examinez-le avant de le reconnecter.";
const LOOK_AT_JOB: &str = "Page de l'hôte : le contrôle en échec et la dernière vérification. Sur l'hôte : journalctl -u trustboard-agent, trustboard-agent --version.";
const TO_SETUP: &str =
    "Mettez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.";

pub(super) const NOT_FROM_TPM: ReasonEntry = ReasonEntry {
    title: "La citation (quote) ne vient pas d'un TPM",
    sentence: "Il manque à la citation la marque qu'un TPM met sur tout ce qu'il produit lui-même.",
    cause: "Autre chose qu'un TPM a inventé la citation, ou elle a été abîmée en route.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const WRONG_TYPE: ReasonEntry = ReasonEntry {
    title: "La clé d'attestation a signé autre chose qu'une citation (quote)",
    sentence: "Ce qui a été signé est d'un autre type.",
    cause: "Une autre déclaration du TPM (une certification, un horodatage) a été présentée comme une citation, ou l'agent est défectueux.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_INVALID: ReasonEntry = ReasonEntry {
    title: "La signature de la citation (quote) est invalide",
    sentence: "La signature n'est pas confirmée par la clé d'attestation enregistrée.",
    cause: "La citation a été modifiée après la signature, ou une autre clé l'a signée : la clé d'attestation de l'agent n'est pas celle qui est enregistrée.",
    remedy: &[
        "Si la page de l'hôte dit aussi qu'une clé ne correspond pas à celle qui est enregistrée, réglez d'abord cela : c'en est l'explication.",
        AGENT_FIRST,
        THEN_INCIDENT,
        THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_SCHEME: ReasonEntry = ReasonEntry {
    title: "La signature de la citation n'utilise pas le schéma de la clé d'attestation",
    sentence: "La signature utilise un autre schéma ou un autre hachage que la clé.",
    cause: "Une autre clé a signé la citation, ou l'agent est défectueux.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SELECTION_MISMATCH: ReasonEntry = ReasonEntry {
    title: "La citation (quote) couvre d'autres PCR que ceux demandés",
    sentence: "La citation et les valeurs jointes ne couvrent pas ce qui était demandé[ ({place})].",
    cause: "Une banque de PCR a été activée ou désactivée depuis le défi, l'agent est trop ancien ou défectueux, ou quelqu'un cache des PCR.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const DIGEST_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Les valeurs de PCR envoyées ne sont pas celles de la citation (quote)",
    sentence: "Les valeurs envoyées donnent une autre empreinte que celle de la citation[ ({place})].",
    cause: "Un PCR a été étendu entre la lecture et la signature, ou les valeurs ont été modifiées ensuite.",
    remedy: &[
        "Cliquez sur « Vérifier maintenant » : si un PCR était en train d'être étendu, la preuve suivante concorde.",
        "Si l'échec revient à chaque fois, réinstallez l'agent depuis son paquet et redémarrez-le.",
        THEN_INCIDENT,
        VERIFY_THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const MANDATORY_PCRS_MISSING: ReasonEntry = ReasonEntry {
    title: "Des PCR exigés par la stratégie manquent dans la citation (quote)",
    sentence: "[PCR {pcrs}|Des PCR exigés par la stratégie] sans jugement possible : non attestés en SHA-256 ni dans une banque plus forte.",
    cause: "La banque SHA-256 n'est pas active ou ne couvre qu'une partie des PCR, ou l'agent est défectueux.",
    remedy: &[
        TO_SETUP,
        "Activez la banque de PCR SHA-256 avec tous ses PCR, enregistrez et démarrez.",
        "Si la banque est active, réinstallez l'agent depuis son paquet et redémarrez-le.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : valeurs des PCR, banques de PCR actives. Sur l'hôte : tpm2_getcap pcrs.",
};

pub(super) const BANK_UNEXTENDED: ReasonEntry = ReasonEntry {
    title: "Le firmware n'a rien mesuré dans une banque de PCR active",
    sentence: "[{place}|Une banque active] : les PCR 0 à 7 n'ont que des valeurs initiales. Un attaquant pourrait les remplir avec les valeurs d'un hôte sain (CVE-2021-42299).",
    cause: "Le firmware ne connaît pas cette banque, ou elle a été activée à son insu.",
    remedy: &[
        TO_SETUP,
        "Désactivez la banque dans laquelle le firmware ne mesure pas, ou mettez le firmware à jour vers une version qui le fait.",
        "Sans un tel réglage, et avec tpm2-tools sur l'hôte : tpm2_pcrallocate avec les seules banques voulues, puis redémarrez.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : valeurs des PCR par banque. Sur l'hôte : tpm2_pcrread, tpm2_getcap pcrs.",
};

pub(super) const PCR_UNEXPLAINED: ReasonEntry = ReasonEntry {
    title: "Un PCR a été étendu, mais aucun journal ne dit par quoi",
    sentence: "[{place}|Un PCR] : pas sa valeur initiale, et le journal ne contient aucun événement pour lui.",
    cause: "Il manque des événements au journal, un logiciel a étendu un PCR après le démarrage, ou un élément du démarrage mesure sans tenir de journal.",
    remedy: &[
        "Regardez le tableau des PCR : de quel PCR s'agit-il, et à quoi sert-il ?",
        "Cherchez quel logiciel l'étend (chargeur de démarrage, systemd, un produit de sécurité).",
        "Mettez à jour le firmware et le chargeur de démarrage, afin que les événements soient consignés, puis redémarrez.",
        "Si personne n'en connaît l'origine, mettez l'hôte en mode maintenance et examinez sa chaîne de démarrage.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : valeurs des PCR. Sur l'hôte : tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.",
};

pub(super) const CLOCK_WENT_BACK: ReasonEntry = ReasonEntry {
    title: "L'horloge ou les compteurs du TPM ont reculé",
    sentence: "Le TPM annonce moins qu'auparavant[ ({place})].",
    cause: "Le TPM a été effacé ou remplacé, une machine virtuelle a été ramenée à un instantané, ou une ancienne citation a été renvoyée.",
    remedy: &[
        "Cherchez à savoir si le TPM a été effacé, la carte mère remplacée ou un instantané restauré.",
        "Si c'est le cas, cliquez sur « Vérifier maintenant » : les nouveaux compteurs ont été consignés avec cet échec, et le compte repart d'eux. L'alarme reste rouge jusqu'à ce que vous la remettiez au vert.",
        "Si personne n'est au courant, traitez l'affaire comme un incident de sécurité : le TPM est peut-être une copie. Déconnectez l'hôte.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : compteurs du TPM et historique. Pour une machine virtuelle : les instantanés dans son hyperviseur.",
};

pub(super) const CLOCK_NOT_SAFE: ReasonEntry = ReasonEntry {
    title: "L'horloge du TPM n'est pas encore fiable",
    sentence: "Le TPM dit que son horloge a pu reculer après une coupure de courant.",
    cause: "L'hôte a perdu l'alimentation sans que le TPM ait été arrêté proprement. Le TPM déclare son horloge fiable après quelques minutes.",
    remedy: &[
        "Attendez une demi-heure, puis cliquez sur « Vérifier maintenant ».",
        "Si rien ne change, arrêtez l'hôte proprement, sans couper son alimentation, puis redémarrez-le.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : compteurs du TPM. Sur l'hôte : tpm2_readclock.",
};

pub(super) const FIRMWARE_DOWNGRADED: ReasonEntry = ReasonEntry {
    title: "Le firmware du TPM est plus ancien qu'auparavant",
    sentence: "Le TPM exécute un firmware plus ancien qu'auparavant.",
    cause: "Quelqu'un a installé un firmware plus ancien dans le TPM, peut-être avec un lot de firmwares de la carte mère, ou le TPM a été remplacé.",
    remedy: &[
        "Cherchez à savoir si le firmware du TPM a été changé volontairement.",
        "Sinon, réinstallez la version plus récente : les anciennes peuvent avoir des faiblesses connues.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : firmware et compteurs du TPM, historique.",
};

pub(super) const QUALIFIED_SIGNER_CHANGED: ReasonEntry = ReasonEntry {
    title: "La clé d'attestation a changé de place dans la hiérarchie de clés du TPM",
    sentence: "Le signataire qualifié n'est pas celui qui était enregistré.",
    cause: "Le TPM a été effacé et la même clé chargée sous un autre parent, ou la citation vient d'un autre TPM.",
    remedy: &[
        "Cherchez à savoir si le TPM a été effacé ou le dossier d'état de l'agent restauré.",
        "Si c'est le cas, la page de l'hôte montre en général aussi une autre clé que celle qui est enregistrée : acceptez-y la nouvelle identité et donnez le motif.",
        "Si personne n'est au courant, traitez l'affaire comme un incident de sécurité : déconnectez l'hôte.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : identité et historique. Sur l'hôte : trustboard-agent status.",
};
