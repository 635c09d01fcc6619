# Ce qui entoure chaque page.
skip = Aller au contenu
nav-main = Principal
nav-more = Autres pages
nav-home = Accueil
nav-actors = Acteurs
nav-purchases = Achats
nav-search = Chercher
nav-collect = À retirer
nav-offers = Offres
nav-import = Importer
nav-settings = Réglages
vault-attended = <b>Coffre veillé.</b> Il travaille pendant votre absence ; la machine qui l’abrite pourrait techniquement le lire.
vault-sealed = <b>Coffre scellé.</b> Ce qui arrive attend votre venue ; personne d’autre ne peut le lire.
undo = Défaire
stop = Arrêter
strip-label = Import en cours
strip-goes-on = L’import continue
strip-read = { $read } mails lus, { $pace } par seconde. Les chiffres grandissent.
strip-read-of = { $read } mails lus, { $share }, { $pace } par seconde, encore { $left }. Les chiffres grandissent.
strip-soon = quelques instants
foot-place = Sur cette machine, et nulle part ailleurs.
foot-help = Aide et raccourcis
sign-out = Se déconnecter

span-seconds = { $n } s
span-minutes = { $n } min
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
span-months = { $n } mois
span-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
