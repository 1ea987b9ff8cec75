### The page of components, for whoever builds pages
design-title = Components
design-guise = How the page looks
design-direction = Direction
design-ltr = Left to right
design-rtl = Right to left
design-accent = Accent
design-words = What a person reads
design-error = This is not filled in.
design-loading = Loading
design-part = { $value ->
    [colours] Colours
    [type] Type
    [space] Space, corners, motion
    [buttons] Buttons
    [fields] Fields
    [chips] Chips, clocks, people
    [notices] Notices
    [menus] Menus, dialogs, tabs
    [tables] Tables
    [states] Empty, loading, failed
    [conversation] Conversation
   *[composer] Composer
}
