# ما يلزم عمله في التذكرة.
checklist-title = قائمة المهام
checklist-show = عرض قائمة المهام
checklist-progress = { $done } من { $total }
checklist-empty = لم يُدوَّن شيء بعد.
checklist-new = بند جديد
checklist-words = النص
checklist-more = تعديل: { $text }
checklist-up = إلى أعلى
checklist-down = إلى أسفل
checklist-warns = { $n ->
    [one] بقي بند واحد من قائمة المهام.
    [two] بقي بندان من قائمة المهام.
    [few] بقيت { $n } بنود من قائمة المهام.
   *[other] بقي { $n } بندًا من قائمة المهام.
}
error-checklist-full = قائمة المهام ممتلئة
    .detail = تتسع لـ { $maximum } بندًا على الأكثر.
audit-line-ticket-checklist-added = { $actor }: بند جديد في قائمة مهام التذكرة { $object }
audit-line-ticket-checklist-edited = { $actor }: تعديل بند من قائمة مهام التذكرة { $object }
audit-line-ticket-checklist-done = { $actor }: إنجاز بند من قائمة مهام التذكرة { $object }
audit-line-ticket-checklist-reopened = { $actor }: إعادة فتح بند من قائمة مهام التذكرة { $object }
audit-line-ticket-checklist-moved = { $actor }: نقل بند من قائمة مهام التذكرة { $object }
audit-line-ticket-checklist-removed = { $actor }: إزالة بند من قائمة مهام التذكرة { $object }
