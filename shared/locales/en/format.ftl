# What the language is called and how it is written; the build reads these two.
language-name = English
language-direction = ltr
# Signs of numbers: between thousands, and before the fraction.
format-group = ,
format-point = .
# How dates are put together. $month in format-date is the word from format-month.
format-date = { $month } { $day }, { $year }
format-date-time = { $month } { $day }, { $year }, { $time }
format-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
