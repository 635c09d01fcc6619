# Forwarding from addresses to a real mailbox.
forward-title = Forward to your mailbox
forward-about = What arrives at your addresses comes here. You can also have it in your usual mailbox: each mail arrives there attached, whole, as it was written. Mails that you refuse are not forwarded.
forward-sealed = Your vault is sealed: a mail is forwarded when you come here, not before.
forward-to = To which address?
forward-to-about = A code is sent there. Nothing else goes out before you have brought it back here.
forward-by = Sent by
forward-by-host = the host of this program
forward-ask = Send the code
forward-nobody = Forwarding needs a server that sends: connect a mailbox that can.
forward-nobody-host = Or, for everybody: <code>MESINFOS_SUBMISSION</code>, in the host’s guide.
forward-waits = A code was sent to { $n }: it is good for a day.
forward-code = Code received
forward-confirm = Confirm
forward-leave = Give up
forward-end = Stop forwarding
forward-on = What arrives at your addresses is forwarded to { $to }: { $sent ->
    [0] no mail so far
    [one] one mail
   *[other] { $sent } mails
}{ $waiting ->
    [0] {""}
    [one] , one waits
   *[other] , { $waiting } wait
}.
forward-failed-mails = { $n ->
    [one] That mailbox did not accept one mail; it is in your vault.
   *[other] That mailbox did not accept { $n } mails; they are in your vault.
}
forward-bounced = That mailbox sent too many mails back: forwarding has stopped. Check the address, then ask for a new code.
forward-not-taken = That mailbox did not accept the last mail.
forward-no-address = This is not a mail address.
forward-own-address = This is an address here: mail would go round in circles.
forward-nobody-sends = Nobody here can send for you: connect a mailbox that can.
forward-enough-codes = Three codes were sent today: try again tomorrow.
forward-failed = The code could not be sent.
forward-code-sent = The code is on its way.
forward-confirmed = Confirmed: the next mails will be forwarded.
forward-wrong-code = This is not the code.
forward-code-over = No code is waiting any more: ask for another.
forward-ended = Nothing is forwarded any more.
## The mail itself
forward-name = { $who } (via MesInfos)
forward-note = { $who } wrote to { $address }, an address that you gave it.
forward-inside = Its mail is attached, as it arrived.
forward-too-large = Its mail is too large to be attached: it is in your vault.
forward-suspected = Careful: this mail may imitate somebody else.
forward-why = You get this because you confirmed this forwarding in MesInfos. Answering this mail reaches nobody.
forward-code-subject = Code for forwarding from your addresses
forward-code-note = Somebody wants to receive here what arrives at their MesInfos addresses. If it is you, here is the code to bring back to the page of addresses: { $code }
    If not, do nothing: nothing else will be sent to you.
