//! Le TPM est authentique : son certificat EK.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

const APPROVE_BY_HAND: &str = "Si le certificat ne peut être réparé et que la machine est à vous : comparez la clé d'approbation sur la page de l'hôte avec celle que montre trustboard-agent status à sa console, puis acceptez l'identité sur la page de l'hôte. Votre approbation de cette clé tient lieu de certificat et est montrée comme plus faible.";
const LOOK: &str = "Page de l'hôte : le contrôle en échec ; fabricant, modèle et firmware du TPM. Sur l'hôte : tpm2_getekcertificate -o ek.crt, puis openssl x509 -inform der -in ek.crt -text.";
const UPDATE_TPM: &str = "Mettez à jour le firmware du TPM.";
const ASK_MAKER: &str =
    "Demandez au fabricant si ce certificat est le sien ; d'ici là, ne lui faites pas confiance.";

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "Le certificat EK est illisible",
    sentence: "Ce que le TPM contient comme certificat n'est pas un certificat X.509 bien formé.",
    cause: "Le certificat dans le TPM est abîmé ou tronqué, ou le fabricant y a écrit autre chose.",
    remedy: &[
        "Redémarrez l'agent, afin qu'il relise le certificat.",
        "Mettez à jour le firmware du TPM : certains fabricants corrigent ainsi le certificat.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const UNKNOWN_ISSUER: ReasonEntry = ReasonEntry {
    title: "L'émetteur du certificat EK n'est pas un fabricant de TPM de confiance",
    sentence: "Aucun chemin ne mène de [« {issuer} »|l'émetteur du certificat] à une racine à laquelle ce serveur fait confiance.",
    cause: "Le certificat racine ou intermédiaire du fabricant manque sur ce serveur, ou le certificat ne vient pas d'un fabricant de TPM.",
    remedy: &[
        "Regardez sous « Fabricants de TPM » si un certificat de ce fabricant attend une confirmation : comparez son empreinte avec celle que publie le fabricant, et accordez-lui votre confiance.",
        "S'il n'y en a pas : procurez-vous les certificats racine et intermédiaires sur le site du fabricant[ ; le certificat lui-même indique {address}] et importez-les sous « Fabricants de TPM ». Les racines publiées sont reconnues, les autres se confirment par leur empreinte.",
        "S'il s'agit d'un TPM virtuel, ajoutez la racine de la plateforme qui a émis son certificat.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const INTERMEDIATE_MISSING: ReasonEntry = ReasonEntry {
    title: "Un certificat intermédiaire du fabricant du TPM manque",
    sentence: "Ce serveur fait confiance à [« {root} »|la racine du fabricant], mais [« {issuer} »|l'émetteur du certificat], qui devrait y mener, n'a pas été importé[ (indiqué par : {place})].",
    cause: "Les fabricants ajoutent des autorités émettrices à chaque génération de TPM ; celle-ci est venue après la collecte des certificats de ce serveur.",
    remedy: &[
        "Procurez-vous le certificat de [« {issuer} »|l'émetteur] sur le site du fabricant[ : le certificat situé en dessous indique {address}].",
        "Vérifiez que c'est le bon[ : son identifiant de clé (subject key identifier) est {key-id}].",
        "Importez-le sous « Fabricants de TPM ». Il n'a pas besoin de confirmation : il ne compte que parce que la racine de confiance l'a signé.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const BAD_SIGNATURE: ReasonEntry = ReasonEntry {
    title: "Une signature de la chaîne du certificat EK est invalide",
    sentence: "Un certificat de la chaîne n'a pas été signé par celui qui le précède[ ({place})].",
    cause: "Le certificat est abîmé ou falsifié, ou un fichier de certificats du fabricant n'est pas ce que dit son nom.",
    remedy: &[
        "Comparez les certificats du fabricant sur ce serveur avec les empreintes qu'il publie.",
        "S'ils sont bons, le certificat dans le TPM est abîmé ou falsifié : ne faites pas confiance à ce TPM et interrogez son fabricant.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const EXPIRED: ReasonEntry = ReasonEntry {
    title: "Un certificat de la chaîne du certificat EK n'est pas valide actuellement",
    sentence: "Un certificat de la chaîne a expiré ou n'est pas encore valide[ ({place})].",
    cause: "Le fabricant a donné une courte durée au certificat, un certificat intermédiaire a expiré, ou l'horloge du serveur est fausse.",
    remedy: &[
        "Vérifiez l'horloge du serveur.",
        "Procurez-vous les certificats intermédiaires actuels du fabricant et importez-les sous « Fabricants de TPM ».",
        "Mettez à jour le firmware du TPM : certains fabricants renouvellent ainsi le certificat.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const PROFILE: ReasonEntry = ReasonEntry {
    title: "Le certificat n'est pas un certificat EK",
    sentence: "Le certificat enfreint le profil des certificats EK.",
    cause: "Un autre certificat se trouve là où le TPM garde celui de sa clé d'approbation, ou le fabricant n'a pas suivi le profil.",
    remedy: &[
        "Mettez à jour le firmware du TPM et celui de la carte mère.",
        ASK_MAKER,
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const NO_TPM_NAME: ReasonEntry = ReasonEntry {
    title: "Le certificat ne nomme pas son TPM",
    sentence: "Le fabricant, le modèle ou la version du TPM manque dans le certificat.",
    cause: "Le certificat n'est pas un certificat EK, ou le fabricant n'a pas suivi le profil.",
    remedy: &[UPDATE_TPM, ASK_MAKER, APPROVE_BY_HAND, VERIFY_THEN_RESET],
    look: LOOK,
};

pub(super) const OTHER_MAKER: ReasonEntry = ReasonEntry {
    title: "Le certificat et le TPM nomment des fabricants différents",
    sentence: "Le certificat a été établi pour un TPM d'un autre fabricant que celui que ce TPM annonce.",
    cause: "Le certificat appartient à un autre TPM, ou ce que l'hôte dit de son TPM n'est pas vrai.",
    remedy: &[
        "Comparez le fabricant indiqué sur la page de l'hôte avec le module qui est dans la machine.",
        "Redémarrez l'agent, afin qu'il relise le certificat et les propriétés.",
        "S'ils diffèrent toujours, traitez l'affaire comme un incident de sécurité : le certificat est peut-être la copie de celui d'un autre TPM.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const USAGE: ReasonEntry = ReasonEntry {
    title: "L'usage indiqué dans le certificat EK n'est pas celui qu'il faut",
    sentence: "L'usage de la clé ou l'usage étendu ne convient pas à une clé d'approbation.",
    cause: "D'anciens certificats de certains fabricants omettent l'usage de la clé ou le marquent mal. À lui seul, ce n'est pas un signe d'attaque.",
    remedy: &[
        "Notez le modèle du TPM ; le certificat ne peut pas être changé sur l'hôte.",
        "Mettez à jour le firmware du TPM si le fabricant propose un certificat corrigé.",
        "Il n'y a rien d'autre à faire : par défaut, la stratégie se contente d'avertir.",
    ],
    look: LOOK,
};

pub(super) const REVOKED: ReasonEntry = ReasonEntry {
    title: "Le fabricant du TPM a révoqué son certificat EK",
    sentence: "Le certificat figure sur la liste de révocation de son fabricant[ ({place})].",
    cause: "La clé est compromise ou on le craint, ou le fabricant a retiré une série défectueuse.",
    remedy: &[
        "Lisez l'avis de sécurité du fabricant pour ce modèle de TPM.",
        "Mettez l'hôte en mode maintenance et déplacez son travail ailleurs.",
        "Remplacez le TPM, ou mettez à jour son firmware si le fabricant dit que cela crée une nouvelle clé.",
        "Acceptez la nouvelle identité sur la page de l'hôte, puis remettez l'alarme au vert lorsque la colonne Attestation indique « Réussie ».",
    ],
    look: LOOK,
};
