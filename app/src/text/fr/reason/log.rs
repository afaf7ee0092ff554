//! Le journal d'événements est lisible et explique les valeurs des PCR.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Page de l'hôte : le contrôle en échec, valeurs des PCR, vérifications. Sur l'hôte : tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
const UPDATE_FIRMWARE: &str = "Mettez l'hôte en mode maintenance, mettez à jour le firmware de la carte mère et redémarrez : la plupart des journaux de ce genre viennent d'un défaut du firmware.";
const COMPARE: &str = "Comparez avec d'autres hôtes du même modèle : si tous le montrent, c'est le firmware ; si celui-ci est le seul, cherchez ce qui a été changé sur lui.";

pub(super) const MISSING_SECURE_BOOT_OFF: ReasonEntry = ReasonEntry {
    title: "Secure Boot est désactivé, et l'hôte n'a pas de journal d'événements",
    sentence: "D'après la variable du firmware, Secure Boot est désactivé[ ; le PCR 7 l'a prouvé activé pour la dernière fois : {last_on}], et l'agent n'a envoyé aucun journal d'événements : ce qui a démarré ne peut pas être prouvé. Activez Secure Boot dans la configuration du firmware, puis redémarrez.",
    cause: "Quand Secure Boot est désactivé, GRUB lance Linux sans passer par le stub EFI du noyau, et seul ce stub transmet au noyau le journal du firmware : sans Secure Boot, le journal disparaît lui aussi. Quelqu'un l'a désactivé dans la configuration du firmware, souvent pour démarrer un support de secours, ou le firmware a été réinitialisé.",
    remedy: &[
        "Cherchez à savoir si quelqu'un a désactivé Secure Boot volontairement. Sinon, regardez les entrées de démarrage et l'historique avant de poursuivre.",
        "Mettez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.",
        "Activez Secure Boot, en mode utilisateur (standard) ; rétablissez les clés d'usine si la base de clés est vide. Enregistrez et démarrez : le journal revient avec lui.",
        "Si le journal manque encore, exécutez trustboard-agent status sur l'hôte : la commande dit pourquoi.",
        AFTER_BOOT,
    ],
    look: "Page de l'hôte : pourquoi il n'y a pas de journal, et la variable Secure Boot, dans ce que l'hôte dit de lui-même. Sur l'hôte : mokutil --sb-state ; dmesg | grep -i -e secureboot -e TPMEventLog.",
};

