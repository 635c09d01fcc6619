# What a page says when something goes wrong.
error-forbidden = This request did not come from a page of ours, so nothing was done. Go back and try again.
error-not-found = There is nothing at this address.
error-too-large = That is larger than this page can take.
error-wait = Too many tries. Wait { $n }, then try again.
error-invalid = This request was not understood, so nothing was done.
error-busy = Everything is busy at the moment. Try again shortly.
error-broken = Something went wrong on our side. Your data are untouched.
error-home = Back to the home page
