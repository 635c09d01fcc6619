# Les pages : accueil, acteurs, achats, commandes, listes, recherche.

## Mots de colonnes et gestes communs
col-amount = Montant
col-article = Article
col-bar = En barre
col-category = Catégorie
col-date = Date
col-from = De
col-guaranteed = Garanti jusqu’au
col-last = Dernier
col-mails = Mails
col-merchant = Marchand
col-month = Mois
col-orders = Commandes
col-price = Prix
col-quantity = Quantité
col-received = Reçu
col-right = Droit
col-spent = Dépensé
col-state = État
col-subject = Objet du mail
col-thing = Objet
col-things = Objets
col-total = Total
col-until = Jusqu’au
filter = Filtrer
filters-none = Tout revoir
bring-mails = Apporter vos mails
pages = Pages de la liste
pages-span = { $first } à { $last }
the-mail = le mail
the-order = commande
has-attachment = pièce jointe
no-purchase = sans achat
parcel = Colis
article = art. { $number }
merchant-unknown = Marchand inconnu
kinds-all = Tous
state-doubtful = compte douteux
state-refund-unseen = remboursement non vu

## Accueil
home-name = Accueil
home-sentence = Depuis { $year } : <a href="#n1">{ $spent }</a><sup>1</sup> chez <a href="#n2">{ $merchants ->
    [one] un marchand
   *[other] { $merchants } marchands
}</a><sup>2</sup>, <a href="#n3">{ $things ->
    [0] aucun objet
    [one] un objet
   *[other] { $things } objets
}</a><sup>3</sup>, <a href="#n4">{ $guaranteed ->
    [0] aucun encore garanti
    [one] un encore garanti
   *[other] { $guaranteed } encore garantis
}</a><sup>4</sup>.
home-unseen = <span class="warn">{ $n ->
    [one] Un remboursement n’apparaît pas
   *[other] { $n } remboursements n’apparaissent pas
} : <a href="#n5">{ $sums }</a><sup>5</sup>.</span>
home-nothing = { $mails ->
    [one] Un mail
   *[other] { $mails } mails
}, <a href="/actors">{ $actors ->
    [0] aucun acteur
    [one] un acteur
   *[other] { $actors } acteurs
}</a>, aucun achat pour l’instant.
home-notes = Ce sur quoi la phrase repose
note-spent = { $orders ->
    [one] Une commande
   *[other] { $orders } commandes
}, { $before }, { $refunds ->
    [0] aucun remboursement confirmé
    [one] moins un remboursement confirmé, { $refunded } : <b>{ $spent }</b>
   *[other] moins { $refunds } remboursements confirmés, { $refunded } : <b>{ $spent }</b>
}. Le compte y est pour { $proved }. <a href="/orders?show=counted">Voir la somme</a>.
note-doubtful = <a href="/orders?show=doubtful">{ $n ->
    [one] Une à vérifier
   *[other] { $n } à vérifier
}</a>, { $sum }.
note-also = Et { $n }, sans conversion.
note-sold = À part : { $n ->
    [one] une vente
   *[other] { $n } ventes
}, { $sums }.
note-beside-order = À part : { $n } commandes, { $sums }.
note-beside-booking = <a href="/orders?show=booking">{ $n ->
    [one] À part : une réservation
   *[other] À part : { $n } réservations
}</a>, { $sums }.
note-beside-bill = <a href="/orders?show=bill">{ $n ->
    [one] À part : une facture
   *[other] À part : { $n } factures
}</a>, { $sums }.
note-beside-transfer = <a href="/orders?show=transfer">{ $n ->
    [one] À part : un virement
   *[other] À part : { $n } virements
}</a>, { $sums }.
note-beside-parcel = { $n ->
    [one] Un colis dont seul le transporteur parle.
   *[other] { $n } colis dont seul le transporteur parle.
}
note-merchants = Reconnus à leurs domaines et signatures, pas à leur nom affiché. <a href="/actors?sort=spent&amp;bought=1">{ $n ->
    [one] Lequel
   *[other] Les { $n }
}</a>
note-things = Chaque ligne de chaque commande, quantités comprises{ $returned ->
    [0] { "" }
    [one] { " " }; un rendu déjà ôté
   *[other] { " " }; { $returned } rendus déjà ôtés
}. <a href="/purchases">La liste</a>
note-guaranteed = Deux ans après la livraison (art. L217-3 du Code de la consommation), pour ce qui dure : ce qui se mange, se consomme ou n’est qu’un service n’y est pas. <a href="/purchases?show=guaranteed&amp;sort=guarantee">Lesquels</a>
note-unseen = Annoncés par un mail, confirmés par aucun ; votre relevé le dira peut-être. <a href="/orders?show=refund">Lesquels</a>
home-due = { $n ->
    [0] Rien n’expire bientôt
    [one] Un droit expire bientôt
   *[other] { $n } droits expirent bientôt
}
home-due-all = Toute l’année
home-year = { $n } en douze mois
home-orders-all = Toutes les commandes
home-orders-count = { $n ->
    [one] La seule
   *[other] Les { $n }
}
home-money-label = Dépenses par mois sur douze mois ; le tableau suit
home-with = Chez qui
home-with-caption = Dépensé en douze mois, par marchand
home-others = { $n ->
    [one] Un autre
   *[other] Les { $n } autres
}
home-by-month = Le tableau, mois par mois
home-by-month-caption = Dépensé par mois, taxes et port compris, moins les remboursements confirmés
home-mails = { $mails } mails, { $actors ->
    [0] aucun acteur
    [one] un acteur
   *[other] { $actors } acteurs
}
home-mail-label = Mails reçus par mois sur douze mois ; le tableau par catégorie suit
home-mail-course = Reçus par mois, sur douze mois
home-by-drawer = Par catégorie, depuis le début
home-course = Deux ans
home-by-year = Le tableau, année par année
col-year = Année
home-kinds = Par genre
home-partners = Vos partenaires
home-how-many = Combien
home-find = Trouver un acteur
home-find-do = Trouver
unread = Non lus
read-by-mailbox = Non lus : reçus depuis douze mois dans une boîte qui dit ce que vous avez lu, ouverts ni là-bas ni ici.
read-by-here = Non lus : arrivés depuis le { $n } et pas encore ouverts ici. Vos boîtes ne disent pas ce que vous avez lu.
home-actors-all = Tous
home-loud = Les plus bavards
home-loud-row = a écrit { $n ->
    [one] une fois
   *[other] { $n } fois
} en { $month }{ $letters ->
    [0] { "" }
    [one] , dont une lettre
   *[other] , dont { $letters } lettres
}
home-last = Dernières commandes

