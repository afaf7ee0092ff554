//! Ce qui entoure chaque page.

use crate::text::front::{FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
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
    }
}
