# طرق عرض التذاكر المحفوظة، واللوحة بجانب القائمة، والتراجع.
views-title = طرق العرض
views-lead = قوائم بمرشحاتك وترتيبك وأعمدتك.
views-manage = إدارة طرق العرض
views-new = طريقة عرض جديدة
views-edit = تعديل طريقة العرض
views-save = حفظ كطريقة عرض
views-own = طرق العرض الخاصة بك
views-from-others = مشاركة معك
views-empty = لا توجد طرق عرض بعد
views-empty-hint = رشّح قائمة ثم اضغط «حفظ كطريقة عرض».
views-name = الاسم
views-conditions = أي التذاكر
views-display = كيف تُعرض
views-sharing = من يراها
views-seen-by = يراها
views-shared = { $value ->
    [nobody] أنا فقط
    [group] مجموعة
    [desk] المكتب كله
   *[other] { $value }
}
views-me = من يفتح طريقة العرض
views-any-department = أي قسم
views-any-sla = أي حالة لاتفاقية الخدمة
views-sla = { $value ->
    [warning] الموعد قريب أو فات
    [breached] فات الموعد
    [ok] في الوقت
    [paused] متوقفة مؤقتا
   *[other] { $value }
}
views-words = كلمات
views-words-hint = يبدأ البحث من الأحدث.
views-others = شروط أخرى محددة عبر الواجهة البرمجية:
views-group-by = تجميع حسب
views-no-groups = بلا مجموعات
views-columns = الأعمدة
views-column = { $value ->
    [priority] الأولوية
    [requester] مقدم الطلب
    [category] الفئة
    [tags] الوسوم
    [status] الحالة
    [sla] اتفاقية الخدمة
    [assignee] المسؤول
    [updated] آخر تغيير
   *[other] { $value }
}
views-up = رفع «{ $name }»
views-down = خفض «{ $name }»
views-delete-confirm = حذف طريقة العرض؟ تبقى التذاكر.
views-compact = صفوف متراصة
views-comfortable = صفوف مريحة
views-split = عرض القائمة
views-pane = التذكرة
views-close-pane = إغلاق التذكرة
list-unread = تغيرت منذ آخر اطلاع لك
flash-view-saved = حُفظت طريقة العرض.
js-changed-zero = لم تُعدَّل أي تذكرة.
js-changed-one = عُدّلت تذكرة واحدة.
js-changed-two = عُدّلت تذكرتان.
js-changed-few = عُدّلت % تذاكر.
js-changed-many = عُدّلت % تذكرة.
js-changed-other = عُدّلت % تذكرة.
js-not-changed = لم تُعدَّل بعض التذاكر: %.
js-undo = تراجع
js-undone = أُعيدت: %.
js-not-undone = لم تُعد، تغيرت لاحقا: %.
error-view-limit = طرق عرض كثيرة
    .detail = يمكنك حفظ { $maximum } طريقة عرض. احذف واحدة أولا.
audit-line-view-created = { $actor }: حفظ طريقة العرض { $object }
audit-line-view-updated = { $actor }: تعديل طريقة العرض { $object }
audit-line-view-deleted = { $actor }: حذف طريقة العرض { $object }
audit-line-view-ordered = { $actor }: ترتيب طرق العرض
views-any-organization = أي مؤسسة
field-organization = المؤسسة
