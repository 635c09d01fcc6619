# Connected mailboxes.
mailboxes-name = Connected mailboxes
mailboxes-lede = { $n ->
    [0] Connect your mailbox: its mails arrive by themselves.
    [one] One mailbox is connected.
   *[other] { $n } mailboxes are connected.
}
mailboxes-sealed = Your vault is sealed: a mailbox is fetched when you ask, while you are here.
mailboxes-connected = Your mailboxes
mailboxes-mailbox = Mailbox
mailboxes-do = Do
mailboxes-busy = { $n ->
    [0] Fetching…
    [one] Fetching: one mail.
   *[other] Fetching: { $n } mails.
}
mailboxes-never = Not fetched yet.
mailboxes-synced = Up to date { $day } at { $time }; { $n ->
    [0] no mail brought
    [one] one mail brought
   *[other] { $n } mails brought
}.
mailboxes-now = Fetch now
mailboxes-retry = Try again
mailboxes-remove = Forget
mailboxes-remove-about = Forgetting a mailbox erases its password here. What it brought stays, and nothing changes at your provider: what is filed there stays filed.
mailboxes-connect = Connect a mailbox
mailboxes-address = Address of the mailbox
mailboxes-address-about = If its domain is not known here, it is asked for its server; the address itself is told to nobody.
mailboxes-next = Continue
mailboxes-no-address = This is no mail address.
mailboxes-taken = This mailbox is connected already. Forget it first to change its password.
mailboxes-known = The server of this address is { $host }.
mailboxes-told = The domain of this address itself names the server { $host }. Do you recognise it?
mailboxes-named = The directory of this address’s domain names the server { $host }. Do you recognise it?
mailboxes-guess = This domain is not known here: check the server with your provider.
mailboxes-note-app-password = Your usual password will be refused: make an “app password” at your provider, in the security settings of the account, and give it here.
mailboxes-note-switch = First switch IMAP access on in your provider’s settings.
mailboxes-note-bridge = This provider encrypts your mails: first start its own program (Bridge) on this machine, and give the password that it shows.
mailboxes-login = Login
mailboxes-password = Password
mailboxes-server = Server settings
mailboxes-host = Server
mailboxes-port = Port
mailboxes-security = Protection
mailboxes-tls = TLS
mailboxes-starttls = STARTTLS
mailboxes-out = Sending mails
mailboxes-out-about = For the letters and the mails to unsubscribe that you send from here, never without your having read them. Leave it empty to send none.
mailboxes-out-host = Server for sending
mailboxes-promise = The password is kept encrypted with your vault’s key. Your mails are read without being marked as read; nothing is moved unless you ask for it, nothing is erased.
mailboxes-add = Connect
mailboxes-trouble-unreachable = The server does not answer. Is its name right? If so, wait.
mailboxes-trouble-insecure = The connection cannot be protected: nothing was said. Check the protection and the server’s name.
mailboxes-trouble-forbidden = A server at this address may not be reached from here.
mailboxes-trouble-refused = The server refuses the login or the password. Some providers want an app password.
mailboxes-trouble-consent-ended = The consent given to your provider has ended: give it again. If this comes back every week, the host left its registration in “Testing”.
mailboxes-trouble-unavailable = The server says that it is not available just now. It is tried again soon.
mailboxes-trouble-cut = The connection was cut. What had come is kept; it goes on from there.
mailboxes-trouble-slow = The server sends next to nothing. What had come is kept.
mailboxes-trouble-broken = The server answers oddly. What had come is kept.
mailboxes-trouble-vault = Your vault could not write. Is there room left on the disk?
mailboxes-trouble-stopped = Fetching stopped before the end. It goes on from there.
## Consent given at the provider
mailboxes-note-oauth = This provider takes no password.
consent-about = { $name } will ask you whether this program may read and move your mails, and send some. You come back here afterwards; this consent can be withdrawn at { $name } at any time.
consent-go = Give my consent at { $name }
consent-or = Or, without this consent:
consent-no-client = This provider takes no password, and the host of this program has not registered it there yet: the guide says how. Meanwhile, bring an export.
consent-again = Give my consent again
consent-done = The consent is given, the mailbox is being read.
consent-lost = This consent was not started here, or too long ago: start again.
consent-refused = The consent was not given: nothing is connected.
consent-failed = Your provider did not accept this consent: start again, or ask the host to check its registration.
consent-taken = A mailbox of this name is connected in another way: forget it first.
mailboxes-trouble-not-taken = The server did not accept this mail.
