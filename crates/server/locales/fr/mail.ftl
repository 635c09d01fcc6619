# Un mail.
mail-paper = Le mail, mis au propre
mail-no-subject = Sans objet
mail-from-to = De { $from }, à { $to }
mail-written = { $day } à { $time }
mail-fraud = Ce mail se fait sans doute passer pour un autre.
mail-imitates = Il se réclame de { $name }. Ne suivez aucun de ses liens.
mail-signed = Signé par { $domain } : c’est bien lui.
mail-forwarded = Transféré par { $by }, donc non authentifié.
mail-nothing-outside = Rien n’a été chargé du dehors.
mail-left-out = Rien n’a été chargé du dehors. Restés dehors : { $pictures ->
    [0] aucune image
    [one] une image
   *[other] { $pictures } images
}, { $trackers ->
    [0] aucun mouchard
    [one] un mouchard
   *[other] { $trackers } mouchards
}.
mail-pictures-show = Montrer les images
mail-pictures-shown = Les images sont chargées chez l’expéditeur : il sait que ce mail est ouvert.
mail-pictures-hide = Les laisser dehors
mail-parts = { $n ->
    [one] Une pièce jointe
   *[other] { $n } pièces jointes
}
mail-parts-all = Pièces jointes
mail-part-name = Nom
mail-part-kind = Genre et taille
mail-part-do = Faire
mail-part-open = Ouvrir à l’abri
mail-part-save = Enregistrer
mail-picture = image
mail-text = texte
mail-original = Original
mail-as-text = Texte seul
mail-as-html = Mise en page
mail-twin = Un autre mail se dit le même
mail-facts = Ce que nous y avons lu
mail-no-facts = Rien n’y a été lu qui compte ailleurs.
quoted = « { $n } »
mail-filed = Rangé dans { $n }.
mail-filed-by = Rangé dans { $drawer }, d’après { $words }.
mail-filed-by-you = Rangé dans { $n } : vous l’avez dit.
mail-is-of = C’est { $name }, d’après { $words }.
mail-is-of-by-you = L’acteur est celui que vous avez dit.
mail-one-click = Un clic montre les mots.
mail-order = La commande et son histoire
mail-problems = { $n ->
    [one] Une chose y était mal écrite ; le reste a été lu.
   *[other] { $n } choses y étaient mal écrites ; le reste a été lu.
}
fact-how = { $place }, sûr à { $sure }
fact-what = { $n } :
fact-in-subject = dans l’objet
fact-in-from = dans l’expéditeur
fact-in-header = dans un en-tête
fact-in-body = dans le texte
fact-in-markup = dans ses données cachées
fact-derived = calculé
field-category = rangé d’après
field-actor = acteur
field-actor-name = acteur
field-actor-domain = domaine
field-order = commande
field-order-number = numéro
field-order-date = date
field-order-status = état
field-order-total = total
field-order-subtotal = sous-total
field-order-shipping = port
field-order-tax = taxe
field-order-discount = remise
field-order-fees = frais
field-order-refund = remboursé
field-order-currency = monnaie
field-order-merchant = marchand
field-order-lines = ligne
field-order-lines-name = produit
field-order-lines-quantity = quantité
field-order-lines-unit-price = prix à l’unité
field-order-lines-total = prix
field-order-lines-sku = référence
field-order-lines-gtin = code-barres
field-order-lines-variant = variante
field-order-lines-seller = vendeur
field-order-tracking = colis
field-order-tracking-number = numéro de suivi
field-order-tracking-carrier = transporteur
field-order-tracking-pickup-code = code de retrait
field-order-tracking-pickup-point = point de retrait
field-order-tracking-pickup-until = à retirer avant
field-offers = offre
field-offers-code = code de remise
field-offers-valid-until = valable jusqu’au
field-records = fait
field-suspected-fraud = soupçon
mail-more-facts = { $n ->
    [one] Un autre
   *[other] Les { $n } autres
}
mail-why-dmarc-failed = Le domaine qu’il affiche le désavoue.
mail-why-claims-another-domain = Ni son adresse ni ses liens n’appartiennent à qui il prétend être.
mail-why-link-shows-another-domain = Un lien y montre une adresse et mène à une autre.
