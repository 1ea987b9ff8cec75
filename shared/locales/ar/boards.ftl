# اللوحات وعلامات التبويب وما فُتح مؤخرًا

recent-title = فُتحت مؤخرًا
recent-lead = التذاكر التي فتحتها آخر مرة على أي جهاز.
recent-empty = لم تُفتح أي تذكرة بعد
recent-empty-hint = يظهر هنا ما تفتحه.
recent-all = إظهار الكل
palette-recent = فُتحت مؤخرًا
tabs-title = التذاكر المفتوحة
tabs-close = إغلاق { $number }
tabs-unread = تغيّرت
tabs-draft = مسودة
tabs-more = { $n } أخرى
tabs-menu = ترتيب علامات التبويب
tabs-earlier = تقديم علامة التبويب
tabs-later = تأخير علامة التبويب
tabs-full = هناك عشرون تذكرة مفتوحة: أُغلقت أقدم علامة تبويب.
split-view-title = تذكرتان جنبًا إلى جنب
split-view-open = إظهار تذكرة أخرى بجانبها
split-view-choose = أي تذكرة تظهر بجانبها؟
split-view-number = رقم التذكرة
split-view-show = إظهار
boards-title = اللوحات
board-workload = عبء العمل
board-sla = لوحة مستوى الخدمة
board-title = { $value ->
    [sla] لوحة مستوى الخدمة
    [status] العمل بحسب الحالة
   *[agent] العمل بحسب الموظف
}
board-lead = { $value ->
    [sla] التذاكر غير المنتهية بحسب موعد استحقاقها. يُحسب الوقت كما ينص كل وعد.
    [status] الأحدث تغييرًا أولًا.
   *[agent] التذاكر غير المنتهية، الأقرب استحقاقًا أولًا.
}
board-by = الأعمدة
board-by-agent = الموظفون
board-by-status = الحالات
board-any-department = أي قسم
board-any-clock = أي وعد
board-filtered = يُعرض جزء منها.
board-whole = اللوحة كاملة
board-lane = { $value ->
    [breached] متأخرة
    [hour] تستحق خلال ساعة
    [today] تستحق اليوم
    [later] تستحق لاحقًا
   *[paused] متوقفة مؤقتًا
}
board-away = غائب حتى { $until }، وينوب عنه { $deputy }
board-late = متأخرة: { $n }
board-empty = لا شيء هنا
board-more = إظهار المزيد
board-columns = أعمدة أخرى
board-previous = الأعمدة السابقة
board-next = الأعمدة التالية
board-move = نقل التذكرة
board-move-one = نقل { $number }
board-move-do = نقل
board-moved = نُقلت { $number }.
board-refused = بقيت في مكانها: { $why }
flash-board-moved = نُقلت { $arg }.
bulk-department = تعيين القسم
bulk-no-department = بلا قسم
bulk-no-drop = لا يمكن وضع التذاكر في «{ $name }» يدويًا: شروطه لا تذكر ما يمكن تغييره.
