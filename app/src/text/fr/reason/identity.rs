//! Le TPM et ses clés sont ceux qui sont enregistrés, et la réponse correspond à son défi.

use super::{THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const NO_CACHED_IDENTITY: ReasonEntry = ReasonEntry {
    title: "Aucune clé d'identité en cache",
    sentence: "Cet hôte a été inscrit sans TPM et en a maintenant un ; aucune identité n'est donc enregistrée pour le vérifier. « Vérifier maintenant » n'y peut rien ; déconnectez-le, puis connectez-le.",
    cause: "Un TPM a été ajouté ou activé après l'inscription de l'hôte.",
    remedy: &[
        "Assurez-vous que le TPM a été ajouté ou activé par quelqu'un que vous connaissez.",
        "Mettez l'hôte en mode maintenance.",
        "Déconnectez l'hôte.",
        "Connectez l'hôte : son TPM prouve ses clés, et elles sont enregistrées comme son identité.",
        "L'hôte est vérifié de lui-même. Lorsque la colonne Attestation indique « Réussie », quittez le mode maintenance et remettez l'alarme au vert.",
    ],
    look: "Page de l'hôte : identité ; l'historique dit quand l'hôte a été inscrit.",
};

pub(super) const EK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "La clé d'approbation (EK) du TPM ne correspond pas à celle qui est enregistrée",
    sentence: "Le TPM a répondu avec [la clé d'approbation {found}|une autre clé d'approbation que celle qui est enregistrée][ ; est enregistrée : {expected}].",
    cause: "La carte mère ou le TPM a été remplacé, le TPM a été effacé avec sa graine, ou une autre machine se présente avec les identifiants de cet hôte.",
    remedy: &[
        "Cherchez à savoir si la carte mère ou le TPM de cet hôte a été remplacé : demandez à qui tient le ticket, et comparez le numéro de série dans le contrôleur de gestion.",
        "Si c'est le cas, acceptez la nouvelle identité sur la page de l'hôte et donnez le ticket comme motif. Le TPM prouve alors ses nouvelles clés.",
        "Si personne n'est au courant, traitez l'affaire comme un incident de sécurité : déconnectez l'hôte et tenez-le à l'écart du réseau jusqu'à son examen.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : identité, avec la clé enregistrée à côté de celle que l'hôte a présentée ; fabricant, modèle et firmware du TPM. Sur l'hôte : trustboard-agent status.",
};

pub(super) const AK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "La clé d'attestation (AK) de l'hôte ne correspond pas à celle qui est enregistrée",
    sentence: "La clé d'approbation est bien celle qui est enregistrée, mais la clé d'attestation [est {found}|est une autre][ ; est enregistrée : {expected}].",
    cause: "Le dossier d'état de l'agent a été supprimé ou restauré d'ailleurs, le TPM a été effacé, ou l'agent a été inscrit de nouveau et a créé une nouvelle clé d'attestation.",
    remedy: &[
        "Cherchez à savoir si l'agent a été réinstallé, son dossier d'état restauré ou le TPM effacé.",
        "Si c'est le cas, acceptez la nouvelle identité sur la page de l'hôte et donnez le motif. Le TPM prouve alors sa nouvelle clé.",
        "Si personne n'a rien fait de tel, déconnectez l'hôte et examinez-le avant de le reconnecter.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : identité. Sur l'hôte : trustboard-agent status, et les dates des fichiers du dossier d'état de l'agent.",
};

pub(super) const IDENTITY_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "La même identité de TPM est enregistrée pour un autre hôte",
    sentence: "La même clé d'approbation ou d'attestation est aussi enregistrée pour [{other_host}|un autre hôte].",
    cause: "Une machine a été inscrite sous deux noms, sa carte mère a changé d'hôte, une machine virtuelle a été clonée avec son TPM virtuel, ou un seul TPM répond pour deux machines.",
    remedy: &[
        "Examinez les deux hôtes : même identifiant de machine, même numéro de série, même matériel ?",
        "S'il s'agit d'une seule machine sous deux noms, déconnectez l'entrée qui ne sert plus.",
        "Si une machine virtuelle a été clonée, donnez au clone un nouveau TPM virtuel et inscrivez-le de nouveau.",
        "S'il s'agit de deux machines physiques, traitez l'affaire comme un incident de sécurité : un TPM ne peut être que dans l'une d'elles.",
        VERIFY_THEN_RESET,
    ],
    look: "Pages des deux hôtes : identité, identifiant de machine, historique. On y voit quand chacun a été inscrit.",
};

