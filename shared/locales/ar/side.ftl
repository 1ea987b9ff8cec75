# ما يظهر بجانب التذكرة: صاحبها، والتذاكر المشابهة، وبيانات ERP.
side-requester = عن صاحب الطلب
side-similar = تذاكر مشابهة
side-similar-none = لا توجد تذكرة مشابهة.
side-open = فتح
side-erp = بيانات ERP
side-id = معرّف التذكرة
side-copy = نسخ: { $value }
requester-open = { $n ->
    [zero] لا تذاكر مفتوحة
    [one] تذكرة مفتوحة واحدة
    [two] تذكرتان مفتوحتان
    [few] { $n } تذاكر مفتوحة
    [many] { $n } تذكرة مفتوحة
   *[other] { $n } تذكرة مفتوحة
}
requester-finished = { $n ->
    [zero] لا تذاكر منتهية
    [one] تذكرة منتهية واحدة
    [two] تذكرتان منتهيتان
    [few] { $n } تذاكر منتهية
    [many] { $n } تذكرة منتهية
   *[other] { $n } تذكرة منتهية
}
requester-blocked = البريد يعود
requester-organization = المؤسسة
requester-time = التوقيت المحلي
requester-language = اللغة
requester-since = معروف منذ
requester-account = الحساب
requester-signs-in = يسجّل الدخول
requester-no-account = لا يوجد: معروف من الرسائل أو النماذج
requester-all = كل تذاكر هذا الشخص
sla-business-left = بقي { $span } من وقت العمل
