# What stands around every page.
skip = Skip to content
nav-main = Main
nav-more = Other pages
nav-home = Home
nav-actors = Organisations
nav-purchases = Purchases
nav-search = Search
nav-collect = To collect
nav-offers = Offers
nav-import = Import
nav-settings = Settings
vault-attended = <b>Attended vault.</b> It works while you are away; the machine that holds it could technically read it.
vault-sealed = <b>Sealed vault.</b> What arrives waits for you; nobody else can read it.
undo = Undo
stop = Stop
strip-label = Import under way
strip-goes-on = The import goes on
strip-read = { $read } mails read, { $pace } a second. The figures are growing.
strip-read-of = { $read } mails read, { $share }, { $pace } a second, { $left } left. The figures are growing.
strip-soon = a moment
foot-place = On this machine and nowhere else.
foot-help = Help and shortcuts
sign-out = Sign out

span-seconds = { $n } s
span-minutes = { $n } min
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
span-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
