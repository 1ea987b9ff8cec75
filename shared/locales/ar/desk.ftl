# الأقسام والفئات.
settings-no-department = بلا قسم
settings-tickets = التذاكر المفتوحة
audit-line-department-ordered = { $actor }: ترتيب الأقسام
audit-line-category-ordered = { $actor }: ترتيب الفئات
settings-department = القسم
settings-people = الموظفون
settings-people-of = الموظفون والمسؤول
settings-lead = المسؤول
settings-lead-nobody = لا مسؤول له
settings-join = الزميل المراد ضمه
settings-one-department = ينتمي الشخص إلى قسم واحد: من يُضم إلى هنا يترك قسمه السابق.
settings-archive-hint = لا يمكن اختيار قسم مؤرشف للتذاكر الجديدة. تبقى تذاكره فيه ما لم تُنقل المفتوحة منها.
settings-move-to = نقل التذاكر المفتوحة إلى
settings-people-empty = لا أحد فيه بعد.
settings-move-nowhere = إبقاء التذاكر المفتوحة هنا
settings-move = نقل
settings-moving = يجري نقل التذاكر المفتوحة إلى «{ $name }».
