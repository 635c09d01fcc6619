# Settings.
settings-lede = { $n ->
    [one] You are signed in on one device.
   *[other] You are signed in on { $n } devices.
}
settings-devices = Signed-in devices
settings-device = Device
settings-device-unknown = Unknown browser
settings-this-device = this device
settings-seen = seen { $day } at { $time }
settings-end = Sign out
settings-end-others = Sign out all other devices
settings-others-ended = The other devices are signed out.
settings-passphrase = Passphrase
settings-old = Current passphrase
settings-new = New passphrase
settings-old-wrong = That is not the current passphrase.
settings-passphrase-ends = Changing it signs your other devices out.
settings-change = Change
settings-passphrase-done = The passphrase is changed. Your other devices are signed out.
addresses-name = Your addresses
addresses-none = No address is known to be yours yet.
addresses-guessed = { $n ->
    [one] Is this address yours?
   *[other] Are these { $n } addresses yours?
}
addresses-known = { $n ->
    [0] No address is yours.
    [one] One address is yours.
   *[other] { $n } addresses are yours.
}
addresses-about = What you write yourself is no organisation’s, and stays searchable. Guessed from your mailboxes; your word wins.
addresses-address = Address
addresses-say = Say
addresses-mine = yours
addresses-not-mine = not yours
addresses-mails = { $n ->
    [one] guessed from one mail
   *[other] guessed from { $n } mails
}
addresses-yes = It is mine
addresses-no = Not mine
addresses-add = Add one
passkeys = Passkeys
passkeys-about = A passkey signs you in by your device’s own lock (fingerprint, face, code), with nothing to remember or to type.
passkeys-about-sealed = Where the device can, it opens your sealed vault too; otherwise the passphrase is still asked for.
passkey = Passkey
passkey-name = A name to know it by
passkey-make = Make a passkey
passkey-remove = Remove
passkey-unused = never used
passkey-opens = opens the vault
passkey-signs-in = signs in without opening the vault
passkey-made = The passkey is ready.
passkey-removed = The passkey is removed.
passkey-not-made = The passkey could not be verified. Try again.
passkey-unavailable = To make a passkey, open this page by a name (such as localhost) in a browser that has them, with scripts.
erase-name = Erase your account
erase-lede = All that is yours here will be erased, and none of it can come back.
erase-goes = What goes
erase-mails = Your mails kept here: originals, attachments, and those that still wait to be read.
erase-facts = All that was read in them: organisations, purchases, rights, what is due, and the search index.
erase-word = What you said: corrections, refusals, addresses of yours, the state of your letters.
erase-mailboxes = The passwords and consents of your connected mailboxes: they are followed no more.
erase-addresses = { $n ->
    [one] Your dedicated address: it takes no mail any more, and cannot be opened again.
   *[other] Your { $n } dedicated addresses: they take no mail any more, and cannot be opened again.
}
erase-account = Your account: name, passphrase, passkeys, and the sessions of all your devices.
erase-stays = What stays elsewhere
erase-stays-there = Your mails at your provider: nothing there is touched. Those that were filed stay in their folders.
erase-stays-consent = A consent given at Google or Microsoft: what is here is erased, and you withdraw it with them.
erase-stays-copies = Backups that the host of this machine made, until the host replaces them.
erase-before = Before you leave
erase-before-about = A mail that came to a dedicated address is here alone: on its page, “Original” gives it as it arrived. Mails that were filed or moved are put back from the page of mailboxes.
erase-take-addresses = The list of your addresses
erase-now = Erase
erase-type = Type “{ $name }”, the name of your account
erase-do = Erase my account and my vault
erase-keep = Keep everything
erase-name-wrong = That is not the name of this account. Nothing is erased.
erase-not-fresh = This account has no passphrase: sign in again, then erase it within ten minutes.
erase-sign-in = Sign in again