pub(super) const MISSING: ReasonEntry = ReasonEntry {
    title: "L'hôte n'a pas de journal d'événements",
    sentence: "L'agent n'a envoyé aucun journal d'événements.",
    cause: "Le noyau ne fournit pas le journal (securityfs n'est pas monté, le firmware n'en a pas donné), l'agent n'a pas le droit de le lire, ou l'hôte a démarré en mode BIOS hérité.",
    remedy: &[
        "Sur l'hôte, exécutez trustboard-agent status : la commande dit pourquoi il n'y a pas de journal.",
        "Vérifiez que /sys/kernel/security est monté et que l'agent peut y lire tpm0/binary_bios_measurements.",
        "Dans la configuration du firmware, démarrez en mode UEFI plutôt qu'en mode hérité, avec le TPM activé.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : pourquoi il n'y a pas de journal, dans ce que l'hôte dit de lui-même. Sur l'hôte : ls -l /sys/kernel/security/tpm0/.",
};

pub(super) const TRUNCATED: ReasonEntry = ReasonEntry {
    title: "Le journal d'événements est incomplet",
    sentence: "Le journal s'arrête au milieu d'un événement[ ({place})].",
    cause: "Le tampon du firmware pour le journal est plein, ou le journal a été coupé à la lecture ou à l'envoi.",
    remedy: &[
        "Cliquez sur « Vérifier maintenant » : si le journal a été coupé en route, le suivant est entier.",
        UPDATE_FIRMWARE,
        "Retirez ce qui remplit le journal : entrées de démarrage inutilisées, ROM optionnelles de cartes qui ne servent pas au démarrage.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "Le journal d'événements enfreint les règles de son format",
    sentence: "Le journal n'est pas lisible comme journal d'événements du TCG[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou celui-ci a été modifié sur l'hôte.",
    remedy: &["Cliquez sur « Vérifier maintenant ».", COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Le journal d'événements n'explique pas les valeurs des PCR",
    sentence: "[{place}|Un PCR de la citation] : le journal donne [{expected}|une autre valeur][, le TPM a signé {found}][ ; {events} événements].[ Un événement absent du journal l'expliquerait : {missing_events}.][ Il explique les PCR {explained}.][ La valeur signée est celle d'après l'événement {prefix_events} : le journal est plus récent que la citation.]",
    cause: "Le journal a été modifié sur l'hôte, il y manque des événements (souvent par un défaut du firmware), ou quelque chose a été mesuré sans écrire d'événement.",
    remedy: &[
        "Regardez le tableau des PCR : le premier qui ne concorde pas dit ce qui diffère : 0 à 3 firmware, 4 et 5 chargeur de démarrage, 7 Secure Boot, 8 et 9 noyau et ligne de commande.",
        COMPARE,
        "Si cet hôte est le seul, mettez-le en mode maintenance, comparez son chargeur de démarrage et son firmware avec ceux d'un hôte sain, réinstallez-les et redémarrez.",
        "Si tous les hôtes du modèle le montrent, mettez à jour leur firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH_OTHER_BANK: ReasonEntry = ReasonEntry {
    title: "Le journal d'événements n'explique pas les valeurs des PCR d'une autre banque",
    sentence: "[{place}|Une autre banque] : le journal ne donne pas la valeur que le TPM a signée[ ; {events} événements].",
    cause: "Certains firmwares et chargeurs de démarrage mesurent dans toutes les banques, mais ne consignent les empreintes que d'une seule. La banque de la stratégie est jugée par un autre contrôle.",
    remedy: &[
        "Voyez si la banque de la stratégie est expliquée. Si c'est le cas, c'est en général une lacune du firmware.",
        "Mettez à jour le firmware, ou désactivez l'autre banque dans sa configuration si rien n'en a besoin.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const STARTUP_LOCALITY: ReasonEntry = ReasonEntry {
    title: "La localité de démarrage du journal est mal placée ou impossible",
    sentence: "L'événement qui dit comment le TPM a été démarré figure deux fois, trop tard, ou a une valeur impossible[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou celui-ci a été modifié pour que le PCR 0 concorde.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const NO_ACTION_EXTENDS: ReasonEntry = ReasonEntry {
    title: "Un événement informatif prétend étendre un PCR",
    sentence: "Un événement informatif porte une empreinte comme s'il avait été mesuré[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou celui-ci a été modifié sur l'hôte.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const EVENT_TYPE: ReasonEntry = ReasonEntry {
    title: "Un événement se trouve dans un PCR où son type n'est pas admis",
    sentence: "Le type d'un événement n'est pas de ceux qui peuvent se trouver dans son PCR[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou celui-ci a été modifié pour faire passer un événement pour un autre : la signature du TPM ne couvre pas les types d'événements.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_MISSING: ReasonEntry = ReasonEntry {
    title: "Il manque un séparateur dans le journal d'événements",
    sentence: "Rien ne termine la part du firmware[ ({place})].",
    cause: "Le firmware écrit mal le journal ou s'est arrêté trop tôt, ou des événements ont été retirés du journal.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "Le journal d'événements contient un second séparateur",
    sentence: "La part du firmware est terminée deux fois[ ({place})].",
    cause: "Le firmware écrit mal le journal, ou quelque chose a étendu le PCR plus tard en se faisant passer pour lui.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_ERROR: ReasonEntry = ReasonEntry {
    title: "Le firmware a mesuré une erreur",
    sentence: "Là où devrait se trouver le séparateur, le firmware a signalé une erreur[ ({place})].",
    cause: "Le firmware n'a pas pu mesurer quelque chose au démarrage : une ROM optionnelle, une entrée de démarrage ou une carte en panne.",
    remedy: &[
        "Regardez l'état du matériel et la liste des événements dans le contrôleur de gestion.",
        "Mettez l'hôte en mode maintenance, éteignez-le complètement et rallumez-le.",
        "Si rien ne change, mettez à jour le firmware ; retirez les cartes une à une pour trouver celle qui est en cause.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REGISTER_TYPE: ReasonEntry = ReasonEntry {
    title: "Un PCR contient des événements d'un type qui n'y a pas sa place",
    sentence: "Le type d'un événement n'est pas de ceux que le profil met dans son PCR[ ({place})].",
    cause: "Le firmware de certains fabricants journalise des types à lui. Les empreintes sont prouvées ; ce que disent les types ne l'est pas.",
    remedy: &[
        COMPARE,
        "Si cet hôte est le seul à le montrer, traitez l'affaire comme un incident de sécurité : un événement a pu recevoir un autre type pour le cacher.",
    ],
    look: LOOK,
};
