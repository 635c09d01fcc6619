# Le transfert des adresses vers une vraie boîte.
forward-title = Transférer vers votre boîte
forward-about = Ce qui arrive à vos adresses vient ici. Vous pouvez aussi le recevoir dans votre boîte habituelle : chaque mail y arrive joint, entier, tel qu’il a été écrit. Les mails que vous refusez ne sont pas transférés.
forward-sealed = Votre coffre est scellé : un mail est transféré quand vous venez ici, pas avant.
forward-to = Vers quelle adresse ?
forward-to-about = Un code y est envoyé. Rien d’autre ne part avant que vous ne l’ayez rapporté ici.
forward-by = Envoyé par
forward-by-host = l’hôte de ce programme
forward-ask = Envoyer le code
forward-nobody = Pour transférer, il faut un serveur qui envoie : connectez une boîte qui le sait.
forward-nobody-host = Ou, pour tous : <code>MESINFOS_SUBMISSION</code>, dans le guide de l’hôte.
forward-waits = Un code a été envoyé à { $n } : il est valable un jour.
forward-code = Code reçu
forward-confirm = Confirmer
forward-leave = Renoncer
forward-end = Ne plus transférer
forward-on = Ce qui arrive à vos adresses est transféré à { $to } : { $sent ->
    [0] aucun mail pour l’instant
    [one] un mail
   *[other] { $sent } mails
}{ $waiting ->
    [0] {""}
    [one] , un attend
   *[other] , { $waiting } attendent
}.
forward-failed-mails = { $n ->
    [one] Un mail n’a pas été pris par cette boîte ; il est dans votre coffre.
   *[other] { $n } mails n’ont pas été pris par cette boîte ; ils sont dans votre coffre.
}
forward-bounced = Cette boîte a renvoyé trop de mails : le transfert s’est arrêté. Vérifiez l’adresse, puis demandez un nouveau code.
forward-not-taken = Cette boîte n’a pas voulu du dernier mail.
forward-no-address = Ce n’est pas une adresse de mail.
forward-own-address = C’est une adresse d’ici : le mail tournerait en rond.
forward-nobody-sends = Personne ici ne peut envoyer pour vous : connectez une boîte qui le sait.
forward-enough-codes = Trois codes ont été envoyés aujourd’hui : réessayez demain.
forward-failed = Le code n’a pas pu partir.
forward-code-sent = Le code est parti.
forward-confirmed = C’est confirmé : les prochains mails seront transférés.
forward-wrong-code = Ce n’est pas ce code.
forward-code-over = Aucun code n’attend plus : demandez-en un autre.
forward-ended = Plus rien n’est transféré.
## Le mail lui-même
forward-name = { $who } (par MesInfos)
forward-note = { $who } a écrit à { $address }, une adresse que vous lui avez donnée.
forward-inside = Son mail est joint, tel qu’il est arrivé.
forward-too-large = Son mail est trop grand pour être joint : il est dans votre coffre.
forward-suspected = Attention : ce mail imite peut-être quelqu’un d’autre.
forward-why = Vous recevez ceci parce que vous avez confirmé ce transfert dans MesInfos. Répondre à ce mail n’atteint personne.
forward-code-subject = Code pour le transfert de vos adresses
forward-code-note = Quelqu’un veut recevoir ici ce qui arrive à ses adresses MesInfos. Si c’est vous, voici le code à rapporter sur la page des adresses : { $code }
    Sinon, ne faites rien : rien d’autre ne vous sera envoyé.