pub(super) const IDENTITY_NOT_PROVEN: ReasonEntry = ReasonEntry {
    title: "Le TPM n'a pas prouvé son identité",
    sentence: "Le TPM n'a pas déchiffré le secret préparé pour ses clés.",
    cause: "La clé d'attestation n'est pas dans le TPM qui détient la clé d'approbation, une hiérarchie du TPM est verrouillée ou désactivée, ou le TPM refuse pendant un verrouillage (lockout).",
    remedy: &[
        "Ouvrez la dernière vérification sur la page de l'hôte : l'étape de la preuve dit ce que le TPM a répondu.",
        "Sur l'hôte, exécutez trustboard-agent status. Si le TPM est verrouillé, attendez la fin du délai ou coupez l'alimentation de l'hôte puis rallumez-le.",
        "Dans la configuration du firmware, assurez-vous que les hiérarchies d'approbation et de stockage sont activées.",
        "Déconnectez l'hôte puis connectez-le, afin que le TPM soit interrogé de nouveau.",
        "Si l'échec persiste alors que les clés sont celles qui sont enregistrées, une autre machine sert peut-être de relais : laissez l'hôte déconnecté et examinez-le sur place.",
    ],
    look: "Page de l'hôte : vérifications, identité. Sur l'hôte : journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_EXPIRED: ReasonEntry = ReasonEntry {
    title: "La réponse est arrivée après l'expiration du défi",
    sentence: "Le défi avait expiré quand la preuve est arrivée.",
    cause: "Le TPM ou l'hôte est très lent ou surchargé, le réseau a été interrompu, ou une ancienne réponse a été renvoyée.",
    remedy: &[
        "Cliquez sur « Vérifier maintenant » et regardez les durées dans les étapes de la vérification.",
        "Si la signature du TPM est déjà longue, cherchez ce qui d'autre utilise le TPM sur cet hôte ; s'il est bloqué, coupez l'alimentation de l'hôte puis rallumez-le.",
        "Si c'est le chemin qui est lent, examinez le réseau entre l'hôte et le serveur.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : vérifications, de « Défi envoyé » à « Preuve reçue ». Sur l'hôte : journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_WRONG_HOST: ReasonEntry = ReasonEntry {
    title: "La preuve répond à un défi destiné à un autre hôte",
    sentence: "Le défi n'a pas été émis pour cet hôte.",
    cause: "Quelqu'un fait suivre des preuves d'un hôte à l'autre, ou deux machines utilisent des copies du même état d'agent.",
    remedy: &[
        "Cherchez à savoir si cette machine a été clonée ou l'état de son agent copié. Si c'est le cas, inscrivez la copie avec un nouveau jeton.",
        "Sinon, traitez l'affaire comme un incident de sécurité : déconnectez l'hôte et examinez-le avant de le reconnecter.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : vérifications et historique ; on y voit quand l'hôte a été inscrit.",
};

pub(super) const NONCE_MISMATCH: ReasonEntry = ReasonEntry {
    title: "La citation du TPM (quote) ne répond pas à ce défi",
    sentence: "Ce que le TPM a signé est lié à un autre nonce, ou à d'autres données que celles envoyées[ ({place})].",
    cause: "Une ancienne citation a été renvoyée, des informations ou le journal ont été modifiés après la signature du TPM, ou l'agent est défectueux.",
    remedy: &[
        "Cliquez sur « Vérifier maintenant ». Un hôte honnête réussit avec le nouveau défi.",
        "En cas de nouvel échec, redémarrez l'agent et comparez sa version à celle des autres hôtes.",
        "Si l'échec persiste, traitez l'affaire comme un incident de sécurité : entre le TPM et le serveur, quelque chose rejoue ou modifie les preuves. Déconnectez l'hôte.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : vérifications. Sur l'hôte : journalctl -u trustboard-agent, trustboard-agent --version.",
};

pub(super) const NONCE_EMPTY: ReasonEntry = ReasonEntry {
    title: "La citation du TPM (quote) n'est liée à aucun défi",
    sentence: "La citation ne porte aucune donnée supplémentaire ; elle a donc pu être faite à tout moment[ ({place})].",
    cause: "La citation vient d'un autre programme que l'agent, ou date d'avant le défi.",
    remedy: &[
        "Cliquez sur « Vérifier maintenant ».",
        "En cas de nouvel échec, réinstallez l'agent depuis son paquet et redémarrez-le.",
        "Si l'échec persiste, traitez l'affaire comme un incident de sécurité : autre chose fabrique ici des preuves. Déconnectez l'hôte.",
        THEN_RESET,
    ],
    look: "Page de l'hôte : vérifications. Sur l'hôte : quels programmes utilisent /dev/tpmrm0.",
};

pub(super) const EK_NOT_ENDORSED: ReasonEntry = ReasonEntry {
    title: "Personne ne répond de ce TPM : ni certificat EK, ni approbation",
    sentence: "Le TPM n'a fourni aucun certificat EK, et aucun opérateur n'a approuvé sa clé d'approbation[ {ek}].",
    cause: "Les TPM virtuels, ceux du firmware et certains modules n'ont pas de certificat ; sur d'autres, il a été effacé.",
    remedy: &[
        "Comparez la clé d'approbation sur la page de l'hôte avec celle que montre trustboard-agent status à la console de cet hôte précis.",
        "Si elles sont identiques et que la machine est à vous, acceptez l'identité sur la page de l'hôte en donnant le motif : cette clé est ainsi approuvée par son empreinte.",
        "Si ce modèle de TPM devrait avoir un certificat, mettez à jour le firmware du TPM ; n'approuvez rien avant de savoir pourquoi il manque.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : identité, fabricant et modèle du TPM. Sur l'hôte : trustboard-agent status ; tpm2_getekcertificate.",
};
