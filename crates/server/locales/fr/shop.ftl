thing-bought-on = acheté le { $n }
thing-guaranteed-by = garanti jusqu’au { $day }, art. { $article }
thing-over-short = passée, { $n }
thing-life = Sa vie
thing-lede-perhaps = Sans doute encore { $span } de garantie, jusqu’au { $day }, si c’est un objet qui dure.
thing-lede-consumed = Pas de garantie de deux ans : cela se consomme, ou ce n’est pas un objet.
thing-lede-returned = Rendu au vendeur : il n’y a plus rien à faire valoir.
thing-lede-refunded = Remboursé : il n’y a plus rien à faire valoir.
thing-lede-cancelled = Commande annulée : il n’est pas à vous.
caveat-perhaps-consumed = Ce qui se mange ou s’use n’a pas deux ans pour être rendu ; le nom ne le dit pas assez.
order-left = reste { $n }
orders-lede-bare = { $n ->
    [0] Aucune commande.
    [one] Une commande, sans montant connu.
   *[other] { $n } commandes, sans montant connu.
}
file-print = Imprimer
file-from = De
file-day = Du
file-subject = Objet
file-signed = mail signé par { $n }
file-cut = Le mail est plus long ; la suite est dans le coffre.
