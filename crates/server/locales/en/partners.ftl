# Who may write to the person: refusals, their ledger, advice.
nav-refusals = Refusals
refuse = Refuse
accept = Accept
refused = refused
refused-all = All is refused
refuse-whole = Refuse all
accept-whole = Accept all
mail-refused = Refused since { $day }: { $what }

## A rule in one sentence
rule-actor = all that { $n } writes
rule-drawer = { $drawer } { $of }
rule-sort = { $drawer } of { $sort }
rule-except = { $rule }, except { $n ->
    [one] one
   *[other] { $n }
}
rule-address = all that arrives at { $n }
rule-newcomers = all that newcomers write
rule-newcomers-drawer = { $n } of newcomers
of-name = from { $n }
of-vowel = from { $n }
drawer-account = account mails
drawer-transaction = transactions
drawer-after-sales = after-sales mails
drawer-notification = notifications
drawer-newsletter = newsletters
drawer-personal = personal mails
sorts-all = all organisations
sorts-merchant = all shops
sorts-leisure = all leisure organisations
sorts-administration = all public bodies
sorts-bank = all banks
sorts-insurance = all insurers
sorts-telecom = all telecoms
sorts-transport = all carriers
sorts-travel = all travel organisations
sorts-social = all social networks
sorts-employment = all employment organisations
sorts-health = all health organisations
sorts-other = all other organisations

## The preview
refuse-name = Refuse { $n }
refuse-preview = A refusal, previewed. Nothing is changed yet.
refuse-in-force = This refusal holds already. Here is what it would hide besides.
refuse-lede = Refuse { $what }: { $hidden ->
    [0] <b>no mail</b> hidden,
    [one] <b>one mail</b> hidden,
   *[other] <b>{ $hidden } mails</b> hidden,
}
refuse-kept-none = nothing else from them.
refuse-kept-orders = { $n ->
    [one] <b>one invoice or parcel</b> stays.
   *[other] <b>{ $n } invoices and parcels</b> stay.
}
refuse-kept-others = { $n ->
    [one] <b>one other</b> stays.
   *[other] <b>{ $n } others</b> stay.
}
refuse-kept-both = <b>{ $n } others</b> stay, { $orders ->
    [one] one invoice or parcel among them.
   *[other] { $orders } invoices and parcels among them.
}
refuse-says = These mails no longer appear on home or in counts; they stay in the vault and are found by searching. Later ones go the same way. We note whether their author falls silent.
refuse-says-whole = These mails no longer appear on home or in counts, orders and parcels included; they stay in the vault and are found by searching. What you bought and what is under guarantee stays among your purchases.
refuse-do = Refuse these mails
refuse-leave = Leave as before
refuse-undo = Undone at any time, in one gesture: <kbd>u</kbd> or “Undo”.
refuse-what = What goes, what stays
refuse-caption = Solid: still shown. Hollow: hidden.
refuse-actor = Organisation
refuse-hidden = Hidden
refuse-stay = Stay
refuse-exception = Exception
refuse-keep = keep
refuse-all = All
refuse-persons = People
refuse-others = { $n ->
    [one] One other organisation
   *[other] { $n } other organisations
}
refuse-nothing = No mail is concerned so far; later ones would be.
refuse-see = See the effect

