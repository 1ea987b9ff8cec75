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
