# رسائل حالة الطلب، واختيار الرسائل التي تصل إلى كل شخص
mail-footer-settings = اختيار الرسائل التي تصلكم

mail-status-in-progress-subject = [{ $number }] قيد التنفيذ: { $title }
mail-status-in-progress-heading = الطلب { $number } قيد التنفيذ
mail-status-in-progress-text = يعمل أحد مهندسي الدعم على الطلب.
mail-status-waiting-customer-subject = [{ $number }] نحتاج إلى ردكم: { $title }
mail-status-waiting-customer-heading = الطلب { $number } ينتظر ردكم
mail-status-waiting-customer-text = لا يستطيع قسم الدعم المتابعة دون رد من جانبكم. يكفي أن تردوا على هذه الرسالة.
mail-status-reopened-subject = [{ $number }] فُتح من جديد: { $title }
mail-status-reopened-heading = الطلب { $number } مفتوح من جديد
mail-status-reopened-text = فتح قسم الدعم الطلب من جديد ويواصل العمل عليه.
mail-status-resolved-subject = [{ $number }] تم الحل: { $title }
mail-status-resolved-heading = تم حل الطلب { $number }
mail-status-resolved-text = نعتبر الطلب محلولًا. إن بقيت المشكلة فما عليكم إلا الرد على هذه الرسالة.
mail-status-closed-subject = [{ $number }] أُغلق: { $title }
mail-status-closed-heading = أُغلق الطلب { $number }
mail-status-closed-text = أغلق قسم الدعم الطلب. إن بقي لديكم ما تضيفونه فما عليكم إلا الرد على هذه الرسالة.

mail-failure-overtaken = سُوّي ما تحذّر منه الرسالة قبل إرسالها

notices-title = الرسائل التي تصلكم
notices-hint = الرسائل الخاصة بحسابكم، مثل كلمة المرور الجديدة، تصل دائمًا.
notices-save = حفظ اختيار الرسائل
notices-group = { $value ->
    [desk] العمل في قسم الدعم
   *[conversation] التذاكر التي فتحتها أو تتابعها
}
notices-kind = { $value ->
    [ticket_received] استلمنا الطلب
    [agent_reply] رد قسم الدعم
    [status_changed] غيّر قسم الدعم الحالة
    [ticket_shared] أضافني زميل إلى تذكرة
    [ticket_resolved] تم حل الطلب: رجاء التقييم وتذكير واحد
    [assigned] أُسندت إليك تذكرة
    [mentioned] ذكرني زميل في ملاحظة
    [client_reply] رد العميل
    [sla_warning] اقترب الموعد النهائي
    [sla_breach] انقضى الموعد النهائي
    [escalated] صُعّدت تذكرة يدويًا
    [reminder] عادت تذكرة أجّلتها أو حان تذكير
   *[other] { $value }
}
flash-notices-saved = حُفظ اختيار الرسائل.
