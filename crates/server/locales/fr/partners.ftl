# Qui peut écrire à la personne : refus, registre, conseils.
nav-refusals = Refus
refuse = Refuser
accept = Accepter
refused = refusé
refused-all = Tout est refusé
refuse-whole = Tout refuser
accept-whole = Tout accepter
mail-refused = Refusé depuis le { $day } : { $what }

## Une règle, en une phrase
rule-actor = tout ce qu’écrit { $n }
rule-drawer = { $drawer } { $of }
rule-sort = { $drawer } de { $sort }
rule-except = { $rule }, sauf { $n ->
    [one] un
   *[other] { $n }
}
rule-address = tout ce qui arrive à { $n }
rule-newcomers = tout ce qu’écrivent les nouveaux acteurs
rule-newcomers-drawer = { $n } des nouveaux acteurs
of-name = de { $n }
of-vowel = d’{ $n }
drawer-account = les mails de compte
drawer-transaction = les opérations
drawer-after-sales = l’après-vente
drawer-notification = les notifications
drawer-newsletter = les lettres
drawer-personal = les mails personnels
sorts-all = tous les acteurs
sorts-merchant = toutes les boutiques
sorts-leisure = tous les acteurs de loisirs
sorts-administration = toutes les administrations
sorts-bank = toutes les banques
sorts-insurance = toutes les assurances
sorts-telecom = tous les opérateurs
sorts-transport = tous les transporteurs
sorts-travel = tous les voyagistes
sorts-social = tous les réseaux sociaux
sorts-employment = tous les acteurs de l’emploi
sorts-health = tous les acteurs de santé
sorts-other = tous les autres acteurs

## L’aperçu
refuse-name = Refuser { $n }
refuse-preview = Refus, aperçu. Rien n’est encore changé.
refuse-in-force = Ce refus est déjà en vigueur. Voici ce qu’il masquerait de plus.
refuse-lede = Refuser { $what } : { $hidden ->
    [0] <b>aucun mail</b> masqué,
    [one] <b>un mail</b> masqué,
   *[other] <b>{ $hidden } mails</b> masqués,
}
refuse-kept-none = rien d’autre de leur part.
refuse-kept-orders = { $n ->
    [one] <b>une facture ou un colis</b> reste.
   *[other] <b>{ $n } factures et colis</b> restent.
}
refuse-kept-others = { $n ->
    [one] <b>un autre</b> reste.
   *[other] <b>{ $n } autres</b> restent.
}
refuse-kept-both = <b>{ $n } autres</b> restent, dont { $orders ->
    [one] une facture ou un colis.
   *[other] { $orders } factures et colis.
}
refuse-says = Ces mails ne paraissent plus à l’accueil ni dans les comptes ; ils restent dans le coffre et se trouvent en cherchant. Les suivants prennent le même chemin. Nous notons si leur auteur se tait.
refuse-says-whole = Ces mails ne paraissent plus à l’accueil ni dans les comptes, commandes et colis compris ; ils restent dans le coffre et se trouvent en cherchant. Ce que vous avez acheté et ce qui est garanti reste dans vos achats.
refuse-do = Refuser ces mails
refuse-leave = Laisser comme avant
refuse-undo = Se défait à tout moment, en un geste : <kbd>u</kbd> ou « Défaire ».
refuse-what = Ce qui disparaît, ce qui reste
refuse-caption = Plein : reste visible. Vide : masqué.
refuse-actor = Acteur
refuse-hidden = Masqués
refuse-stay = Restent
refuse-exception = Exception
refuse-keep = garder
refuse-all = Ensemble
refuse-persons = Des personnes
refuse-others = { $n ->
    [one] Un autre acteur
   *[other] { $n } autres acteurs
}
refuse-nothing = Aucun mail n’est concerné pour l’instant ; les suivants le seraient.
refuse-see = Voir l’effet

