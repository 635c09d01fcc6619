thing-bought-on = bought on { $n }
thing-guaranteed-by = guaranteed until { $day }, art. { $article }
thing-over-short = over, { $n }
thing-life = Its life
thing-lede-perhaps = Probably still guaranteed: { $span } left, until { $day }, if it is something that lasts.
thing-lede-consumed = No two-year guarantee: it is used up, or is not a thing.
thing-lede-returned = Sent back to the seller: nothing left to claim.
thing-lede-refunded = Refunded: nothing left to claim.
thing-lede-cancelled = The order was cancelled: it is not yours.
caveat-perhaps-consumed = Food and what is used up have no two years to be claimed in; its name does not say enough.
order-left = { $n } after refund
orders-lede-bare = { $n ->
    [0] No order.
    [one] One order, no amount known.
   *[other] { $n } orders, no amount known.
}
file-print = Print
file-from = From
file-day = Date
file-subject = Subject
file-signed = mail signed by { $n }
file-cut = The mail is longer; the rest is in the vault.
