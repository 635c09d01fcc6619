# GDPR rights: letters, time limits, answers.
rights-name = Your requests
rights-yours = Your rights
rights-say = The letter is written with what the vault knows; print it or copy it. They have one month to answer, and we count the days.
rights-caption = Requests under the GDPR
rights-what = What you ask
rights-law = GDPR
rights-write = Write the letter
rights-none = You have asked for nothing yet. On the page of each organisation a letter is ready for each of your rights.
rights-choose = Choose an organisation
rights-lede = { $open ->
    [0] No request awaits an answer
    [one] <b>One request</b> awaits its answer
   *[other] <b>{ $open } requests</b> await their answer
}{ $late ->
    [0] .
    [one] , <b class="warn">one of them late</b>.
   *[other] , <b class="warn">{ $late } of them late</b>.
}{ $drafts ->
    [0] { "" }
    [one] {" "}One letter is yet to be sent.
   *[other] {" "}{ $drafts } letters are yet to be sent.
}
rights-lede-one = { $title }: { $state }.
rights-of = { $what }, { $who }
rights-stands = How it stands
rights-next = Next
rights-made = Written
right-access = See what they know of you
right-portability = Take your data with you
right-rectification = Correct an error
right-marketing = That they stop marketing to you
right-objection = That they stop another use of your data
right-erasure = Be forgotten

rights-draft = written, not sent yet
rights-waiting = answer owed by { $until }, { $left ->
    [0] the last day
    [one] one day left
   *[other] { $left } days left
}
rights-extended = extended until { $until }, { $left ->
    [0] the last day
    [one] one day left
   *[other] { $left } days left
}
rights-overdue = { $n ->
    [one] one day late
   *[other] { $n } days late
}, the answer was owed by { $until }
rights-answered = answered on { $n }
rights-answered-late = answered on { $n }, late
rights-complained = before the CNIL since { $n }
rights-closed = closed on { $n }
rights-next-send = Read the letter again and send it, from here or from your own mail program: the month begins on that day.
rights-next-wait = Nothing to do: they have one month (GDPR, Article 12(3)).
rights-next-remind = Their time is over. A reminder is ready; you may also complain to the CNIL at once.
rights-next-complain = Your reminder got no answer. You may complain to the CNIL.
rights-next-read = Read the answer; if it satisfies you, close the request.
rights-next-nothing = Nothing more for you to do.

rights-letter = The letter
rights-needs-words = It lacks what only you can say: replace the line in square brackets.
rights-open = Open in my mail program
rights-edit = Change the text
rights-drop = Throw this draft away
rights-in-fr = Write it in French
rights-in-en = Write it in English
rights-reminder = A reminder is ready
rights-complain = Complain to the CNIL
rights-complain-say = The text below tells the story of your request; paste it into the complaint form.
rights-story = What happened
rights-day = On which day
rights-did-send = I have sent it
rights-did-remind = I have reminded them
rights-did-answer = They have answered
rights-did-extend = They ask for two more months
rights-did-complain = I have complained to the CNIL
rights-did-close = The matter is settled
rights-not-answered = That was not the answer
rights-was-written = Letter written
rights-was-sent = Sent
rights-was-extended = They asked for two more months
rights-was-reminded = Reminder sent
rights-was-answered = They answered
rights-was-complained = Brought before the CNIL
rights-was-closed = Settled
rights-sent-to = to { $n }
rights-to-about = Their privacy policy gives this address, often dpo@ or privacy@.
rights-owed = Last day to answer
rights-answer = The answer:
rights-answers = They have written since
rights-is-answer = This is the answer
answer-reply = answers your letter
answer-reference = bears the reference of your letter
answer-subject = repeats the subject of your letter
answer-words = speaks of personal data
answer-sender = comes from an address that handles such requests
