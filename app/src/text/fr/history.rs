//! The overview, the past of hosts, and the report.

use crate::text::history::{HistorySentence, HistoryText, HistoryWord};

pub(super) fn history(text: HistoryText) -> &'static str {
    match text {
        HistoryText::Word(key) => word(key),
        HistoryText::Phrase(sentence) => phrase(sentence),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: HistoryWord) -> &'static str {
    match key {
        HistoryWord::Attention => "Ce qui demande une intervention",
        HistoryWord::AttentionNone => "Aucun hôte en échec. Aucune intervention nécessaire.",
        HistoryWord::Changes => "Dernières 24 heures",
        HistoryWord::NewlyFailed => "Nouveaux échecs",
        HistoryWord::Recovered => "De nouveau réussies",
        HistoryWord::Enrolled => "Enrôlés",
        HistoryWord::AlarmsRaised => "Alarmes levées",
        HistoryWord::AlarmsReset => "Alarmes réinitialisées",
        HistoryWord::Trend => "Hôtes dans le temps",
        HistoryWord::TrendHint => {
            "Les hôtes périmés ne sont pas tracés : un hôte qui n'est plus vérifié garde son dernier état. La partie ombrée montre le plus grand nombre d'échecs simultanés."
        }
        HistoryWord::TrendRange => "Période",
        HistoryWord::TrendNumbers => "Afficher les chiffres",
        HistoryWord::Time => "Moment",
        HistoryWord::MostFailed => "Maximum d'échecs simultanés",
        HistoryWord::Now => "maintenant",
        HistoryWord::Hours6 => "6 heures",
        HistoryWord::Hours24 => "24 heures",
        HistoryWord::Days7 => "7 jours",
        HistoryWord::Days30 => "30 jours",
        HistoryWord::Days90 => "90 jours",
        HistoryWord::Everything => "Depuis l'enrôlement",
        HistoryWord::EachDiffers => "Chacun diffère à sa manière.",
        HistoryWord::NotToldApart => {
            "Pas encore distingués : la prochaine vérification dira en quoi ils diffèrent."
        }
        HistoryWord::Report => "Rapport de conformité",
        HistoryWord::AttestationTab => "Attestation",
        HistoryWord::LogsTab => "Journaux",
        HistoryWord::RunningJobs => "Tâches en cours",
        HistoryWord::EventLog => "Journal d'événements",
        HistoryWord::EventLogHint => {
            "Ce que la dernière évaluation a rejoué. Les mots qu'aucune empreinte ne couvre sont signalés : n'importe qui a pu les écrire."
        }
        HistoryWord::EventLogNone => {
            "Aucun journal d'événements n'est conservé pour la dernière évaluation."
        }
        HistoryWord::EventLogEmpty => "Aucun événement ne correspond.",
        HistoryWord::Register => "Registre",
        HistoryWord::AllRegisters => "Tous",
        HistoryWord::DifferingOnly => "Seulement ceux qui diffèrent",
        HistoryWord::Show => "Afficher",
        HistoryWord::Number => "Nº",
        HistoryWord::EventType => "Type",
        HistoryWord::About => "Objet",
        HistoryWord::Said => "Ce qu'il dit",
        HistoryWord::Digest => "Empreinte",
        HistoryWord::Differs => "Diffère de ce qui a été approuvé",
        HistoryWord::Timeline => "Chronologie",
        HistoryWord::TimelineHint => "Chaque période ouvre le moment où elle a commencé.",
        HistoryWord::ZoomIn => "Plus près",
        HistoryWord::ZoomOut => "Plus loin",
        HistoryWord::Earlier => "Plus tôt",
        HistoryWord::Later => "Plus tard",
        HistoryWord::LaneAttestation => "Attestation",
        HistoryWord::LaneAlarms => "Alarmes",
        HistoryWord::LaneBoots => "Redémarrages",
        HistoryWord::LaneIdentity => "Identité",
        HistoryWord::LaneStandards => "Stratégie et approbations",
        HistoryWord::Boots => "Redémarrages",
        HistoryWord::BootsHint => {
            "Reconnus au compteur de réinitialisations du TPM, qu'un hôte ne peut pas reculer."
        }
        HistoryWord::BootsNone => "Aucun redémarrage pendant cette période.",
        HistoryWord::Gaps => "Non vérifié",
        HistoryWord::GapsNone => "Vérifié aussi souvent que la stratégie l'exige.",
        HistoryWord::SpansNone => "Aucune conclusion pendant cette période.",
        HistoryWord::OpenMoment => "Ouvrir un moment",
        HistoryWord::OpenMomentHint => {
            "Quel était l'état de cet hôte à ce moment, et qu'est-ce qui le prouve ? En UTC."
        }
        HistoryWord::MomentField => "Date et heure (UTC)",
        HistoryWord::OpenBeginning => "Ouvrir",
        HistoryWord::Moment => "Ce moment",
        HistoryWord::MomentInvalid => "Ce n'est pas un moment du passé.",
        HistoryWord::NotEnrolled => "L'hôte n'était pas encore enrôlé.",
        HistoryWord::NotVerifiedYet => {
            "L'hôte était enrôlé mais pas encore vérifié : on ne savait rien de lui."
        }
        HistoryWord::NotKept => {
            "C'était il y a trop longtemps : les conclusions de cette époque ne sont plus conservées."
        }
        HistoryWord::VerifiedRegularly => {
            "Il était vérifié, jamais moins souvent que sa stratégie ne le permet."
        }
        HistoryWord::PolicyThen => "Stratégie en vigueur",
        HistoryWord::ConfigurationThen => "Configuration à laquelle il correspondait",
        HistoryWord::ApprovedByThen => "Approuvée par",
        HistoryWord::ReasonsThen => "Pourquoi",
        HistoryWord::EvidenceBefore => "Dernière preuve avant",
        HistoryWord::EvidenceAfter => "Preuve suivante",
        HistoryWord::EvidenceNone => "aucune conservée",
        HistoryWord::DownloadEvidence => "Télécharger",
        HistoryWord::CheckHint => {
            "Vérifier un fichier sans ce serveur : trustboard inspect evidence FICHIER"
        }
        HistoryWord::SameBoot => {
            "Les deux proviennent du même démarrage : le compteur de réinitialisations du TPM est identique."
        }
        HistoryWord::OtherBoot => {
            "L'hôte a redémarré entre les deux : le compteur de réinitialisations du TPM diffère."
        }
        HistoryWord::ExportJson => "Exporter en JSON",
        HistoryWord::ExportCsv => "Exporter en CSV",
        HistoryWord::ReportTitle => "Rapport de conformité",
        HistoryWord::ReportPrint => {
            "Imprimez cette page, ou enregistrez-la en PDF, avec votre navigateur."
        }
        HistoryWord::ReportCounts => "Décompte",
        HistoryWord::ReportPolicies => "Stratégies en vigueur",
        HistoryWord::ReportHosts => "Hôtes",
        HistoryWord::ReportExceptions => "Exceptions",
        HistoryWord::ReportExceptionsNone => "Aucune exception en vigueur.",
        HistoryWord::ReportAlarms => "Alarmes ouvertes",
        HistoryWord::ReportAlarmsNone => "Aucune alarme ouverte.",
        HistoryWord::ReportChain => "Journal d'audit",
        HistoryWord::ReportChainHint => {
            "L'empreinte couvre tous les événements précédents. Comparez-la à celle d'une autre copie, ou exécutez : trustboard audit verify"
        }
        HistoryWord::NextPart => "Partie suivante",
        HistoryWord::Configuration => "Configuration",
        HistoryWord::Granted => "Accordée",
        HistoryWord::Ends => "Fin",
    }
}

