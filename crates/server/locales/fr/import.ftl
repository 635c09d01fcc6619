# Apporter des mails.
import-lede = Apportez vos mails. En quelques minutes, vous savez qui vous écrit, ce que vous avez acheté et ce qui vous est dû.
import-sofar = Déjà { $actors ->
    [0] aucun acteur
    [one] un acteur
   *[other] { $actors } acteurs
}, { $orders ->
    [0] aucune commande
    [one] un mail de commande
   *[other] { $orders } mails de commande
}, { $offers ->
    [0] aucune offre
    [one] une offre
   *[other] { $offers } offres
}.
import-see-home = Voir l’accueil grandir
import-may-close = Vous pouvez fermer cette page, ou éteindre : la lecture reprendra où elle en était, sans rien compter deux fois.
import-from = D’où viennent-ils ?
import-from-more = Apporter d’autres mails
import-thunderbird = Thunderbird sur cette machine
import-thunderbird-about = Le plus rapide si vous relevez vos mails avec lui. Rien n’est cherché sans votre accord.
import-thunderbird-look = Chercher Thunderbird
import-thunderbird-none = Aucun profil avec des mails n’a été trouvé.
import-thunderbird-found = Profil { $name } : { $boxes ->
    [one] une boîte
   *[other] { $boxes } boîtes
}, { $size }.
import-read-it = Le lire
import-mailbox-about = Chez n’importe quel fournisseur (IMAP) : les mails arrivent, puis les nouveaux d’eux-mêmes.
import-export = Un export
import-export-about = Google Takeout, .mbox, .zip, .tar.gz, .eml, .emlx. Ouvert sans être déplié.
import-choose = Déposez-le ici, ou choisissez-le
import-send = L’envoyer
import-folder = Un dossier de la machine
import-folder-about = Maildir, mbox ou dossier de mails. Rien n’est déplacé ni effacé.
import-path = Chemin
import-no-path = Il n’y a rien à ce chemin, ou il n’est pas permis de le lire.
import-own-folder = Ce dossier est celui où vos données sont gardées : choisissez-en un autre.
import-no-file = Aucun fichier n’a été reçu.
import-report = Compte rendu : { $what }, { $day }, { $lasted }
import-stands-stopped = La lecture s’est arrêtée avant la fin. Ce qui était lu est gardé.
import-stands-failed = La lecture a échoué. Ce qui était lu est gardé.
import-go-on = Reprendre où elle en était
import-arrived = { $n ->
    [0] Aucun mail trouvé
    [one] Un mail trouvé
   *[other] { $n } mails trouvés
}
import-what = Ce qui est arrivé
import-mails = Mails
import-understood = Lus et compris
import-known = Déjà là, comptés une fois
import-sent = Écrits par vous
import-sent-more = gardés, cherchables, hors des comptes
import-spam = Indésirables et corbeille
import-drafts = Brouillons et discussions
import-apart-more = gardés, hors des comptes
import-suspected = Fraudes probables
import-suspected-more = elles ne donnent aucun fait
import-not-understood = Gardés, pas compris
import-adds-up = Le compte y est
import-held = Ce qu’ils contenaient
import-fact = Fait
import-number = Nombre
import-actors = Acteurs
import-orders = Achats, en tout
import-offers = Offres
import-unchanged = { $n ->
    [one] Un fichier n’a pas changé depuis la dernière fois : il n’a pas été rouvert.
   *[other] { $n } fichiers n’ont pas changé depuis la dernière fois : ils n’ont pas été rouverts.
}
import-example = { $said } Par exemple { $example }.
import-failed = { $path } n’a pas pu être lu : { $error }
unread-mail-too-large = { $n ->
    [one] un trop gros
   *[other] { $n } trop gros
}
unread-mail-not-readable = { $n ->
    [one] un abîmé
   *[other] { $n } abîmés
}
unread-other = { $n ->
    [one] un pour une autre raison
   *[other] { $n } pour une autre raison
}
skipped-mbox-noise = { $n ->
    [one] Un passage d’une boîte n’est pas un mail.
   *[other] { $n } passages de boîtes ne sont pas des mails.
}
skipped-utf-16 = { $n ->
    [one] Un fichier a été réenregistré par un éditeur et n’est plus lisible comme mail.
   *[other] { $n } fichiers ont été réenregistrés par un éditeur et ne sont plus lisibles comme mails.
}
skipped-archive-encrypted = { $n ->
    [one] Une entrée d’archive est chiffrée : dépliez-la d’abord avec son mot de passe.
   *[other] { $n } entrées d’archive sont chiffrées : dépliez-les d’abord avec leur mot de passe.
}
skipped-archive-in-archive = { $n ->
    [one] Une archive est dans une autre : dépliez d’abord celle du dehors.
   *[other] { $n } archives sont dans une autre : dépliez d’abord celle du dehors.
}
skipped-archive-bomb = { $n ->
    [one] Une entrée d’archive grossit bien plus qu’un mail ne le fait : laissée de côté.
   *[other] { $n } entrées d’archive grossissent bien plus qu’un mail ne le fait : laissées de côté.
}
skipped-archive-overlapping = { $n ->
    [one] Une entrée d’archive en recouvre une autre : laissée de côté.
   *[other] { $n } entrées d’archive se recouvrent : laissées de côté.
}
skipped-archive-damaged = { $n ->
    [one] Une archive est abîmée : ce qui précède a été lu.
   *[other] { $n } archives sont abîmées : ce qui précède a été lu.
}
skipped-archive-unknown = { $n ->
    [one] Une archive est d’un genre que nous ne lisons pas : refaites-la en zip ou tar.gz.
   *[other] { $n } archives sont d’un genre que nous ne lisons pas : refaites-les en zip ou tar.gz.
}
skipped-outlook-store = { $n ->
    [one] Un fichier .pst d’Outlook n’est pas lu : exportez-le d’abord, avec Thunderbird ou readpst.
   *[other] { $n } fichiers .pst d’Outlook ne sont pas lus : exportez-les d’abord, avec Thunderbird ou readpst.
}
import-done = { $mails ->
    [0] Aucun mail trouvé.
    [one] Un mail lu
   *[other] { $mails } mails lus
}{ $mails ->
    [0] { "" }
   *[other] { $actors ->
    [one] { " " }: un acteur
   *[other] { " " }: { $actors } acteurs
}{ $orders ->
    [0] .
    [one] , un achat.
   *[other] , { $orders } achats.
}
}
import-nothing = Rien de ce qui a été donné ne ressemble à un mail. Nous lisons les boîtes .mbox et Maildir, les mails .eml et .emlx, les exports de Google Takeout, et les .zip, .tar.gz et .tar.zst de tout cela.
import-nothing-new = Rien de neuf : tout est comme la dernière fois.
import-home = Voir l’accueil
import-sending = Envoi : { $share } %, { $sent } sur { $all } Mo.
import-send-failed = L’envoi n’a pas abouti. Rien n’a été gardé de ce fichier : essayez encore, ou donnez son chemin.
import-cancel = Arrêter l’envoi
import-send-again = Les fichiers envoyés ont été effacés de la machine. Envoyez-les de nouveau pour continuer : ce qui est lu ne l’est pas deux fois.
import-behind = Vos mails ont été lus par une version antérieure du programme. Relus par celle-ci, ils peuvent en dire plus : <code>mesinfos reread</code>, sur la machine. Vos corrections tiennent.
