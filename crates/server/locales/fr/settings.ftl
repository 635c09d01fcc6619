# Les réglages.
settings-lede = { $n ->
    [one] Vous êtes connecté sur un seul appareil.
   *[other] Vous êtes connecté sur { $n } appareils.
}
settings-devices = Appareils connectés
settings-device = Appareil
settings-device-unknown = Navigateur inconnu
settings-this-device = cet appareil-ci
settings-seen = vu { $day } à { $time }
settings-end = Déconnecter
settings-end-others = Déconnecter tous les autres appareils
settings-others-ended = Les autres appareils sont déconnectés.
settings-passphrase = Phrase secrète
settings-old = Phrase actuelle
settings-new = Nouvelle phrase
settings-old-wrong = La phrase actuelle n’est pas celle-là.
settings-passphrase-ends = Changer de phrase déconnecte vos autres appareils.
settings-change = Changer
settings-passphrase-done = La phrase est changée. Vos autres appareils sont déconnectés.
addresses-name = Vos adresses
addresses-none = Nous ne connaissons encore aucune adresse à vous.
addresses-guessed = { $n ->
    [one] Cette adresse est-elle à vous ?
   *[other] Ces { $n } adresses sont-elles à vous ?
}
addresses-known = { $n ->
    [0] Aucune adresse n’est à vous.
    [one] Une adresse est à vous.
   *[other] { $n } adresses sont à vous.
}
addresses-about = Ce que vous écrivez vous-même ne compte pas comme un acteur, et reste cherchable. Devinées dans vos boîtes ; votre parole l’emporte.
addresses-address = Adresse
addresses-say = Dire
addresses-mine = à vous
addresses-not-mine = pas à vous
addresses-mails = { $n ->
    [one] devinée d’après un mail
   *[other] devinée d’après { $n } mails
}
addresses-yes = C’est à moi
addresses-no = Pas à moi
addresses-add = En ajouter une
passkeys = Clés d’accès
passkeys-about = Une clé d’accès vous connecte par le verrou de votre appareil (empreinte, visage, code), sans rien à retenir ni à taper.
passkeys-about-sealed = Quand l’appareil le permet, elle ouvre aussi votre coffre scellé ; sinon la phrase secrète reste demandée.
passkey = Clé d’accès
passkey-name = Son nom, pour la reconnaître
passkey-make = Créer une clé d’accès
passkey-remove = Supprimer
passkey-unused = jamais utilisée
passkey-opens = ouvre le coffre
passkey-signs-in = connecte sans ouvrir le coffre
passkey-made = La clé d’accès est prête.
passkey-removed = La clé d’accès est supprimée.
passkey-not-made = La clé d’accès n’a pas pu être vérifiée. Recommencez.
passkey-unavailable = Pour créer une clé d’accès, ouvrez cette page par un nom (comme localhost) dans un navigateur qui en a, avec les scripts.
erase-name = Effacer votre compte
erase-lede = Tout ce qui est à vous ici sera effacé, et rien n’en reviendra.
erase-goes = Ce qui part
erase-mails = Vos mails gardés ici : originaux, pièces jointes, et ceux qui attendent encore d’être lus.
erase-facts = Tout ce qui y a été lu : acteurs, achats, droits, échéances, et l’index de recherche.
erase-word = Ce que vous avez dit : corrections, refus, adresses à vous, suivi de vos lettres.
erase-mailboxes = Les mots de passe et les accords de vos boîtes connectées : elles ne sont plus suivies.
erase-addresses = { $n ->
    [one] Votre adresse dédiée : elle ne prend plus aucun mail, et ne se rouvre pas.
   *[other] Vos { $n } adresses dédiées : elles ne prennent plus aucun mail, et ne se rouvrent pas.
}
erase-account = Votre compte : nom, phrase secrète, clés d’accès, et la connexion de tous vos appareils.
erase-stays = Ce qui reste ailleurs
erase-stays-there = Vos mails chez votre fournisseur : rien n’y est touché. Ceux qui y sont rangés restent dans leurs dossiers.
erase-stays-consent = Un accord donné chez Google ou Microsoft : ce qui est ici est effacé, et vous le retirez chez eux.
erase-stays-copies = Les sauvegardes que l’hôte de cette machine a faites lui-même, jusqu’à ce qu’il les remplace.
erase-before = Avant de partir
erase-before-about = Un mail reçu par une adresse dédiée n’existe qu’ici : sur sa page, « Original » le donne tel qu’il est arrivé. Les mails rangés ou déplacés se remettent à leur place depuis la page des boîtes.
erase-take-addresses = La liste de vos adresses
erase-now = Effacer
erase-type = Tapez « { $name } », le nom de votre compte
erase-do = Effacer mon compte et mon coffre
erase-keep = Tout garder
erase-name-wrong = Ce n’est pas le nom de ce compte. Rien n’est effacé.
erase-not-fresh = Ce compte n’a pas de phrase secrète : connectez-vous de nouveau, puis effacez-le dans les dix minutes.
erase-sign-in = Se connecter de nouveau
