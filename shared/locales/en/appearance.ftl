### Light or dark, and contrast
appearance-title = Appearance
appearance-theme = Colours
appearance-contrast = Contrast
appearance-normal = Normal
appearance-more = High
