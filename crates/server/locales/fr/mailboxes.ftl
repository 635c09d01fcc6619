# Les boîtes connectées.
mailboxes-name = Boîtes connectées
mailboxes-lede = { $n ->
    [0] Connectez votre boîte : ses mails arrivent d’eux-mêmes.
    [one] Une boîte est connectée.
   *[other] { $n } boîtes sont connectées.
}
mailboxes-sealed = Votre coffre est scellé : une boîte est relevée quand vous le demandez, pendant que vous êtes là.
mailboxes-connected = Vos boîtes
mailboxes-mailbox = Boîte
mailboxes-do = Faire
mailboxes-busy = { $n ->
    [0] Relève en cours…
    [one] Relève en cours : un mail.
   *[other] Relève en cours : { $n } mails.
}
mailboxes-never = Pas encore relevée.
mailboxes-synced = À jour { $day } à { $time } ; { $n ->
    [0] aucun mail apporté
    [one] un mail apporté
   *[other] { $n } mails apportés
}.
mailboxes-now = Relever
mailboxes-retry = Réessayer
mailboxes-remove = Oublier
mailboxes-remove-about = Oublier une boîte efface son mot de passe ici. Ce qu’elle a apporté reste, et rien ne change chez votre fournisseur : ce qui y est rangé le reste.
mailboxes-connect = Connecter une boîte
mailboxes-address = Adresse de la boîte
mailboxes-address-about = Si son domaine n’est pas connu ici, il est interrogé pour trouver son serveur ; l’adresse elle-même n’est dite à personne.
mailboxes-next = Continuer
mailboxes-no-address = Ce n’est pas une adresse de mail.
mailboxes-taken = Cette boîte est déjà connectée. Oubliez-la d’abord pour changer de mot de passe.
mailboxes-known = Le serveur de cette adresse est { $host }.
mailboxes-told = Le domaine de cette adresse indique lui-même le serveur { $host }. Le reconnaissez-vous ?
mailboxes-named = L’annuaire du domaine de cette adresse nomme le serveur { $host }. Le reconnaissez-vous ?
mailboxes-guess = Ce domaine n’est pas connu ici : vérifiez le serveur auprès de votre fournisseur.
mailboxes-note-app-password = Votre mot de passe habituel sera refusé : créez un « mot de passe d’application » chez votre fournisseur, dans les réglages de sécurité du compte, et donnez-le ici.
mailboxes-note-switch = Activez d’abord l’accès IMAP dans les réglages de votre fournisseur.
mailboxes-note-bridge = Ce fournisseur chiffre vos mails : lancez d’abord son propre programme (Bridge) sur cette machine, et donnez le mot de passe qu’il affiche.
mailboxes-login = Identifiant
mailboxes-password = Mot de passe
mailboxes-server = Réglages du serveur
mailboxes-host = Serveur
mailboxes-port = Port
mailboxes-security = Protection
mailboxes-tls = TLS
mailboxes-starttls = STARTTLS
mailboxes-out = Envoyer des mails
mailboxes-out-about = Pour les lettres et les désinscriptions que vous envoyez d’ici, jamais sans que vous ne les ayez lues. Laissez vide pour n’en envoyer aucun.
mailboxes-out-host = Serveur d’envoi
mailboxes-promise = Le mot de passe est gardé chiffré avec la clé de votre coffre. Vos mails sont lus sans être marqués comme lus ; rien n’est déplacé sans que vous le demandiez, rien n’est effacé.
mailboxes-add = Connecter
mailboxes-trouble-unreachable = Le serveur ne répond pas. Son nom est-il juste ? Sinon, il faut attendre.
mailboxes-trouble-insecure = La connexion ne peut pas être protégée : rien n’a été dit. Vérifiez la protection et le nom du serveur.
mailboxes-trouble-forbidden = Cette adresse de serveur n’est pas permise d’ici.
mailboxes-trouble-refused = Le serveur refuse l’identifiant ou le mot de passe. Certains fournisseurs veulent un mot de passe d’application.
mailboxes-trouble-consent-ended = L’accord donné à votre fournisseur a pris fin : donnez-le à nouveau. Si cela revient chaque semaine, l’hôte a laissé son inscription en mode « Testing ».
mailboxes-trouble-unavailable = Le serveur dit qu’il n’est pas disponible en ce moment. Nouvel essai bientôt.
mailboxes-trouble-cut = La connexion a été coupée. Ce qui était reçu est gardé ; la suite reprendra là.
mailboxes-trouble-slow = Le serveur n’envoie presque rien. Ce qui était reçu est gardé.
mailboxes-trouble-broken = Le serveur répond de travers. Ce qui était reçu est gardé.
mailboxes-trouble-vault = Votre coffre n’a pas pu écrire. Reste-t-il de la place sur le disque ?
mailboxes-trouble-stopped = La relève s’est arrêtée avant la fin. La suite reprendra là.
## Le consentement donné chez le fournisseur
mailboxes-note-oauth = Ce fournisseur n’accepte aucun mot de passe.
consent-about = { $name } vous demandera si ce programme peut lire et déplacer vos mails, et en envoyer. Vous reviendrez ici ensuite ; cet accord se retire à tout moment chez { $name }.
consent-go = Donner mon accord chez { $name }
consent-or = Ou, sans cet accord :
consent-no-client = Ce fournisseur n’accepte aucun mot de passe, et l’hôte de ce programme n’y a pas encore inscrit le sien : le guide dit comment. En attendant, apportez un export.
consent-again = Redonner mon accord
consent-done = L’accord est donné, la boîte est relevée.
consent-lost = Cet accord n’a pas été commencé ici, ou il y a trop longtemps : recommencez.
consent-refused = L’accord n’a pas été donné : rien n’est connecté.
consent-failed = Votre fournisseur n’a pas voulu de cet accord : recommencez, ou demandez à l’hôte de vérifier son inscription.
consent-taken = Une boîte de ce nom est déjà connectée autrement : oubliez-la d’abord.
mailboxes-trouble-not-taken = Le serveur n’a pas voulu de ce mail.
