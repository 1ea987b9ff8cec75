# What is asked of a password.
rules-password = Least characters of a password
rules-password-hint = Of people for whom it is the only factor: 15 to 64. It counts for passwords that are chosen from now on.
rules-password-second = Least characters before a second factor
rules-password-second-hint = Of people whose role needs a second factor: 8 to 64.
field-password-breached = This password has leaked so often that it is among the first to be tried. Please choose another one.
