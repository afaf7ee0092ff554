//! Alarmes, actions groupées, tâches et événements.

use crate::text::alarms::{AlarmPhrase, AlarmText, AlarmWord};

pub(super) fn alarm(text: AlarmText<'_>) -> &'static str {
    match text {
        AlarmText::Word(key) => word(key),
        AlarmText::Phrase(said) => phrase(said),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AlarmWord) -> &'static str {
    match key {
        AlarmWord::BulkTitle => "Agir sur plusieurs hôtes",
        AlarmWord::BulkAction => "Action",
        AlarmWord::BulkPreview => "Ce qui va se passer",
        AlarmWord::BulkWhere => "Où",
        AlarmWord::BulkExamples => "Par exemple",
        AlarmWord::BulkNothing => {
            "Aucun hôte ne changerait. Choisissez une autre action ou d’autres hôtes."
        }
        AlarmWord::BulkReasonHolds => {
            "Indiquez pourquoi l’alarme est réinitialisée alors que la cause subsiste. Cela figure dans le journal d’audit."
        }
        AlarmWord::BulkNothingChosen => {
            "Aucun hôte n’est choisi. Sélectionnez-les d’abord dans un tableau."
        }
        AlarmWord::Close => "Fermer",
        AlarmWord::BulkJob => "Tâche groupée",
        AlarmWord::BulkRunning => "En cours",
        AlarmWord::BulkCancelled => "Annulée",
        AlarmWord::BulkDone => "Terminée",
        AlarmWord::BulkGoesOn => {
            "La tâche se poursuit sans cette page. Vous la retrouverez sous « Tâches et événements »."
        }
        AlarmWord::BulkCancel => "Annuler la tâche",
        AlarmWord::BulkCancelHint => "Ce qui est fait reste fait.",
        AlarmWord::BulkOpen => "Ouvrir la tâche",
        AlarmWord::Changed => "Modifiés",
        AlarmWord::Unchanged => "Déjà ainsi",
        AlarmWord::Failed => "Non effectués",
        AlarmWord::Waiting => "En attente",
        AlarmWord::NotDone => "Laissés de côté",
        AlarmWord::Failures => "Non effectué sur ces hôtes",
        AlarmWord::RetryFailed => "Réessayer pour ceux-ci…",
        AlarmWord::MoreFailures => "Suivants",
        AlarmWord::StartedBy => "Lancée par",
        AlarmWord::StartedAt => "Début",
        AlarmWord::EndedAt => "Fin",
        AlarmWord::ChosenBy => "Hôtes correspondant à",
        AlarmWord::Progress => "Progression",
        AlarmWord::Alarms => "Alarmes",
        AlarmWord::AlarmsIntro => {
            "Toutes les alarmes rouges que vous pouvez voir : d’abord celles que personne ne traite, les plus anciennes en premier."
        }
        AlarmWord::RedAlarms => "Rouges",
        AlarmWord::Unacknowledged => "Non prises en charge",
        AlarmWord::Acknowledged => "Acquittées",
        AlarmWord::Holds => "Condition présente",
        AlarmWord::Cleared => "Condition levée",
        AlarmWord::ConditionUnknown => "Condition inconnue",
        AlarmWord::Age => "Rouge depuis",
        AlarmWord::RaisedAt => "Rouge depuis le",
        AlarmWord::Occurrence => "Occurrence",
        AlarmWord::Reason => "Motif",
        AlarmWord::ConditionNow => "Condition actuelle",
        AlarmWord::OnIt => "Qui s’en occupe",
        AlarmWord::Place => "Centre de données et cluster",
        AlarmWord::CausesOfAlarms => "Par cause",
        AlarmWord::NoAlarms => "Aucune alarme n’est rouge.",
        AlarmWord::NoAlarmsEver => "Aucune alarme n’a été réinitialisée jusqu’ici.",
        AlarmWord::NoMatch => "Aucune alarme rouge ne correspond au filtre.",
        AlarmWord::FilterLabel => "Filtrer les alarmes",
        AlarmWord::FilterHint => "reason:secure-boot alarm:unacknowledged cluster:db*",
        AlarmWord::Apply => "Filtrer",
        AlarmWord::ShowAll => "Tout afficher",
        AlarmWord::SelectRow => "Sélectionner",
        AlarmWord::SelectPage => "Tout sélectionner sur cette page",
        AlarmWord::SelectionActs => "Agir sur les alarmes sélectionnées",
        AlarmWord::ClearSelection => "Effacer la sélection",
        AlarmWord::Export => "Exporter",
        AlarmWord::Events => "Tâches et événements",
        AlarmWord::EventsOnly => "Événements",
        AlarmWord::EventKind => "Type",
        AlarmWord::AllKinds => "Tous les types",
        AlarmWord::EventHost => "L’hôte contient",
        AlarmWord::EventActor => "Qui",
        AlarmWord::Older => "Plus anciens",
        AlarmWord::Newest => "Les plus récents",
        AlarmWord::NoEvents => "Rien ne s’est encore produit ici.",
        AlarmWord::NoEventsMatch => "Aucun événement ne correspond au filtre.",
        AlarmWord::VerificationJobs => "Vérifications",
        AlarmWord::NoJobs => {
            "Aucune vérification n’a été lancée par un opérateur, un démarrage ou une connexion."
        }
        AlarmWord::BulkJobs => "Tâches groupées",
        AlarmWord::NoBulkJobs => "Aucune jusqu’ici.",
        AlarmWord::State => "État",
        AlarmWord::Gone => "n’existe plus",
        AlarmWord::AutomaticReset => "Réinitialisation automatique",
        AlarmWord::AutomaticResetHint => {
            "Une alarme rouge le reste normalement jusqu’à ce que quelqu’un la réinitialise, afin que personne ne la manque. Avec la réinitialisation automatique, une vérification réussie la réinitialise ; le journal d’audit l’indique."
        }
        AlarmWord::AutomaticResetOn => {
            "Activée : les alarmes se réinitialisent quand l’hôte réussit."
        }
        AlarmWord::AutomaticResetOff => {
            "Désactivée : chaque alarme est réinitialisée par quelqu’un."
        }
        AlarmWord::SwitchOn => "Activer",
        AlarmWord::SwitchOff => "Désactiver",
        AlarmWord::GroupAlarms => "Alarmes",
        AlarmWord::GroupAttestation => "Attestation",
        AlarmWord::GroupHosts => "Hôtes",
        AlarmWord::GroupJobs => "Tâches",
        AlarmWord::GroupStandards => "Ce qui juge les hôtes",
        AlarmWord::GroupInventory => "Inventaire",
        AlarmWord::OnItUntil => "jusqu’au",
        AlarmWord::UntilDay => "ou jusqu’à la fin de ce jour (UTC)",
        AlarmWord::ReasonCode => "Code du motif",
        AlarmWord::ClearedAt => "Levée le",
        AlarmWord::Comment => "Commentaire",
        AlarmWord::OnItUntilColumn => "Acquittée jusqu’au",
    }
}

fn phrase(said: &AlarmPhrase<'_>) -> &'static str {
    match said {
        AlarmPhrase::Changing { count: 1 } => "{count} hôte change",
        AlarmPhrase::Changing { .. } => "{count} hôtes changent",
        AlarmPhrase::AlreadySo { count: 1 } => "{count} est déjà ainsi",
        AlarmPhrase::AlreadySo { .. } => "{count} sont déjà ainsi",
        AlarmPhrase::Stale { count: 1 } => {
            "{count} a changé depuis votre lecture et reste tel quel"
        }
        AlarmPhrase::Stale { .. } => {
            "{count} ont changé depuis votre lecture et restent tels quels"
        }
        AlarmPhrase::Forbidden { .. } => "Vous ne pouvez pas agir sur {count}",
        AlarmPhrase::Impossible { count: 1 } => "{count} est déconnecté ou n’existe plus",
        AlarmPhrase::Impossible { .. } => "{count} sont déconnectés ou n’existent plus",
        AlarmPhrase::ConditionHolds { count: 1 } => {
            "Sur {count} d’entre eux, la condition est toujours présente : réinitialiser ne répare rien, et la prochaine vérification en échec le remettra au rouge."
        }
        AlarmPhrase::ConditionHolds { .. } => {
            "Sur {count} d’entre eux, la condition est toujours présente : réinitialiser ne répare rien, et la prochaine vérification en échec les remettra au rouge."
        }
        AlarmPhrase::Confirm { count: 1, .. } => "{action} : {count} hôte",
        AlarmPhrase::Confirm { .. } => "{action} : {count} hôtes",
        AlarmPhrase::DoneOf { .. } => "{done} sur {all}",
        AlarmPhrase::JobTitle { .. } => "{action} sur plusieurs hôtes",
        AlarmPhrase::JobRuns { .. } => "{action} : {done} sur {all}",
        AlarmPhrase::JobEnded { failed: 0, .. } => "{action}, terminée : {changed} faits",
        AlarmPhrase::JobEnded { .. } => "{action}, terminée : {changed} faits, {failed} non",
        AlarmPhrase::LastReset { .. } => "La dernière, de {host}, a été réinitialisée par {by} :",
        AlarmPhrase::AlarmsMatch { count: 1 } => "{count} alarme rouge",
        AlarmPhrase::AlarmsMatch { .. } => "{count} alarmes rouges",
        AlarmPhrase::AllMatching { count: 1 } => "Choisir la {count} qui correspond",
        AlarmPhrase::AllMatching { .. } => "Choisir les {count} qui correspondent",
        AlarmPhrase::AllThatMatch { count: 1 } => "La {count} qui correspond :",
        AlarmPhrase::AllThatMatch { .. } => "Les {count} qui correspondent :",
        AlarmPhrase::Chosen { count: 1 } => "{count} choisie",
        AlarmPhrase::Chosen { .. } => "{count} choisies",
        AlarmPhrase::SelectHost { .. } => "Sélectionner {host}",
        AlarmPhrase::NewEvents { count: 1 } => "{count} nouvel événement : afficher",
        AlarmPhrase::NewEvents { .. } => "{count} nouveaux événements : afficher",
        AlarmPhrase::OnItBy { .. } => "{name}",
    }
}
