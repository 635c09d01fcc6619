# The pages: home, organisations, purchases, orders, lists, search.

## Words of columns and common gestures
col-amount = Amount
col-article = Article
col-bar = As a bar
col-category = Category
col-date = Date
col-from = From
col-guaranteed = Guaranteed until
col-last = Last
col-mails = Mails
col-merchant = Merchant
col-month = Month
col-orders = Orders
col-price = Price
col-quantity = Quantity
col-received = Received
col-right = Right
col-spent = Spent
col-state = State
col-subject = Subject
col-thing = Item
col-things = Items
col-total = Total
col-until = Until
filter = Filter
filters-none = Show all again
bring-mails = Bring your mails
pages = Pages of the list
pages-span = { $first } to { $last }
the-mail = the mail
the-order = order
has-attachment = attachment
no-purchase = no purchase
parcel = Parcel
article = art. { $number }
merchant-unknown = Unknown merchant
kinds-all = All
state-doubtful = does not add up
state-refund-unseen = refund not seen

## Home
home-name = Home
home-sentence = Since { $year }: <a href="#n1">{ $spent }</a><sup>1</sup> with <a href="#n2">{ $merchants ->
    [one] one merchant
   *[other] { $merchants } merchants
}</a><sup>2</sup>, <a href="#n3">{ $things ->
    [0] nothing kept
    [one] one item
   *[other] { $things } items
}</a><sup>3</sup>, <a href="#n4">{ $guaranteed ->
    [0] none still guaranteed
    [one] one still guaranteed
   *[other] { $guaranteed } still guaranteed
}</a><sup>4</sup>.
home-unseen = <span class="warn">{ $n ->
    [one] One refund has not appeared
   *[other] { $n } refunds have not appeared
}: <a href="#n5">{ $sums }</a><sup>5</sup>.</span>
home-nothing = { $mails ->
    [one] One mail
   *[other] { $mails } mails
}, <a href="/actors">{ $actors ->
    [one] one organisation
   *[other] { $actors } organisations
}</a>, no purchase so far.
home-notes = What the sentence rests on
note-spent = { $orders ->
    [one] One order
   *[other] { $orders } orders
}, { $before }, { $refunds ->
    [0] no confirmed refund
    [one] less one confirmed refund, { $refunded }: <b>{ $spent }</b>
   *[other] less { $refunds } confirmed refunds, { $refunded }: <b>{ $spent }</b>
}. { $proved } add up. <a href="/orders?show=counted">See the sum</a>.
note-doubtful = <a href="/orders?show=doubtful">{ $n ->
    [one] One to check
   *[other] { $n } to check
}</a>, { $sum }.
note-also = And { $n }, never converted.
note-sold = Apart: { $n ->
    [one] one sale
   *[other] { $n } sales
}, { $sums }.
note-beside-order = Apart: { $n } orders, { $sums }.
note-beside-booking = <a href="/orders?show=booking">{ $n ->
    [one] Apart: one booking
   *[other] Apart: { $n } bookings
}</a>, { $sums }.
note-beside-bill = <a href="/orders?show=bill">{ $n ->
    [one] Apart: one bill
   *[other] Apart: { $n } bills
}</a>, { $sums }.
note-beside-transfer = <a href="/orders?show=transfer">{ $n ->
    [one] Apart: one transfer
   *[other] Apart: { $n } transfers
}</a>, { $sums }.
note-beside-parcel = { $n ->
    [one] One parcel that only the carrier speaks of.
   *[other] { $n } parcels that only the carrier speaks of.
}
note-merchants = Known by their domains and signatures, not by the name displayed. <a href="/actors?sort=spent&amp;bought=1">{ $n ->
    [one] Which
   *[other] All { $n }
}</a>
note-things = Every line of every order, quantities included{ $returned ->
    [0] { "" }
    [one] ; one returned item is left out
   *[other] ; { $returned } returned items are left out
}. <a href="/purchases">The list</a>
note-guaranteed = Two years after delivery (French Consumer Code, art. L217-3), for what lasts: food, what is used up and mere services are left out. <a href="/purchases?show=guaranteed&amp;sort=guarantee">Which</a>
note-unseen = Announced by a mail and confirmed by none; your bank statement may know. <a href="/orders?show=refund">Which</a>
home-due = { $n ->
    [0] Nothing runs out soon
    [one] One right runs out soon
   *[other] { $n } rights run out soon
}
home-due-all = The whole year
home-year = { $n } in twelve months
home-orders-all = All orders
home-orders-count = { $n ->
    [one] The only one
   *[other] All { $n }
}
home-money-label = Spending by month over twelve months; the table follows
home-with = With whom
home-with-caption = Spent in twelve months, by merchant
home-others = { $n ->
    [one] One other
   *[other] The { $n } others
}
home-by-month = The table, month by month
home-by-month-caption = Spent by month, tax and delivery included, less confirmed refunds
home-mails = { $mails } mails, { $actors ->
    [0] no organisation
    [one] one organisation
   *[other] { $actors } organisations
}
home-mail-label = Mails received by month over twelve months; the table by category follows
home-mail-course = Received by month, over twelve months
home-by-drawer = By category, since the beginning
home-course = Two years
home-by-year = The table, year by year
col-year = Year
home-kinds = By kind
home-partners = Your partners
home-how-many = How many
home-find = Find an organisation
home-find-do = Find
unread = Unread
read-by-mailbox = Unread: received in the last twelve months in a mailbox that tells what you read, opened neither there nor here.
read-by-here = Unread: arrived since { $n } and not opened here yet. Your mailboxes do not say what you have read.
home-actors-all = All
home-loud = The loudest
home-loud-row = wrote { $n ->
    [one] once
    [2] twice
   *[other] { $n } times
} in { $month }{ $letters ->
    [0] { "" }
    [one] , one of them a newsletter
   *[other] , { $letters } of them newsletters
}
home-last = Latest orders

