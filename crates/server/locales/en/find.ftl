# Search.
search-label = Search your mails, orders, items and organisations
search-teach = Type a word: an item, a merchant, a number. “washing machine” gives its card, its order and its guarantee.
search-mails = Mails
search-newest = Newest
search-relevant = Most relevant
search-none = No mail matches.
search-next = Next
search-card = Its card
search-narrow = Narrow down
search-shorter = More precise ways to ask
search-syntax = <b>"two-year guarantee"</b> these words together<b>actor:delta</b> from one organisation<b>before:2026 after:2025-03</b> between two dates<b>amount:&gt;100</b> by an order’s price<b>has:order</b> an order, or an attachment<b>filename:invoice</b> by an attachment’s name<b>-invoice</b> without this word
narrow-year = Year
narrow-holds = Holds
narrow-order = an order
narrow-attachment = an attachment
search-void = Nothing matches: no mail, item, order or organisation. Try a single word, or fewer filters.
search-misread = { $what } { $n ->
    [one] is no filter that we can read, and was searched
   *[other] are no filters that we can read, and were searched
} as words. A date is written 2026, 2026-03 or 15/03/2026, an amount >100 or 50..100.
search-other-things = Other items
search-all-things = All of these items
search-latest-only = the latest only
