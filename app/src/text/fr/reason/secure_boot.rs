//! Ce que le journal dit de Secure Boot.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Page de l'hôte : Secure Boot, PCR 7 dans le tableau des PCR, le contrôle en échec. Sur l'hôte : mokutil --sb-state ; tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements. Configuration du firmware sous Boot ou Security.";
const TO_SETUP: &str =
    "Mettez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.";
const UPDATE_FIRMWARE: &str = "Mettez à jour le firmware de la carte mère et redémarrez : cela vient en général d'un défaut du firmware.";
const INCIDENT: &str = "Si cet hôte est le seul et que personne n'y est intervenu, traitez l'affaire comme un incident de sécurité : quelqu'un a pu modifier son journal ou son firmware.";
const COMPARE: &str =
    "Comparez avec d'autres hôtes du même modèle : si tous le montrent, c'est le firmware.";

pub(super) const DISABLED: ReasonEntry = ReasonEntry {
    title: "Secure Boot est désactivé sur l'hôte",
    sentence: "Le firmware a mesuré que Secure Boot était désactivé au dernier démarrage[, dans {place}][ ; vu activé pour la dernière fois : {last_on}]. Activez-le dans la configuration du firmware, puis redémarrez.",
    cause: "Quelqu'un a désactivé Secure Boot dans la configuration du firmware, souvent pour démarrer un support de secours ou après une réinitialisation du firmware ; une mise à jour du firmware ou une pile vide sur la carte mère peut aussi le faire.",
    remedy: &[
        "Cherchez à savoir si quelqu'un l'a désactivé volontairement. Sinon, regardez les entrées de démarrage et l'historique avant de poursuivre.",
        TO_SETUP,
        "Activez Secure Boot, en mode utilisateur (standard), pas en mode setup ou audit ; rétablissez les clés d'usine si la base de clés est vide.",
        "Enregistrez et démarrez. Si l'hôte refuse alors de démarrer, son chargeur ou son noyau n'est pas signé par une clé de db : installez des versions signées.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const UNSUPPORTED: ReasonEntry = ReasonEntry {
    title: "Le firmware ne mesure aucun état de Secure Boot",
    sentence: "Le PCR 7 et son journal ne disent rien de Secure Boot[ ({place})].",
    cause: "L'hôte a démarré en mode BIOS hérité (CSM), ou son firmware ne connaît pas Secure Boot.",
    remedy: &[
        TO_SETUP,
        "Désactivez le mode hérité (CSM), démarrez en mode UEFI, puis activez Secure Boot.",
        "Si le firmware ne connaît pas Secure Boot, mettez-le à jour ; un matériel qui n'en a pas du tout ne peut pas réussir.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MISPLACED: ReasonEntry = ReasonEntry {
    title: "Une variable de Secure Boot manque au journal, y figure deux fois ou mal placée",
    sentence: "[{variable}|Une variable de Secure Boot] n'est pas mesurée exactement une fois là où elle doit l'être[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou quelqu'un a mesuré une seconde valeur, plus flatteuse.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, INCIDENT, AFTER_BOOT],
    look: LOOK,
};

pub(super) const DATA_FORGED: ReasonEntry = ReasonEntry {
    title: "Un événement Secure Boot du journal a été falsifié",
    sentence: "Les données d'un événement ne sont pas celles que couvre son empreinte[ ({place})].",
    cause: "Le journal a été modifié sur l'hôte pour que Secure Boot ait meilleure apparence. Quelques très vieux chargeurs de démarrage consignent aussi d'autres octets que ceux qu'ils mesurent.",
    remedy: &[
        "Traitez d'abord l'affaire comme un incident de sécurité : mettez l'hôte en mode maintenance et déplacez son travail ailleurs.",
        "Comparez avec d'autres hôtes du même modèle et au même chargeur de démarrage.",
        "Réinstallez le chargeur de démarrage depuis son paquet, mettez à jour le firmware et redémarrez.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MALFORMED: ReasonEntry = ReasonEntry {
    title: "Une variable de Secure Boot est illisible",
    sentence: "[{variable}|Une variable de Secure Boot] ou une liste qu'elle contient enfreint les règles de son format[ ({place})].",
    cause: "Une liste de clés ou de révocation abîmée a été inscrite, ou le firmware écrit mal le journal.",
    remedy: &[
        TO_SETUP,
        "Rétablissez les clés Secure Boot d'usine, puis appliquez de nouveau la liste de révocation (dbx) actuelle.",
        UPDATE_FIRMWARE,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KEYS_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot est activé, mais ses clés ne sont pas inscrites",
    sentence: "Secure Boot se dit activé alors que PK, KEK ou db est vide[ ({place})].",
    cause: "Les clés ont été effacées dans la configuration du firmware (mode setup), ou le firmware est défectueux. Sans clés, Secure Boot ne vérifie rien.",
    remedy: &[
        TO_SETUP,
        "Rétablissez les clés Secure Boot d'usine, ou inscrivez vos propres PK, KEK et db, et quittez le mode setup.",
        "Enregistrez et démarrez.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot est activé, mais rien de ce qui a démarré n'est mesuré comme vérifié",
    sentence: "Le journal ne nomme aucune autorité ayant vérifié ce qui a démarré[ ({place})].",
    cause: "Le firmware a démarré quelque chose sans le vérifier, ou il ne mesure pas l'autorité.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, INCIDENT, AFTER_BOOT],
    look: LOOK,
};

pub(super) const AUTHORITY_UNKNOWN: ReasonEntry = ReasonEntry {
    title: "Ce qui a démarré a été signé par une autorité qui n'est pas dans db",
    sentence: "L'autorité qui a signé ce qui a démarré n'est pas dans la base de signatures[ ({place})].",
    cause: "Le chargeur de démarrage utilise une clé propre à la machine (MOK), db a changé après la mesure, ou le journal a été modifié.",
    remedy: &[
        "Cherchez qui a inscrit la clé : un pilote ou un noyau signé sur cette machine (mokutil --list-enrolled) ?",
        "Si elle est voulue, inscrivez-la dans db ; sinon, retirez-la et réinstallez le chargeur de démarrage et le noyau depuis leurs paquets.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_REVOKED: ReasonEntry = ReasonEntry {
    title: "Ce qui a démarré a été signé par une autorité révoquée",
    sentence: "L'autorité qui a signé ce qui a démarré figure sur la liste de révocation (dbx)[ ({place})].",
    cause: "Un ancien chargeur de démarrage à la faiblesse connue a été démarré, ou le firmware n'a pas respecté sa liste de révocation.",
    remedy: &[
        "Mettez l'hôte en mode maintenance.",
        "Installez le chargeur de démarrage actuel (shim, GRUB ou l'image noyau unifiée) de la distribution et retirez les anciennes entrées de démarrage.",
        "Mettez à jour le firmware et redémarrez.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const TEST_KEY: ReasonEntry = ReasonEntry {
    title: "La clé de plateforme est une clé de test publique",
    sentence: "La partie privée de la clé de plateforme est publique ; n'importe qui peut donc changer les clés Secure Boot de cet hôte (CVE-2024-8105)[ ; {place}].",
    cause: "Le fabricant de la carte mère a livré son firmware avec une clé de test (« DO NOT TRUST »).",
    remedy: &[
        "Mettez à jour le firmware vers une version qui porte une clé propre au fabricant.",
        TO_SETUP,
        "Rétablissez les clés Secure Boot d'usine du nouveau firmware, ou inscrivez votre propre clé de plateforme.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const DEBUG_MODE: ReasonEntry = ReasonEntry {
    title: "Le mode de débogage UEFI était activé",
    sentence: "Le firmware a mesuré qu'un débogueur pouvait être attaché au démarrage[ ({place})].",
    cause: "Le mode de débogage est activé dans la configuration du firmware, ou une version de développement du firmware est installée. Il permet de contourner Secure Boot.",
    remedy: &[
        TO_SETUP,
        "Désactivez tous les réglages de débogage, ou installez une version publiée du firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SETUP_MODE: ReasonEntry = ReasonEntry {
    title: "Secure Boot était activé alors que ses clés étaient modifiables",
    sentence: "Le firmware était en mode configuration (setup) ou en mode audit[ ({place})] : n'importe qui aurait pu remplacer les clés.",
    cause: "La clé de plateforme a été effacée dans la configuration du firmware et jamais réinscrite, ou un outil a laissé le firmware dans ce mode.",
    remedy: &[
        TO_SETUP,
        "Restaurez les clés d'usine ou inscrivez votre propre clé de plateforme : cela met fin au mode configuration. Désactivez le mode audit.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SHIM_VALIDATION_DISABLED: ReasonEntry = ReasonEntry {
    title: "shim démarre chargeurs et noyaux sans les vérifier",
    sentence: "shim a reçu l'ordre de ne rien vérifier[ ({place})] ; Secure Boot ne dit donc rien du chargeur de démarrage ni du noyau.",
    cause: "Quelqu'un a exécuté mokutil --disable-validation et l'a confirmé à la console, le plus souvent pour charger un noyau ou un module non signé.",
    remedy: &[
        "Cherchez qui l'a désactivé et pourquoi. Si ce n'est personne, traitez l'affaire comme un incident de sécurité : il faut être à la console.",
        "Mettez l'hôte en mode maintenance, exécutez-y mokutil --enable-validation, redémarrez et confirmez à la console.",
        "Signez plutôt vos noyaux et modules avec une clé inscrite comme clé du propriétaire (MOK).",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MACHINE_OWNER_KEY_USED: ReasonEntry = ReasonEntry {
    title: "Une image a démarré grâce à une clé inscrite par le propriétaire de la machine",
    sentence: "Une clé de la liste du propriétaire (MOK) a laissé démarrer une image[ ({place})].",
    cause: "L'hôte exécute un noyau, un chargeur ou un module signé en interne ou par l'installateur d'un pilote (DKMS), et quelqu'un a inscrit sa clé à la console.",
    remedy: &[
        "Comparez la clé avec celles que vous inscrivez vous-mêmes : mokutil --list-enrolled sur l'hôte.",
        "Si elle est à vous, assouplissez ce contrôle dans la stratégie du cluster en donnant ce motif, ou accordez une exception à cet hôte.",
        "Si personne ne la connaît, supprimez-la avec mokutil --delete, redémarrez et cherchez ce qu'elle a signé.",
    ],
    look: LOOK,
};

pub(super) const REVOCATIONS_MISSING: ReasonEntry = ReasonEntry {
    title: "La liste des logiciels de démarrage révoqués est dépassée",
    sentence: "Il manque à dbx des révocations de la liste officielle[ du {official_of}][ : {missing} sont absentes].",
    cause: "La mise à jour de la liste n'a jamais été installée ; fabricants et distributions la livrent à part de leurs autres mises à jour.",
    remedy: &[
        "Mettez d'abord à jour shim, le chargeur de démarrage et les autres supports sur lesquels l'hôte démarre : les anciens sont révoqués par la nouvelle liste et ne démarrent plus.",
        "Installez la mise à jour en mode maintenance : fwupdmgr update, ou la mise à jour du fabricant du firmware ; puis redémarrez.",
        "Si c'est la liste du serveur qui est ancienne, remplacez-la par le fichier dbxupdate actuel.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const ROLLOVER_PENDING: ReasonEntry = ReasonEntry {
    title: "Des clés de Microsoft expirent en 2026 et leurs remplaçantes ne sont pas inscrites",
    sentence: "Le firmware contient les clés de 2011 sans celles de 2023[ ({place})].",
    cause: "Le firmware n'a pas été mis à jour depuis que Microsoft a émis de nouvelles clés. Ce que signent les anciennes démarre toujours ; les chargeurs signés seulement avec les nouvelles ne démarrent pas, et l'hôte n'accepte plus de nouvelles révocations.",
    remedy: &[
        "C'est un travail à planifier, pas un incident : le changement de db et de KEK qui suit est attendu.",
        "Installez la mise à jour du firmware qui apporte les clés de 2023, ou les mises à jour de db et de KEK par fwupd.",
        "PCR 7 va changer : approuvez ensuite la nouvelle configuration, et renouvelez ce qui est scellé à PCR 7 (chiffrement du disque).",
        AFTER_BOOT,
    ],
    look: LOOK,
};
