# الكتابة: المسودات على جميع الأجهزة، والإرسال المؤجل، وتلاقي ردّين.

draft-other = كُتب نصّ آخر على جهاز آخر:
draft-use = استخدم هذا
draft-files = مرفق بالفعل

composer-more = طرق أخرى للإرسال
composer-more-later = الإرسال لاحقًا
composer-anyway = إرسال على أي حال
composer-later = { $value ->
    [two_hours] بعد ساعتين
    [tomorrow] غدًا الساعة 9:00
   *[monday] الاثنين الساعة 9:00
}
composer-later-own = في وقت آخر
composer-later-send = جدولة

collision-lead = اقرأ الرد قبل إرسال رد ثانٍ. نصّك محفوظ أدناه.
collision-look = اطّلع أولًا

pending-title = لم يُرسل بعد
pending-soon = { $n ->
    [zero] يُرسل الآن
    [one] يُرسل بعد ثانية واحدة
    [two] يُرسل بعد ثانيتين
    [few] يُرسل بعد { $n } ثوانٍ
   *[other] يُرسل بعد { $n } ثانية
}
pending-in = تُرسل { $when }
pending-now = جارٍ الإرسال…
pending-at = موعد الإرسال
pending-note = ملاحظة
pending-then = ثم: { $status }
pending-by = الكاتب: { $name }
pending-undo = تراجع
pending-send = أرسل الآن
pending-news = كتب العميل مجددًا بعد ذلك: تأكّد من أن الرد ما زال مناسبًا.
pending-held = { $reason ->
    [answered_meanwhile] لم يُرسل: ردّ زميل في هذه الأثناء.
    [not_found] لم يُرسل: حُذفت التذكرة أو لم تعد متاحة للكاتب.
    [forbidden] لم يُرسل: لم يعد للكاتب حق الرد هنا.
    [author_gone] لم يُرسل: حساب الكاتب معطّل.
   *[other] لم يُرسل: لا تقبله التذكرة في حالتها الحالية.
}
flash-taken-back = عادت الرسالة إلى المحرر، ولم يُرسل شيء.

undo-title = التراجع عن الإرسال
undo-hint = المدة التي يمكن خلالها استرجاع الرد أو الملاحظة قبل الإرسال.
undo-seconds = { $n ->
    [0] إرسال فوري
    [zero] إرسال فوري
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $n } ثوانٍ
   *[other] { $n } ثانية
}
undo-label = مدة التراجع

error-answered-meanwhile = ردّ شخص آخر في هذه الأثناء
    .detail = ردّ { $name } بعد أن فتحت هذه التذكرة.
error-too-many-pending = رسائل كثيرة في الانتظار
    .detail = تنتظر 20 رسالة الإرسال في هذه التذكرة.
error-author-gone = الكاتب غير موجود
    .detail = حساب الكاتب معطّل.
field-bad-later = اختر لحظة في المستقبل خلال سنة.

tools-label = التنسيق
tools-preview = معاينة
tools-sign = { $value ->
    [bold] عريض (Ctrl+B)
    [italic] مائل (Ctrl+I)
    [list] قائمة
    [quote] اقتباس
    [code] شيفرة
   *[link] رابط (Ctrl+Shift+K)
}
