//! Le tableau des hôtes.

use trustboard_model::host_query::QueryProblem;
use trustboard_model::view::Column;

use crate::text::table::{TablePhrase, TableText, TableWord};

pub(super) fn table(text: TableText<'_>) -> &'static str {
    match text {
        TableText::Word(key) => word(key),
        TableText::Phrase(said) => phrase(said),
        TableText::Column(column) => head(column),
        TableText::Field(name) => field(name),
        TableText::Problem(why) => problem(why),
    }
}

fn word(key: TableWord) -> &'static str {
    match key {
        TableWord::AllHosts => "Tous les hôtes",
        TableWord::Tabs => "Pages du centre de données",
        TableWord::MonitorTabs => "Surveillance",
        TableWord::Alarms => "Alarmes",
        TableWord::JobsAndEvents => "Tâches et événements",
        TableWord::Configuration => "Configuration",
        TableWord::Query => "Filtrer les hôtes",
        TableWord::QueryHint => "Filtrer par mots ou par champs, par exemple attestation:failed",
        TableWord::QueryHelp => {
            "Des suggestions apparaissent pendant la saisie. Les flèches en choisissent une, Tab ou Entrée la reprend, Échap les ferme."
        }
        TableWord::Suggestions => "Suggestions",
        TableWord::QueryWrong => "Ce filtre n'a pas de sens",
        TableWord::QueryWrongHint => {
            "Aucun hôte n'est affiché, car ce ne seraient pas ceux que vous demandez. Corrigez le filtre ou effacez-le."
        }
        TableWord::QueryBefore => "Le tableau montre encore le filtre précédent.",
        TableWord::Chips => "Filtres fréquents",
        TableWord::Columns => "Colonnes",
        TableWord::ColumnsHint => "Votre choix est conservé partout où vous vous connectez.",
        TableWord::ColumnsUsual => "Colonnes habituelles",
        TableWord::Apply => "Appliquer",
        TableWord::Views => "Vues",
        TableWord::ViewsNone => "Aucune vue n'est encore enregistrée.",
        TableWord::ViewSave => "Enregistrer l'affichage comme vue",
        TableWord::ViewName => "Nom de la vue",
        TableWord::ViewShared => "Tout le monde peut l'utiliser",
        TableWord::ViewFirst => "L'afficher d'abord quand j'ouvre un tableau",
        TableWord::ViewIsFirst => "affichée d'abord",
        TableWord::ViewReplace => "Remplacer par ce qui est affiché",
        TableWord::ViewDelete => "Supprimer",
        TableWord::ViewUnfirst => "Ne plus l'afficher d'abord",
        TableWord::ViewEverything => "Tout",
        TableWord::Save => "Enregistrer",
        TableWord::Export => "Exporter",
        TableWord::ExportCsv => "En CSV pour tableurs",
        TableWord::ExportJson => "En lignes JSON pour programmes",
        TableWord::Selection => "Sélection",
        TableWord::SelectPage => "Sélectionner tous les hôtes de cette page",
        TableWord::SelectionClear => "Annuler la sélection",
        TableWord::SelectionFull => {
            "On ne peut sélectionner un par un que 1 000 hôtes. Filtrez selon ce qu'ils ont en commun et sélectionnez tout ce qui correspond."
        }
        TableWord::SelectionGo => "Agir sur les hôtes sélectionnés",
        TableWord::FirstPage => "Première",
        TableWord::LastPage => "Dernière",
        TableWord::Yes => "Oui",
        TableWord::Claimed => "Déclaré par l'hôte",
    }
}

