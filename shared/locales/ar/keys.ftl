# البرامج: حساباتها ومفاتيحها ورموزها.
service-accounts = البرامج
service-accounts-lead = حسابات تستخدم بها أنظمة أخرى، مثل ERP أو CRM، واجهة API
service-accounts-empty = لم يُربط أي برنامج بعد
service-account = حساب برنامج
service-account-new = ربط برنامج
service-account-live-keys = المفاتيح السارية
service-account-client-id = اسمه كعميل OAuth:
service-account-status-hint = ما دام معطلاً لا تفتح مفاتيحه شيئاً، بدءاً من الطلب التالي.
service-account-remove-confirm = إزالة هذا الحساب نهائياً؟ تنتهي كل مفاتيحه ورموزه فوراً، ويبقى اسمه على ما كتبه.
api-keys = مفاتيح API
api-keys-empty = لا مفتاح بعد. من دونه لا يستطيع البرنامج طلب شيء.
api-key-new = مفتاح جديد
api-key-name-hint = أين يُستخدم، كي تعرفه لاحقاً.
api-key-days = مدة الصلاحية بالأيام
api-key-days-hint = من 1 إلى 365. قبل انتهائه أنشئ المفتاح التالي بزر «تبديل».
api-key-networks = من هذه العناوين فقط
api-key-networks-hint = عناوين أو شبكات بينها مسافات، مثل 192.0.2.0/24 أو 2001:db8::/32. فارغ: من أي مكان.
api-key-scopes-lead = ما يسمح به المفتاح مما يحق للحساب:
api-key-make = إنشاء المفتاح
api-key-made = هذا هو المفتاح
api-key-made-lead = يُعرض هذه المرة فقط. ضعه حيث يحفظ البرنامج أسراره؛ من يملكه يستطيع كل ما يسمح به.
api-key-copy = نسخ
api-key-kept = حفظته
api-key-state = { $value ->
    [active] سارٍ
    [expired] منتهٍ
    [revoked] ملغى
   *[other] { $value }
}
api-key-expires = ينتهي
api-key-used = استُخدم
api-key-never-used = لم يُستخدم قط
api-key-only-from = فقط من
api-key-rotate = تبديل
api-key-rotate-confirm = إنشاء مفتاح يحل محل هذا؟ يبقى هذا سارياً يوماً، كي تعطي البرنامج التالي.
api-key-revoke = إلغاء
api-key-revoke-confirm = إلغاء هذا المفتاح؟ يُرفض كل ما يستخدمه فوراً، ولا رجعة في ذلك.
js-copied-text = نُسخ.
flash-service-account-made = رُبط البرنامج. أنشئ له الآن مفتاحاً.
flash-service-account-removed = أُزيل الحساب ومفاتيحه.
flash-key-revoked = أُلغي المفتاح.
rules-key-days = مدة صلاحية مفتاح API بالأيام
rules-key-days-hint = ما يُقترح عند إنشاء مفتاح: من 1 إلى 365.
error-not-by-key = ليس بمفتاح API
    .detail = المفاتيح لواجهة API. الصفحات والجلسات وما يضبطه الناس لأنفسهم تحتاج إلى شخص يسجّل الدخول.
error-service-account-limit = لا مكان لبرنامج آخر
    .detail = للبوابة { $maximum } من حسابات البرامج على الأكثر. أزل ما لا يستخدمه أحد.
error-api-key-limit = لا مكان لمفتاح آخر
    .detail = للحساب { $maximum } من المفاتيح السارية على الأكثر. ألغِ ما لا يستخدمه أحد.
error-api-key-over = هذا المفتاح لم يعد سارياً
    .detail = أُلغي أو انتهى. أنشئ مفتاحاً آخر.
field-beyond-account = الحساب نفسه لا يملك كل هذا.
field-bad-network = ليس هذا عنواناً ولا شبكة.
field-only-sooner = يمكن تقريب نهاية المفتاح فقط. لنهاية أبعد بدّله.
audit-line-service-account-created = { $actor }: ربط البرنامج { $object }
audit-line-service-account-updated = { $actor }: تغيير حساب البرنامج { $object }
audit-line-service-account-removed = { $actor }: إزالة حساب البرنامج { $object }
audit-line-api-key-created = { $actor }: إنشاء مفتاح API { $object }
audit-line-api-key-updated = { $actor }: تغيير مفتاح API { $object }
audit-line-api-key-rotated = { $actor }: تبديل مفتاح API { $object }
audit-line-api-key-revoked = { $actor }: إلغاء مفتاح API { $object }
audit-line-api-key-exchanged = { $actor }: الحصول على رمز مقابل مفتاح API { $object }
audit-line-api-key-exchange-refused = { $actor }: رُفض منح رمز
audit-line-api-key-refused = { $actor }: رُفض، جاء المفتاح { $object } من عنوان لا يجوز استخدامه منه