## Le registre
refusals-none = Vous n’avez rien refusé. Ce que vous refuserez se relira et se défera ici, avec la preuve que votre refus est respecté, ou non.
refusals-lede = { $hidden ->
    [0] Aucun mail tenu à l’écart
    [one] Un mail tenu à l’écart
   *[other] <b>{ $hidden } mails</b> tenus à l’écart
} ; { $ceased ->
    [0] aucun acteur n’a encore cessé,
    [one] <b>un a cessé</b>,
   *[other] <b>{ $ceased } ont cessé</b>,
} { $insist ->
    [0] aucun n’insiste.
    [one] <b class="warn">un insiste</b>.
   *[other] <b class="warn">{ $insist } insistent</b>.
}
refusals-since = Refusé le { $day }. Masqués : { $hidden }.
refusals-kept = Exception : { $n }.
refusals-restore = Rétablir
refusals-ceased = { $n ->
    [one] un acteur a cessé
   *[other] { $n } acteurs ont cessé
}
refusals-insist = { $n ->
    [one] un insiste : lettre prête
   *[other] { $n } insistent : lettres prêtes
}
refusals-waiting = { $n ->
    [one] trop tôt pour dire si un acteur se tait
   *[other] trop tôt pour dire si { $n } acteurs se taisent
}
refusals-who-insists = Ceux qui écrivent encore, et ceux que vous avez priés de cesser
refusals-wrote = Ce qui s’est passé
refusals-again = { $n ->
    [one] A encore écrit le { $day }, { $after } jours après.
   *[other] A encore écrit { $n } fois depuis le { $day }, { $after } jours après.
}
refusals-asked-again = Désinscrit le { $asked }, a encore écrit { $n ->
    [one] le { $day }, { $after } jours après.
   *[other] { $n } fois depuis le { $day }, { $after } jours après.
}
refusals-silent = Se tait depuis { $days } jours.
refusals-too-soon = Trop tôt pour dire s’il se tait.
refusals-not-asked = Pas encore prié de cesser : sa page dit comment.
refusals-letter = Lettre d’opposition
refusals-do = Faire
refusals-more = Refuser autre chose
refusals-first = Refuser
refusals-of-sort = De
refusals-address = Tout ce qui arrive à cette adresse
refusals-accepted = Ce que vous avez accepté
newcomers = Les nouveaux venus
newcomers-legend = Quand un acteur vous écrit pour la première fois
newcomers-accept = ses mails se montrent
newcomers-letters = ses lettres sont refusées, le reste se montre
newcomers-all = tout est refusé, jusqu’à ce que vous l’acceptiez

## Se désinscrire
way-name = Se désinscrire
way-one-click = En un clic, par le lien qu’il donne lui-même :
way-mailto = Par un mail à l’adresse qu’il donne :
way-link = Par sa page :
way-why-yes = Le lien et la promesse d’un seul clic sont signés par { $domain }, et votre messagerie a vérifié la signature.
way-why-not-offered = Pas en un clic : il ne le promet pas.
way-why-not-https = Pas en un clic : il n’a pas d’adresse sûre (https).
way-why-repeated = Pas en un clic : il le promet deux fois, et l’on ne sait quel lien croire.
way-why-not-signed = Pas en un clic : aucune signature ne couvre cette promesse, n’importe qui a pu l’écrire.
way-why-not-verified = Pas en un clic : la promesse est signée, mais votre messagerie ne dit pas que la signature est bonne.
way-note = Je l’ai demandé
way-do = Me désinscrire
way-write = Écrire ce mail
way-asked = Demandé le { $day } ({ $at }) ; depuis, nous comptons ses mails.
way-asked-one-click = Désinscrit en un clic le { $day } : { $at } l’a accepté. Depuis, nous comptons ses mails.
way-asked-mailto = Désinscription demandée par mail le { $day } à { $at }. Depuis, nous comptons ses mails.
way-declined = Le { $day }, { $at } n’a pas accepté la demande (réponse { $status }).

## Ce qu’il advint d’une demande, en haut de la page
asked-done = C’est fait : la désinscription est acceptée. Désormais, nous comptons les mails qui viendraient encore.
asked-declined = La demande est partie, mais leur serveur ne l’a pas acceptée. Essayez leur lien, ou la lettre.
asked-unreachable = Leur serveur ne répond pas. Rien n’a été demandé ; essayez plus tard, ou par leur lien.
asked-insecure = La connexion à leur serveur n’est pas sûre : rien n’a été demandé. Ouvrez leur lien vous-même.
asked-forbidden = Ce lien mène à l’intérieur d’un réseau privé : rien n’a été demandé.
asked-slow = Leur serveur n’a pas répondu à temps ; il a peut-être entendu. Essayez encore plus tard.
asked-cut = La connexion a été coupée avant leur réponse ; ils ont peut-être entendu. Essayez encore plus tard.
asked-broken = Leur serveur a répondu de travers : nous ne savons pas s’il a entendu. Essayez par leur lien.

## Conseils
advice-name = Conseils
advice-none = Rien à conseiller : personne ne vous écrit pour rien, aucun compte ne dort.
advice-lede = { $n ->
    [one] Une chose à regarder, avec sa raison.
   *[other] { $n } choses à regarder, chacune avec sa raison.
}
advice-lede-unread = <b>{ $letters } lettres</b> de { $actors ->
    [one] <b>un acteur</b>
   *[other] <b>{ $actors } acteurs</b>
} en douze mois, que vous n’ouvrez pas.
advice-reason = Raison
advice-unread = Jamais ouvertes
advice-unread-why = Des lettres reçues en douze mois, que votre messagerie n’a pas vues ouvertes, ou presque.
advice-unread-row = { $opened ->
    [0] { $n } lettres, aucune ouverte
    [one] { $n } lettres, une ouverte
   *[other] { $n } lettres, { $opened } ouvertes
}
advice-new = Nouveaux depuis votre dernière visite
advice-new-why = Ils vous ont écrit pour la première fois.
advice-new-row = le { $day }, { $n ->
    [one] un mail
   *[other] { $n } mails
}
advice-leak = Adresses qui fuient
advice-leak-why = Une adresse que vous n’avez donnée qu’à un acteur, et à laquelle d’autres écrivent.
advice-leak-row = donnée à { $given } ; y écrivent aussi : { $others }
advice-unused = Comptes qui dorment
advice-unused-why = Ni commande, ni connexion, ni après-vente depuis deux ans : vos données y restent pourtant.
advice-unused-row = dernier usage le { $n }
advice-sorts = Lettres, par genre
advice-sorts-why = Un seul refus pour toutes les lettres d’un genre d’acteurs ; le reste demeure.
advice-sort-row = { $n } lettres de { $actors } acteurs en douze mois
advice-loud = Les plus bavards
advice-loud-why = Tous mails confondus, en douze mois.
advice-refuse-letters = Refuser ses lettres
advice-loud-row = { $n ->
    [one] un mail
   *[other] { $n } mails
}{ $letters ->
    [0] , aucune lettre
    [one] , dont une lettre
   *[other] , dont { $letters } lettres
}
advice-silent = Les silencieux
advice-silent-why = Plus rien depuis deux ans. Ils savent peut-être encore beaucoup de vous.
advice-silent-row = dernier mail le { $day }, { $n } en tout
advice-write-erasure = Demander l’effacement
advice-write-access = Demander ce qu’ils savent

