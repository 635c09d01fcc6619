# Les droits du RGPD : lettres, délais, réponses.
rights-name = Vos demandes
rights-yours = Vos droits
rights-say = La lettre est écrite avec ce que le coffre sait ; elle s’imprime ou se copie. Ils ont un mois pour répondre, et nous comptons les jours.
rights-caption = Demandes possibles au titre du RGPD
rights-what = Ce que vous demandez
rights-law = RGPD
rights-write = Écrire la lettre
rights-none = Vous n’avez encore rien demandé. Sur la page de chaque acteur, une lettre est prête pour chacun de vos droits.
rights-choose = Choisir un acteur
rights-lede = { $open ->
    [0] Aucune demande en attente
    [one] <b>Une demande</b> en attente de réponse
   *[other] <b>{ $open } demandes</b> en attente de réponse
}{ $late ->
    [0] .
    [one] , <b class="warn">dont une en retard</b>.
   *[other] , <b class="warn">dont { $late } en retard</b>.
}{ $drafts ->
    [0] { "" }
    [one] {" "}Une lettre est à envoyer.
   *[other] {" "}{ $drafts } lettres sont à envoyer.
}
rights-lede-one = { $title } : { $state }.
rights-of = { $what }, { $who }
rights-stands = Où elle en est
rights-next = Ensuite
rights-made = Écrite
right-access = Voir ce qu’ils savent de vous
right-portability = Emporter vos données
right-rectification = Corriger une erreur
right-marketing = Qu’ils cessent de vous démarcher
right-objection = Qu’ils cessent un autre usage de vos données
right-erasure = Être effacé

rights-draft = écrite, pas encore envoyée
rights-waiting = réponse due le { $until }, { $left ->
    [0] dernier jour
    [one] encore un jour
   *[other] encore { $left } jours
}
rights-extended = délai prolongé jusqu’au { $until }, { $left ->
    [0] dernier jour
    [one] encore un jour
   *[other] encore { $left } jours
}
rights-overdue = { $n ->
    [one] un jour de retard
   *[other] { $n } jours de retard
}, la réponse était due le { $until }
rights-answered = répondu le { $n }
rights-answered-late = répondu le { $n }, hors délai
rights-complained = la CNIL est saisie depuis le { $n }
rights-closed = close le { $n }
rights-next-send = Relisez la lettre et envoyez-la, d’ici ou de votre messagerie : le mois commence ce jour-là.
rights-next-wait = Rien à faire : ils ont un mois (RGPD, article 12, paragraphe 3).
rights-next-remind = Leur délai est passé. Une relance est prête ; vous pouvez aussi saisir la CNIL tout de suite.
rights-next-complain = Votre relance est restée sans réponse. Vous pouvez saisir la CNIL.
rights-next-read = Lisez la réponse ; si elle vous suffit, fermez la demande.
rights-next-nothing = Plus rien à faire de votre côté.

rights-letter = La lettre
rights-needs-words = Il y manque ce que vous seul pouvez dire : remplacez la ligne entre crochets.
rights-open = Ouvrir dans ma messagerie
rights-edit = Changer le texte
rights-drop = Jeter ce brouillon
rights-in-fr = L’écrire en français
rights-in-en = L’écrire en anglais
rights-reminder = Une relance est prête
rights-complain = Saisir la CNIL
rights-complain-say = Le texte ci-dessous raconte votre demande ; collez-le dans le formulaire de plainte.
rights-story = Ce qui s’est passé
rights-day = Quel jour
rights-did-send = Je l’ai envoyée
rights-did-remind = Je les ai relancés
rights-did-answer = Ils ont répondu
rights-did-extend = Ils demandent deux mois de plus
rights-did-complain = J’ai saisi la CNIL
rights-did-close = L’affaire est close
rights-not-answered = Ce n’était pas la réponse
rights-was-written = Lettre écrite
rights-was-sent = Envoyée
rights-was-extended = Ils ont demandé deux mois de plus
rights-was-reminded = Relance envoyée
rights-was-answered = Ils ont répondu
rights-was-complained = CNIL saisie
rights-was-closed = Affaire close
rights-sent-to = à { $n }
rights-to-about = Leur politique de confidentialité donne cette adresse, souvent dpo@ ou rgpd@.
rights-owed = Dernier jour pour répondre
rights-answer = La réponse :
rights-answers = Ils ont écrit depuis
rights-is-answer = C’est la réponse
answer-reply = répond à votre lettre
answer-reference = porte la référence de votre lettre
answer-subject = reprend l’objet de votre lettre
answer-words = parle de données personnelles
answer-sender = vient d’une adresse qui traite ces demandes
