# لوحة الأوامر واختصارات لوحة المفاتيح

palette-title = البحث والأوامر
palette-hint = ابحث عن تذكرة أو شخص أو إجراء
palette-actions = في هذه الصفحة
palette-pages = الانتقال إلى
palette-tickets = التذاكر
palette-people = الأشخاص
palette-organizations = المؤسسات
palette-searching = جارٍ البحث…
palette-failed = لم تكتمل إجابة البحث، وقد لا يكون المعروض هو الكل.
palette-empty = لا توجد نتائج
shortcut-lead = تعمل المفاتيح خارج حقول الكتابة. اختر اختصارًا لتغييره: مفتاح واحد أو مفتاحان متتاليان، ومفتاح Backspace يزيله.
shortcut-script = تحتاج الاختصارات إلى JavaScript. وبدونها يمكن الوصول إلى كل شيء بمفتاح Tab.
shortcut-group = { $value ->
    [ticket] التذكرة
    [tickets] قائمة التذاكر
   *[pages] في كل مكان
}
shortcut-change = تغيير اختصار: { $name }
shortcut-press = اضغط المفاتيح الجديدة. مفتاح Esc يُبقي كل شيء كما هو.
shortcut-taken = هذه المفاتيح تتعارض مع: { $name }
shortcut-saved = حُفظ لجميع أجهزتك.
shortcut-reset = استعادة الأصل
command = { $value ->
    [next] التذكرة التالية
    [previous] التذكرة السابقة
    [open] فتح التذكرة
    [select] تحديد التذكرة
    [select-all] تحديد الصفحة كلها
    [bulk] تعديل التذاكر المحددة
    [reply] كتابة رد
    [note] كتابة ملاحظة داخلية
    [forward] إعادة توجيه إلى خارج القسم
    [take] إسناد إليّ
    [assignee] تغيير المسؤول
    [status] تغيير الحالة
    [priority] تغيير الأولوية
    [tags] تغيير الوسوم
    [category] تغيير الفئة
    [escalate] تصعيد
    [merge] دمج في تذكرة أخرى
    [split] فصل في تذكرة جديدة
    [link] ربط بتذكرة أخرى
    [later] تأجيل أو تذكير
    [time] الوقت المستغرق
    [checklist] قائمة المهام
    [copy] نسخ رابط التذكرة
    [back] العودة إلى القائمة
    [new] تذكرة جديدة
    [go-mine] تذاكري
    [go-snoozed] تذاكري المؤجلة
    [go-reminders] تذكيراتي
    [go-time] الوقت
    [go-unassigned] تذاكر بلا مسؤول
    [go-breaching] تذاكر أوشكت مهلتها
    [go-mentions] الإشارات إليّ
    [go-all] كل التذاكر غير المنجزة
    [move] نقل البطاقة
    [go-recent] فُتحت مؤخرًا
    [go-workload] لوحة عبء العمل
    [go-sla] لوحة مستوى الخدمة
    [tab-next] علامة التبويب التالية
    [tab-previous] علامة التبويب السابقة
    [tab-close] إغلاق علامة التبويب
    [beside] إظهار تذكرة أخرى بجانبها
    [search] بحث في كل التذاكر
    [palette] البحث والأوامر
    [theme] فاتح أو داكن
   *[help] اختصارات لوحة المفاتيح
}