## Ce qui est dû
due-name = À échéance
due-lede = { $n ->
    [0] Rien n’expire dans l’année.
    [one] Une échéance dans l’année.
   *[other] { $n } échéances dans l’année.
}
due-none = Rien à faire pour l’instant. Les délais de retour, les garanties et les colis paraîtront ici.
due-pickup = Dernier jour pour retirer un colis
due-pickup-more = { $who }
due-pickup-act = Le code
due-withdrawal = Rendre { $about }
due-withdrawal-more = Rétractation, 14 jours après la livraison
due-withdrawal-act = Rendre
due-guarantee = Fin de garantie : { $about }
due-guarantee-more = { $who }, essayez-le avant
due-guarantee-act = Dossier
due-refund = Remboursement attendu : { $about }
due-refund-more = { $who }, non vu dans vos mails
due-refund-act = La commande
due-late = Livraison non vue : { $about }
due-late-more = { $who }
due-late-act = La commande
due-document = Un document vous attend : { $about }
due-document-more = { $who }
due-document-act = Le mail
due-offer = Fin d’une offre : { $about }
due-offer-more = { $who }
due-offer-act = L’offre

## Acteurs
actors-lede = { $n ->
    [0] Aucun acteur ne vous a encore écrit.
    [one] <b>Un acteur</b> vous connaît.
   *[other] <b>{ $n } acteurs</b> vous connaissent.
}
actors-kinds = Genres
actors-named = Nom ou domaine
actors-since = Période
actors-since-ever = Depuis le début
actors-since-12 = 12 mois
actors-since-1 = Ce mois-ci
actors-since-silent = Muets depuis deux ans
actors-none = Aucun acteur ne répond à ces filtres.
actors-empty = Boutiques, banques, administrations : qui vous écrit paraîtra ici, dès que vos mails seront là.
actors-caption = { $first } à { $last } sur { $all }
actors-by-name = Acteur
actors-by-kind = Genre
actors-by-mails = Mails
actors-by-letters = dont lettres
actors-by-unread = Non lus
actors-course = Douze mois
actors-by-spent = Dépensé
actors-by-last = Dernier mail
actors-row = { $kind }, { $mails ->
    [0] aucun mail
    [one] un mail
   *[other] { $mails } mails
}{ $letters ->
    [0] { "" }
    [one] , une lettre
   *[other] , { $letters } lettres
}{ $unread ->
    [0] { "" }
    [one] , un non lu
   *[other] , { $unread } non lus
}
actor-since = vous écrit depuis { $n }
actor-formerly = anciennement { $n }
actor-spent = Vous y avez dépensé <a href="#orders">{ $spent }</a> en { $orders ->
    [one] une commande
   *[other] { $orders } commandes
}.
actor-mails = { $mails ->
    [0] Tous ses mails sont refusés
    [one] Un mail
   *[other] { $mails } mails
}{ $letters ->
    [0] { "" }
    [one] , dont une lettre
   *[other] , dont { $letters } lettres
}{ $hidden ->
    [0] { "" }
    [one] , et un refusé
   *[other] , et { $hidden } refusés
}.
actor-its-mails = Ses mails
actor-all-mails = { $n ->
    [one] Le seul
   *[other] Les { $n }
}
actor-by-drawer = Mails par catégorie
actor-months-label = Mails par mois sur douze mois
actor-months = Ses mails par mois, sur douze mois
actor-orders = Vos commandes
actor-all-orders = { $n ->
    [one] La seule
   *[other] Les { $n }
}
actor-offers = Ses offres
actor-awaited = { $n ->
    [one] Un document vous attend
   *[other] { $n } documents vous attendent
}
awaited-there = Dans votre espace client : tapez vous-même l’adresse du site.
awaited-site = L’adresse est celle du site officiel, pas celle du mail :
actor-why = Pourquoi c’est bien cet acteur
evidence-mails = { $n ->
    [one] un mail
   *[other] { $n } mails
}
evidence-dkim = Signature
evidence-authenticated = Vérifié par votre boîte
evidence-listid = Liste
evidence-from = Expéditeur
evidence-displayname = Nom affiché
evidence-replyto = Réponse à
evidence-link = Liens
evidence-footer = Bas de page
evidence-markup = Données du mail
evidence-forwarded = Mail transféré
evidence-known = Connu
evidence-person = Dit par vous
document-invoice = Facture
document-statement = Relevé
document-payslip = Bulletin de paie
document-tax = Avis d’impôt
document-contract = Contrat
document-letter = Courrier
document-document = Document

