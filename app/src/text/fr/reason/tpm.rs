//! Pourquoi un TPM présent ne peut pas être utilisé.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const VERSION_1_2: ReasonEntry = ReasonEntry {
    title: "Le TPM est un TPM 1.2, ou fonctionne comme tel",
    sentence: "L'hôte a un TPM 1.2 ; seul un TPM 2.0 peut être attesté.",
    cause: "La configuration du firmware fait fonctionner un module commutable en mode 1.2, une réinitialisation du firmware a de nouveau choisi ce mode, ou la carte porte un ancien module.",
    remedy: &[
        "Passez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.",
        "Avant d'y changer quoi que ce soit, sauvegardez ce qui est scellé dans le TPM : les clés de secours du chiffrement des disques.",
        "Sous Security ou Trusted Computing, réglez la version du TPM sur 2.0. Si ce choix manque, cherchez une mise à jour du firmware de la carte et du TPM qui convertit le module ; la conversion l'efface.",
        "Si le module reste en 1.2, remplacez-le, ou inscrivez l'hôte avec un jeton d'un cluster dont la stratégie admet des hôtes sans TPM 2.0.",
        AFTER_BOOT,
    ],
    look: "Sur l'hôte : cat /sys/class/tpm/tpm0/tpm_version_major ; ls /sys/firmware/acpi/tables (TCPA : 1.2, TPM2 : 2.0). Configuration du firmware, sous Security ou Trusted Computing.",
};

pub(super) const NO_DRIVER: ReasonEntry = ReasonEntry {
    title: "Le firmware a un TPM 2.0, mais le système d'exploitation ne le voit pas",
    sentence: "Le firmware annonce un TPM, et l'hôte n'a aucun périphérique pour lui.",
    cause: "Le noyau n'a pas de pilote pour l'interface du TPM (CRB ou TIS, aussi par SPI ou I2C), le pilote a abandonné au démarrage, ou le TPM n'est activé qu'à moitié dans la configuration du firmware.",
    remedy: &[
        "Sur l'hôte, lisez dmesg | grep -i tpm : le pilote et l'erreur y sont nommés.",
        "Chargez le pilote : modprobe tpm_crb, puis tpm_tis ou tpm_tis_spi ; s'ils manquent, installez les modules supplémentaires du noyau.",
        "Dans la configuration du firmware, activez entièrement le TPM (enabled, active, visible) et, s'il y a le choix, sélectionnez l'interface TIS/FIFO.",
        "Mettez à jour le firmware de la carte si le pilote signale une table ACPI ou une méthode de démarrage erronée.",
        "Vérifiez que /dev/tpmrm0 existe, puis redémarrez l'agent.",
        VERIFY_THEN_RESET,
    ],
    look: "Sur l'hôte : dmesg | grep -i tpm, ls -l /dev/tpm*, ls /sys/firmware/acpi/tables. Configuration du firmware, sous Security ou Trusted Computing.",
};

pub(super) const NOT_PERMITTED: ReasonEntry = ReasonEntry {
    title: "L'agent n'a pas le droit d'ouvrir le TPM",
    sentence: "Le système d'exploitation refuse à l'agent l'accès au périphérique du TPM.",
    cause: "L'utilisateur de l'agent n'est pas dans le groupe auquel appartient /dev/tpmrm0 (en général tss), un conteneur ou un fichier de service cache le périphérique, ou un module de sécurité l'interdit.",
    remedy: &[
        "Sur l'hôte, comparez ls -l /dev/tpmrm0 avec l'utilisateur et les groupes de trustboard-agent.",
        "Donnez le groupe au service de l'agent (SupplementaryGroups=tss) et, s'il tourne dans un conteneur, le périphérique.",
        "Cherchez des refus d'AppArmor ou de SELinux : journalctl -k | grep -i denied.",
        "Redémarrez l'agent ; trustboard-agent status doit montrer le TPM.",
        VERIFY_THEN_RESET,
    ],
    look: "Sur l'hôte : trustboard-agent status, ls -l /dev/tpm*, systemctl cat trustboard-agent, journalctl -u trustboard-agent.",
};

pub(super) const BUSY: ReasonEntry = ReasonEntry {
    title: "Un autre programme occupe le TPM",
    sentence: "Le périphérique du TPM est ouvert dans un autre programme, et un seul peut l'avoir.",
    cause: "Un autre programme, ou l'agent, utilise directement /dev/tpm0 au lieu du gestionnaire de ressources du noyau, /dev/tpmrm0, qui permet le partage.",
    remedy: &[
        "Sur l'hôte, trouvez le programme : fuser -v /dev/tpm0 /dev/tpmrm0.",
        "Faites utiliser /dev/tpmrm0 à ce programme et à l'agent ; l'agent le fait de lui-même si son TPM est réglé sur auto.",
        "Si un gestionnaire de ressources séparé est actif (tpm2-abrmd), arrêtez-le, ou indiquez-le à l'agent par une adresse tabrmd:.",
        VERIFY_THEN_RESET,
    ],
    look: "Sur l'hôte : fuser -v /dev/tpm*, trustboard-agent status, la configuration de l'agent sous tpm.",
};

