//! Ce qui a démarré est ce qu'un opérateur a approuvé.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Page de l'hôte : les écarts avec la configuration la plus proche, événement par événement ; ce qui a démarré. Configurations : les versions approuvées du cluster. Sur l'hôte : tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
const ACCEPT: &str = "Si le changement est voulu, lisez tous les écarts sur la page de l'hôte et acceptez-le là : cela crée une nouvelle version de la configuration, que tout hôte de ses clusters peut alors démarrer.";
const INCIDENT: &str = "Si personne n'a fait ce changement, traitez l'affaire comme un incident de sécurité : passez en mode maintenance et conservez le journal.";

pub(super) const KERNEL_COMMAND_LINE_CHANGED: ReasonEntry = ReasonEntry {
    title: "La ligne de commande du noyau n'est pas celle qui est approuvée",
    sentence: "[{place} : ligne de commande du noyau modifiée|La ligne de commande du noyau a été modifiée][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Ajouté : `{added}`.][ Retiré : `{removed}`.][ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Quelqu'un a modifié la ligne de commande, pour ce démarrage dans le menu du chargeur ou durablement dans sa configuration ; un paquet peut aussi le faire. Des mots comme init=/bin/sh ou rd.break ouvrent un shell sans mot de passe, d'autres désactivent des protections.",
    remedy: &[
        "Cherchez qui l'a modifiée : regardez /etc/default/grub, /etc/kernel/cmdline ou les entrées du chargeur, et qui était à la console au moment du démarrage.",
        ACCEPT,
        "Sinon, rétablissez l'ancienne ligne de commande (update-grub, kernel-install) et redémarrez ; une ligne saisie dans le menu disparaît avec le redémarrage.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const INITRD_CHANGED: ReasonEntry = ReasonEntry {
    title: "Le système de fichiers initial (initrd) n'est pas celui qui est approuvé",
    sentence: "[{place} : initrd modifié|L'initrd a été modifié][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "L'initrd a été reconstruit sur l'hôte, comme le font les mises à jour du noyau, de pilotes ou du microcode. Celui que chaque hôte construit lui-même diffère sur chacun, et le code qu'il contient s'exécute avant tout le reste.",
    remedy: &[
        "Cherchez une mise à jour à ce moment (/var/log/dpkg.log, dnf history) qui aurait lancé update-initramfs ou dracut.",
        ACCEPT,
        "Sinon, reconstruisez-le depuis les paquets (update-initramfs -u, dracut --force) ou rétablissez l'ancien, puis redémarrez.",
        "S'il diffère par nature d'un hôte à l'autre, marquez son événement comme variable dans une nouvelle version, ou passez à des images noyau unifiées, construites et signées une seule fois.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KERNEL_CHANGED: ReasonEntry = ReasonEntry {
    title: "Le noyau n'est pas celui qui est approuvé",
    sentence: "[{place} : noyau modifié|Le noyau a été modifié][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Une mise à jour du noyau a été installée et démarrée, ou un noyau plus ancien a été choisi dans le menu du chargeur.",
    remedy: &[
        "Comparez le noyau, sous ce qui a démarré, avec celui que le cluster doit exécuter.",
        ACCEPT,
        "Sinon, installez et démarrez le noyau approuvé, et retirez l'autre ou son entrée de menu.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const BOOT_LOADER_CHANGED: ReasonEntry = ReasonEntry {
    title: "Le chargeur de démarrage n'est pas celui qui est approuvé",
    sentence: "[{place} : chargeur de démarrage modifié|Le chargeur de démarrage a été modifié][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Une mise à jour de shim, de GRUB ou de systemd-boot, une autre entrée ou un autre support de démarrage (réseau, USB), ou un chargeur que quelqu'un a remplacé.",
    remedy: &[
        "Regardez les entrées de démarrage (efibootmgr -v) et les mises à jour de shim et du chargeur.",
        ACCEPT,
        "Sinon, démarrez par l'entrée habituelle, ou réinstallez shim et le chargeur depuis leurs paquets, puis redémarrez.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SECURE_BOOT_KEYS_CHANGED: ReasonEntry = ReasonEntry {
    title: "Les clés Secure Boot ne sont pas celles qui sont approuvées",
    sentence: "[{place} : clés Secure Boot modifiées|Les clés Secure Boot ont été modifiées][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Le plus souvent, une mise à jour de la liste de révocation (dbx) par fwupd ou le firmware. Le passage des certificats Microsoft de 2011 à ceux de 2023 change KEK et db, puis l'autorité qui répond de shim. Sinon, quelqu'un a inscrit ou retiré une clé (configuration du firmware, mokutil).",
    remedy: &[
        "Regardez quelle variable a changé : dbx seule est une mise à jour des révocations ; db et KEK avec des noms de 2023 sont les nouveaux certificats de Microsoft (fwupdmgr get-history).",
        ACCEPT,
        "Attendez-vous à la même chose sur les autres hôtes de ce modèle : acceptez le changement une fois pour le cluster plutôt qu'hôte par hôte.",
        "Si personne n'a rien mis à jour, comparez les clés avec celles d'un autre hôte (mokutil --db, --kek, --list-enrolled), rétablissez les clés d'usine dans la configuration du firmware et traitez l'affaire comme un incident de sécurité.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const FIRMWARE_CHANGED: ReasonEntry = ReasonEntry {
    title: "Le firmware n'est pas celui qui est approuvé",
    sentence: "[{place} : firmware modifié|Le firmware a été modifié][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Une mise à jour du firmware ou de la ROM d'une carte, un autre réglage dans la configuration du firmware, ou une carte ajoutée, retirée ou remplacée.",
    remedy: &[
        "Comparez la version du firmware avec les autres hôtes de ce modèle, et demandez qui est intervenu sur le matériel.",
        ACCEPT,
        "Sinon, installez la version approuvée du fabricant, en vérifiant sa somme de contrôle, et annulez le changement de réglages ou de cartes.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const LOADER_COMMAND_CHANGED: ReasonEntry = ReasonEntry {
    title: "Le chargeur a exécuté d'autres commandes ou fichiers que ceux approuvés",
    sentence: "[{place} : commande du chargeur modifiée|Une commande du chargeur a été modifiée][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "La configuration du chargeur a été régénérée (grub.cfg, entrées du chargeur), une autre entrée de menu a été choisie, ou quelqu'un a saisi des commandes à la console. Une entrée qui porte l'UUID d'un disque diffère d'un hôte à l'autre.",
    remedy: &[
        "Comparez grub.cfg ou les entrées du chargeur avec un autre hôte du cluster.",
        ACCEPT,
        "Si seul un UUID ou le nom d'un disque diffère, marquez cet événement comme variable dans une nouvelle version.",
        "Sinon, régénérez la configuration depuis ses sources (update-grub) et redémarrez.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const NOT_APPROVED: ReasonEntry = ReasonEntry {
    title: "Ce qui a démarré n'est pas une configuration approuvée",
    sentence: "[{place} : différent de ce qui est approuvé|Ce qui a démarré diffère de ce qui est approuvé][ : `{expected}` → `{found}`| : était approuvé `{expected}`| : trouvé `{found}`].[ Configuration approuvée la plus proche : {configuration}, version {version} ; écarts en tout : {count}.]",
    cause: "Quelque chose a été mesuré qu'aucune configuration approuvée du cluster ne contient : un autre chemin de démarrage, une autre disposition du disque, ou une mesure faite par le système d'exploitation après le démarrage.",
    remedy: &[
        "Lisez les écarts sur la page de l'hôte : le PCR dit qui a mesuré.",
        ACCEPT,
        "Si le registre diffère par nature d'un hôte à l'autre, omettez-le dans une nouvelle version, ou marquez ses événements comme variables.",
        "Sinon, rétablissez l'état approuvé et redémarrez.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