## Commandes
orders-name = Commandes
orders-lede = { $n ->
    [0] Aucune commande.
    [one] Une commande : { $sums }.
   *[other] { $n } commandes : { $sums }.
}
orders-lede-transfer = { $n ->
    [one] Un virement : { $sums }.
   *[other] { $n } virements : { $sums }.
}
orders-lede-bill = { $n ->
    [one] Une facture : { $sums }.
   *[other] { $n } factures : { $sums }.
}
orders-lede-booking = { $n ->
    [one] Une réservation : { $sums }.
   *[other] { $n } réservations : { $sums }.
}
orders-doubtful = Et { $n } à vérifier.
orders-shows = Listes
orders-show-all = Toutes
orders-show-counted = Comptées
orders-show-doubtful = À vérifier
orders-show-refund = Remboursements non vus
orders-show-booking = Réservations
orders-show-bill = Factures
orders-show-transfer = Virements
orders-none = Rien dans cette liste.
orders-empty = Chaque commande paraîtra ici, avec son addition et son histoire, dès que vos mails seront là.
orders-caption = Commandes
order-thing-and = { $thing } et { $n ->
    [one] un autre
   *[other] { $n } autres
}
nature-order = Commande
nature-booking = Réservation
nature-bill = Facture
nature-transfer = Paiement
nature-parcel = Colis
order-title = Commande, { $merchant }
order-number = commande { $n }
order-proved = Le compte y est : { $lines ->
    [one] une ligne, port et remises compris, fait bien <b>{ $total }</b>
   *[other] { $lines } lignes, port et remises compris, font bien <b>{ $total }</b>
}.
order-gap = <span class="warn">Il y a un écart de <b>{ $gap }</b> dans cette commande.</span> Elle n’entre pas dans vos dépenses tant qu’il demeure.
order-total-only = <b>{ $total }</b>. Le mail ne dit pas assez pour refaire le compte.
order-bare = Une commande dont le mail ne donne pas le montant.
order-parcel-only = Un colis dont seul le transporteur parle : aucun mail de marchand ne le nomme.
order-ask = Combien a coûté « { $n } » ?
order-ask-more = Avec { $n }, le compte y serait.
order-lines = Ce que vous avez acheté
order-lines-caption = Lignes de la commande
line-sku = réf. { $n }
line-gtin = GTIN { $n }
line-seller = vendu par { $n }
sum-name = Le compte
sum-caption = Refait par nous à partir des lignes, puis comparé
sum-times = { $name }, { $quantity } fois { $price }
sum-shipping = Port
sum-fees = Frais
sum-tax = Taxe
sum-discount = Remise
sum-computed = Ce que font les lignes
sum-printed = Ce que dit le mail :
sum-gap = Écart
sum-proved = Les deux nombres sont égaux. La lecture est sûre.
sum-doubtful = Les deux nombres diffèrent. La commande est gardée, marquée douteuse.
order-story = Son histoire
step-signed = mail signé
step-confirmed = Commandée
step-pending = Paiement attendu
step-paid = Payée
step-processing = En préparation
step-booked = Réservée
step-invoiced = Facturée
step-partially-shipped = Une partie est expédiée
step-shipped = Expédiée
step-out-for-delivery = En livraison
step-delayed = Retardée
step-ready-for-pickup = À retirer
step-delivered = Livrée
step-completed = Terminée
step-cancelled = Annulée
step-refunded = Remboursée
step-partially-refunded = Remboursée en partie
step-return = Retour demandé
step-returned = Retour reçu
order-parcels = { $n ->
    [one] Un colis
   *[other] { $n } colis
}
order-mails = { $n ->
    [one] Son mail
   *[other] Ses { $n } mails
}
order-before = Commande précédente
order-after = Commande suivante

