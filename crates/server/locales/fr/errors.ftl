# Ce que dit une page quand quelque chose ne va pas.
error-forbidden = Cette demande ne vient pas d’une page d’ici : rien n’a été fait. Revenez en arrière et essayez encore.
error-not-found = Il n’y a rien à cette adresse.
error-too-large = C’est plus grand que ce que cette page peut recevoir.
error-wait = Trop d’essais. Attendez { $n }, puis recommencez.
error-invalid = Cette demande n’a pas été comprise : rien n’a été fait.
error-busy = Tout est occupé pour l’instant. Réessayez dans un moment.
error-broken = Quelque chose s’est mal passé de notre côté. Vos données ne sont pas touchées.
error-home = Revenir à l’accueil
