//! Words for configurations, policies and exceptions.

use trustboard_model::boot::Topic;
use trustboard_model::configuration::ConfigurationState;

use crate::text::Trust;

pub(super) fn trust(key: Trust) -> &'static str {
    match key {
        Trust::Heading => "Confiance",
        Trust::ConfigurationTab => "Configurations",
        Trust::Configurations => "Configurations approuvées",
        Trust::ConfigurationsIntro => {
            "Ce que les hôtes peuvent avoir démarré. Un hôte réussit s'il correspond à l'une de celles qui sont approuvées pour son cluster ; sans aucune, l'identité, le quote, le journal et Secure Boot sont vérifiés tout de même."
        }
        Trust::CurrentOnes => "En service et brouillons",
        Trust::AllOnes => "Toutes",
        Trust::StateColumn => "État",
        Trust::SourceColumn => "Origine",
        Trust::Clusters => "Clusters",
        Trust::LastMatched => "Dernière correspondance",
        Trust::FromHost => "relevée sur",
        Trust::FromFile => "importée de",
        Trust::NoConfigurations => "Il n'y a pas encore de configuration approuvée.",
        Trust::NoSuchConfigurations => "Aucune n'est dans cet état.",
        Trust::BeginCapture => {
            "Ouvrez un hôte qui a réussi et qui est installé comme il doit l'être, et relevez ce qu'il a démarré."
        }
        Trust::BeginReview => {
            "Parcourez le brouillon événement par événement, puis approuvez-le. Dès lors, les hôtes de ses clusters lui sont comparés."
        }
        Trust::BeginImport => {
            "Ou importez ci-dessous le journal d'événements d'une machine de référence."
        }
        Trust::Import => "Importer depuis un journal d'événements",
        Trust::ImportHint => {
            "Le journal binaire d'une machine de référence, tel que le noyau le montre dans /sys/kernel/security/tpm0/binary_bios_measurements. Il devient un brouillon à relire."
        }
        Trust::LogFile => "Fichier du journal d'événements",
        Trust::ImportButton => "Importer comme brouillon",
        Trust::NameExample => "Debian 12.8, noyau 6.1.0-27",
        Trust::Notes => "Notes",
        Trust::CreatedBy => "Créée par",
        Trust::Approvals => "Approuvée par",
        Trust::NoApprovals => "personne encore",
        Trust::EndedBy => "Retirée par",
        Trust::HostsMatching => "Hôtes qui correspondent à présent",
        Trust::LogDigest => "Journal d'événements (SHA-256)",
        Trust::DraftHint => {
            "Rien ne repose sur un brouillon. Parcourez ses événements ci-dessous : écartez les registres qui ne disent rien de la confiance, marquez les événements qui diffèrent d'un hôte à l'autre, puis approuvez-le."
        }
        Trust::Approve => "Approuver",
        Trust::ApproveSecond => "Donner la seconde approbation",
        Trust::Discard => "Jeter le brouillon",
        Trust::Retire => "Retirer",
        Trust::SecondNeeded => {
            "Une stratégie de ses clusters exige deux personnes : après votre approbation, il attend celle de quelqu'un d'autre."
        }
        Trust::SomebodyElse => {
            "Vous avez donné la première approbation. La seconde doit venir de quelqu'un d'autre."
        }
        Trust::OlderVersions => "Versions antérieures approuvées",
        Trust::OlderSuperseded => "sont remplacées",
        Trust::OlderKept => "restent approuvées",
        Trust::ImpactHeading => "Ce que cela changerait",
        Trust::ImpactCut => "Plus d'hôtes changeraient qu'il n'en est listé ici.",
        Trust::NoDifferences => "Les mesures sont les mêmes.",
        Trust::Measured => "Ce qui a été mesuré, événement par événement",
        Trust::MeasuredHint => {
            "Un hôte correspond si chaque registre a cette valeur, ou si ses événements sont ceux-ci dans cet ordre, hormis ceux qui peuvent varier."
        }
        Trust::OtherRegisters => "Registres écartés",
        Trust::RegisterCounts => "Ce registre compte",
        Trust::RegisterValue => "Valeur après le dernier événement :",
        Trust::SaveDraft => "Enregistrer le brouillon",
        Trust::EventColumn => "Événement",
        Trust::TopicColumn => "Sujet",
        Trust::WordsColumn => "Ce que dit le journal",
        Trust::DigestColumn => "Empreinte",
        Trust::VariesColumn => "Peut varier",
        Trust::Varies => "peut varier",
        Trust::Versions => "Versions",
        Trust::VersionColumn => "Version",
        Trust::Booted => "Ce qui a été démarré",
        Trust::BootedHint => {
            "D'après le journal d'événements qui explique les registres attestés, dans l'ordre du démarrage."
        }
        Trust::NothingBooted => {
            "On ne peut rien en dire : aucun journal d'événements n'explique les registres attestés."
        }
        Trust::Untrusted => "non fiable",
        Trust::UntrustedMeaning => {
            "Ces mots figurent dans le journal à côté d'une empreinte qui ne les couvre pas. Quiconque a pu écrire le journal a pu les écrire."
        }
        Trust::NoWords => "sans mots dans le journal",
        Trust::NotEvaluated => "non évalué",
        Trust::ApprovedConfiguration => "Configuration approuvée",
        Trust::Matches => "Cet hôte correspond à",
        Trust::MatchesNone => "Cet hôte ne correspond à aucune configuration approuvée.",
        Trust::Closest => "La plus proche est",
        Trust::NothingCompared => {
            "Pas de comparaison : aucune configuration n'est approuvée pour ce cluster, ou rien de prouvé ne peut être comparé."
        }
        Trust::NotComparedYet => "Cet hôte n'a pas encore été vérifié.",
        Trust::Changed => "modifié",
        Trust::Added => "ajouté : la configuration ne l'a pas",
        Trust::Missing => "absent : la configuration l'a ici",
        Trust::ValueDiffers => "autre valeur",
        Trust::ValueMeaning => "Aucun journal ne dit quels événements donnent cette valeur.",
        Trust::NowReads => "est maintenant",
        Trust::AcceptChange => "Accepter ce changement",
        Trust::AcceptChangeHint => {
            "Crée une nouvelle version de la configuration la plus proche avec ce que cet hôte a démarré, et l'approuve. Ne le faites que si vous savez qui a fait le changement et pourquoi : dès lors, chaque hôte de ses clusters peut démarrer ainsi."
        }
        Trust::Capture => "Relever comme configuration",
        Trust::CaptureHint => {
            "Crée un brouillon de ce que cet hôte a démarré. Avec le nom d'une configuration existante, il en devient la version suivante. Rien ne repose sur lui avant son approbation."
        }
        Trust::OwnClusterHint => "Sans choix, il vaut pour le cluster de cet hôte.",
        Trust::Evidence => "Télécharger la preuve",
        Trust::Exception => "Dérogation",
        Trust::Exceptions => "Dérogations",
        Trust::NoExceptions => "Aucune dérogation n'est en vigueur pour un hôte de ce cluster.",
        Trust::GrantedBy => "accordée par",
        Trust::Until => "jusqu'au",
        Trust::GrantedByColumn => "Accordée par",
        Trust::UntilColumn => "Jusqu'au",
        Trust::Grant => "Accorder une dérogation",
        Trust::GrantHint => {
            "Cet hôte peut échouer à ce contrôle exactement de cette façon jusqu'à la fin de la dérogation. Tout autre constat le fait échouer de nouveau."
        }
        Trust::Days => "Pour combien de jours",
        Trust::CoversColumn => "Couvre exactement",
        Trust::UsedColumn => "Requise par le dernier résultat",
        Trust::Revoke => "Y mettre fin",
        Trust::Policy => "Stratégie de ce cluster",
        Trust::Policies => "Stratégies",
        Trust::PoliciesIntro => {
            "Chaque cluster a sa stratégie : quels contrôles il exige, avec quelle rigueur, et à quelle fréquence les hôtes sont vérifiés."
        }
        Trust::Profiles => "Profils",
        Trust::ProfilesHint => {
            "Un profil remplit le formulaire ci-dessous. Rien n'est enregistré avant votre relecture."
        }
        Trust::LinuxServerMeaning => {
            "Linux server : Secure Boot et un TPM connu, par toute interface ; un hôte sans TPM 2.0 affiche « Sans objet »."
        }
        Trust::VsphereMeaning => {
            "vSphere-like : ce que vCenter exige d'un hôte avec TPM 2.0. TIS/FIFO seulement, et un hôte sans TPM 2.0 échoue."
        }
        Trust::PolicySettings => "Hôtes et vérification",
        Trust::Interval => "Secondes entre deux vérifications",
        Trust::MaxAge => "Secondes avant qu'un résultat soit périmé",
        Trust::RequireTpm => "Un hôte sans TPM 2.0 échoue",
        Trust::TwoApprovals => "Approuver une configuration demande deux personnes",
        Trust::Interfaces => "Interfaces TPM acceptées",
        Trust::MinimumOs => "Version minimale par système",
        Trust::MinimumAgent => "Version minimale de l'agent",
        Trust::MandatoryPcrs => "PCR qui doivent être attestés en SHA-256 ou plus fort",
        Trust::PolicyChecks => "Contrôles",
        Trust::PolicyChecksHint => {
            "Comment l'échec de chaque contrôle est pris. Tout ce qui est pris moins strictement que par défaut demande un motif."
        }
        Trust::Locked => "toujours",
        Trust::LockedMeaning => {
            "Tout autre résultat repose sur ce contrôle : aucune stratégie ne l'assouplit et aucune dérogation ne le couvre."
        }
        Trust::Default => "par défaut",
        Trust::WhyRelaxed => "Pourquoi moins strictement",
        Trust::NoneChosen => "aucun",
        Trust::ReviewPolicy => "Relire le changement",
        Trust::SettingColumn => "Réglage",
        Trust::FromColumn => "Maintenant",
        Trust::ToColumn => "Ensuite",
        Trust::WhyColumn => "Pourquoi",
        Trust::NothingToSave => "C'est la stratégie en vigueur ; il n'y a rien à enregistrer.",
        Trust::SavePolicy => "Enregistrer la stratégie",
        Trust::EditAgain => "Modifier autre chose",
    }
}

