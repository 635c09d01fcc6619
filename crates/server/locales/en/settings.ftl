# Settings.
settings-lede = { $n ->
    [one] You are signed in on one device.
   *[other] You are signed in on { $n } devices.
}
settings-devices = Signed-in devices
settings-device = Device
settings-device-unknown = Unknown browser
settings-this-device = this one
settings-seen = seen { $day } at { $time }
settings-end = Sign out
settings-passphrase = Passphrase
settings-old = Current passphrase
settings-new = New passphrase
settings-old-wrong = That is not the current passphrase.
settings-passphrase-ends = Changing it signs your other devices out.
settings-change = Change
settings-passphrase-done = The passphrase is changed. Your other devices are signed out.
