# Une boîte rangée chez le fournisseur.
filing-name = Ranger
filing-see = Rangement
filing-lede = { $n ->
    [0] Rien à ranger
    [one] Un mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}dans un dossier
   *[other] {" "}dans { $folders } dossiers
}.
filing-lede-labels = { $n ->
    [0] Rien à ranger
    [one] Un mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}sous un libellé
   *[other] {" "}sous { $folders } libellés
}.
filing-mails = { $n ->
    [one] un mail
   *[other] { $n } mails
}
filing-others = { $n ->
    [one] et un autre dossier
   *[other] et { $n } autres dossiers
}, { $mails ->
    [one] un mail
   *[other] { $mails } mails
}
filing-left-out = { $n ->
    [one] Un mail d’un acteur rare reste où il est : mille dossiers suffisent.
   *[other] { $n } mails des acteurs les plus rares restent où ils sont : mille dossiers suffisent.
}
filing-root = Dans quel dossier ?
filing-root-label = Sous quel libellé ?
filing-root-about = Il est créé s’il n’existe pas. Une barre oblique sépare les niveaux.
filing-shape = Comment ?
filing-by-actor-drawer = par acteur, puis par sorte
filing-by-actor = par acteur
filing-by-drawer = par sorte
filing-after = Quand ?
filing-age = { $n ->
    [0] aussitôt arrivés
   *[other] après { $n } jours dans la boîte de réception
}
filing-promise = Chez votre fournisseur, ces mails quittent la boîte de réception pour leur dossier, à chaque relève. Les mails de personnes, et ceux que vous avez rangés vous-même, restent où ils sont. Rien n’est effacé, et tout se remet en place d’un clic.
filing-promise-labels = Chez votre fournisseur, ces mails reçoivent un libellé de plus, à chaque relève, et restent où ils sont. Vos libellés à vous ne changent pas. Tout se retire d’un clic.
filing-do = Ranger ces mails
filing-change = Ranger ainsi
filing-look = Revoir
filing-folders = Dossiers
filing-labels = Libellés
filing-back = Tout remettre en place
filing-done = Rangée dans « { $root } » : { $n ->
    [0] aucun mail pour l’instant
    [one] un mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}dans un dossier
   *[other] {" "}dans { $folders } dossiers
}.
filing-under-way = Rangement dans « { $root } » : { $n ->
    [one] un mail rangé
   *[other] { $n } mails rangés
}, { $left ->
    [one] un reste
   *[other] { $left } restent
}.
filing-going-back = { $left ->
    [one] Remise en place : un mail reste.
   *[other] Remise en place : { $left } mails restent.
}
filing-forbidden = Ce dossier ne convient pas : ni la boîte de réception, ni la corbeille, ni un nom que votre fournisseur ne saurait pas écrire.
filing-broken = Votre fournisseur ne sait pas déplacer de mails sans risque, ou n’a pas voulu de ce dossier : rien n’a changé.
filing-failed = Votre fournisseur ne répond pas comme il faut : rien n’a changé. La page des boîtes en dit plus.
