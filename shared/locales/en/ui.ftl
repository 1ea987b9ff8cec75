# Words of the pages.
ui-sign-in = Sign in
ui-sign-out = Sign out
ui-cancel = Cancel
ui-save = Save
