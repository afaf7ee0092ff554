//! Ce qu'une ligne dit d'autre, et ce que le serveur refuse.

use crate::text::message::{MessageEntry, Messages};
use crate::text::refusal::Refusals;

pub(super) const MESSAGES: Messages = Messages {
    no_tpm: MessageEntry {
        title: "Aucun TPM 2.0 trouvé",
        sentence: "L'hôte n'annonce aucun TPM 2.0, et la stratégie admet des hôtes sans TPM. S'il en a un, activez-le dans la configuration du firmware.",
    },
    malformed: MessageEntry {
        title: "La preuve est illisible",
        sentence: "Une partie de ce que l'hôte a envoyé[ ({part})] est abîmée ou n'a pas le bon format[ : {problem}]. Mettez à jour ou redémarrez l'agent, puis vérifiez de nouveau.",
    },
    host_refused: MessageEntry {
        title: "L'hôte n'a pas pu fournir de preuve",
        sentence: "L'agent a répondu[ : {problem}| sans dire pourquoi].",
    },
    not_evaluated: MessageEntry {
        title: "Un contrôle n'a pas pu être fait",
        sentence: "La stratégie exige [le contrôle « {check} »|un contrôle], qui n'a pas pu être fait[ : {problem}].",
    },
    never_verified: MessageEntry {
        title: "Jamais vérifié",
        sentence: "Aucune preuve de cet hôte n'a encore été évaluée.",
    },
    verification_failed: MessageEntry {
        title: "La dernière vérification n'a pas pu être menée à bien",
        sentence: "Tentée le {at} : {problem}. Ce que disent les colonnes est plus ancien.",
    },
    not_responding: MessageEntry {
        title: "Ne répond pas",
        sentence: "Aucune session depuis le {since}. Ce que disent les colonnes date d'avant.",
    },
    disconnected: MessageEntry {
        title: "Déconnecté",
        sentence: "Un opérateur a déconnecté cet hôte[ : {reason}]. Il n'est pas vérifié tant qu'il n'est pas reconnecté.",
    },
};

pub(super) const REFUSALS: Refusals = Refusals {
    sign_in_required: "Ouvrez d'abord une session ; personne n'est identifié, ou la session a pris fin.",
    wrong_credentials: "Le nom ou le mot de passe est incorrect.",
    key_refused: "La clé d'API n'est pas valable : elle est inconnue, expirée ou révoquée.",
    not_with_key: "Cela ne peut pas se faire avec une clé d'API ; ouvrez une session.",
    forbidden: "Il faut pour cela le rôle {role}.",
    cross_site: "La demande ne vient pas d'une page de ce Trustboard ; rien n'a donc été fait. Rouvrez la page et recommencez-y.",
    not_found: "Cela n'existe pas[ : {what}] ; peut-être a-t-il été supprimé.",
    stale: "L'hôte a changé depuis le chargement de cette page ; rien n'a donc été fait[. Maintenant : {now}].",
    conflict: "L'état ne le permet pas[ : {problem}].",
    invalid: "[{field} : {problem}|Un champ n'est pas admissible].",
    too_many: "Trop de tentatives. Réessayez dans {seconds} s.",
    read_only: "Le serveur ne peut pas écrire : son disque est plein ou défaillant. Il montre ce qui a été enregistré en dernier, mais ne change rien et n'enregistre aucune vérification. Il reprendra de lui-même dès qu'il pourra écrire.",
    unavailable: "Le serveur n'a pas pu le faire pour l'instant, et rien n'a été changé.[ Son journal dit pourquoi sous {trace}.]",
};
