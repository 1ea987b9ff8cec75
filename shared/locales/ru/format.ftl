# Как язык называется и как пишется; эти две строки читает сборка.
language-name = Русский
language-direction = ltr
# Знаки чисел: между тысячами и перед дробной частью.
format-group = {"\u00A0"}
format-point = ,
# Как складываются даты. $month в format-date: слово из format-month.
format-date = { $day } { $month } { $year } г.
format-date-time = { $day } { $month } { $year } г., { $time }
format-month = { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
}
