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
passkeys-about-sealed = Quand l’appareil le permet, elle ouvre aussi votre coffre scellé ; sinon la phrase secrète reste demandée.
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