pub(super) const FAILURE_MODE: ReasonEntry = ReasonEntry {
    title: "Le TPM est en état de défaillance",
    sentence: "Le TPM a trouvé une faute en lui-même et n'exécute plus aucune commande.",
    cause: "Son autotest a échoué : défaut du module, mise à jour interrompue du firmware du TPM, ou perturbation de l'alimentation.",
    remedy: &[
        "Passez l'hôte en mode maintenance, arrêtez-le, coupez l'alimentation pendant une demi-minute (un redémarrage ne suffit pas), puis démarrez-le.",
        "Si rien ne change, installez le firmware actuel du TPM et de la carte.",
        "Si cela n'aide pas, le module est défectueux : faites-le remplacer, lui ou la carte, puis acceptez la nouvelle identité sur la page de l'hôte.",
        AFTER_BOOT,
    ],
    look: "Sur l'hôte : tpm2_selftest -f et tpm2_gettestresult, dmesg | grep -i tpm. La page d'état du matériel du contrôleur de gestion.",
};

pub(super) const LOCKED_OUT: ReasonEntry = ReasonEntry {
    title: "Le TPM est verrouillé après des mots de passe erronés",
    sentence: "Le TPM refuse les mots de passe pendant un temps, car trop étaient erronés.",
    cause: "Un programme de l'hôte essaie sans cesse un mauvais mot de passe ou code PIN (chiffrement des disques, outil d'un autre propriétaire), ou quelqu'un devine.",
    remedy: &[
        "Trouvez ce qui essaie : cherchez dans le journal de l'hôte des erreurs du TPM dans les minutes qui précèdent. Si rien ne l'explique, traitez-le comme un incident.",
        "Arrêtez ce programme et attendez : après chaque temps de récupération, le TPM oublie un échec (tpm2_getcap properties-variable montre TPM2_PT_LOCKOUT_INTERVAL).",
        "Qui connaît le mot de passe de verrouillage y met fin aussitôt par tpm2_dictionarylockout --clear-lockout.",
        VERIFY_THEN_RESET,
    ],
    look: "Sur l'hôte : tpm2_getcap properties-variable (inLockout, TPM2_PT_LOCKOUT_COUNTER), le journal, pour les autres utilisateurs du TPM.",
};

pub(super) const OWNED: ReasonEntry = ReasonEntry {
    title: "Le TPM a un propriétaire : un mot de passe le protège",
    sentence: "L'agent ne peut pas utiliser le TPM, car une hiérarchie dont il a besoin a un mot de passe.",
    cause: "Un ancien système d'exploitation, un outil d'administration ou le précédent propriétaire de la machine a pris possession du TPM et mis un mot de passe à sa hiérarchie owner ou endorsement.",
    remedy: &[
        "Si le mot de passe est connu et que rien d'autre n'en a besoin, retirez-le : tpm2_changeauth -c owner -p ANCIEN, et de même avec -c endorsement.",
        "Sinon, il faut effacer le TPM. Sauvegardez d'abord ce qui y est scellé, surtout les clés de secours du chiffrement des disques : l'effacement les détruit.",
        "Passez l'hôte en mode maintenance, redémarrez-le dans la configuration du firmware et choisissez Clear TPM (Security ou Trusted Computing) ; certaines cartes demandent une confirmation au démarrage suivant.",
        "L'hôte crée alors une nouvelle clé d'attestation : s'il est dit que la clé n'est pas celle enregistrée, acceptez la nouvelle identité sur la page de l'hôte.",
        AFTER_BOOT,
    ],
    look: "Sur l'hôte : tpm2_getcap properties-variable (ownerAuthSet, endorsementAuthSet), trustboard-agent status. Page de l'hôte : problème avec le TPM.",
};

pub(super) const HIERARCHY_DISABLED: ReasonEntry = ReasonEntry {
    title: "Une hiérarchie du TPM est désactivée",
    sentence: "La hiérarchie owner ou endorsement du TPM est désactivée, si bien que le TPM ne peut pas créer les clés nécessaires à l'attestation.",
    cause: "La configuration du firmware la désactive (« TPM Hierarchy », « Endorsement Hierarchy » ou « Storage Hierarchy »), ou un programme l'a désactivée jusqu'au prochain démarrage.",
    remedy: &[
        "Passez l'hôte en mode maintenance et redémarrez-le : ce qu'un programme a désactivé est ensuite de nouveau actif.",
        "Si rien ne change, redémarrez dans la configuration du firmware et activez les hiérarchies storage et endorsement (TPM Hierarchy : Enabled ; Security ou Trusted Computing).",
        "Vérifiez au passage que le TPM est activé et que son algorithme est SHA-256.",
        "Sur l'hôte, tpm2_getcap properties-variable doit montrer shEnable et ehEnable à 1.",
        AFTER_BOOT,
    ],
    look: "Sur l'hôte : tpm2_getcap properties-variable (shEnable, ehEnable), trustboard-agent status. Configuration du firmware, sous Security ou Trusted Computing, TPM Hierarchy.",
};

pub(super) const EK_CREATION_FAILED: ReasonEntry = ReasonEntry {
    title: "Le TPM n'a pas pu créer sa clé d'approbation (EK)",
    sentence: "Le TPM n'est pas en mesure de créer sa clé d'approbation.",
    cause: "Le module ne connaît pas les types de clés qu'exige le profil du TCG (RSA 2048, ECC P-256), son firmware est fautif, ou il est défectueux.",
    remedy: &[
        "Sur l'hôte, exécutez trustboard-agent status : la réponse du TPM y figure.",
        "Installez le firmware actuel du TPM et de la carte, et arrêtez complètement l'hôte avant de le redémarrer.",
        "Consultez la page d'état du matériel du contrôleur de gestion.",
        "Si rien ne change, remplacez le module, ou interrogez son fabricant avec la réponse du TPM.",
        AFTER_BOOT,
    ],
    look: "Sur l'hôte : trustboard-agent status, tpm2_createek -G rsa -c - (la même question), dmesg | grep -i tpm. Page de l'hôte : modèle et firmware du TPM.",
};