## What is due
due-name = What is due
due-lede = { $n ->
    [0] Nothing runs out this year.
    [one] One thing is due within a year.
   *[other] { $n } things are due within a year.
}
due-none = Nothing to do for now. Return periods, guarantees and parcels will appear here.
due-pickup = Last day to collect a parcel
due-pickup-more = { $who }
due-pickup-act = The code
due-withdrawal = Send back { $about }
due-withdrawal-more = Withdrawal, 14 days after delivery
due-withdrawal-act = Send back
due-guarantee = Guarantee ends: { $about }
due-guarantee-more = { $who }, try it before
due-guarantee-act = The file
due-refund = Refund expected: { $about }
due-refund-more = { $who }, not seen in your mails
due-refund-act = The order
due-late = Delivery not seen: { $about }
due-late-more = { $who }
due-late-act = The order
due-document = A document waits for you: { $about }
due-document-more = { $who }
due-document-act = The mail
due-offer = An offer ends: { $about }
due-offer-more = { $who }
due-offer-act = The offer

## Organisations
actors-lede = { $n ->
    [0] No organisation has written to you yet.
    [one] <b>One organisation</b> knows you.
   *[other] <b>{ $n } organisations</b> know you.
}
actors-kinds = Kinds
actors-named = Name or domain
actors-since = Period
actors-since-ever = Since the beginning
actors-since-12 = 12 months
actors-since-1 = This month
actors-since-silent = Silent for two years
actors-none = No organisation fits these filters.
actors-empty = Shops, banks, public bodies: whoever writes to you will appear here, once your mails are here.
actors-caption = { $first } to { $last } of { $all }
actors-by-name = Organisation
actors-by-kind = Kind
actors-by-mails = Mails
actors-by-letters = Newsletters
actors-by-unread = Unread
actors-course = Twelve months
actors-by-spent = Spent
actors-by-last = Last mail
actors-row = { $kind }, { $mails ->
    [0] no mail
    [one] one mail
   *[other] { $mails } mails
}{ $letters ->
    [0] { "" }
    [one] , one newsletter
   *[other] , { $letters } newsletters
}{ $unread ->
    [0] { "" }
   *[other] , { $unread } unread
}
actor-since = has written since { $n }
actor-formerly = formerly { $n }
actor-spent = You spent <a href="#orders">{ $spent }</a> there in { $orders ->
    [one] one order
   *[other] { $orders } orders
}.
actor-mails = { $mails ->
    [0] All its mails are refused
    [one] One mail
   *[other] { $mails } mails
}{ $letters ->
    [0] { "" }
    [one] , one of them a newsletter
   *[other] , { $letters } of them newsletters
}{ $hidden ->
    [0] { "" }
    [one] , and one refused
   *[other] , and { $hidden } refused
}.
actor-its-mails = Its mails
actor-all-mails = { $n ->
    [one] The only one
   *[other] All { $n }
}
actor-by-drawer = Mails by category
actor-months-label = Mails by month over twelve months
actor-months = Its mails by month, over twelve months
actor-orders = Your orders
actor-all-orders = { $n ->
    [one] The only one
   *[other] All { $n }
}
actor-offers = Its offers
actor-awaited = { $n ->
    [one] A document waits for you
   *[other] { $n } documents wait for you
}
awaited-there = In your account: type the address of the site yourself.
awaited-site = This is the address of the official site, not the mail’s:
actor-why = Why it is this organisation
evidence-mails = { $n ->
    [one] one mail
   *[other] { $n } mails
}
evidence-dkim = Signature
evidence-authenticated = Checked by your provider
evidence-listid = List
evidence-from = Sender
evidence-displayname = Displayed name
evidence-replyto = Reply to
evidence-link = Links
evidence-footer = Foot of the mail
evidence-markup = Data in the mail
evidence-forwarded = Forwarded mail
evidence-known = Known
evidence-person = Said by you
document-invoice = Invoice
document-statement = Statement
document-payslip = Payslip
document-tax = Tax notice
document-contract = Contract
document-letter = Letter
document-document = Document

