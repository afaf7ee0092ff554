//! Ce qu'une ligne dit d'autre, et ce que le serveur refuse.

use trustboard_model::refusal::Refusal;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use crate::text::message::MessageEntry;

pub(super) fn cause(cause: &Cause) -> MessageEntry {
    let (title, sentence) = match cause {
        Cause::NoTpm => (
            "Aucun TPM 2.0 trouvé",
            "L'hôte n'annonce aucun TPM 2.0, et la stratégie admet des hôtes sans TPM. S'il en a un, activez-le dans la configuration du firmware.",
        ),
        Cause::Malformed { .. } => (
            "La preuve est illisible",
            "Une partie de ce que l'hôte a envoyé[ ({part})] est abîmée ou n'a pas le bon format[ : {problem}]. Mettez à jour ou redémarrez l'agent, puis vérifiez de nouveau.",
        ),
        Cause::HostRefused { .. } => (
            "L'hôte n'a pas pu fournir de preuve",
            "L'agent a répondu[ : {problem}| sans dire pourquoi].",
        ),
        Cause::NotEvaluated { .. } => (
            "Un contrôle n'a pas pu être fait",
            "La stratégie exige [le contrôle « {check} »|un contrôle], qui n'a pas pu être fait[ : {problem}].",
        ),
    };
    MessageEntry { title, sentence }
}

pub(super) fn message(message: &Message) -> Option<MessageEntry> {
    let (title, sentence) = match message {
        Message::Nothing
        | Message::Reasons { .. }
        | Message::Warnings { .. }
        | Message::Unknown { .. } => return None,
        Message::NeverVerified => {
            ("Jamais vérifié", "Aucune preuve de cet hôte n'a encore été évaluée.")
        }
        Message::VerificationFailed { .. } => (
            "La dernière vérification n'a pas pu être menée à bien",
            "Tentée le {at} : {problem}. Ce que disent les colonnes est plus ancien.",
        ),
        Message::NotResponding { .. } => (
            "Ne répond pas",
            "Aucune session depuis le {since}. Ce que disent les colonnes date d'avant.",
        ),
        Message::Disconnected { .. } => (
            "Déconnecté",
            "Un opérateur a déconnecté cet hôte[ : {reason}]. Il n'est pas vérifié tant qu'il n'est pas reconnecté.",
        ),
    };
    Some(MessageEntry { title, sentence })
}

pub(super) fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignInRequired => {
            "Ouvrez d'abord une session ; personne n'est identifié, ou la session a pris fin."
        }
        Refusal::WrongCredentials => "Le nom ou le mot de passe est incorrect.",
        Refusal::Forbidden { .. } => "Il faut pour cela le rôle {role}.",
        Refusal::CrossSite => {
            "La demande ne vient pas d'une page de ce Trustboard ; rien n'a donc été fait. Rouvrez la page et recommencez-y."
        }
        Refusal::NotFound { .. } => "Cela n'existe pas[ : {what}] ; peut-être a-t-il été supprimé.",
        Refusal::Stale { .. } => {
            "L'hôte a changé depuis le chargement de cette page ; rien n'a donc été fait[. Maintenant : {now}]."
        }
        Refusal::Conflict { .. } => "L'état ne le permet pas[ : {problem}].",
        Refusal::Invalid { .. } => "[{field} : {problem}|Un champ n'est pas admissible].",
        Refusal::TooMany { .. } => "Trop de tentatives. Réessayez dans {seconds} s.",
        Refusal::Unavailable { .. } => {
            "Le serveur n'a pas pu le faire pour l'instant, et rien n'a été changé.[ Son journal dit pourquoi sous {trace}.]"
        }
    }
}