## The ledger
refusals-none = You have refused nothing. What you refuse can be read again and undone here, with the proof that your refusal is respected, or is not.
refusals-lede = { $hidden ->
    [0] No mail kept aside
    [one] One mail kept aside
   *[other] <b>{ $hidden } mails</b> kept aside
}; { $ceased ->
    [0] no organisation has ceased yet,
    [one] <b>one has ceased</b>,
   *[other] <b>{ $ceased } have ceased</b>,
} { $insist ->
    [0] none insists.
    [one] <b class="warn">one insists</b>.
   *[other] <b class="warn">{ $insist } insist</b>.
}
refusals-since = Refused on { $day }. Hidden: { $hidden }.
refusals-kept = Except { $n }.
refusals-restore = Restore
refusals-ceased = { $n ->
    [one] one has ceased
   *[other] { $n } have ceased
}
refusals-insist = { $n ->
    [one] one insists: letter ready
   *[other] { $n } insist: letters ready
}
refusals-waiting = { $n ->
    [one] too early to tell whether one organisation keeps silent
   *[other] too early to tell whether { $n } organisations keep silent
}
refusals-who-insists = Those who still write, and those whom you asked to stop
refusals-wrote = What happened
refusals-again = { $n ->
    [one] Wrote again on { $day }, { $after } days later.
   *[other] Wrote again { $n } times since { $day }, { $after } days later.
}
refusals-asked-again = Unsubscribed on { $asked }, wrote again { $n ->
    [one] on { $day }, { $after } days later.
   *[other] { $n } times since { $day }, { $after } days later.
}
refusals-silent = Silent for { $days } days.
refusals-too-soon = Too early to say whether it is silent.
refusals-not-asked = Not yet asked to stop: its page says how.
refusals-letter = Letter of objection
refusals-do = Do
refusals-more = Refuse something else
refusals-first = Refuse
refusals-of-sort = Of
refusals-address = All that arrives at this address
refusals-accepted = What you have accepted
newcomers = Newcomers
newcomers-legend = When an organisation writes to you for the first time
newcomers-accept = its mails are shown
newcomers-letters = its newsletters are refused, the rest is shown
newcomers-all = all is refused until you accept it

## Unsubscribing
way-name = Unsubscribe
way-one-click = In one click, by its own link:
way-mailto = By a mail to the address that it gives:
way-link = By its page:
way-why-yes = The link and the promise of one click are signed by { $domain }, and your mail provider checked the signature.
way-why-not-offered = Not in one click: it does not promise it.
way-why-not-https = Not in one click: it gives no safe address (https).
way-why-repeated = Not in one click: it is promised twice, and which link is meant cannot be known.
way-why-not-signed = Not in one click: no signature covers the promise, anybody may have written it.
way-why-not-verified = Not in one click: the promise is signed, but your mail provider does not say that the signature is good.
way-note = I have asked
way-do = Unsubscribe me
way-write = Write that mail
way-asked = Asked on { $day } ({ $at }); since then we count its mails.
way-asked-one-click = Unsubscribed in one click on { $day }: { $at } accepted it. Since then we count its mails.
way-asked-mailto = Asked by mail on { $day }, to { $at }. Since then we count its mails.
way-declined = On { $day }, { $at } did not accept the request (answer { $status }).

## What came of a request, at the top of the page
asked-done = Done: the request to unsubscribe was accepted. From now on we count any mail that still comes.
asked-declined = The request went out, but their server did not accept it. Try their link, or the letter.
asked-unreachable = Their server does not answer. Nothing was asked; try later, or by their link.
asked-insecure = The connection to their server is not safe: nothing was asked. Open their link yourself.
asked-forbidden = This link leads into a private network: nothing was asked.
asked-slow = Their server did not answer in time; it may have heard. Try again later.
asked-cut = The connection was cut before they answered; they may have heard. Try again later.
asked-broken = Their server gave an answer that makes no sense: whether it heard is not known. Try their link.

## Advice
advice-name = Advice
advice-none = Nothing to advise: nobody writes to you in vain, no account sleeps.
advice-lede = { $n ->
    [one] One thing to look at, with its reason.
   *[other] { $n } things to look at, each with its reason.
}
advice-lede-unread = <b>{ $letters } newsletters</b> of { $actors ->
    [one] <b>one organisation</b>
   *[other] <b>{ $actors } organisations</b>
} in twelve months that you do not open.
advice-reason = Reason
advice-unread = Never opened
advice-unread-why = Newsletters of twelve months that your mailbox has not seen opened, or hardly.
advice-unread-row = { $opened ->
    [0] { $n } newsletters, none opened
    [one] { $n } newsletters, one opened
   *[other] { $n } newsletters, { $opened } opened
}
advice-new = New since your last visit
advice-new-why = They wrote to you for the first time.
advice-new-row = on { $day }, { $n ->
    [one] one mail
   *[other] { $n } mails
}
advice-leak = Addresses that leak
advice-leak-why = An address that you gave to one organisation only, and to which others write.
advice-leak-row = given to { $given }; also used by { $others }
advice-unused = Accounts that sleep
advice-unused-why = No order, no sign-in, no after-sales for two years; your data are still there.
advice-unused-row = last used on { $n }
advice-sorts = Newsletters, by kind
advice-sorts-why = One refusal for all newsletters of a kind of organisation; the rest stays.
advice-sort-row = { $n } newsletters of { $actors } organisations in twelve months
advice-loud = The loudest
advice-loud-why = All mails together, in twelve months.
advice-refuse-letters = Refuse its newsletters
advice-loud-row = { $n ->
    [one] one mail
   *[other] { $n } mails
}{ $letters ->
    [0] , no newsletter
    [one] , one of them a newsletter
   *[other] , { $letters } of them newsletters
}
advice-silent = The silent
advice-silent-why = Nothing for two years. They may still know a lot about you.
advice-silent-row = last mail on { $day }, { $n } in all
advice-write-erasure = Ask for erasure
advice-write-access = Ask what they know

