# Les adresses dédiées.
nav-addresses = Adresses
dedicated-name = Adresses dédiées
dedicated-lede = { $n ->
    [0] Donnez à chaque acteur une adresse à lui : vous saurez qui l’a passée à d’autres, et vous pourrez la fermer.
    [one] Vous avez donné une adresse{ $leaks ->
        [0] {""}
       *[other] , <span class="warn">où d’autres écrivent</span>
    }.
   *[other] Vous avez donné { $n } adresses{ $leaks ->
        [0] {""}
        [one] ; <span class="warn">d’autres écrivent à l’une d’elles</span>
       *[other] ; <span class="warn">d’autres écrivent à { $leaks } d’entre elles</span>
    }.
}
dedicated-none = Cette machine ne reçoit pas de mail : personne n’y a d’adresse.
dedicated-none-host = Pour qu’elle en reçoive : <code>mesinfos serve --mail-domain DOMAINE --lmtp 127.0.0.1:2424</code>, et les lignes pour votre serveur de mail dans le guide de l’hôte.
dedicated-tie = Ces adresses sont sur { $n }, le domaine de votre hôte : vous en dépendez. S’il ferme, les comptes qui n’ont que cette adresse ne pourront plus vous écrire, ni vous rendre un mot de passe. Un domaine à vous n’a pas ce défaut. La liste est toujours prête :
dedicated-tell = qui prévenir si cet hôte ferme
dedicated-own = Ces adresses sont sur { $n }, votre domaine : vous pouvez l’emmener ailleurs.
dedicated-list = Toutes, à imprimer
dedicated-tell-lede = { $n ->
    [0] Personne à prévenir : aucune adresse n’est ouverte ici.
    [one] Un acteur à prévenir si cet hôte ferme.
   *[other] { $n } acteurs à prévenir si cet hôte ferme.
}
dedicated-tell-about = Un hôte qui ferme s’engage à faire suivre pendant douze mois. Changez d’adresse dans chaque compte ; fermez ensuite l’ancienne ici, et elle quitte cette liste.
dedicated-make = Créer une adresse
dedicated-for = Pour qui ?
dedicated-for-about = Un acteur, ou un mot à vous. L’adresse commence par ce mot et finit par des lettres que personne ne devine.
dedicated-for-it = Lui donner une adresse à lui
dedicated-here = Voici l’adresse pour { $n }
dedicated-here-about = Donnez-la à cet acteur, et à personne d’autre. Ce qui y arrive vient dans votre coffre.
dedicated-copy = Copier
dedicated-copied = Copiée
dedicated-given = Vos adresses
dedicated-address = Adresse
dedicated-to = donnée à
dedicated-made = créée { $n }
dedicated-made-by-mail = créée par son premier mail, { $n }
dedicated-mails = { $n ->
    [0] aucun mail
    [one] un mail
   *[other] { $n } mails
}
dedicated-last = dernier : { $n }
dedicated-open = ouverte
dedicated-paused = en pause
dedicated-closed = fermée
dedicated-pause = Mettre en pause
dedicated-close = Fermer
dedicated-reopen = Rouvrir
dedicated-states = En pause ou fermée, une adresse refuse tout mail : l’expéditeur l’apprend aussitôt, en clair. Ce qui est arrivé reste dans votre coffre.
dedicated-leak = { $who } y écrit aussi : { $n ->
    [one] un mail
   *[other] { $n } mails
} (premier : { $day }).
dedicated-proof = Voir ce mail
dedicated-carrier = { $n } y écrit aussi : pour livrer, l’adresse se transmet.
dedicated-whom = Donnée à quelqu’un d’autre ?
dedicated-first = Sans rien préparer
dedicated-first-about = Au comptoir ou au téléphone, dites un mot de votre choix, un point, puis vos lettres : l’adresse naît au premier mail qui y arrive, et se ferme comme les autres. Qui connaît vos lettres peut en inventer d’autres : préférez une adresse créée ici quand vous le pouvez.
dedicated-any-word = un-mot
dedicated-first-on = Permis
dedicated-first-off = Pas permis : seules vos adresses créées ici reçoivent
dedicated-first-let = Permettre
dedicated-first-stop = Ne plus permettre
mailboxes-or-address = Sans boîte à connecter, donnez aux acteurs une adresse d’ici :
dedicated-carry = Emporter cette liste (fichier CSV)
dedicated-file-name = adresses-a-prevenir
dedicated-columns = acteur,site,adresse,état,créée le,mails,dernier mail,d’autres y écrivent
