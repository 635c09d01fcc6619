# What the person corrects, and takes back.
corrected = Noted. Your word stands, here and whenever mails are read again.
correct = Correct
correct-category-is = This mail belongs in
correct-keep = Save
correct-actor = Wrong organisation
correct-not-an-order = This is not an order
correct-confirmed = The sum is right, I have checked
correct-settle = { $price }, that is it
correct-other = Another price, or something else
correct-merge = Join with another
correct-name = Its name
correct-kind = Its kind

choose-name = Which organisation
choose-mail = Who is “{ $subject }” from?
choose-part = Which one is { $name } part of?
choose-find = Name or domain
choose-caption = Your mails, orders and offers follow; one click takes it back.
choose-this = This one
choose-person = It is a person
choose-none = No organisation of that name.

lines-order = The order
lines-variant = Size, colour, model
lines-keep = Save
lines-remove = This is not a line

log-name = Your corrections
log-empty = You have corrected nothing yet. What you correct will be listed here, to be taken back.
log-lede = { $n ->
    [one] One correction of yours.
   *[other] { $n } corrections of yours.
} Each can be undone.
log-what = What you said
log-undone = undone
log-actor = This mail is from another organisation
log-category = This mail belongs elsewhere
log-not-an-order = This is not an order
log-confirmed = The sum is right
log-line = A line corrected
log-merge-orders = Two orders are one
log-split-order = This mail belongs to another order
log-merge-actors = Two organisations are one
log-split-actor = This organisation stands alone
log-actor-details = An organisation renamed
log-own-address = An address of yours
lines-add = Add a line
lines-leave = Leave it as it is
order-join = Join with another order
order-split = This mail is about another order
join-name = Join two orders
join-lede = Which other order is one with that of { $merchant }?
join-find = Number, item or merchant
join-caption = Their mails, lines and parcels come together; one gesture undoes it.
join-this = The same one
join-none = No other order. Look for its number, or the merchant.
parcel-delivered = delivered on { $n }
parcel-code = collection code { $n }
order-number-bill = bill { $n }
order-number-booking = booking { $n }
log-refused = Refused: { $n }
log-accepted = Accepted: { $n }
