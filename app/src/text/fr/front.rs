//! Ce qui entoure chaque page.

use crate::text::front::{Deed, FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
        FrontText::Deed(deed) => match deed {
            Deed::Acknowledged => "{who} a acquitté l'alarme de {what}",
            Deed::Reset => "{who} a remis au vert l'alarme de {what}",
            Deed::Verifying => "{who} fait vérifier {what}",
            Deed::Presence => "{who} a déconnecté ou connecté {what}",
            Deed::Identity => "{who} a changé l'identité enregistrée de {what}",
            Deed::MaintenanceEntered => "{who} a mis {what} en mode maintenance",
            Deed::MaintenanceLeft => "{who} a mis fin à la maintenance de {what}",
            Deed::ExceptionGranted => "{who} a accordé une exception pour {what}",
            Deed::ExceptionEnded => "{who} a révoqué une exception pour {what}",
            Deed::Moved => "{who} a déplacé {what} vers un autre cluster",
        },
        FrontText::Hosts => "{count} hôtes",
        FrontText::OfflineSince => {
            "Pas de connexion depuis {at}. Ce que vous voyez peut être ancien ; tout sera relu dès que le serveur répondra."
        }
    }
}

fn word(key: FrontWord) -> &'static str {
    match key {
        FrontWord::KeySearch => "Rechercher dans cette page",
        FrontWord::KeyFind => "Trouver un hôte, un cluster ou un centre de données",
        FrontWord::KeyHelp => "Afficher ces raccourcis",
        FrontWord::KeyOverview => "Vue d'ensemble",
        FrontWord::KeyDatacenters => "Choisir un centre de données",
        FrontWord::KeySecurity => "Tous les hôtes",
        FrontWord::KeyAlarms => "Alarmes",
        FrontWord::KeyConfigurations => "Configurations approuvées",
        FrontWord::KeyPolicies => "Stratégies",
        FrontWord::KeyDown => "Ligne suivante",
        FrontWord::KeyUp => "Ligne précédente",
        FrontWord::KeyOpen => "Ouvrir ou fermer la ligne",
        FrontWord::KeySelect => "Sélectionner la ligne",
        FrontWord::KeySelectTo => "Sélectionner jusqu'à cette ligne",
        FrontWord::KeyAcknowledge => "Acquitter",
        FrontWord::KeyReset => "Remettre au vert",
        FrontWord::KeyVerify => "Vérifier maintenant",
        FrontWord::KeyTakeChanges => "Intégrer les changements en attente",
        FrontWord::KeyEscape => "Fermer, ou quitter le champ",
        FrontWord::Keys => "Raccourcis clavier",
        FrontWord::KeysGo => "Aller à",
        FrontWord::KeysHere => "Sur cette page",
        FrontWord::KeysEverywhere => "Partout",
        FrontWord::KeysThen => "puis",
        FrontWord::KeysAreOff => {
            "Les raccourcis sont désactivés. Seuls Ctrl K et Échap fonctionnent."
        }
        FrontWord::KeysSwitchOff => "Désactiver les raccourcis",
        FrontWord::KeysSwitchOn => "Activer les raccourcis",
        FrontWord::Close => "Fermer",
        FrontWord::Display => "Affichage",
        FrontWord::Density => "Hauteur des lignes",
        FrontWord::Comfortable => "Confortable",
        FrontWord::Compact => "Compacte",
        FrontWord::News => "Ce que font les autres",
        FrontWord::Dismiss => "Masquer",
        FrontWord::Offline => "Hors ligne",
        FrontWord::Find => "Trouver",
        FrontWord::FindHint => "Hôte, cluster ou centre de données",
        FrontWord::FindNothing => "Rien ne porte ce nom.",
        FrontWord::FindMore => "Il y en a d'autres : continuez à taper.",
        FrontWord::FindFailed => "La recherche n'a pas atteint le serveur. Réessayez.",
    }
}