## Listes
partners = Partenaire
partners-all = Tous
partners-accepted = Acceptés
partners-undecided = À décider
partners-refused = Refusés
partners-new = Nouveaux depuis votre visite
partners-silent = Muets depuis deux ans
standing-accepted = accepté
standing-undecided = à décider
standing-refused = refusé
standing-partly = refusé en partie
home-hidden = { $n ->
    [one] Et un mail refusé, tenu à l’écart.
   *[other] Et { $n } mails refusés, tenus à l’écart.
}
field-unsubscribe = désinscription
## Écrire pour se désinscrire, envoyer une lettre
ask-lede = Voici le mail que demande { $who } pour vous désinscrire. Rien n’est encore parti.
ask-mail = Le mail
ask-empty = (sans texte)
sending-from = De
sending-to = À
sending-subject = Objet
sending-do = Envoyer
sending-none = Aucune de vos boîtes connectées ne sait envoyer.
sent-done = C’est envoyé. Une copie est dans vos mails envoyés.
sent-no-copy = C’est envoyé. Aucune copie n’a pu être rangée dans vos mails envoyés.
sent-no-address = Ce n’est pas une adresse à laquelle écrire : rien n’a été envoyé.
sent-no-words = La lettre attend encore vos mots entre crochets : rien n’a été envoyé.
sent-unreachable = Votre serveur d’envoi ne répond pas : rien n’a été envoyé.
sent-insecure = La connexion à votre serveur d’envoi ne peut pas être protégée : rien n’a été dit ni envoyé.
sent-forbidden = Cette adresse de serveur n’est pas permise d’ici : rien n’a été envoyé.
sent-refused = Votre serveur d’envoi refuse l’identifiant ou le mot de passe : rien n’a été envoyé.
sent-consent-ended = Le consentement donné à votre fournisseur a pris fin : rien n’a été envoyé. Connectez la boîte à nouveau.
sent-unavailable = Votre serveur d’envoi ne prend rien en ce moment. Essayez plus tard.
sent-not-taken = Votre serveur d’envoi n’a pas voulu de ce mail : l’adresse existe-t-elle ?
sent-slow = Votre serveur d’envoi n’a pas répondu à temps. Regardez vos mails envoyés avant de recommencer.
sent-cut = La connexion a été coupée. Regardez vos mails envoyés avant de recommencer.
sent-broken = Votre serveur d’envoi a répondu de travers : rien n’a été envoyé.
## Ranger dans la boîte
folder-put = Ranger ces mails dans ma boîte
folder-about = Chez votre fournisseur, ces mails quittent la boîte de réception pour un dossier de votre choix. Rien n’est effacé, et tout se remet.
folder-name = Dossier
folder-default = Refusés
folder-on = les prochains aussi, à chaque relève
folder-do = Ranger
folder-back = Tout remettre
folder-left = Rangés par des refus levés depuis
folder-has = { $n ->
    [0] Rien n’est rangé dans « { $folder } » de { $mailbox }.
    [one] Un mail rangé dans « { $folder } » de { $mailbox }.
   *[other] { $n } mails rangés dans « { $folder } » de { $mailbox }.
}
folder-goes-on = { $n ->
    [0] Rien n’est encore rangé dans « { $folder } » de { $mailbox } ; les prochains le seront.
    [one] Un mail rangé dans « { $folder } » de { $mailbox } ; les prochains le seront aussi.
   *[other] { $n } mails rangés dans « { $folder } » de { $mailbox } ; les prochains le seront aussi.
}
moved-done = C’est rangé.
moved-none = Rien à ranger : ces mails ne sont pas dans cette boîte.
moved-back = Tout est remis où c’était.
moved-forbidden = Ce dossier ne convient pas : ni la réception, ni la corbeille, ni les indésirables, ni un nom avec des signes. Rien n’a bougé.
moved-broken = Votre serveur ne sait pas déplacer un mail sans risque : ce qui n’est pas rangé est resté où il était.
moved-failed = Votre boîte n’a pas répondu comme il faut : ce qui n’a pas bougé est resté où il était. La page des boîtes connectées en dit plus.
