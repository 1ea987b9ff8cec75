# اسم اللغة واتجاه كتابتها؛ يقرأ البناء هذين السطرين.
language-name = العربية
language-direction = rtl
# علامات الأرقام: بين الآلاف وقبل الكسر.
format-group = ,
format-point = .
# كيفية كتابة التواريخ
format-date = { $day } { $month } { $year }
format-date-time = { $day } { $month } { $year }، { $time }
format-month = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
