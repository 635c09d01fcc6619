# A mailbox filed at the provider.
filing-name = File its mails
filing-see = Filing
filing-lede = { $n ->
    [0] Nothing to file
    [one] One mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}in one folder
   *[other] {" "}in { $folders } folders
}.
filing-lede-labels = { $n ->
    [0] Nothing to file
    [one] One mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}under one label
   *[other] {" "}under { $folders } labels
}.
filing-mails = { $n ->
    [one] one mail
   *[other] { $n } mails
}
filing-others = { $n ->
    [one] and one more folder
   *[other] and { $n } more folders
}, { $mails ->
    [one] one mail
   *[other] { $mails } mails
}
filing-left-out = { $n ->
    [one] One mail of a rare organisation stays where it is: a thousand folders are enough.
   *[other] { $n } mails of the rarest organisations stay where they are: a thousand folders are enough.
}
filing-root = In which folder?
filing-root-label = Under which label?
filing-root-about = It is made if it is not there. A slash makes a folder within a folder.
filing-shape = How?
filing-by-actor-drawer = by organisation, then by kind
filing-by-actor = by organisation
filing-by-drawer = by kind
filing-after = When?
filing-age = { $n ->
    [0] as soon as they arrive
   *[other] after { $n } days in the inbox
}
filing-promise = At your provider these mails leave the inbox for their folder, each time the mailbox is fetched. Mails from people, and those that you filed yourself, stay where they are. Nothing is deleted, and everything goes back in one click.
filing-promise-labels = At your provider these mails gain a label, each time the mailbox is fetched, and stay where they are. Your own labels do not change. One click takes them all off.
filing-do = File these mails
filing-change = File them like this
filing-look = Preview
filing-folders = Folders
filing-labels = Labels
filing-back = Put everything back
filing-done = Filed in “{ $root }”: { $n ->
    [0] no mail so far
    [one] one mail
   *[other] { $n } mails
}{ $folders ->
    [0] {""}
    [one] {" "}in one folder
   *[other] {" "}in { $folders } folders
}.
filing-under-way = Filing in “{ $root }”: { $n ->
    [one] one mail filed
   *[other] { $n } mails filed
}, { $left ->
    [one] one to go
   *[other] { $left } to go
}.
filing-going-back = { $left ->
    [one] Going back: one mail to go.
   *[other] Going back: { $left } mails to go.
}
filing-forbidden = This folder will not do: it cannot be the inbox or the trash, nor a name that your provider cannot write.
filing-broken = Your provider cannot move mails safely, or did not accept this folder: nothing has changed.
filing-failed = Your provider does not answer as it should: nothing has changed. The page of mailboxes says more.
