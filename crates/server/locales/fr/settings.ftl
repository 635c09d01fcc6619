# Les réglages.
settings-lede = { $n ->
    [one] Vous êtes connecté sur un seul appareil.
   *[other] Vous êtes connecté sur { $n } appareils.
}
settings-devices = Appareils connectés
settings-device = Appareil
settings-device-unknown = Navigateur inconnu
settings-this-device = celui-ci
settings-seen = vu { $day } à { $time }
settings-end = Déconnecter
settings-passphrase = Phrase secrète
settings-old = Phrase actuelle
settings-new = Nouvelle phrase
settings-old-wrong = La phrase actuelle n’est pas celle-là.
settings-passphrase-ends = Changer de phrase déconnecte vos autres appareils.
settings-change = Changer
settings-passphrase-done = La phrase est changée. Vos autres appareils sont déconnectés.
