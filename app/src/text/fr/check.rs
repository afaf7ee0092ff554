//! Les contrôles et leurs groupes.

use trustboard_model::check::{CheckId, Group};

use crate::text::CheckText;

pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Platform => "Ce que la stratégie demande à la plateforme",
        Group::Freshness => "La réponse correspond à ce défi",
        Group::Identity => "Le TPM est celui qui est enregistré",
        Group::Key => "Les clés sont ce qu'elles doivent être",
        Group::EkCertificate => "Le TPM est authentique",
        Group::Quote => "Le TPM a signé ces valeurs de PCR",
        Group::Log => "Le journal d'événements est lisible",
        Group::Replay => "Le journal d'événements explique les valeurs des PCR",
        Group::Boot => "Ce que le journal dit du déroulement du démarrage",
        Group::SecureBoot => "Ce que le journal dit de Secure Boot",
        Group::Configuration => "Ce qui a démarré est ce qui est approuvé",
        Group::OsLogs => "Ce que disent les journaux propres du système",
    }
}

pub(super) fn check(check: CheckId) -> CheckText {
    let (title, meaning) = match check {
        CheckId::TpmPresent => {
            ("TPM 2.0 présent", "L'hôte a un TPM 2.0, et l'agent peut lui parler.")
        }
        CheckId::Sha256Bank => (
            "Banque de PCR SHA-256",
            "La banque SHA-256 du TPM est active, si bien que des valeurs de PCR peuvent y être attestées.",
        ),
        CheckId::TpmInterface => {
            ("Interface du TPM", "Le TPM est atteint par une interface que la stratégie accepte.")
        }
        CheckId::OsVersion => (
            "Version du système d'exploitation",
            "Le système d'exploitation a au moins la version que demande la stratégie.",
        ),
        CheckId::AgentVersion => {
            ("Version de l'agent", "L'agent a au moins la version que demande la stratégie.")
        }
        CheckId::NonceFresh => (
            "Défi encore ouvert",
            "Le défi a été émis pour cet hôte, n'a pas expiré et n'a pas déjà reçu de réponse.",
        ),
        CheckId::NonceBinding => (
            "Citation liée au défi",
            "Le TPM a signé une empreinte du nonce de ce défi et de tout le reste de l'envoi.",
        ),
        CheckId::IdentityOnRecord => (
            "Identité enregistrée",
            "Une identité du TPM de l'hôte (clé d'approbation et clé d'attestation) est enregistrée.",
        ),
        CheckId::EkMatches => (
            "Clé d'approbation enregistrée",
            "La clé d'approbation du TPM est celle qui est enregistrée.",
        ),
        CheckId::AkMatches => (
            "Clé d'attestation enregistrée",
            "La clé d'attestation que l'hôte utilise est celle qui est enregistrée.",
        ),
        CheckId::IdentityProven => (
            "Identité prouvée dans cette session",
            "Le TPM a déchiffré un secret préparé pour ses clés ; il détient donc les deux maintenant.",
        ),
        CheckId::IdentityUnique => (
            "Identité d'un seul hôte",
            "Aucun autre hôte n'a la même clé d'approbation ou d'attestation enregistrée.",
        ),
        CheckId::EkEndorsed => (
            "Garant de la clé d'approbation",
            "La clé d'approbation a un certificat du fabricant du TPM, ou un opérateur l'a approuvée.",
        ),
        CheckId::EkTemplate => (
            "Genre de la clé d'approbation",
            "La clé d'approbation est une clé de déchiffrement restreinte, comme l'exige le profil du TCG.",
        ),
        CheckId::EkCertificateKey => (
            "Certificat de cette clé d'approbation",
            "La clé du certificat EK est bien la clé d'approbation.",
        ),
        CheckId::AkAttributes => (
            "Genre de la clé d'attestation",
            "La clé d'attestation est une clé de signature restreinte, créée dans son TPM et qui ne peut en sortir.",
        ),
        CheckId::AkScheme => (
            "Schéma de signature de la clé d'attestation",
            "La clé d'attestation signe avec un schéma explicite et fort.",
        ),
        CheckId::AkName => (
            "Nom de la clé d'attestation",
            "Le nom de la clé d'attestation est calculé avec SHA-256 ou un hachage plus fort.",
        ),
        CheckId::EkCertificateEncoding => (
            "Certificat lisible",
            "Le certificat EK est un seul certificat X.509 bien formé ; ce qu'il a fallu réparer est indiqué.",
        ),
        CheckId::EkCertificateChain => (
            "Certificat d'un fabricant de confiance",
            "Le certificat EK mène à la racine d'un fabricant de TPM auquel ce serveur fait confiance.",
        ),
        CheckId::EkCertificateValidity => (
            "Certificat en cours de validité",
            "Chaque certificat de la chaîne est valide au moment de la vérification.",
        ),
        CheckId::EkCertificateProfile => (
            "Profil du certificat",
            "Version, numéro de série, émetteur et contraintes de base sont ceux d'un certificat EK.",
        ),
        CheckId::EkCertificateName => (
            "TPM nommé dans le certificat",
            "Le certificat nomme le fabricant, le modèle et la version du TPM.",
        ),
        CheckId::EkCertificateMaker => (
            "Même fabricant dans le certificat et le TPM",
            "Le fabricant du certificat est celui que le TPM annonce.",
        ),
        CheckId::EkCertificateUsage => (
            "Usage du certificat",
            "L'usage de la clé et l'usage étendu sont ceux d'un certificat EK.",
        ),
        CheckId::EkCertificateRevocation => {
            ("Certificat non révoqué", "Le fabricant n'a pas révoqué le certificat.")
        }
        CheckId::QuoteStructure => (
            "Structure de la citation",
            "La citation est une structure d'attestation bien formée, avec la marque que seul un TPM met sur ce qu'il signe.",
        ),
        CheckId::QuoteType => (
            "Type de la citation",
            "Ce que la clé d'attestation a signé est une citation et rien d'autre.",
        ),
        CheckId::QuoteSignature => (
            "Signature de la citation",
            "La signature de ces octets précis est confirmée par la clé d'attestation enregistrée.",
        ),
        CheckId::QuoteSelection => {
            ("PCR de la citation", "La citation couvre exactement les PCR demandés.")
        }
        CheckId::QuoteDigest => (
            "Valeurs de PCR de la citation",
            "Les valeurs de PCR envoyées donnent l'empreinte contenue dans la citation.",
        ),
        CheckId::QuoteMandatory => (
            "PCR exigés",
            "Les PCR qu'exige la stratégie sont attestés dans la banque SHA-256 ou une plus forte.",
        ),
        CheckId::UnextendedBank => (
            "Mesures dans chaque banque active",
            "Le firmware a étendu chaque banque de PCR active, si bien qu'aucune ne reste libre pour d'autres.",
        ),
        CheckId::ResetValues => (
            "PCR sans événements",
            "Un PCR pour lequel le journal ne contient aucun événement a encore sa valeur initiale.",
        ),
        CheckId::QualifiedSigner => (
            "Signataire qualifié",
            "La clé d'attestation est à la même place dans la hiérarchie de clés du TPM qu'à son enregistrement.",
        ),
        CheckId::TpmFirmware => {
            ("Firmware du TPM", "Le firmware du TPM n'est pas revenu à une version plus ancienne.")
        }
        CheckId::TpmClock => (
            "Horloge et compteurs du TPM",
            "L'horloge, le compteur de réinitialisations et celui de redémarrages du TPM n'ont pas reculé.",
        ),
        CheckId::LogPresent => (
            "Journal d'événements présent",
            "L'hôte a envoyé le journal d'événements de son démarrage.",
        ),
        CheckId::LogStructure => (
            "Structure du journal d'événements",
            "Le journal d'événements est lisible du premier octet au dernier.",
        ),
        CheckId::LogNoAction => (
            "Événements informatifs",
            "Les événements informatifs n'étendent rien, et la localité de démarrage est à une place permise.",
        ),
        CheckId::LogEventTypes => {
            ("Types d'événements", "Chaque événement se trouve dans un PCR où son type est admis.")
        }
        CheckId::LogRegisterTypes => (
            "Types d'événements de tous les PCR",
            "Chaque PCR ne contient que des types d'événements que le profil y met.",
        ),
        CheckId::ReplayPolicyBank => (
            "Recalcul du journal",
            "Le recalcul du journal d'événements donne les valeurs de PCR attestées dans la banque de la stratégie.",
        ),
        CheckId::ReplayOtherBanks => (
            "Recalcul du journal, autres banques",
            "Le recalcul du journal d'événements donne les valeurs de PCR attestées dans les autres banques actives.",
        ),
        CheckId::ReplayOsPcrs => (
            "PCR du système d'exploitation",
            "Les PCR qu'étend le système d'exploitation sont expliqués par un journal à eux.",
        ),
        CheckId::ImaReplay => (
            "Liste de mesures d'IMA",
            "La liste des fichiers que le noyau a mesurés explique le PCR 10 signé, entrée par entrée.",
        ),
        CheckId::ImaBootAggregate => (
            "boot_aggregate d'IMA",
            "La liste d'IMA commence par le hachage des registres du même démarrage.",
        ),
        CheckId::ImaViolations => {
            ("Violations d'IMA", "Aucun fichier n'a changé pendant que le noyau le mesurait.")
        }
        CheckId::SystemdLog => (
            "Journal de mesures de systemd",
            "Le journal de ce que systemd a mesuré après le chargeur de démarrage est lisible, et ne disparaît pas.",
        ),
        CheckId::Separators => (
            "Séparateurs",
            "Un seul séparateur termine la part du firmware dans chacun des PCR 0 à 7.",
        ),
        CheckId::BootApplications => (
            "Options de démarrage",
            "Rien n'a tourné avant l'appel d'une option de démarrage, et la première option a démarré le système.",
        ),
        CheckId::BootServicesLeft => (
            "Passage de main au système",
            "Le firmware a passé la main au système d'exploitation, et le journal va jusque-là.",
        ),
        CheckId::OptionRoms => {
            ("ROM optionnelles", "Aucun code apporté par un périphérique n'a tourné au démarrage.")
        }
        CheckId::DmaProtection => (
            "Protection DMA",
            "Le firmware a protégé la mémoire contre les périphériques pendant le démarrage.",
        ),
        CheckId::SecureBootVariables => (
            "Variables de Secure Boot",
            "Chaque variable de Secure Boot est mesurée une fois, à sa place, et son empreinte couvre ses données.",
        ),
        CheckId::SecureBootEnabled => {
            ("Secure Boot activé", "UEFI Secure Boot était activé au dernier démarrage.")
        }
        CheckId::SecureBootKeys => (
            "Clés de Secure Boot",
            "La clé de plateforme, les clés d'échange et la base de signatures sont inscrites.",
        ),
        CheckId::SecureBootAuthority => (
            "Autorité de Secure Boot",
            "Ce qui a démarré était signé par une autorité qui est dans db et n'est pas dans dbx.",
        ),
        CheckId::SecureBootTestKey => (
            "Clé de plateforme",
            "La clé de plateforme n'est pas une clé de test dont la partie privée est publique.",
        ),
        CheckId::SecureBootDebug => (
            "Mode de débogage UEFI",
            "Rien de ce qui affaiblit notoirement Secure Boot n'a été mesuré.",
        ),
        CheckId::SecureBootMode => (
            "Mode de Secure Boot",
            "Les clés du firmware n'étaient pas modifiables : ni mode configuration, ni mode audit.",
        ),
        CheckId::ShimValidation => (
            "Vérification par shim",
            "shim a vérifié le chargeur de démarrage et le noyau qu'il a lancés.",
        ),
        CheckId::MachineOwnerKeys => (
            "Clés du propriétaire (MOK)",
            "Rien n'a démarré grâce à une clé inscrite par le propriétaire de la machine.",
        ),
        CheckId::SecureBootRevocations => (
            "Révocations à jour",
            "dbx révoque tout ce que révoque la liste officielle du serveur.",
        ),
        CheckId::SecureBootRollover => (
            "Clés de Microsoft renouvelées",
            "À côté des clés de Microsoft qui expirent en 2026 se trouvent leurs remplaçantes.",
        ),
        CheckId::ApprovedConfiguration => (
            "Configuration approuvée",
            "Ce qui a démarré est une configuration approuvée pour le cluster de l'hôte.",
        ),
    };
    CheckText { title, meaning }
}
