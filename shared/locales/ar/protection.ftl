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
    [1] ساعة واحدة
    [24] يوم واحد
    [168] أسبوع
    [720] ثلاثون يومًا
   *[other] { $value } س
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
