# One mail.
mail-paper = The mail, made clean
mail-no-subject = No subject
mail-from-to = From { $from }, to { $to }
mail-written = { $day } at { $time }
mail-fraud = This mail probably passes itself off as somebody else’s.
mail-imitates = It claims to be { $name }. Follow none of its links.
mail-signed = Signed by { $domain }: it is them.
mail-forwarded = Forwarded by { $by }, and so not authenticated.
mail-nothing-outside = Nothing was loaded from outside.
mail-left-out = Nothing was loaded from outside: { $pictures ->
    [0] no picture
    [one] one picture
   *[other] { $pictures } pictures
} and { $trackers ->
    [0] no tracker
    [one] one tracker
   *[other] { $trackers } trackers
} stayed out.
mail-pictures-show = Show the pictures
mail-pictures-shown = Pictures are loaded from the sender, who now knows that this mail is open.
mail-pictures-hide = Leave them out
mail-parts = { $n ->
    [one] One attachment
   *[other] { $n } attachments
}
mail-parts-all = Attachments
mail-part-name = Name
mail-part-kind = Type and size
mail-part-do = Do
mail-part-open = Open safely
mail-part-save = Save
mail-picture = picture
mail-text = text
mail-original = Original
mail-as-text = Text only
mail-as-html = Laid out
mail-twin = Another mail says it is the same
mail-facts = What we read in it
mail-no-facts = Nothing was read in it that counts elsewhere.
quoted = “{ $n }”
mail-filed = Filed under { $n }.
mail-filed-by = Filed under { $drawer } because of { $words }.
mail-filed-by-you = Filed under { $n }: you said so.
mail-is-of = It is from { $name }, by { $words }.
mail-is-of-by-you = The organisation is the one that you named.
mail-one-click = One click shows the words.
mail-order = The order and its story
mail-problems = { $n ->
    [one] One thing in it was badly written; the rest was read.
   *[other] { $n } things in it were badly written; the rest was read.
}
fact-how = { $place }, { $sure } sure
fact-what = { $n }:
fact-in-subject = in the subject
fact-in-from = in the sender
fact-in-header = in a header
fact-in-body = in the text
fact-in-markup = in its hidden data
fact-derived = calculated
field-category = filed by
field-actor = organisation
field-actor-name = organisation
field-actor-domain = domain
field-order = order
field-order-number = number
field-order-date = date
field-order-status = state
field-order-total = total
field-order-subtotal = subtotal
field-order-shipping = shipping
field-order-tax = tax
field-order-discount = discount
field-order-fees = fees
field-order-refund = refunded
field-order-currency = currency
field-order-merchant = merchant
field-order-lines = line
field-order-lines-name = product
field-order-lines-quantity = quantity
field-order-lines-unit-price = unit price
field-order-lines-total = price
field-order-lines-sku = reference
field-order-lines-gtin = barcode
field-order-lines-variant = variant
field-order-lines-seller = seller
field-order-tracking = parcel
field-order-tracking-number = tracking number
field-order-tracking-carrier = carrier
field-order-tracking-pickup-code = collection code
field-order-tracking-pickup-point = collection point
field-order-tracking-pickup-until = collect before
field-offers = offer
field-offers-code = discount code
field-offers-valid-until = valid until
field-records = fact
field-suspected-fraud = suspicion
mail-more-facts = { $n ->
    [one] One more
   *[other] { $n } more
}
mail-why-dmarc-failed = The domain it shows disowns it.
mail-why-claims-another-domain = Neither its address nor its links belong to whom it claims to be.
mail-why-link-shows-another-domain = A link in it shows one address and leads to another.
