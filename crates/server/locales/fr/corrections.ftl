# Ce que la personne corrige, et ce qu’elle défait.
corrected = C’est noté. Votre parole l’emporte, ici et à chaque relecture.
correct = Corriger
correct-category-is = Ce mail est plutôt
correct-keep = Enregistrer
correct-actor = Mauvais acteur
correct-not-an-order = Ce n’est pas une commande
correct-confirmed = Le compte est bon, je l’ai vu
correct-settle = { $price }, c’est cela
correct-other = Un autre prix, ou autre chose
correct-merge = Réunir avec un autre
correct-name = Son nom
correct-kind = Son genre

choose-name = Quel acteur
choose-mail = De qui vient « { $subject } » ?
choose-part = Avec qui réunir { $name } ?
choose-find = Nom ou domaine
choose-caption = Vos mails, vos commandes et vos offres suivent ; cela se défait d’un geste.
choose-this = C’est lui
choose-person = C’est une personne
choose-none = Aucun acteur de ce nom.

lines-order = La commande
lines-variant = Taille, couleur, modèle
lines-keep = Enregistrer
lines-remove = Ce n’est pas une ligne

log-name = Vos corrections
log-empty = Vous n’avez encore rien corrigé. Ce que vous corrigerez se relira et se défera ici.
log-lede = { $n ->
    [one] Une correction de votre main.
   *[other] { $n } corrections de votre main.
} Chacune se défait.
log-what = Ce que vous avez dit
log-undone = défaite
log-actor = Ce mail vient d’un autre acteur
log-category = Ce mail change de catégorie
log-not-an-order = Ce n’est pas une commande
log-confirmed = Le compte est bon
log-line = Une ligne corrigée
log-merge-orders = Deux commandes n’en font qu’une
log-split-order = Ce mail est d’une autre commande
log-merge-actors = Deux acteurs n’en font qu’un
log-split-actor = Cet acteur est bien distinct
log-actor-details = Un acteur renommé
log-own-address = Une adresse à vous
lines-add = Ajouter une ligne
lines-leave = Laisser comme c’est
order-join = Réunir avec une autre commande
order-split = Ce mail est d’une autre commande
join-name = Réunir deux commandes
join-lede = Quelle autre commande n’en fait qu’une avec celle de { $merchant } ?
join-find = Numéro, objet ou marchand
join-caption = Leurs mails, leurs lignes et leurs colis se rejoignent ; cela se défait d’un geste.
join-this = C’est la même
join-none = Aucune autre commande. Cherchez son numéro, ou le marchand.
parcel-delivered = livré le { $n }
parcel-code = code de retrait { $n }
order-number-bill = facture { $n }
order-number-booking = réservation { $n }
log-refused = Refusé : { $n }
log-accepted = Accepté : { $n }
