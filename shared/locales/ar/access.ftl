# من يحق له ماذا: الصلاحيات والأدوار والمجموعات والأشخاص.

access-permission = { $value ->
    [ticket-read] رؤية التذاكر
    [ticket-read_internal] رؤية الملاحظات الداخلية والسجل كاملاً وما لا يراه إلا فريق الدعم
    [ticket-create] فتح التذاكر
    [ticket-reply] الرد على التذاكر
    [ticket-update] تغيير الحالة والأولوية والفئة والوسوم والحقول؛ كتابة الملاحظات وربط التذاكر وحذف الملفات
    [ticket-assign] اختيار المسؤول عن التذكرة والقسم؛ والتصعيد
    [ticket-merge] دمج التذاكر وتقسيمها وربطها
    [ticket-delete] حذف التذاكر واستعادتها
    [ticket-rate] تقييم حل التذكرة الخاصة
    [sla-read] رؤية سياسات مستوى الخدمة والتقاويم والتجاوزات
    [sla-manage] تغيير سياسات مستوى الخدمة والتقاويم
    [mail-read] رؤية سجل البريد والرسائل المنتظرة
    [mail-manage] إعادة إرسال البريد والبت في الرسائل المنتظرة
    [report-read] رؤية التقييمات وأرقام فريق الدعم
    [time-manage] تعديل قيود وقت الجميع
    [user-read] رؤية الأشخاص والمؤسسات
    [user-manage] إضافة الأشخاص والمؤسسات وتغييرها وإزالتها
    [desk-read] رؤية الأقسام والفئات
    [desk-manage] تغيير الأقسام والفئات
    [tenant-manage] تغيير إعدادات البوابة
    [access-read] رؤية الأدوار والمجموعات والصلاحيات الممنوحة والإنابات وسياسات الوصول
    [access-manage] تغيير الأدوار والمجموعات والصلاحيات الممنوحة والإنابات وسياسات الوصول: من يحق له ماذا
    [audit-read] قراءة سجل التدقيق والتحقق منه
    [audit-export] استخراج سجل التدقيق
   *[other] { $value }
}
access-role-about = { $value ->
    [admin] يحق له كل شيء في هذه البوابة
    [manager] يقود فريق الدعم: التذاكر ومستويات الخدمة والبريد والتقارير
    [agent] يعمل على التذاكر
    [client] يطلب المساعدة عبر البوابة
    [analyst] يقرأ التذاكر والتقارير ولا يغيّر شيئاً
   *[other] { $value }
}
access-module = { $value ->
    [ticket] التذاكر
    [sla] مستويات الخدمة
    [mail] البريد
    [report] التقارير
    [time] الوقت
    [user] الأشخاص
    [desk] فريق الدعم
    [tenant] البوابة
    [access] الوصول
    [audit] سجل التدقيق
   *[other] { $value }
}
access-title = الأشخاص والوصول
access-nav = أقسام الوصول
access-people = الأشخاص
access-people-lead = كل من يستطيع الدخول وكل من كتب يوماً
access-people-empty = لا أحد هنا بعد
access-person = شخص
access-person-new = إضافة شخص
access-person-gone = أُزيل هذا الشخص نهائياً. يبقى اسمه في التذاكر القديمة.
access-find = بداية الاسم أو العنوان
access-role = الدور
access-all-roles = كل الأدوار
access-all-present = كل الموجودين
access-place = المؤسسة أو القسم
access-status = { $value ->
    [active] نشط
    [unverified] غير مؤكد
    [disabled] معطّل
    [removed] مُزال
   *[other] { $value }
}
access-status-hint = من يُعطَّل يخرج من كل مكان فوراً ولا يدخل حتى يُفعَّل من جديد.
access-organization = المؤسسة
access-organization-hint = اسم مؤسسة موجودة؛ واتركه فارغاً إن لم تكن.
access-locale-portal = لغة البوابة
access-invite = إرسال الدعوة مرة أخرى
access-invite-hint = يُرسل إلى هذا العنوان رابط لاختيار كلمة المرور.
access-remove = إزالة نهائية
access-remove-confirm = هل تزيل هذا الشخص نهائياً؟ سيخرج من كل مكان ويغادر كل المجموعات ويفقد ما مُنح له. يبقى اسمه في التذاكر القديمة. لا رجعة في ذلك.
access-organizations = المؤسسات
access-organizations-lead = شركات عملائك
access-organizations-empty = لا مؤسسات بعد
access-organization-find = بداية الاسم
access-organization-new = إضافة مؤسسة
access-customer-type = نوع العميل
access-customer-type-hint = أحرف لاتينية صغيرة وأرقام و _: بها تميّز السياسات العملاء. الفارغ يعني standard.
access-delete-confirm = هل تحذف هذه المؤسسة؟
access-groups = المجموعات
access-groups-lead = أشخاص تُمنح لهم الأدوار معاً
access-groups-empty = لا مجموعات بعد
access-group = مجموعة
access-group-new = إضافة مجموعة
access-group-delete-confirm = هل تحذف هذه المجموعة؟ يفقد أعضاؤها ما مُنح لها.
access-description = الغرض
access-members = الأعضاء
access-members-empty = لا أحد فيها بعد.
access-member-add = بريد من تريد ضمّه
access-roles = الأدوار
access-roles-lead = ما يحق للأشخاص
access-roles-own = الخاصة بكم
access-roles-built-in = المدمجة
access-roles-empty = لا شيء بعد. الدور الخاص يحمل الصلاحيات التي تختارها بالضبط.
access-role-new = إنشاء دور
access-role-delete-confirm = هل تحذف هذا الدور؟
access-builtin = مدمج، وهو نفسه في كل مكان
access-base = مبني على
access-base-hint = يحدد هل ينتمي أصحابه إلى فريق الدعم أم إلى البوابة. لا يمكن تغييره لاحقاً.
flash-person-added = أُضيف. رابط اختيار كلمة المرور في الطريق.
flash-person-invited = الدعوة في الطريق مرة أخرى.
flash-person-removed = أُزيل نهائياً.
flash-removed = حُذف.