## Orders
orders-name = Orders
orders-lede = { $n ->
    [0] No order.
    [one] One order: { $sums }.
   *[other] { $n } orders: { $sums }.
}
orders-lede-transfer = { $n ->
    [one] One transfer: { $sums }.
   *[other] { $n } transfers: { $sums }.
}
orders-lede-bill = { $n ->
    [one] One bill: { $sums }.
   *[other] { $n } bills: { $sums }.
}
orders-lede-booking = { $n ->
    [one] One booking: { $sums }.
   *[other] { $n } bookings: { $sums }.
}
orders-doubtful = And { $n } to check.
orders-shows = Lists
orders-show-all = All
orders-show-counted = Counted
orders-show-doubtful = To check
orders-show-refund = Refunds not seen
orders-show-booking = Bookings
orders-show-bill = Bills
orders-show-transfer = Transfers
orders-none = Nothing in this list.
orders-empty = Each order will appear here, with its sum and its story, once your mails are here.
orders-caption = Orders
order-thing-and = { $thing } and { $n ->
    [one] one other
   *[other] { $n } others
}
nature-order = Order
nature-booking = Booking
nature-bill = Bill
nature-transfer = Payment
nature-parcel = Parcel
order-title = Order, { $merchant }
order-number = order { $n }
order-proved = It adds up: { $lines ->
    [one] one line with delivery and discounts comes to <b>{ $total }</b>
   *[other] { $lines } lines with delivery and discounts come to <b>{ $total }</b>
}.
order-gap = <span class="warn">This order is out by <b>{ $gap }</b>.</span> It stays out of your spending while it is.
order-total-only = <b>{ $total }</b>. The mail says too little to do the sum again.
order-bare = An order whose mail does not give the amount.
order-parcel-only = A parcel that only its carrier speaks of: no merchant’s mail names it.
order-ask = How much was “{ $n }”?
order-ask-more = With { $n }, it would add up.
order-lines = What you bought
order-lines-caption = Lines of the order
line-sku = ref. { $n }
line-gtin = GTIN { $n }
line-seller = sold by { $n }
sum-name = The sum
sum-caption = Done again by us from the lines, then compared
sum-times = { $name }, { $quantity } times { $price }
sum-shipping = Delivery
sum-fees = Charges
sum-tax = Tax
sum-discount = Discount
sum-computed = What the lines come to
sum-printed = What the mail says:
sum-gap = Difference
sum-proved = The two figures are equal. The reading is safe.
sum-doubtful = The two figures differ. The order is kept and marked as doubtful.
order-story = Its story
step-signed = signed mail
step-confirmed = Ordered
step-pending = Payment awaited
step-paid = Paid
step-processing = Being prepared
step-booked = Booked
step-invoiced = Invoiced
step-partially-shipped = Shipped in part
step-shipped = Shipped
step-out-for-delivery = Out for delivery
step-delayed = Delayed
step-ready-for-pickup = Ready to collect
step-delivered = Delivered
step-completed = Completed
step-cancelled = Cancelled
step-refunded = Refunded
step-partially-refunded = Refunded in part
step-return = Return asked for
step-returned = Return received
order-parcels = { $n ->
    [one] One parcel
   *[other] { $n } parcels
}
order-mails = { $n ->
    [one] Its mail
   *[other] Its { $n } mails
}
order-before = Previous order
order-after = Next order