fn phrase(said: &TablePhrase<'_>) -> &'static str {
    match said {
        TablePhrase::MoveEarlier { .. } => "Avancer « {column} »",
        TablePhrase::MoveLater { .. } => "Reculer « {column} »",
        TablePhrase::WidthOf { .. } => "Largeur de « {column} »",
        TablePhrase::SharedBy { .. } => "de {name}",
        TablePhrase::SelectHost { .. } => "Sélectionner {name}",
        TablePhrase::SelectMatching { count: 1 } => "Sélectionner le seul qui correspond",
        TablePhrase::SelectMatching { .. } => "Sélectionner les {count} qui correspondent",
        TablePhrase::MatchingSelected { count: 1 } => "Le seul qui correspond est sélectionné",
        TablePhrase::MatchingSelected { .. } => "Les {count} qui correspondent sont sélectionnés",
        TablePhrase::SelectedElsewhere { .. } => {
            "{count} sélectionnés, dont {elsewhere} sur d'autres pages"
        }
        TablePhrase::SuggestionsCount { count: 0 } => "Aucune suggestion",
        TablePhrase::SuggestionsCount { count: 1 } => "Une suggestion",
        TablePhrase::SuggestionsCount { .. } => "{count} suggestions",
        TablePhrase::ViewSaved { .. } => "La vue « {name} » est enregistrée.",
    }
}

fn head(column: Column) -> &'static str {
    match column {
        Column::Name => "Nom",
        Column::Datacenter => "Centre de données",
        Column::Cluster => "Cluster",
        Column::Attestation => "Attestation",
        Column::Alarm => "Alarme",
        Column::LastVerified => "Dernière vérification",
        Column::AttestedBy => "Attesté par",
        Column::Tpm => "Version du TPM",
        Column::SecureBoot => "Secure Boot",
        Column::Message => "Message",
        Column::Presence => "Connexion",
        Column::Since => "Depuis",
        Column::LastPassed => "Dernière réussite",
        Column::Configuration => "Configuration",
        Column::Identity => "Identité",
        Column::Maintenance => "Maintenance",
        Column::Os => "Système d'exploitation",
        Column::Kernel => "Noyau",
        Column::Agent => "Agent",
        Column::TpmMaker => "Fabricant du TPM",
        Column::Firmware => "Micrologiciel du TPM",
    }
}

fn field(name: &str) -> &'static str {
    match name {
        "name" => "nom de l'hôte, * pour tout texte",
        "cluster" => "nom du cluster",
        "datacenter" => "nom du centre de données",
        "attestation" => "résultat de la vérification",
        "reason" => "raison de l'échec, ou famille de raisons",
        "first-reason" => "la raison la plus parlante, ou une famille de raisons",
        "cause" => "ce qui a déclenché une alarme rouge, ou les chiffres de sa différence",
        "difference" => "même différence avec ce qui est approuvé",
        "alarm" => "l'alarme, et qui s'en occupe",
        "presence" => "si l'agent est connecté",
        "secure-boot" => "Secure Boot, tel que le TPM le prouve",
        "tpm" => "version du TPM",
        "is" => "périmé, en maintenance, en vérification …",
        "last" => "il y a combien de temps il a été vérifié",
        "since" => "depuis combien de temps c'est ainsi",
        _ => "",
    }
}

fn problem(why: &QueryProblem) -> &'static str {
    match why {
        QueryProblem::TooLong => "Le filtre peut compter au plus {count} caractères.",
        QueryProblem::TooManyTerms => "Le filtre peut compter au plus {count} termes.",
        QueryProblem::TooManyValues => "« {term} » peut compter au plus {count} valeurs.",
        QueryProblem::NoValue => "Il manque une valeur à « {term} ».",
        QueryProblem::NotOneOf { .. } => "« {term} » n'a pas de sens. Sont possibles {possible}.",
        QueryProblem::NoReason => "« {term} » : aucune raison n'a ce code.",
        QueryProblem::NoAge { .. } => {
            "« {term} » n'est pas un âge. Écrivez {field}:>10m pour plus ancien, {field}:<2h pour plus récent (s, m, h, d)."
        }
        QueryProblem::NoFingerprint => "« {term} » demande 8 à 64 chiffres hexadécimaux.",
    }
}