## Lists
partners = Partner
partners-all = All
partners-accepted = Accepted
partners-undecided = To decide
partners-refused = Refused
partners-new = New since your last visit
partners-silent = Silent for two years
standing-accepted = accepted
standing-undecided = to decide
standing-refused = refused
standing-partly = partly refused
home-hidden = { $n ->
    [one] And one refused mail, kept aside.
   *[other] And { $n } refused mails, kept aside.
}
field-unsubscribe = unsubscribing
## Writing to unsubscribe, sending a letter
ask-lede = This is the mail that { $who } asks for to unsubscribe you. Nothing has gone out yet.
ask-mail = The mail
ask-empty = (no text)
sending-from = From
sending-to = To
sending-subject = Subject
sending-do = Send
sending-none = None of your connected mailboxes can send.
sent-done = Sent. A copy is in your sent mails.
sent-no-copy = Sent. No copy could be put into your sent mails.
sent-no-address = Nobody can be written to at this address: nothing was sent.
sent-no-words = The letter still waits for your words between brackets: nothing was sent.
sent-unreachable = Your server for sending does not answer: nothing was sent.
sent-insecure = The connection to your server for sending cannot be protected: nothing was said or sent.
sent-forbidden = A server at this address may not be reached from here: nothing was sent.
sent-refused = Your server for sending refuses the login or the password: nothing was sent.
sent-consent-ended = The consent given to your provider has ended: nothing was sent. Connect the mailbox again.
sent-unavailable = Your server for sending takes nothing just now. Try later.
sent-not-taken = Your server for sending did not accept this mail: does the address exist?
sent-slow = Your server for sending did not answer in time. Look at your sent mails before you try again.
sent-cut = The connection was cut. Look at your sent mails before you try again.
sent-broken = Your server for sending gave an answer that makes no sense: nothing was sent.
## Putting away in the mailbox
folder-put = Put these mails away in my mailbox
folder-about = At your provider, these mails leave the inbox for a folder of your choice. Nothing is deleted, and all can be put back.
folder-name = Folder
folder-default = Refused
folder-on = the next ones too, at each sync
folder-do = Put away
folder-back = Put everything back
folder-left = Put away by refusals that were lifted since
folder-has = { $n ->
    [0] Nothing stands in “{ $folder }” of { $mailbox }.
    [one] One mail put away in “{ $folder }” of { $mailbox }.
   *[other] { $n } mails put away in “{ $folder }” of { $mailbox }.
}
folder-goes-on = { $n ->
    [0] Nothing stands in “{ $folder }” of { $mailbox } yet; the next ones will.
    [one] One mail put away in “{ $folder }” of { $mailbox }; the next ones will follow.
   *[other] { $n } mails put away in “{ $folder }” of { $mailbox }; the next ones will follow.
}
moved-done = Put away.
moved-none = Nothing to put away: these mails are not in this mailbox.
moved-back = Everything is back where it was.
moved-forbidden = This folder will not do: not the inbox, the trash or spam, nor a name with special characters. Nothing was moved.
moved-broken = Your server cannot move a mail safely: what is not put away stayed where it was.
moved-failed = Your mailbox did not answer as it should: what was not moved stayed where it was. The page of connected mailboxes says more.
