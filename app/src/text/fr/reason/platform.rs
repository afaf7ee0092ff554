//! Ce que la stratégie demande à la plateforme.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const TO_SETUP: &str =
    "Mettez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.";

pub(super) const TPM_GONE: ReasonEntry = ReasonEntry {
    title: "L'hôte n'a plus de TPM",
    sentence: "Une identité est enregistrée pour cet hôte, mais son agent n'annonce plus de TPM.",
    cause: "Le TPM a été désactivé ou masqué dans la configuration du firmware (une mise à jour ou une réinitialisation du firmware peut le faire), le module a été retiré ou est en panne, ou une autre machine se présente avec les identifiants de cet hôte.",
    remedy: &[
        "Cherchez à savoir si quelqu'un est intervenu sur cet hôte : mise à jour du firmware, carte mère remplacée, module retiré. Si ce n'est pas le cas, traitez l'affaire comme un incident de sécurité.",
        TO_SETUP,
        "Activez le TPM (TPM, Security Device, Intel PTT ou AMD fTPM) et rendez-le visible du système d'exploitation.",
        "Démarrez, puis vérifiez sur l'hôte que /dev/tpmrm0 existe et que trustboard-agent status montre le TPM.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : ce que l'hôte dit de lui-même, identité, historique. Sur l'hôte : dmesg | grep -i tpm. Configuration du firmware sous Security ou Trusted Computing ; état du matériel dans le contrôleur de gestion.",
};

pub(super) const TPM_UNREACHABLE: ReasonEntry = ReasonEntry {
    title: "Périphérique TPM 2.0 détecté, mais la connexion ne peut pas être établie",
    sentence: "Un TPM semble présent, mais l'agent ne parvient pas à lui parler.",
    cause: "L'agent n'a pas le droit d'ouvrir le périphérique, un autre programme l'occupe, le pilote du noyau pour son interface manque, le TPM est en mode 1.2, ou il est en panne.",
    remedy: &[
        "Sur l'hôte, exécutez trustboard-agent status : la commande dit ce que l'agent a tenté et ce qui lui a été répondu.",
        "Vérifiez que /dev/tpmrm0 existe et que l'utilisateur de l'agent peut y lire et y écrire (en général par le groupe tss).",
        "Si le périphérique manque, consultez dmesg | grep -i tpm ; chargez tpm_tis ou tpm_crb ; dans la configuration du firmware, choisissez TPM 2.0 plutôt que 1.2.",
        "Si les commandes restent sans réponse, éteignez complètement l'hôte (un redémarrage ne suffit pas) et rallumez-le ; si cela n'aide pas, remplacez le module.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : problème avec le TPM, dans ce que l'hôte dit de lui-même. Sur l'hôte : trustboard-agent status, dmesg | grep -i tpm, ls -l /dev/tpm*.",
};

pub(super) const TPM_MISSING: ReasonEntry = ReasonEntry {
    title: "Pas de TPM 2.0, alors que la stratégie en exige un",
    sentence: "La stratégie de ce cluster exige un TPM 2.0, et l'hôte n'en annonce aucun.",
    cause: "L'hôte n'a pas de TPM, celui-ci est désactivé ou masqué dans la configuration du firmware, ou il fonctionne en mode 1.2.",
    remedy: &[
        TO_SETUP,
        "Activez le TPM (TPM, Security Device, Intel PTT ou AMD fTPM), choisissez la version 2.0 et rendez-le visible du système d'exploitation.",
        "Démarrez, puis vérifiez que trustboard-agent status montre le TPM. L'hôte signale alors qu'aucune clé d'identité n'est enregistrée : déconnectez-le, puis connectez-le pour prendre sa nouvelle identité.",
        "Si l'hôte n'a pas de TPM, inscrivez-le de nouveau avec un jeton d'un cluster dont la stratégie l'admet.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : ce que l'hôte dit de lui-même. Sur l'hôte : ls /dev/tpm*, dmesg | grep -i tpm. Configuration du firmware sous Security ou Trusted Computing.",
};

pub(super) const SHA256_BANK_INACTIVE: ReasonEntry = ReasonEntry {
    title: "La banque de PCR SHA-256 du TPM 2.0 n'est pas active",
    sentence: "Le TPM ne mesure que dans d'autres banques.",
    cause: "Le firmware est réglé sur SHA-1 (ou SM3) comme hachage du TPM, souvent depuis l'usine ou depuis une réinitialisation du firmware.",
    remedy: &[
        TO_SETUP,
        "Activez la banque de PCR SHA-256 (TPM2 Algorithm Selection, PCR Bank, Hash Policy) ; désactivez SHA-1 si rien d'autre n'en a besoin.",
        "Enregistrez et démarrez. Certains firmwares demandent une confirmation à la console.",
        "Sans un tel réglage, et avec tpm2-tools sur l'hôte : tpm2_pcrallocate sha256:all, puis redémarrez.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : banques de PCR actives, dans ce que l'hôte dit de lui-même. Sur l'hôte : tpm2_getcap pcrs. Configuration du firmware sous Security, TPM 2.0.",
};

pub(super) const TPM_INTERFACE_REFUSED: ReasonEntry = ReasonEntry {
    title: "L'interface du TPM n'est pas acceptée par la stratégie",
    sentence: "Le TPM est atteint par [{found}|une autre interface][ ; la stratégie accepte {expected}].",
    cause: "Le TPM est réglé sur CRB là où la stratégie demande TIS/FIFO, ou l'inverse ; les TPM logés dans le firmware (Intel PTT, AMD fTPM) ne connaissent souvent que CRB.",
    remedy: &[
        TO_SETUP,
        "Choisissez l'interface que la stratégie accepte (TPM Interface, TIS/FIFO ou CRB), enregistrez et démarrez.",
        "Si le firmware ne connaît que celle-ci, il faut à l'hôte un TPM distinct.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : interface du TPM, dans ce que l'hôte dit de lui-même. Sur l'hôte : ls -l /sys/class/tpm/tpm0/device/driver.",
};

pub(super) const OS_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "Le système d'exploitation est plus ancien que la stratégie ne l'admet",
    sentence: "L'hôte exécute [{found}|une version plus ancienne][ ; la stratégie demande : {expected}].",
    cause: "Une mise à niveau a été omise, l'hôte a été restauré depuis une ancienne image, ou il a démarré un ancien système depuis un autre disque.",
    remedy: &[
        "Mettez l'hôte en mode maintenance.",
        "Mettez le système d'exploitation au niveau demandé par la stratégie, puis redémarrez.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : système d'exploitation, dans ce que l'hôte dit de lui-même. Sur l'hôte : cat /etc/os-release.",
};

pub(super) const AGENT_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "L'agent est plus ancien que la stratégie ne l'admet",
    sentence: "L'hôte exécute trustboard-agent [{found}|dans une version plus ancienne][ ; la stratégie demande : {expected}].",
    cause: "L'agent n'a pas été mis à jour en même temps que le serveur, ou un ancien paquet a été réinstallé.",
    remedy: &[
        "Installez la version actuelle de trustboard-agent sur l'hôte et redémarrez son service. L'identité enregistrée est conservée.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : version de l'agent, dans ce que l'hôte dit de lui-même. Sur l'hôte : trustboard-agent --version.",
};
