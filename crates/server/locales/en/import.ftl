# Bringing mail.
import-lede = Bring your mails. In a few minutes you know who writes to you, what you bought and what you are owed.
import-sofar = So far { $actors ->
    [one] one organisation
   *[other] { $actors } organisations
}, { $orders ->
    [one] one order mail
   *[other] { $orders } order mails
}, { $offers ->
    [one] one offer
   *[other] { $offers } offers
}.
import-see-home = Watch the home page grow
import-may-close = You may close this page, or switch off: reading will go on where it was, and count nothing twice.
import-from = Where do they come from?
import-from-more = Bring more mails
import-thunderbird = Thunderbird on this machine
import-thunderbird-about = The quickest way if you fetch your mails with it. Nothing is looked for unless you agree.
import-thunderbird-look = Look for Thunderbird
import-thunderbird-none = No profile with mails was found.
import-thunderbird-found = Profile { $name }: { $boxes ->
    [one] one mailbox
   *[other] { $boxes } mailboxes
}, { $size }.
import-read-it = Read it
import-mailbox-about = At any provider (IMAP): your mails arrive, and new ones by themselves.
import-export = An export
import-export-about = Google Takeout, .mbox, .zip, .tar.gz, .eml, .emlx. Opened without being unpacked.
import-choose = Drop it here, or choose it
import-send = Send it
import-folder = A folder of this machine
import-folder-about = A Maildir, an mbox or a folder of mails. Nothing is moved or deleted.
import-path = Path
import-no-path = There is nothing at this path, or it may not be read.
import-own-folder = This is the folder in which your data are kept: choose another.
import-no-file = No file was received.
import-report = Report: { $what }, { $day }, { $lasted }
import-stands-stopped = Reading stopped before the end. What was read is kept.
import-stands-failed = Reading failed. What was read is kept.
import-go-on = Go on where it was
import-arrived = { $n ->
    [one] One mail found
   *[other] { $n } mails found
}
import-what = What arrived
import-mails = Mails
import-understood = Read and understood
import-known = Here already, counted once
import-sent = Written by you
import-sent-more = kept, searchable, out of the counts
import-spam = Spam and trash
import-drafts = Drafts and chats
import-apart-more = kept, out of the counts
import-suspected = Likely frauds
import-suspected-more = they give no fact
import-not-understood = Kept, not understood
import-adds-up = It adds up
import-held = What they held
import-fact = Fact
import-number = Number
import-actors = Organisations
import-orders = Purchases, in all
import-offers = Offers
import-unchanged = { $n ->
    [one] One file is as it was last time and was not opened again.
   *[other] { $n } files are as they were last time and were not opened again.
}
import-example = { $said } For example { $example }.
import-failed = { $path } could not be read: { $error }
unread-mail-too-large = { $n ->
    [one] one too large
   *[other] { $n } too large
}
unread-mail-not-readable = { $n ->
    [one] one damaged
   *[other] { $n } damaged
}
unread-other = { $n ->
    [one] one for another reason
   *[other] { $n } for another reason
}
skipped-mbox-noise = { $n ->
    [one] One stretch of a mailbox is no mail.
   *[other] { $n } stretches of mailboxes are no mails.
}
skipped-utf-16 = { $n ->
    [one] One file was saved again by an editor and can no longer be read as mail.
   *[other] { $n } files were saved again by an editor and can no longer be read as mails.
}
skipped-archive-encrypted = { $n ->
    [one] One entry of an archive is encrypted: unpack it with its password first.
   *[other] { $n } entries of archives are encrypted: unpack them with their password first.
}
skipped-archive-in-archive = { $n ->
    [one] One archive is inside another: unpack the outer one first.
   *[other] { $n } archives are inside another: unpack the outer one first.
}
skipped-archive-bomb = { $n ->
    [one] One entry of an archive unpacks to far more than mail ever does: left out.
   *[other] { $n } entries of archives unpack to far more than mail ever does: left out.
}
skipped-archive-overlapping = { $n ->
    [one] One entry of an archive overlaps another: left out.
   *[other] { $n } entries of archives overlap: left out.
}
skipped-archive-damaged = { $n ->
    [one] One archive is damaged: what came before was read.
   *[other] { $n } archives are damaged: what came before was read.
}
skipped-archive-unknown = { $n ->
    [one] One archive is of a kind that we do not read: pack it again as zip or tar.gz.
   *[other] { $n } archives are of a kind that we do not read: pack them again as zip or tar.gz.
}
skipped-outlook-store = { $n ->
    [one] One Outlook .pst file is not read: export it first, with Thunderbird or readpst.
   *[other] { $n } Outlook .pst files are not read: export them first, with Thunderbird or readpst.
}
import-done = { $mails ->
    [0] No mail found.
    [one] One mail read
   *[other] { $mails } mails read
}{ $mails ->
    [0] { "" }
   *[other] { $actors ->
    [one] : one organisation
   *[other] : { $actors } organisations
}{ $orders ->
    [0] .
    [one] , one purchase.
   *[other] , { $orders } purchases.
}
}
import-nothing = Nothing of what was given looks like a mail. We read .mbox and Maildir mailboxes, .eml and .emlx mails, exports of Google Takeout, and .zip, .tar.gz and .tar.zst of all these.
import-nothing-new = Nothing new: all is as it was last time.
import-home = See home
import-sending = Sending: { $share } %, { $sent } of { $all } MB.
import-send-failed = It could not be sent. Nothing of this file was kept: try again, or name its path.
import-cancel = Stop sending
import-send-again = The files you sent were removed from the machine. Send them again to go on: nothing is read twice.
import-behind = Your mails were read by an earlier version of the program. Read again by this one, they may tell more: <code>mesinfos reread</code>, on the machine. Your corrections hold.
