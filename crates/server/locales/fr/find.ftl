# La recherche.
search-label = Chercher dans vos mails, commandes, objets et acteurs
search-teach = Tapez un mot : un objet, un marchand, un numéro. « lave-linge » donne sa carte, sa commande et sa garantie.
search-mails = Mails
search-newest = Récents
search-relevant = Pertinents
search-none = Aucun mail n’y répond.
search-next = Les suivants
search-card = Sa carte
search-narrow = Resserrer
search-shorter = Chercher plus précisément
search-syntax = <b>"garantie deux ans"</b> ces mots ensemble<b>acteur:delta</b> d’un seul acteur<b>avant:2026 après:2025-03</b> entre deux dates<b>montant:&gt;100</b> du prix d’une commande<b>contient:commande</b> une commande, ou une pièce<b>fichier:facture</b> du nom d’une pièce jointe<b>-facture</b> sans ce mot
narrow-year = Année
narrow-holds = Contient
narrow-order = une commande
narrow-attachment = une pièce jointe
search-void = Rien ne répond à ces mots, ni mail, ni objet, ni commande, ni acteur. Essayez-en un seul, ou moins de filtres.
search-misread = { $what } { $n ->
    [one] n’est pas un filtre que nous savons lire, et a été cherché
   *[other] ne sont pas des filtres que nous savons lire, et ont été cherchés
} comme des mots. Une date s’écrit 2026, 2026-03 ou 15/03/2026, un montant >100 ou 50..100.
search-other-things = Autres objets
search-all-things = Tous ces objets
search-latest-only = les dernières seulement