## Achats
purchases-lede = { $kept ->
    [0] Aucun objet.
    [one] <b>Un objet</b>, pour { $sums }.
   *[other] <b>{ $kept } objets</b>, pour { $sums }.
} { $guaranteed ->
    [0] { "" }
    [one] Un est encore garanti.
   *[other] { $guaranteed } sont encore garantis.
}
purchases-shows = États
purchases-show-all = Tous
purchases-show-guaranteed = Garantis
purchases-show-on-its-way = En route
purchases-show-to-collect = À retirer
purchases-show-returned = Rendus
purchases-show-refunded = Remboursés
purchases-words = Objet, marque, référence
purchases-all-merchants = Tous les marchands
purchases-all-years = Toutes
purchases-year = Année
purchases-sort = Trier
purchases-by-latest = Derniers achetés
purchases-by-guarantee = Fin de garantie
purchases-by-price = Prix
purchases-by-name = Nom
purchases-caption = { $all ->
    [one] Une ligne.
   *[other] { $first } à { $last } sur { $all } lignes.
} Aucune image n’est cherchée au loin.
purchases-none = Rien ne répond à ces filtres.
purchases-empty = Chaque objet acheté paraîtra ici, avec son prix, son marchand et la fin de sa garantie, dès que vos mails seront là.
purchases-total = Ensemble des objets gardés de cette liste, sans le port ni les remises de la commande
thing-through = { $merchant }, par { $seller }
thing-times = × { $n }
thing-guaranteed = garanti jusqu’au { $n }
thing-ordered = commandé
thing-unpaid = à payer
thing-on-its-way = en route
thing-to-collect = à retirer
thing-delivered = livré
thing-supposed-delivered = sans doute livré
thing-returning = retour demandé
thing-returned = rendu
thing-refunded = remboursé
thing-cancelled = annulé
thing-bought = Acheté { $price } le { $day }
thing-bought-received = Acheté { $price } le { $day }, reçu le { $received }
thing-lede-guaranteed = Encore { $span } de garantie, jusqu’au { $day }. La réparation ou le remplacement ne vous coûte rien.
thing-lede-over = La garantie légale a pris fin le { $n }.
thing-lede-none = Aucune garantie légale n’est connue pour cet objet.
thing-failed = Il est en panne
thing-failed-more = C’est { $seller }, le vendeur, qui répond. Le défaut est présumé d’origine : vous n’avez rien à prouver.
thing-prepare = Préparer le dossier
thing-nothing-leaves = Rien ne part sans vous. Le dossier réunit la preuve d’achat, la preuve de livraison et la lettre.
thing-known = Ce que nous savons
thing-sold-by = Vendu par
thing-by-way-of = par l’intermédiaire de { $n }
thing-order = Commande
thing-see-order = la commande
thing-variant = Variante
thing-sku = Référence
thing-rights = Vos droits
thing-siblings = Dans la même commande
right-withdrawal = Rétractation
right-withdrawal-end = Fin du droit de rétractation
right-conformity = Garantie légale de conformité
right-conformity-end = Fin de la garantie légale
right-hidden-defects = Vices cachés
right-hidden-more = Deux ans à compter du jour où vous découvrez le défaut (art. 1648), vingt ans au plus après l’achat.
right-hidden-defects-end = Fin du recours pour vice caché
right-late-delivery = Livraison en retard
right-late-delivery-end = Livraison due
right-refund-due = Remboursement dû
right-refund-due-end = Remboursement dû
right-until = jusqu’au { $n }
right-no-day = sans date connue
caveat-exceptions-unknown = Certains biens en sont exclus (art. L221-28) ; les mails ne le disent pas.
caveat-day-estimated = Le jour de réception est estimé.
caveat-seller-unknown = Le vendeur derrière la place de marché est peut-être un particulier.
caveat-private-seller = Un particulier a vendu : ni rétractation ni conformité.
caveat-shorter-if-used = Pour un bien d’occasion, la présomption ne vaut que douze mois (art. L217-7).
caveat-part-not-received = Une partie n’est pas arrivée : les délais partent du dernier colis.
caveat-delivery-not-seen = Aucun mail ne dit que c’est arrivé.
caveat-refund-not-seen = Aucun mail ne dit que l’argent est revenu ; le relevé, peut-être.
file-title = Dossier : { $n }
file-about = À imprimer, ou à copier. Rien ne part sans vous.
file-back = Retour à l’objet
file-letter = Lettre à { $n }
file-proofs = Pièces
file-purchase = Preuve d’achat
file-delivery = Preuve de livraison

