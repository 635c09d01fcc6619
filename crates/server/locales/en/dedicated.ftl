# Dedicated addresses.
nav-addresses = Addresses
dedicated-name = Dedicated addresses
dedicated-lede = { $n ->
    [0] Give each organisation an address of its own: you will know who passed it on, and you can close it.
    [one] You have given one address{ $leaks ->
        [0] {""}
       *[other] , <span class="warn">to which others write</span>
    }.
   *[other] You have given { $n } addresses{ $leaks ->
        [0] {""}
        [one] ; <span class="warn">others write to one of them</span>
       *[other] ; <span class="warn">others write to { $leaks } of them</span>
    }.
}
dedicated-none = This machine takes no mail: nobody has an address here.
dedicated-none-host = To make it take mail: <code>mesinfos serve --mail-domain DOMAIN --lmtp 127.0.0.1:2424</code>, and the lines for your mail server in the host’s guide.
dedicated-tie = These addresses are at { $n }, your host’s domain: that is a tie. If it closes, accounts that know only this address can no longer write to you, nor give you a password back. A domain of your own has no such flaw. The list is always ready:
dedicated-tell = whom to tell if this host closes
dedicated-own = These addresses are at { $n }, your own domain: you can take it elsewhere.
dedicated-list = All of them, to print
dedicated-tell-lede = { $n ->
    [0] Nobody to tell: no address is open here.
    [one] One organisation to tell if this host closes.
   *[other] { $n } organisations to tell if this host closes.
}
dedicated-tell-about = A host that closes undertakes to forward for twelve months. Change your address in each account; then close the old one here, and it leaves this list.
dedicated-make = Make an address
dedicated-for = For whom?
dedicated-for-about = An organisation, or a word of yours. The address begins with it and ends with letters that nobody guesses.
dedicated-for-it = Give it an address of its own
dedicated-here = Here is the address for { $n }
dedicated-here-about = Give it to this organisation and to nobody else. What arrives there comes into your vault.
dedicated-copy = Copy
dedicated-copied = Copied
dedicated-given = Your addresses
dedicated-address = Address
dedicated-to = given to
dedicated-made = made { $n }
dedicated-made-by-mail = made by its first mail, { $n }
dedicated-mails = { $n ->
    [0] no mail
    [one] one mail
   *[other] { $n } mails
}
dedicated-last = last: { $n }
dedicated-open = open
dedicated-paused = paused
dedicated-closed = closed
dedicated-pause = Pause
dedicated-close = Close
dedicated-reopen = Open again
dedicated-states = Paused or closed, an address refuses all mail: the sender is told at once, in plain words. What has come stays in your vault.
dedicated-leak = { $who } writes there too: { $n ->
    [one] one mail
   *[other] { $n } mails
} (first: { $day }).
dedicated-proof = See that mail
dedicated-carrier = { $n } writes there too: to deliver, the address is passed on.
dedicated-whom = Given to somebody else?
dedicated-first = With nothing prepared
dedicated-first-about = At a counter or on the phone, say any word, a dot, then your letters: the address is made by the first mail that comes there, and closes like the others. Whoever knows your letters can make up more: prefer an address made here when you can.
dedicated-any-word = any-word
dedicated-first-on = Allowed
dedicated-first-off = Not allowed: only addresses made here take mail
dedicated-first-let = Allow
dedicated-first-stop = Stop allowing
mailboxes-or-address = With no mailbox to connect, give organisations an address here:
dedicated-carry = Take this list away (CSV file)
dedicated-file-name = addresses-to-tell
dedicated-columns = organisation,site,address,state,made on,mails,last mail,others write there
