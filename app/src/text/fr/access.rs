//! Users, accounts, sessions, API keys and the two-person rule.

use crate::text::access::{AccessPhrase, AccessText, AccessWord};

pub(super) fn access(text: AccessText<'_>) -> &'static str {
    match text {
        AccessText::Word(key) => word(key),
        AccessText::Phrase(AccessPhrase::ResetAskedBy { .. }) => {
            "Remise au vert demandée par {name} : {reason}"
        }
        AccessText::Phrase(AccessPhrase::RolesOf { .. }) => "Rôles de {name}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AccessWord) -> &'static str {
    match key {
        AccessWord::Administration => "Administration",
        AccessWord::Users => "Utilisateurs",
        AccessWord::UsersIntro => {
            "Qui peut ouvrir une session, et faire quoi à quel endroit. Dans un centre de données, le plus fort des deux rôles compte."
        }
        AccessWord::Name => "Nom",
        AccessWord::NameHint => {
            "Lettres, chiffres et . _ @ - ; il ne peut pas être changé ensuite."
        }
        AccessWord::Roles => "Rôles",
        AccessWord::State => "État",
        AccessWord::Actions => "Actions",
        AccessWord::SessionsCount => "Sessions",
        AccessWord::LastUsed => "Dernière utilisation",
        AccessWord::Never => "jamais",
        AccessWord::Active => "Actif",
        AccessWord::Disabled => "Bloqué",
        AccessWord::NoPassword => "Sans mot de passe",
        AccessWord::LinkWaits => "Lien de connexion pas encore utilisé",
        AccessWord::You => "vous",
        AccessWord::NewUser => "Nouvel utilisateur",
        AccessWord::RoleEverywhere => "Rôle partout",
        AccessWord::RolesInDatacenters => "Rôles dans certains centres de données",
        AccessWord::NoRole => "aucun rôle",
        AccessWord::CreateUser => "Créer l'utilisateur et son lien de connexion",
        AccessWord::ChangeRoles => "Modifier les rôles…",
        AccessWord::Save => "Enregistrer",
        AccessWord::ResetPassword => "Réinitialiser le mot de passe…",
        AccessWord::ResetPasswordHint => {
            "Retire le mot de passe, ferme toutes les sessions et crée un nouveau lien de connexion."
        }
        AccessWord::Disable => "Bloquer…",
        AccessWord::DisableHint => {
            "Ferme toutes les sessions et ne laisse entrer personne sous ce nom ni avec ses clés d'API jusqu'au déblocage. Ce qui a été fait reste consigné."
        }
        AccessWord::Reason => "Raison",
        AccessWord::Enable => "Débloquer",
        AccessWord::LinkHeading => "Lien de connexion",
        AccessWord::LinkHint => {
            "Transmettez-le par une voie sûre. Il ouvre une session une seule fois et n'est montré que maintenant."
        }
        AccessWord::GoodUntil => "Valable jusqu'au",
        AccessWord::DoneNothing => "C'était déjà le cas.",
        AccessWord::DoneCreated => "L'utilisateur a été créé.",
        AccessWord::DoneRoles => "Les rôles ont été modifiés ; ils comptent dès maintenant.",
        AccessWord::DonePasswordReset => {
            "Le mot de passe a été retiré et toutes les sessions fermées."
        }
        AccessWord::DoneDisabled => "L'utilisateur a été bloqué et toutes ses sessions fermées.",
        AccessWord::DoneEnabled => "L'utilisateur a été débloqué.",
        AccessWord::Account => "Votre compte",
        AccessWord::YourRoles => "Vos rôles",
        AccessWord::NoRights => {
            "Vous n'avez encore de rôle dans aucun centre de données. Un administrateur peut vous en donner un."
        }
        AccessWord::Password => "Mot de passe",
        AccessWord::NoPasswordHint => {
            "Vous n'avez pas encore de mot de passe ; sans lui, il vous faut un lien de connexion à chaque fois."
        }
        AccessWord::CurrentPassword => "Mot de passe actuel",
        AccessWord::NewPassword => "Nouveau mot de passe",
        AccessWord::RepeatPassword => "Nouveau mot de passe encore une fois",
        AccessWord::PasswordHint => "Au moins 10 caractères. Vos autres sessions se ferment.",
        AccessWord::ChangePassword => "Changer le mot de passe",
        AccessWord::DonePassword => {
            "Votre mot de passe a été changé et vos autres sessions fermées."
        }
        AccessWord::Language => "Langue",
        AccessWord::LanguageHint => {
            "Conservée dans votre compte : elle vous suit dans d'autres navigateurs."
        }
        AccessWord::YourSessions => "Vos sessions",
        AccessWord::Device => "Appareil, selon lui",
        AccessWord::Address => "Adresse",
        AccessWord::Began => "Début",
        AccessWord::Ends => "Fin au plus tard",
        AccessWord::ThisSession => "cette session",
        AccessWord::EndSession => "Fermer cette session",
        AccessWord::EndOthers => "Fermer toutes les autres sessions",
        AccessWord::DoneEnded => "Fermé.",
        AccessWord::Keys => "Clés d'API",
        AccessWord::KeysIntro => {
            "Un programme envoie une clé au lieu d'ouvrir une session. Elle permet au plus ce que vous pouvez, n'ouvre pas de pages et ne gère ni utilisateurs ni clés."
        }
        AccessWord::NoKeys => "Vous n'avez pas de clé d'API.",
        AccessWord::NewKey => "Nouvelle clé d'API",
        AccessWord::KeyRole => "Rôle au plus",
        AccessWord::KeyWhere => "Centres de données",
        AccessWord::AllOfYours => "tous les vôtres",
        AccessWord::KeyWhereHint => {
            "N'en choisissez aucun pour tous les vôtres, y compris ceux à venir."
        }
        AccessWord::KeyDays => "Validité en jours",
        AccessWord::CreateKey => "Créer la clé d'API",
        AccessWord::KeyShown => "Nouvelle clé d'API",
        AccessWord::KeyShownHint => {
            "Copiez-la maintenant : elle n'est conservée que hachée et ne sera plus montrée."
        }
        AccessWord::Expires => "Expire",
        AccessWord::Expired => "expirée",
        AccessWord::Revoke => "Révoquer",
        AccessWord::DoneRevoked => "La clé a été révoquée.",
        AccessWord::Sessions => "Sessions",
        AccessWord::SessionsIntro => {
            "Toutes les sessions ouvertes. Une session se ferme après 12 heures sans utilisation et dans tous les cas après 7 jours."
        }
        AccessWord::Settings => "Réglages",
        AccessWord::SettingsIntro => "Ce qui vaut pour tout le serveur.",
        AccessWord::TwoPersons => "Règle des deux personnes",
        AccessWord::TwoApprovals => {
            "Approuver une configuration demande deux personnes différentes"
        }
        AccessWord::TwoApprovalsHint => {
            "Quoi que disent les politiques de ses clusters. Sinon, chaque politique décide."
        }
        AccessWord::TwoResets => {
            "Remettre une alarme au vert demande deux personnes différentes tant que sa cause n'est pas levée"
        }
        AccessWord::TwoResetsHint => {
            "La première demande et dit pourquoi ; une autre confirme ou refuse. Si l'hôte a réussi depuis, une seule suffit."
        }
        AccessWord::DoneSettings => "Enregistré.",
        AccessWord::WaitingResets => "Remises au vert en attente d'une seconde personne",
        AccessWord::WaitingApprovals => "Configurations en attente de la seconde approbation",
        AccessWord::AwaitsSecond => "Demandé. Cela se fera dès qu'un autre opérateur confirmera.",
        AccessWord::YouAsked => "Vous l'avez demandé : un autre opérateur doit confirmer.",
        AccessWord::ConfirmHint => "Remet l'alarme au vert, comme l'autre opérateur l'a demandé.",
        AccessWord::DeclineHint => "L'alarme reste rouge. La raison figure dans l'historique.",
    }
}