## Listes
collect-lede = { $n ->
    [0] Aucun colis ne vous attend.
    [one] Un colis vous attend.
   *[other] { $n } colis vous attendent.
}
collect-all = Tous
collect-none = Quand un mail annonce un colis en relais, le lieu, le code et le dernier jour paraissent ici.
collect-no-place = Lieu non dit
collect-until = Jusqu’au { $n }
collect-overdue = Ce jour est passé.
offers-lede = { $n ->
    [0] Aucune offre utilisable.
    [one] Une offre.
   *[other] { $n } offres.
}
offers-usable = Seulement celles qui servent encore
offers-over-too = Voir aussi celles qui sont passées
offers-none = Les codes et les remises que vos mails annoncent paraissent ici, tant qu’ils servent.
offer-percent = { $n } de remise
offer-amount = { $n } de remise
offer-shipping = Livraison offerte
offer-least = dès { $n }
offer-until = jusqu’au { $n }
offer-was = passée depuis le { $n }
mails-name = Mails
mails-all = Tous
mails-lede = { $n ->
    [0] Aucun mail.
    [one] Un mail.
   *[other] { $n } mails.
}
mails-of = { $name } : { $mails }.
mails-lede-unread = { $n ->
    [0] Aucun mail non lu.
    [one] Un mail non lu.
   *[other] { $n } mails non lus.
}
mails-none = Aucun mail ne répond à ces filtres.
mails-empty = Vos mails seront rangés ici, par catégorie.
due-booking = Réservation : { $about }
due-booking-more = { $who }
due-booking-act = La réservation
actors-lede-bought = Vous avez acheté chez <b>{ $n ->
    [one] un marchand
   *[other] { $n } marchands
}</b>. <a href="/actors">Tous les acteurs</a>
