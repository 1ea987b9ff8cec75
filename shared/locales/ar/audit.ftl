# سجل التدقيق: الصفحة، والسطور بالكلمات، ونتيجة التحقق.
audit-title = سجل التدقيق
audit-lead = من فعل ماذا ومتى ومن أين. السطور تُضاف فقط ولا تُحذف.
audit-verify = التحقق من السجل
audit-export-csv = تصدير CSV
audit-export-jsonl = تصدير JSON
audit-find = تذكرة أو عنوان أو معرّف أو كلمات
audit-anybody = أي شخص
audit-anything = أي إجراء
audit-outcome-label = النتيجة
audit-any-outcome = أي نتيجة
audit-open-ticket = فتح التذكرة
audit-changes = ما كان وما أصبح
audit-field = الحقل
audit-before = قبل
audit-after = بعد
audit-when = متى
audit-unknown = حساب غير معروف
audit-empty = لا سطور بعد
audit-empty-hint = سيظهر هنا كل ما يفعله المستخدمون.
audit-looked-further = لا شيء بين السطور المفحوصة. الصفحة التالية تتابع مع الأقدم.
audit-verdict-title = التحقق من سجل التدقيق
audit-verdict-lead = يُقارن كل سطر بختمه، والأختام بنقاط التحقق الموقّعة.
audit-verdict-ok = السجل سليم، عدد السطور: { $newest }
audit-verdict-so-far = لا خلل حتى السطر { $to } من { $newest }
audit-verdict-go-on = متابعة
audit-verdict-bad = جرى التلاعب بالسجل
audit-verdict-signed = موقّع حتى السطر { $seq }:
audit-verdict-unsigned = لم تُوقّع أي نقطة تحقق بعد.
audit-verdict-back = العودة إلى سجل التدقيق
audit-outcome = { $value ->
    [done] تمّ
    [refused] مرفوض
   *[other] { $value }
}
audit-actor = { $value ->
    [system] النظام
    [anonymous] شخص غير مسجّل
    [service] وسيط البريد
    [operator] مشغّل المنصة
   *[other] { $value }
}
audit-fact = { $value ->
    [action] الإجراء
    [actor] من
    [subject] على ماذا
    [on_behalf_of] نيابة عن
    [network] عنوان IP
    [request_id] الطلب
    [user_agent] البرنامج
   *[other] { $value }
}
audit-module = { $value ->
    [session] الدخول والخروج
    [account] الحسابات
    [access] حالات الرفض
    [audit] سجل التدقيق نفسه
    [user] المستخدمون
    [organization] المؤسسات
    [grant] الأدوار الممنوحة
    [delegation] الإنابات
    [policy] سياسات الوصول
    [department] الأقسام
    [category] الفئات
    [tenant] الإعدادات
    [ticket] التذاكر
    [attachment] الملفات
    [sla] مواعيد الخدمة
    [sla_policy] سياسات الخدمة
    [sla_calendar] التقاويم
    [mail] البريد
    [service_account] حسابات البرامج
    [api_key] مفاتيح API
    [directory] أدلة الشركات
    [address] العناوين المحظورة
    [alert] التنبيهات الأمنية
    [identity_provider] مزودو الدخول
    [external_identity] حسابات خارجية
    [view] طرق العرض
    [reminder] التذكيرات
    [time] الوقت
    [import] الاستيراد
   *[other] { $value }
}
audit-fault = { $kind ->
    [edited] عُدّل السطر
    [deleted] حُذف السطر
    [reordered] السطر في غير مكانه
    [truncated] السطور بدءًا من هنا مفقودة
    [seal_edited] عُدّل الختم
    [seal_removed] الختم مفقود
    [checkpoint_forged] نقطة التحقق مزوّرة
    [checkpoint_removed] نقطة تحقق مفقودة
    [rewritten] أُعيد ختم السجل خلافًا لما وُقّع
   *[other] { $kind }
}
audit-verdict-unsealed = { $n ->
    [one] سطر واحد أحدث ({ $n }) ينتظر ختمه.
    [two] سطران أحدث ({ $n }) ينتظران ختميهما.
   *[other] { $n } سطور أحدث تنتظر أختامها.
}
audit-line-session-opened = { $actor }: تسجيل دخول
audit-line-session-closed = { $actor }: تسجيل خروج
audit-line-session-all-closed = { $actor }: تسجيل خروج من كل الأجهزة
audit-line-session-refused = رُفض تسجيل الدخول: { $object }
audit-line-session-refreshed = { $actor }: استمرت الجلسة
audit-line-session-reuse-detected = قُدّم رمز مستعمل مرة ثانية فأُنهيت جلسة { $actor }
audit-line-directory-created = { $actor }: إعداد الدليل { $object }
audit-line-directory-deleted = { $actor }: حذف الدليل { $object }
audit-line-directory-linked = { $actor }: ربط حساب بسجل في الدليل
audit-line-directory-synced = { $actor }: المرور على الدليل { $object }
audit-line-directory-sync-failed = فشل المرور على الدليل
audit-line-directory-sync-requested = { $actor }: طلب المرور على الدليل
audit-line-directory-sync-stopped = توقف المرور على الدليل لأنه كان سيعطّل عددًا كبيرًا
audit-line-directory-tested = { $actor }: تجربة الدليل
audit-line-directory-unlinked = { $actor }: فك ربط حساب بالدليل
audit-line-directory-updated = { $actor }: تعديل الدليل { $object }
audit-line-external-identity-linked = { $actor }: ربط حساب خارجي: { $object }
audit-line-external-identity-unlinked = { $actor }: فك ربط حساب خارجي
audit-line-identity-provider-created = { $actor }: إعداد مزود الدخول { $object }
audit-line-identity-provider-deleted = { $actor }: حذف مزود الدخول { $object }
audit-line-identity-provider-renewed = { $actor }: مفاتيح أو عناوين جديدة للمزود { $object }
audit-line-identity-provider-signed-out = { $actor }: تسجيل خروج بأمر المزود { $object }
audit-line-identity-provider-tested = { $actor }: تجربة مزود الدخول { $object }
audit-line-identity-provider-updated = { $actor }: تعديل مزود الدخول { $object }
audit-line-group-created = { $actor }: إنشاء المجموعة { $object }
audit-line-group-deleted = { $actor }: حذف المجموعة { $object }
audit-line-group-joined = { $actor }: إضافة عضو إلى المجموعة { $object }
audit-line-group-left = { $actor }: إخراج عضو من المجموعة { $object }
audit-line-group-updated = { $actor }: تعديل المجموعة { $object }
audit-line-delegation-created = { $actor }: تعيين نائب { $object }
audit-line-delegation-revoked = { $actor }: إنهاء إنابة { $object }
audit-line-grant-created = { $actor }: منح دور { $object }
audit-line-grant-revoked = { $actor }: سحب دور { $object }
audit-line-policy-created = { $actor }: إنشاء السياسة { $object }
audit-line-policy-deleted = { $actor }: حذف السياسة { $object }
audit-line-policy-updated = { $actor }: تعديل السياسة { $object }
audit-line-organization-deleted = { $actor }: حذف المؤسسة { $object }
audit-line-role-created = { $actor }: إنشاء الدور { $object }
audit-line-role-deleted = { $actor }: حذف الدور { $object }
audit-line-role-updated = { $actor }: تعديل الدور { $object }
audit-line-user-invited = { $actor }: إعادة إرسال الدعوة إلى { $object }
audit-line-user-removed = { $actor }: إزالة المستخدم { $object } نهائيًا
audit-line-account-recovery-code-used = { $actor }: استخدام رمز استرداد
audit-line-account-recovery-codes-renewed = { $actor }: تجديد رموز الاسترداد
audit-line-account-second-factor-begun = { $actor }: بدء إعداد العامل الثاني
audit-line-account-second-factor-off = { $actor }: إيقاف العامل الثاني
audit-line-account-second-factor-on = { $actor }: تفعيل العامل الثاني
audit-line-session-challenged = { $actor }: كلمة مرور صحيحة، وطُلب رمز
audit-line-session-ended = { $actor }: إنهاء جلسة
audit-line-session-ended-by-provider = { $actor }: إنهاء جلسات { $object }
audit-line-session-others-ended = { $actor }: إنهاء جميع الجلسات الأخرى
audit-line-session-proof-refused = { $actor }: تعذّر إثبات الهوية
audit-line-session-verified = { $actor }: إثبات الهوية من جديد
audit-line-user-second-factor-removed = { $actor }: إزالة العامل الثاني للمستخدم { $object }
audit-line-account-phone-begun = { $actor }: إدخال رقم هاتف
audit-line-account-phone-added = { $actor }: إضافة رقم هاتف للرموز
audit-line-account-phone-removed = { $actor }: حذف رقم الهاتف
audit-line-account-code-sent = { $actor }: أُرسل رمز إلى الهاتف
audit-line-account-passkey-added = { $actor }: إضافة مفتاح مرور
audit-line-account-passkey-doubted = { $object }: رُفض مفتاح مرور لأن عدّاده لم يتقدم
audit-line-account-passkey-refused = { $actor }: لم يُقبل مفتاح مرور
audit-line-account-passkey-removed = { $actor }: حذف مفتاح مرور
audit-line-account-passkey-renamed = { $actor }: إعادة تسمية مفتاح مرور
audit-line-account-mails-chosen = اختار { $actor } الرسائل التي تصله
audit-line-account-shortcuts-chosen = { $actor } اختار اختصارات لوحة المفاتيح
audit-line-account-confirmed = { $actor }: تأكيد العنوان
audit-line-account-password-changed = { $actor }: تغيير كلمة المرور
audit-line-account-password-reset = { $actor }: تعيين كلمة مرور جديدة عبر رابط
audit-line-account-profile-changed = { $actor }: تعديل الملف الشخصي
audit-line-account-registration-requested = طلب تسجيل حساب: { $object }
audit-line-account-reset-requested = طلب كلمة مرور جديدة: { $object }
audit-line-user-created = { $actor }: إضافة المستخدم { $object }
audit-line-user-updated = { $actor }: تعديل بيانات المستخدم { $object }
audit-line-user-role = { $actor }: تغيير دور المستخدم { $object } إلى: { $role }
audit-line-user-seen = مرسل بريد جديد: { $object }
audit-line-user-read = { $actor }: الاطلاع على بيانات المستخدم { $object }
audit-line-organization-created = { $actor }: إضافة المؤسسة { $object }
audit-line-organization-updated = { $actor }: تعديل المؤسسة { $object }
audit-line-department-created = { $actor }: إضافة القسم { $object }
audit-line-department-updated = { $actor }: تعديل القسم { $object }
audit-line-category-created = { $actor }: إضافة الفئة { $object }
audit-line-category-updated = { $actor }: تعديل الفئة { $object }
audit-line-tenant-settings-changed = { $actor }: تعديل الإعدادات
audit-line-ticket-created = { $actor }: فتح التذكرة { $object }
audit-line-ticket-updated = { $actor }: تعديل التذكرة { $object }
audit-line-ticket-commented = { $actor }: كتابة رسالة في التذكرة { $object }
audit-line-ticket-message-scheduled = { $actor }: رسالة في التذكرة { $object } تنتظر الإرسال
audit-line-ticket-message-taken-back = { $actor }: استرجاع رسالة لم تُرسل في التذكرة { $object }
audit-line-ticket-message-released = { $actor }: إرسال رسالة مؤجلة في التذكرة { $object } فورًا
audit-line-ticket-message-held = { $actor }: تعذّر إرسال رسالة في التذكرة { $object }
audit-line-account-undo-chosen = { $actor }: اختيار مدة التراجع عن الإرسال
audit-line-ticket-tagged = { $actor }: تعديل وسوم التذكرة { $object }
audit-line-ticket-deleted = { $actor }: حذف التذكرة { $object }
audit-line-ticket-restored = { $actor }: استعادة التذكرة { $object }
audit-line-ticket-merged = { $actor }: دمج التذكرة { $object } في تذكرة أخرى
audit-line-ticket-unmerged = { $actor }: إلغاء دمج التذكرة { $object }
audit-line-ticket-split = { $actor }: تقسيم التذكرة { $object }
audit-line-ticket-linked = { $actor }: ربط التذكرة { $object } بتذكرة أخرى
audit-line-ticket-unlinked = { $actor }: إزالة رابط من التذكرة { $object }
audit-line-ticket-followed = { $actor }: إضافة متابع للتذكرة { $object }
audit-line-ticket-unfollowed = { $actor }: إزالة متابع من التذكرة { $object }
audit-line-ticket-rated = { $actor }: تقييم التذكرة { $object }
audit-line-attachment-added = { $actor }: إرفاق ملف بالتذكرة { $object }
audit-line-attachment-removed = { $actor }: حذف ملف من التذكرة { $object }
audit-line-sla-fired = حلّ موعد اتفاقية الخدمة للتذكرة { $object }
audit-line-sla-recomputed = أُعيد حساب مواعيد التذكرة { $object }
audit-line-sla-policy-created = { $actor }: إضافة سياسة الخدمة { $object }
audit-line-sla-policy-updated = { $actor }: تعديل سياسة الخدمة { $object }
audit-line-sla-policy-deleted = { $actor }: حذف سياسة الخدمة { $object }
audit-line-sla-calendar-created = { $actor }: إضافة التقويم { $object }
audit-line-sla-calendar-updated = { $actor }: تعديل التقويم { $object }
audit-line-sla-calendar-deleted = { $actor }: حذف التقويم { $object }
audit-line-mail-discarded = { $actor }: استبعاد رسالة: { $object }
audit-line-mail-reprocessed = { $actor }: إعادة معالجة رسالة
audit-line-mail-retried = { $actor }: إعادة إرسال رسالة: { $object }
audit-line-mail-returned = ارتدّت رسالة
audit-line-access-refused = { $actor }: رُفض الوصول: { $object }
audit-line-audit-read = { $actor }: الاطلاع على سجل التدقيق
audit-line-audit-exported = { $actor }: تصدير سجل التدقيق
audit-line-other = { $actor }: { $action } ({ $object })
audit-line-address-blocked = حظر { $actor } عنوانًا
audit-line-address-unblocked = سمح { $actor } لعنوان محظور بالدخول
audit-line-alert-raised = أُطلق تنبيه أمني
audit-line-alert-acknowledged = نظر { $actor } في تنبيه أمني
audit-line-alert-silenced = كتم { $actor } تنبيهًا أمنيًا
audit-line-alert-unsilenced = ألغى { $actor } كتم تنبيه أمني
