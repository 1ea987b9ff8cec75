# ما يحمي المستأجر: الحدود والعناوين المحظورة والتنبيهات.

protection-title = الحماية
protection-nav = أقسام الحماية
protection-limits = الحدود
protection-limits-lead = كم طلبًا يمكن لعنوان واحد أو شخص واحد إرساله، وما الذي يحدث للشبكات التي تجرّب كلمات المرور.
protection-rate = الطلبات في الدقيقة
protection-rate-hint = من عنوان واحد أو من شخص واحد سجّل الدخول. من يرسل أكثر يُطلب منه الانتظار.
protection-burst = زيادة دفعة واحدة
protection-burst-hint = للصفحات التي تطلب أشياء كثيرة معًا.
protection-rule = حظر الشبكات التي تجرّب كلمات المرور
protection-rule-hint = الشبكة التي رُفضت منها محاولات دخول كثيرة تُمنع لمدة ساعة. أما الشبكات التي يدخل منها موظفوك فلا تُحظر بهذه الطريقة أبدًا.
protection-blocks = العناوين المحظورة
protection-blocks-lead = تُرفض الطلبات القادمة من هنا قبل النظر في أي شيء منها.
protection-blocks-empty = لا أحد محظور
protection-block-new = حظر عنوان
protection-range = عنوان أو نطاق
protection-range-hint = مثلًا 192.0.2.7 أو 192.0.2.0/24. أنت قادم من { $own } ولا يمكنك حظره.
protection-reason = السبب
protection-until = حتى
protection-forever = إلى أن يُزال
protection-hours = { $value ->
    [hour] ساعة واحدة
    [day] يوم واحد
    [week] أسبوع
    [month] ثلاثون يومًا
   *[other] { $value }
}
protection-since = منذ
protection-by = من حظره
protection-by-rule = النظام
protection-over = انتهى
protection-let-in = السماح بالدخول

error-rate-limited = طلبات كثيرة جدًا
    .detail = طُلب في دقيقة واحدة أكثر من المسموح. انتظر قليلًا من فضلك.
error-address-blocked = هذا العنوان محظور
    .detail = لا تُقبل هنا الطلبات القادمة من شبكتك. إذا كنت ترى أن ذلك خطأ فاسأل مسؤول البوابة.
error-already-blocked = النطاق محظور بالفعل
    .detail = أزل الحظر الموجود أو احظر نطاقًا آخر.
error-block-limit = نطاقات محظورة كثيرة جدًا
    .detail = يمكن حظر { $maximum } نطاق على الأكثر. أزل بعضها أو احظر نطاقات أوسع.
field-bad-range = اكتب عنوانًا أو نطاقًا مثل 192.0.2.7 أو 2001:db8::/48.
field-range-too-wide = النطاق واسع جدًا: /16 على الأكثر، و/32 لـ IPv6.
field-own-network = أنت نفسك قادم من هناك.

protection-alerts = التنبيهات
protection-alerts-lead = ما بدا أنه هجوم. يُخطر بالبريد المسؤولون أو العناوين المذكورة في «الحدود».
protection-alerts-empty = لا شيء يبدو هجومًا
protection-alerts-empty-hint = يُفحص سجل التدقيق كل بضع دقائق.
protection-alerts-open = لم يُنظر فيها
protection-alerts-all = الكل
protection-alert = { $value ->
    [password_spraying] تجربة حسابات كثيرة من شبكة واحدة
    [sign_in_refusals] محاولات متكررة على حساب واحد
    [disabled_account] محاولة دخول بحساب معطّل
    [new_country] دخول من بلد جديد
    [impossible_travel] دخول من بلدين خلال ساعة
    [many_refusals] رفض بعد رفض
    [mass_export] عمليات تصدير كثيرة
    [key_elsewhere] استُخدم مفتاح API من شبكة أخرى
   *[other] { $value }
}
protection-fact = { $name ->
    [accounts] الحسابات
    [tries] المحاولات
    [networks] الشبكات
    [network] الشبكة
    [from] من
    [country] البلد
    [routes] المسارات
    [exports] عمليات التصدير
    [keys] المفاتيح
   *[other] { $name }
}
protection-what = ماذا
protection-about = عن
protection-when = متى
protection-log = أسطر السجل
protection-acknowledge = نُظر فيه
protection-seen = نظر فيه { $name }
protection-silenced = مكتوم حتى
protection-silence = لا تُخطر مجددًا
protection-silence-days = { $value ->
    [again] الإخطار مجددًا
    [day] ليوم واحد
    [week] لأسبوع
    [month] لثلاثين يومًا
   *[other] { $value }
}
protection-contacts = من يُخطر بالتنبيهات
protection-contacts-hint = عناوين تفصل بينها فواصل. إن تُركت فارغة يُخطر المسؤولون.
protection-origins = صفحات أخرى يُسمح لها باستخدام الواجهة البرمجية
protection-origins-hint = مصادر مثل https://app.vendor.example تفصل بينها مسافات. تأتي برمزها الخاص، ولا تُرسل ملفات تعريف الارتباط أبدًا.
protection-honeypot = اترك هذا الحقل فارغًا
protection-robots = الروبوتات في النماذج المفتوحة
protection-robots-hint = بمفاتيح Cloudflare Turnstile يثبت الزوار أنهم بشر قبل التسجيل أو طلب كلمة مرور أو كتابة تذكرة. تحتاج النماذج عندئذ إلى برنامج نصي.
protection-site-key = مفتاح الموقع
protection-secret = المفتاح السري
protection-secret-hint = يُحفظ مختومًا ولا يُعرض أبدًا. إن تُرك فارغًا بقي كما هو، ويزول مع مفتاح الموقع.
protection-challenge-script = يحتاج هذا النموذج إلى JavaScript للتأكد من أنك إنسان.
field-challenge-failed = تعذر التأكد من أنك إنسان. حاول مرة أخرى.

mail-alert-subject = دعم { $brand }: تنبيه أمني
mail-alert-heading = هناك ما يبدو هجومًا
mail-alert-text = وجدت مراقبة سجل التدقيق ما يلي:
mail-alert-when = وُجد ذلك في { $at }. انظر في التنبيهات: ما لا يدعو للقلق يمكن كتمه هناك.
mail-alert-button = فتح التنبيهات
mail-alert-kind-password-spraying = تُجرَّب حسابات كثيرة من شبكة واحدة.
mail-alert-kind-sign-in-refusals = يُجرَّب حساب واحد مرة بعد مرة.
mail-alert-kind-disabled-account = يحاول أحدهم الدخول بحساب معطّل.
mail-alert-kind-new-country = دخل أحدهم من بلد لم يأتِ منه من قبل.
mail-alert-kind-impossible-travel = دخل أحدهم من بلدين خلال ساعة.
mail-alert-kind-many-refusals = يُرفض لأحدهم شيء بعد شيء.
mail-alert-kind-mass-export = يصدّر أحدهم الكثير.
mail-alert-kind-key-elsewhere = يستخدم شخص ما مفتاح API من شبكة غير مخصصة له.
