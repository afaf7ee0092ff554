//! Les mots de l'interface.

use crate::text::Ui;

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
pub(super) fn ui(key: Ui) -> &'static str {
    match key {
        Ui::ProductName => "Trustboard",
        Ui::SkipToContent => "Aller au contenu",
        Ui::Inventory => "Inventaire",
        Ui::AllDatacenters => "Tous les centres de données",
        Ui::Datacenter => "Centre de données",
        Ui::Cluster => "Cluster",
        Ui::Host => "Hôte",
        Ui::Hosts => "Hôtes",
        Ui::Monitor => "Surveiller",
        Ui::Security => "Sécurité",
        Ui::Summary => "Résumé",
        Ui::OpenMenu => "Ouvrir l'inventaire",
        Ui::CloseMenu => "Fermer l'inventaire",
        Ui::ThemeDark => "Sombre",
        Ui::ThemeLight => "Clair",
        Ui::ThemeSystem => "Comme le système",
        Ui::Theme => "Couleurs",
        Ui::Language => "Langue",
        Ui::LanguageChoice => "Langue",
        Ui::Close => "Fermer",
        Ui::Cancel => "Annuler",
        Ui::Back => "Retour",
        Ui::Copy => "Copier",
        Ui::Copied => "Copié",
        Ui::ShowMore => "Afficher plus",
        Ui::ShowLess => "Afficher moins",
        Ui::Search => "Rechercher",
        Ui::SearchHint => "Chercher un hôte, un cluster, un motif",
        Ui::SignIn => "Ouvrir une session",
        Ui::SignOut => "Quitter",
        Ui::OperatorName => "Nom",
        Ui::Password => "Mot de passe",
        Ui::SignInIntro => {
            "Ouvrez une session pour voir quels hôtes ont démarré ce qui était approuvé."
        }
        Ui::SignInLinkNeedsScripts => "Un lien d'ouverture de session a besoin de scripts.",
        Ui::SignInWithPassword => "Ouvrir une session avec un mot de passe",
        Ui::SignInLinkUsed => {
            "Ce lien d'accès a déjà servi ou a expiré. Demandez-en un autre, ou ouvrez une session avec votre mot de passe."
        }
        Ui::SessionExpired => {
            "Votre session a pris fin. Ouvrez-en une nouvelle ; rien n'a été perdu."
        }
        Ui::LiveConnected => "En direct",
        Ui::LiveConnecting => "Connexion en cours",
        Ui::LiveLost => {
            "Pas en direct : la connexion a été perdue et se rétablit. Ce que vous voyez est peut-être plus ancien qu'il n'y paraît."
        }
        Ui::LiveReconnecting => "Reconnexion",
        Ui::LiveOff => "Pas en direct : rechargez la page pour voir les changements.",
        Ui::LiveNone => "Pas en direct",
        Ui::Name => "Nom",
        Ui::Attestation => "Attestation",
        Ui::Alarm => "Alarme",
        Ui::LastVerifiedColumn => "Dernière vérification",
        Ui::TpmVersion => "Version du TPM",
        Ui::SecureBoot => "Secure Boot",
        Ui::MessageColumn => "Message",
        Ui::SelectRow => "Sélectionner cet hôte",
        Ui::SelectAll => "Sélectionner tous les hôtes de cette page",
        Ui::SortAscending => "tri croissant",
        Ui::SortDescending => "tri décroissant",
        Ui::SortBy => "Trier par",
        Ui::Verifying => "Vérification en cours",
        Ui::NobodyOnIt => "personne ne s'en occupe",
        Ui::ReadyToReset => "prête à être remise au vert",
        Ui::Maintenance => "En mode maintenance",
        Ui::NoTpmShort => "aucun",
        Ui::NeverShort => "jamais",
        Ui::Filter => "Filtrer",
        Ui::FilterAny => "Tous",
        Ui::FilterReason => "Motif",
        Ui::FilterRedOnly => "Alarmes rouges seulement",
        Ui::FilterClear => "Effacer le filtre",
        Ui::PreviousPage => "Page précédente",
        Ui::NextPage => "Page suivante",
        Ui::Pages => "Pages",
        Ui::Causes => "Ce qui ne va pas",
        Ui::RedAlarms => "alarmes rouges",
        Ui::CausesNone => "Aucun hôte n'échoue à l'attestation",
        Ui::NoDatacenters => "Il n'y a pas encore de centre de données.",
        Ui::NoDatacentersHint => {
            "Un administrateur crée un centre de données et un cluster, établit un jeton d'inscription pour le cluster, et inscrit avec lui le premier hôte."
        }
        Ui::NoHosts => "Il n'y a pas encore d'hôte ici.",
        Ui::NoHostsHint => {
            "Établissez un jeton d'inscription pour un cluster de ce centre de données, puis exécutez avec lui trustboard-agent enroll sur l'hôte. L'hôte apparaît ici de lui-même."
        }
        Ui::NoMatch => "Aucun hôte ne correspond à ce filtre.",
        Ui::NoMatchHint => "Les hôtes sont là ; le filtre les masque tous.",
        Ui::NotConnected => "Pas de connexion au serveur.",
        Ui::NotConnectedHint => {
            "Ce qui était affiché n'est peut-être plus à jour. La page réessaie d'elle-même."
        }
        Ui::LoadFailed => "Cette page n'a pas pu être chargée.",
        Ui::LoadFailedHint => {
            "Réessayez. Si cela persiste, cherchez dans le journal du serveur le numéro ci-dessous."
        }
        Ui::TryAgain => "Réessayer",
        Ui::Loading => "Chargement",
        Ui::NotFoundTitle => "Il n'y a rien à cette adresse.",
        Ui::NotFoundHint => {
            "L'objet a peut-être été supprimé, ou l'adresse contient une faute. Repartez de l'inventaire."
        }
        Ui::ForbiddenTitle => "Votre rôle ne permet pas de voir cela.",
        Ui::SecurityPortlet => "Sécurité",
        Ui::FailedChecks => "Contrôles en échec",
        Ui::WarningChecks => "Avertissements",
        Ui::AllChecks => "Tous les contrôles",
        Ui::CheckColumn => "Contrôle",
        Ui::OutcomeColumn => "Résultat",
        Ui::DetailColumn => "Ce qui a été vu",
        Ui::StrictnessColumn => "Stratégie",
        Ui::WhatWasFound => "Ce qui a été trouvé",
        Ui::WhatToDo => "Que faire",
        Ui::Where => "Où",
        Ui::Expected => "Attendu",
        Ui::Found => "Trouvé",
        Ui::SinceLabel => "Depuis",
        Ui::LastPassedLabel => "Dernière réussite",
        Ui::OpenHost => "Ouvrir l'hôte : contrôles, PCR, vérifications, historique",
        Ui::LikelyCause => "Cause probable",
        Ui::WhereToLook => "Où regarder",
        Ui::NoReport => "Cet hôte n'a pas encore été vérifié ; il n'y a donc rien à montrer.",
        Ui::NothingFailed => "Aucun contrôle n'a échoué.",
        Ui::PcrTable => "Valeurs des PCR",
        Ui::PcrBank => "Banque",
        Ui::PcrIndex => "PCR",
        Ui::PcrPurpose => "Usage",
        Ui::PcrQuoted => "Attesté par le TPM",
        Ui::PcrReplayed => "Expliqué par le journal",
        Ui::PcrEvents => "Événements",
        Ui::PcrStateColumn => "État",
        Ui::NoPcrs => {
            "Il n'y a pas de valeurs de PCR, car aucune citation de cet hôte n'a été confirmée."
        }
        Ui::Identity => "Identité",
        Ui::IdentityEk => "Clé d'approbation (SHA-256)",
        Ui::IdentityAk => "Clé d'attestation (SHA-256)",
        Ui::IdentityPresentedEk => "Clé d'approbation présentée par l'hôte",
        Ui::IdentitySince => "Enregistrée depuis",
        Ui::Facts => "Ce que l'hôte dit de lui-même",
        Ui::FactsHint => {
            "Signé par l'hôte, mais ce ne sont que des affirmations : seuls les PCR et le journal recalculé prouvent quelque chose."
        }
        Ui::Hostname => "Nom d'hôte",
        Ui::MachineId => "Identifiant de machine",
        Ui::BootId => "Identifiant de démarrage",
        Ui::OperatingSystem => "Système d'exploitation",
        Ui::Kernel => "Noyau",
        Ui::AgentVersion => "Version de l'agent",
        Ui::TpmMaker => "Fabricant du TPM",
        Ui::TpmModel => "Modèle du TPM",
        Ui::TpmFirmware => "Firmware du TPM",
        Ui::TpmInterfaceLabel => "Interface du TPM",
        Ui::ActiveBanks => "Banques de PCR actives",
        Ui::SecureBootVariable => "Variable Secure Boot",
        Ui::TpmProblem => "Problème avec le TPM",
        Ui::LogAbsent => "Pourquoi il n'y a pas de journal d'événements",
        Ui::NotKnown => "inconnu",
        Ui::Yes => "oui",
        Ui::No => "non",
        Ui::ClockResets => "Réinitialisations du TPM",
        Ui::ClockRestarts => "Redémarrages depuis la dernière réinitialisation",
        Ui::Counters => "Compteurs du TPM",
        Ui::Jobs => "Vérifications",
        Ui::JobsHint => "Chaque étape de chaque vérification, la plus ancienne d'abord.",
        Ui::NoJobs => "Aucune vérification n'a encore été lancée pour cet hôte.",
        Ui::JobStartedColumn => "Lancée",
        Ui::JobDuration => "Durée",
        Ui::JobSteps => "Étapes",
        Ui::History => "Historique",
        Ui::NoHistory => "Rien n'a encore été consigné pour cet hôte.",
        Ui::Appraisals => "Évaluations",
        Ui::AppraisalsHint => {
            "Des évaluations identiques à la suite tiennent en une ligne, avec leur nombre."
        }
        Ui::FirstSeen => "Première",
        Ui::LastSeen => "Dernière",
        Ui::CountColumn => "Nombre",
        Ui::WhenColumn => "Quand",
        Ui::WhoColumn => "Qui",
        Ui::WhatColumn => "Quoi",
        Ui::Presence => "Connexion",
        Ui::ActorServer => "Trustboard",
        Ui::ActorHost => "L'hôte",
        Ui::ActorConsole => "ligne de commande",
        Ui::Actions => "Actions",
        Ui::VerifyNowHint => "Met l'hôte au défi maintenant et montre le résultat ici.",
        Ui::VerifyThenResetHint => {
            "Vérifie l'hôte maintenant et remet l'alarme au vert s'il réussit ; sinon l'alarme reste rouge."
        }
        Ui::AcknowledgeHint => {
            "Dit que quelqu'un s'en occupe. L'alarme reste rouge ; une nouvelle occurrence annule l'acquittement."
        }
        Ui::AcknowledgeComment => "Commentaire",
        Ui::AcknowledgeExpiry => "Valable pendant",
        Ui::ExpiryNone => "Sans échéance",
        Ui::ExpiryOneHour => "1 heure",
        Ui::ExpiryFourHours => "4 heures",
        Ui::ExpiryOneDay => "1 jour",
        Ui::ExpiryOneWeek => "1 semaine",
        Ui::ResetHint => {
            "Remet l'alarme au vert. Cela ne vérifie pas l'hôte et ne change rien à la colonne Attestation."
        }
        Ui::ResetUnknown => {
            "On ne sait pas si la cause persiste : la dernière vérification n'a rien conclu. L'alarme devient verte maintenant, et rouge de nouveau dès qu'une vérification échoue."
        }
        Ui::ResetReason => "Motif de la remise au vert",
        Ui::ResetReasonHint => "Le motif est conservé dans l'historique avec votre nom.",
        Ui::ResetAnyway => "Remettre au vert bien que la cause persiste",
        Ui::ReasonField => "Motif",
        Ui::ReasonRequired => "Veuillez donner un motif ; il est conservé dans l'historique.",
        Ui::CommentRequired => "Veuillez dire en quelques mots qui fait quoi.",
        Ui::MaintenanceHint => {
            "Indique que quelqu'un travaille sur l'hôte. Il est toujours vérifié, et son alarme se déclenche toujours."
        }
        Ui::LeaveMaintenanceHint => "Met fin au mode maintenance.",
        Ui::DisconnectHint => "Cesse de vérifier cet hôte jusqu'à ce que quelqu'un le reconnecte.",
        Ui::ConnectHint => {
            "Reprend l'hôte et le vérifie. Si aucune identité n'est enregistrée, une nouvelle est prise de son TPM."
        }
        Ui::AcceptIdentityHint => {
            "Enregistre les clés que l'hôte a maintenant, approuvées par vous. Ne le faites que si vous savez que sa carte mère ou son TPM a été remplacé, ou que ce TPM n'a pas de certificat de son fabricant."
        }
        Ui::CommandDone => "C'est fait.",
        Ui::CommandNothing => "C'était déjà le cas ; rien n'a été changé.",
        Ui::CommandSent => "Envoyé",
        Ui::StaleTitle => "L'hôte a changé depuis le chargement de cette page.",
        Ui::StaleHint => "Rien n'a été fait. Regardez le nouvel état, puis décidez de nouveau.",
        Ui::ViewerHint => "Vous pouvez tout consulter ; pour agir, il faut le rôle Opérateur.",
        Ui::SelectionActs => "Avec les hôtes sélectionnés",
        Ui::NoScript => "La page fonctionne sans scripts ; rechargez-la pour voir les changements.",
    }
}
