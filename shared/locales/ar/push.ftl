# الإشعارات على الأجهزة: ما تقوله، وأين يختارها الشخص.
push-kind = { $value ->
    [agent_reply] أجاب الدعم
    [status_changed] غيّر الدعم الحالة
    [ticket_resolved] حُلّ طلبك. كيف كان أداؤنا؟
    [ticket_shared] أضافك زميل إلى تذكرة
    [assigned] أُسندت التذكرة إليك
    [client_reply] أجاب العميل
    [sla_warning] اقترب الموعد النهائي
    [sla_breach] فات الموعد النهائي
    [escalated] صُعّدت التذكرة
   *[trial] تصل الإشعارات إلى هذا الجهاز
}

devices-title = الإشعارات على هذا الجهاز
devices-hint = ما نكتبه إليك بالبريد عن التذاكر يظهر على الجهاز فورًا. ويتوقف عند تسجيل خروجك منه.
devices-none = لا يوجد جهاز متصل بعد.
devices-here = هذا الجهاز
devices-unknown = جهاز
devices-added = أُضيف
devices-sent = آخر إشعار
devices-on = إظهار الإشعارات على هذا الجهاز
devices-try = إرسال تجربة
devices-unable = لا يستطيع هذا المتصفح إظهار الإشعارات. على iPhone و iPad أضف البوابة إلى الشاشة الرئيسية أولًا وافتحها من هناك.
devices-denied = إشعارات هذا الموقع محظورة في المتصفح. اسمح بها في إعداداته ثم أعد تحميل الصفحة.
devices-failed = تعذّرت إضافة الجهاز. حاول لاحقًا.
quiet-title = ساعات الهدوء
quiet-hint = تُحفظ الإشعارات التي تأتي في هذا الوقت حتى نهايته، وما قرأته في أثنائه لا يأتي بعدها. اترك الحقلين فارغين إن لم ترد ذلك.
quiet-from = من
quiet-until = إلى
flash-device-removed = لن يصل إلى هذا الجهاز شيء بعد الآن.
flash-device-tried = الإشعار التجريبي في الطريق.
flash-quiet-saved = حُفظت ساعات الهدوء.
error-too-many-devices = أجهزة كثيرة جدًا
    .detail = بلغ عدد الأجهزة حده الأقصى. أزل واحدًا منها أولًا.
error-push-unavailable = لا إشعارات هنا
    .detail = الإشعارات على الأجهزة غير متاحة هنا.
audit-line-account-device-added = أضاف { $actor } جهازًا للإشعارات
audit-line-account-device-removed = أزال { $actor } جهازًا للإشعارات
audit-line-account-quiet-hours-set = اختار { $actor } ساعات الهدوء