fn phrase(sentence: HistorySentence) -> &'static str {
    match sentence {
        HistorySentence::More => "{count} de plus qu'il y a 24 heures",
        HistorySentence::Fewer => "{count} de moins qu'il y a 24 heures",
        HistorySentence::Ways => "{count} différences distinctes ; les plus fréquentes :",
        HistorySentence::MoreDifferences => "et {count} de plus",
        HistorySentence::QuietClusters => "Clusters sans rien à faire : {count}",
        HistorySentence::TrendSaid => {
            "De {start} à maintenant. Échouées : {failed_then} alors, {failed} maintenant, au plus {most} à la fois. Réussies : {passed_then} alors, {passed} maintenant."
        }
        HistorySentence::LaneNow => "maintenant {now}, au plus {most}",
        HistorySentence::SpanSaid => "{attestation} du {start} au {until}",
        HistorySentence::StretchSaid => {
            "Du {start} au {until} : {spans} périodes, {boots} redémarrages, {alarms} événements d'alarme. Les listes ci-dessous disent la même chose."
        }
        HistorySentence::GapBetween => "Non vérifié entre {start} et {until}.",
        HistorySentence::GapSince => "Non vérifié depuis {start}.",
        HistorySentence::GapsSince => {
            "L'écart entre les vérifications n'est enregistré que depuis {start}."
        }
        HistorySentence::VerifiedTimes => {
            "{count} vérifications du {start} au {until} ont conclu de même."
        }
        HistorySentence::FirstVerified => "La première vérification date du {at}.",
        HistorySentence::NameVersion => "[{name}, version {version}|version {version}]",
        HistorySentence::ByAt => "{name}, {at}",
        HistorySentence::Resets => "compteur de réinitialisations {count}",
        HistorySentence::BootBetween => {
            "entre {start} et {until} ; compteur de réinitialisations {count}"
        }
        HistorySentence::BootFirst => {
            "vu pour la première fois {until} ; compteur de réinitialisations {count}"
        }
        HistorySentence::KeptFor => {
            "Les conclusions sont conservées {conclusions} jours, les preuves {evidence} jours, la plus récente de chaque hôte toujours."
        }
        HistorySentence::EvidenceGone => {
            "Les preuves de ce moment ne sont plus conservées depuis le {at}."
        }
        HistorySentence::MomentTitle => "État de cet hôte le {at}",
        HistorySentence::EventsMatch => "{count} événements",
        HistorySentence::GeneratedBy => "Établi le {at} par {name}",
        HistorySentence::Part => "Partie {part} sur {parts}",
        HistorySentence::LastEvent => "Dernier événement : {number}",
    }
}