pub(super) fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Firmware => "Micrologiciel",
        Topic::FirmwareConfiguration => "Réglages du micrologiciel",
        Topic::Driver => "Pilote ou ROM optionnelle",
        Topic::SecureBootVariable => "Variable Secure Boot",
        Topic::Revocations => "Révocations (dbx)",
        Topic::Authority => "Autorité de signature",
        Topic::BootOption => "Option de démarrage",
        Topic::PartitionTable => "Table de partitions",
        Topic::BootLoader => "Chargeur d'amorçage",
        Topic::Sbat => "Niveau SBAT",
        Topic::Mok => "Clés du propriétaire (MOK)",
        Topic::LoaderCommand => "Commande du chargeur",
        Topic::Kernel => "Noyau",
        Topic::KernelCommandLine => "Ligne de commande du noyau",
        Topic::Initrd => "Système de fichiers initial (initrd)",
        Topic::UkiSection => "Section de l'image noyau unifiée",
        Topic::Phase => "Phase du démarrage",
        Topic::Files => "Fichiers mesurés par le noyau (IMA)",
        Topic::Other => "Autre chose",
    }
}

pub(super) fn configuration_state(state: ConfigurationState) -> &'static str {
    match state {
        ConfigurationState::Draft => "Brouillon",
        ConfigurationState::AwaitingSecond => "Attend une seconde approbation",
        ConfigurationState::Approved => "Approuvée",
        ConfigurationState::Superseded => "Remplacée",
        ConfigurationState::Retired => "Retirée",
    }
}
