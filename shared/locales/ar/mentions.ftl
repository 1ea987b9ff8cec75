# ذكر الزملاء في الملاحظات والصور داخل النص.
mention-list = الزملاء
mention-found = عدد الزملاء: { $n }. الأسهم للاختيار، وEnter للإدراج، وEscape للإغلاق.

mail-mentioned-subject = [{ $number }] ذُكرتم في ملاحظة: { $title }
mail-mentioned-heading = ذكركم { $by } في ملاحظة

field-mention-leaves-desk = يُذكر الزملاء في الملاحظات فقط: هذا النص يخرج من قسم الدعم.
field-mention-unknown = أحد المذكورين لم يعد من قسم الدعم.
field-mention-unseen = لا يرون هذه التذكرة: { $names }. امنحوهم الوصول أولًا أو احذفوا الاسم.
field-too-many-mentions = عدد المذكورين كبير: { $maximum } على الأكثر.