## Purchases
purchases-lede = { $kept ->
    [0] No item.
    [one] <b>One item</b>, for { $sums }.
   *[other] <b>{ $kept } items</b>, for { $sums }.
} { $guaranteed ->
    [0] { "" }
    [one] One is still guaranteed.
   *[other] { $guaranteed } are still guaranteed.
}
purchases-shows = States
purchases-show-all = All
purchases-show-guaranteed = Guaranteed
purchases-show-on-its-way = On its way
purchases-show-to-collect = To collect
purchases-show-returned = Returned
purchases-show-refunded = Refunded
purchases-words = Item, brand, reference
purchases-all-merchants = All merchants
purchases-all-years = All
purchases-year = Year
purchases-sort = Sort
purchases-by-latest = Latest bought
purchases-by-guarantee = End of guarantee
purchases-by-price = Price
purchases-by-name = Name
purchases-caption = { $all ->
    [one] One line.
   *[other] { $first } to { $last } of { $all } lines.
} No picture is fetched from elsewhere.
purchases-none = Nothing fits these filters.
purchases-empty = Each item you bought will appear here, with its price, its merchant and the end of its guarantee, once your mails are here.
purchases-total = All kept items of this list, without the delivery and discounts of their orders
thing-through = { $merchant }, from { $seller }
thing-times = × { $n }
thing-guaranteed = guaranteed until { $n }
thing-ordered = ordered
thing-unpaid = to pay
thing-on-its-way = on its way
thing-to-collect = to collect
thing-delivered = delivered
thing-supposed-delivered = probably delivered
thing-returning = return asked for
thing-returned = returned
thing-refunded = refunded
thing-cancelled = cancelled
thing-bought = Bought for { $price } on { $day }
thing-bought-received = Bought for { $price } on { $day }, received on { $received }
thing-lede-guaranteed = Still guaranteed: { $span } left, until { $day }. Repair or replacement costs you nothing.
thing-lede-over = The legal guarantee ended on { $n }.
thing-lede-none = No legal guarantee is known for this item.
thing-failed = It has broken down
thing-failed-more = { $seller }, the seller, answers for it. The defect is presumed to have been there: you have nothing to prove.
thing-prepare = Prepare the file
thing-nothing-leaves = Nothing leaves without you. The file holds proof of purchase, proof of delivery and the letter.
thing-known = What we know
thing-sold-by = Sold by
thing-by-way-of = through { $n }
thing-order = Order
thing-see-order = the order
thing-variant = Variant
thing-sku = Reference
thing-rights = Your rights
thing-siblings = In the same order
right-withdrawal = Withdrawal
right-withdrawal-end = End of the right to withdraw
right-conformity = Legal guarantee of conformity
right-conformity-end = End of the legal guarantee
right-hidden-defects = Hidden defects
right-hidden-more = Two years from the day you discover the defect (art. 1648), twenty years after the purchase at most.
right-hidden-defects-end = End of the claim for hidden defects
right-late-delivery = Late delivery
right-late-delivery-end = Delivery owed
right-refund-due = Refund owed
right-refund-due-end = Refund owed
right-until = until { $n }
right-no-day = no known day
caveat-exceptions-unknown = Some goods are excluded (art. L221-28); mails do not say.
caveat-day-estimated = The day of receipt is an estimate.
caveat-seller-unknown = The seller behind the marketplace may be a private person.
caveat-private-seller = A private person sold it: neither withdrawal nor conformity.
caveat-shorter-if-used = For second-hand goods the defect is presumed for twelve months only (art. L217-7).
caveat-part-not-received = Part of it has not arrived: the days start with the last parcel.
caveat-delivery-not-seen = No mail says that it arrived.
caveat-refund-not-seen = No mail says that the money came back; the bank statement may.
file-title = File: { $n }
file-about = To print or to copy. Nothing leaves without you.
file-back = Back to the item
file-letter = Letter to { $n }
file-proofs = Documents
file-purchase = Proof of purchase
file-delivery = Proof of delivery

## Lists
collect-lede = { $n ->
    [0] No parcel waits for you.
    [one] One parcel waits for you.
   *[other] { $n } parcels wait for you.
}
collect-all = All
collect-none = When a mail announces a parcel at a relay point, the place, the code and the last day appear here.
collect-no-place = Place not said
collect-until = Until { $n }
collect-overdue = That day is past.
offers-lede = { $n ->
    [0] No offer that can be used.
    [one] One offer.
   *[other] { $n } offers.
}
offers-usable = Only those that can still be used
offers-over-too = See those that are over as well
offers-none = Codes and discounts that your mails announce appear here, while they can be used.
offer-percent = { $n } off
offer-amount = { $n } off
offer-shipping = Free delivery
offer-least = from { $n }
offer-until = until { $n }
offer-was = over since { $n }
mails-name = Mails
mails-all = All
mails-lede = { $n ->
    [0] No mail.
    [one] One mail.
   *[other] { $n } mails.
}
mails-of = { $name }: { $mails }.
mails-lede-unread = { $n ->
    [0] No unread mail.
    [one] One unread mail.
   *[other] { $n } unread mails.
}
mails-none = No mail fits these filters.
mails-empty = Your mails will be filed here, by category.
due-booking = Booking: { $about }
due-booking-more = { $who }
due-booking-act = The booking
actors-lede-bought = You have bought from <b>{ $n ->
    [one] one merchant
   *[other] { $n } merchants
}</b>. <a href="/actors">All organisations</a>
