# كلمات الصفحات، صفحةً صفحة. المفاتيح التي تبدأ بـ «js-» يقرؤها المتصفح، وعلامة % مكان ما يملؤه.

ui-save = حفظ
ui-cancel = إلغاء
ui-close = إغلاق
ui-confirm = نعم، متابعة
ui-add = إضافة
ui-edit = تعديل
ui-delete = حذف
ui-remove = إزالة
ui-retry = إعادة المحاولة
ui-none = بدون
ui-optional = (اختياري)
ui-skip = انتقل إلى المحتوى
ui-language = اللغة
ui-account = الحساب: { $name }
ui-support-of = دعم { $name }

span = { $hours ->
    [0] { $minutes } د
   *[other] { $minutes ->
        [0] { $hours } س
       *[other] { $hours } س { $minutes } د
    }
}

# القوائم الثابتة
status = { $value ->
    [new] جديدة
    [in_progress] قيد المعالجة
    [waiting_customer] بانتظار العميل
    [resolved] محلولة
    [closed] مغلقة
   *[other] { $value }
}
priority = { $value ->
    [critical] حرجة
    [high] عالية
    [medium] متوسطة
    [low] منخفضة
   *[other] { $value }
}
priority-title = { $value ->
    [critical] الأولوية: حرجة
    [high] الأولوية: عالية
    [medium] الأولوية: متوسطة
    [low] الأولوية: منخفضة
   *[other] الأولوية: { $value }
}
channel = { $value ->
    [web] عبر البوابة
    [email] عبر البريد
    [api] عبر واجهة البرمجة
    [chat] عبر المحادثة
   *[other] { $value }
}
role = { $value ->
    [admin] مدير النظام
    [manager] مدير الدعم
    [agent] مهندس الدعم
    [client] عميل
    [analyst] محلل
   *[other] { $value }
}
queue = { $value ->
    [mine] تذاكري
    [snoozed] المؤجلة
    [unassigned] بلا مسؤول
    [breaching] أوشكت مهلتها
    [all] كل غير المنجزة
    [mentions] الإشارات إليّ
   *[other] التذاكر
}
sort = { $value ->
    [recent] الأحدث تعديلًا
    [newest] الأحدث أولًا
    [oldest] الأقدم أولًا
    [due] الأقرب موعدًا
    [priority] حسب الأولوية
    [untouched] الأقدم تغييرًا
    [calm] الأقل أولوية أولًا
    [due_last] الأبعد موعدًا أولًا
   *[other] { $value }
}
delivery = { $value ->
    [queued] البريد في الانتظار
    [sent] أُرسل البريد
    [failed] لم يُسلَّم البريد
   *[other] { $value }
}
link-kind = { $value ->
    [related] مرتبطة بـ
    [duplicate] مكررة عن
    [problem] المشكلة المسببة لـ
    [incident] حادثة ناتجة عن
    [parent] أصل لـ
    [child] فرع من
    [duplicated] لها مكررة
    [continues] تكملة لـ
    [continued] تكملتها في
    [split_from] مفصولة عن
    [split_into] فُصلت عنها
   *[other] { $value }
}
weekday = { $value ->
    [monday] الاثنين
    [tuesday] الثلاثاء
    [wednesday] الأربعاء
    [thursday] الخميس
    [friday] الجمعة
    [saturday] السبت
   *[sunday] الأحد
}

# الحقول
field-username = البريد أو اسم المستخدم
field-password = كلمة المرور
field-password-new = كلمة المرور الجديدة
field-password-current = كلمة المرور الحالية
field-email = البريد الإلكتروني
field-name = الاسم
field-ticket = التذكرة
field-title = العنوان
field-description = الوصف
field-status = الحالة
field-priority = الأولوية
field-assignee = المسؤول
field-department = القسم
field-category = الفئة
field-module = وحدة ERP
field-tag = وسم
field-tags = الوسوم
field-tags-hint = تفصل بينها فواصل
field-requester = مقدم الطلب
field-sla = SLA
field-updated = آخر تعديل
field-created = أُنشئت
field-time-zone = المنطقة الزمنية
field-theme = المظهر

# التنقل
nav-main = القائمة الرئيسية
nav-open = فتح القائمة
nav-close = إغلاق القائمة
nav-home = الرئيسية
nav-my-tickets = تذاكري
nav-new-ticket = تذكرة جديدة
nav-workspace = مساحة العمل
nav-portal = بوابة العملاء
nav-profile = الملف الشخصي
nav-logout = تسجيل الخروج
nav-held = بريد لم يُعالَج
nav-by-status = حسب الحالة
nav-manage = الإدارة
search-tickets = البحث في كل التذاكر

# الدخول والتسجيل
login-title = تسجيل الدخول
login-lead = تابع تذاكرك وتواصل مع الدعم.
login-button = دخول
login-forgot = نسيت كلمة المرور؟
login-register = إنشاء حساب
login-anonymous = راسل الدعم دون حساب
register-title = إنشاء حساب
register-lead = سنرسل إليك رسالة لتأكيد عنوانك.
register-button = إنشاء الحساب
register-have = لديك حساب؟
password-hint = { $n ->
    [few] { $n } أحرف على الأقل. بضع كلمات تتذكرها خير من رموز تنساها.
   *[other] { $n } حرفًا على الأقل. بضع كلمات تتذكرها خير من رموز تنساها.
}
confirm-title = أكّد عنوانك
confirm-lead = نقرة واحدة ويصبح حسابك جاهزًا.
confirm-button = تأكيد ودخول
forgot-title = استعادة كلمة المرور
forgot-lead = أدخل عنوانك وسنرسل إليك رابطًا لكلمة مرور جديدة.
forgot-button = إرسال الرابط
forgot-back = العودة إلى تسجيل الدخول
reset-title = اختر كلمة مرور جديدة
reset-lead = ستُسجَّل أجهزتك الأخرى خارجًا.
reset-button = حفظ كلمة المرور
notice-title = { $what ->
    [register-sent] تفقّد بريدك
    [confirmed] تم تأكيد عنوانك
    [link-expired] لم يعد هذا الرابط صالحًا
    [reset-sent] تفقّد بريدك
    [reset-done] تم تغيير كلمة المرور
    [ticket-sent] وصلنا طلبك
    [rated] شكرًا على تقييمك
   *[other] تم
}
notice-text = { $what ->
    [register-sent] إن أمكن تسجيل { $arg } فقد أُرسلت إليه رسالة. افتح الرابط الذي فيها لإتمام التسجيل.
    [confirmed] يمكنك الآن تسجيل الدخول.
    [link-expired] استُخدم من قبل أو انتهت مدته. اطلب رابطًا جديدًا.
    [reset-sent] إن كان لـ { $arg } حساب فالرسالة في طريقها إليه. الرابط صالح ساعة واحدة.
    [reset-done] سجّل الدخول بكلمة المرور الجديدة.
    [ticket-sent] أرسلنا رسالة إلى { $arg }. افتح الرابط الذي فيها لتأكيد عنوانك، وعندها يصل طلبك إلى مهندسينا.
    [rated] يساعدنا ذلك على التحسن. يمكنك تغيير التقييم خلال 24 ساعة.
   *[other] يمكنك إغلاق هذه الصفحة.
}

# الرئيسية وقوائم البوابة
home-hello = مرحبًا، { $name }
home-lead = صِف ما حدث ونحن نتولى الباقي.
portal-scope = تذاكر من
portal-mine = تذاكري
portal-organization = مؤسستي
portal-organization-title = تذاكر مؤسستي
portal-waiting = بانتظار ردّي
portal-all = الكل

# القوائم
list-filters = المرشحات
list-find = ابحث في القائمة
list-any-status = كل الحالات
list-any-priority = كل الأولويات
list-any-assignee = كل المسؤولين
list-any-category = كل الفئات
list-open = غير منجزة
list-nobody = بلا مسؤول
list-sort = الترتيب
list-apply = تطبيق
list-clear = مسح المرشحات
list-filtered = { $n ->
    [one] مرشح واحد مفعّل.
    [two] مرشحان مفعّلان.
    [few] { $n } مرشحات مفعّلة.
   *[other] { $n } مرشحًا مفعّلًا.
}
list-select = تحديد
list-select-all = تحديد كل ما في الصفحة
list-select-one = تحديد { $number }
list-unanswered = (بانتظار رد)
list-pages = الصفحات
list-first = الصفحة الأولى
list-next = الصفحة التالية
bulk-title = تعديل التذاكر المحددة
bulk-assign = إسناد إلى
bulk-status = تغيير الحالة
bulk-priority = تغيير الأولوية
bulk-tag = إضافة وسم
bulk-untag = إزالة وسم
bulk-clear = إلغاء التحديد
empty-filtered = لا نتائج
empty-filtered-hint = جرّب مرشحات أقل أو كلمات أخرى.
empty-queue = { $value ->
    [mine] لا شيء بانتظارك
    [snoozed] لا شيء مؤجل
    [unassigned] لكل تذكرة مسؤول
    [breaching] كل المهل بخير
   *[other] لا تذاكر بعد
}
empty-queue-hint = { $value ->
    [mine] خذ تذكرة من قائمة «بلا مسؤول».
    [snoozed] تنتظر التذكرة المؤجلة هنا حتى يحين موعدها.
    [unassigned] ستظهر التذاكر الجديدة هنا.
    [breaching] تظهر التذاكر هنا قبل أن تنفد مهلتها.
   *[other] تصل عبر البوابة والبريد وواجهة البرمجة.
}
empty-client = { $status ->
    [waiting_customer] لا شيء بانتظار ردك
    [resolved] لا تذاكر محلولة
    [closed] لا تذاكر مغلقة
   *[other] لا تذاكر بعد
}
empty-client-hint = ستظهر هنا طلباتك وردودنا.

# تذكرة جديدة
new-email-hint = سيصل الرد إلى هذا العنوان.
new-title-hint = في سطر واحد: ما الذي لا يعمل؟
new-description-hint = ماذا فعلت، وماذا توقعت، وماذا حدث؟ نصوص رسائل الخطأ أكثر ما يفيدنا.
new-category-any = ليحددها الدعم
new-module-any = لست متأكدًا
new-files = الملفات
new-files-drop = أفلت الملفات هنا أو ألصق لقطة شاشة أو اختر:
new-files-hint = حتى { $mb } م.ب لكل ملف: صور ومستندات وسجلات وأرشيفات.
new-send = إرسال
new-requester-email = بريد مقدم الطلب
new-requester-name = اسم مقدم الطلب
new-agent-hint = من ليس له حساب يحصل عليه عند أول رد.

# التذكرة
ticket-back = العودة إلى القائمة
ticket-copy = نسخ الرابط
ticket-actions = إجراءات
ticket-level = المستوى { $level }
ticket-delete = حذف التذكرة
ticket-delete-confirm = أتريد حذف هذه التذكرة؟ يمكن استعادتها لاحقًا.
ticket-restore = استعادة التذكرة
ticket-is-deleted = حُذفت هذه التذكرة في { $when }.
ticket-is-merged = دُمجت هذه التذكرة مع
ticket-unmerge = تراجع
ticket-older = عرض الرسائل الأقدم
ticket-newest = إلى أحدث الرسائل
ticket-part = الرسائل
ticket-changes = { $n ->
    [one] تغيير واحد
    [two] تغييران
    [few] { $n } تغييرات
   *[other] { $n } تغييرًا
}
ticket-note-by = ملاحظة داخلية من { $name }
ticket-reply-by = رد من { $name }
ticket-internal = ملاحظة داخلية
ticket-quoted = عرض النص المقتبس
ticket-cut = لا يظهر إلا أول هذه الرسالة.
ticket-raw = الرسالة الأصلية
composer-kind = نوع الكتابة
composer-reply = رد
composer-note = ملاحظة
composer-text = النص
composer-placeholder = اكتب إلى { $name }
composer-attach = إرفاق ملفات
composer-status = الحالة بعد الإرسال
composer-keep = { $status } (دون تغيير)
composer-send-as = ثم: { $status }
composer-send = إرسال
client-waiting = نحتاج إلى ردك لنتابع.
client-reply-label = رسالتك
client-reply-placeholder = اكتب رسالة
client-reply-send = إرسال
client-reply-reopen = إرسال وإعادة فتح
client-merged = دُمجت هذه التذكرة مع تذكرة أخرى، وتستمر المحادثة هناك:
client-closed = هذه التذكرة مغلقة.
client-follow-up = فتح تذكرة متابعة
client-unassigned = لا أحد بعد
client-close = إغلاق التذكرة
client-close-confirm = هل حُلّ كل شيء؟ ستُغلق التذكرة.
client-close-rate-first = قيّم الحل أولًا، ثم يمكن إغلاق التذكرة.
client-reopen = إعادة فتح التذكرة

# اللوحة الجانبية
side-title = التفاصيل
side-created = وردت { $channel }،
side-kept = الحقول التي غيّرتها بقيت كما تركتها، والأخرى تُعرض كما هي الآن.
file-remove = حذف الملف { $name }
file-remove-confirm = هل تريد حذف الملف «{ $name }» نهائيًا؟
side-fields = الحقول
side-followers = المتابعون ({ $n })
side-no-followers = لا أحد في النسخة.
side-links = تذاكر مرتبطة
side-files = الملفات ({ $n })
side-recent = تذاكر أخرى لمقدم الطلب
side-history = السجل
side-no-history = لا تغييرات بعد.
follower-email = عنوان البريد
follower-remove = إزالة { $name }
link-remove = إزالة الارتباط بـ { $number }

# نوافذ التذكرة
merge-title = دمج مع تذكرة أخرى
merge-lead = تنتقل محادثة { $number } إلى التذكرة الأخرى وتُغلق هذه. يمكن التراجع عن ذلك.
merge-into = رقم التذكرة الأخرى
merge-button = دمج
split-title = فصل تذكرة جديدة
split-lead = تنتقل الرسائل المختارة إلى تذكرة جديدة لمقدم الطلب نفسه.
split-which = الرسائل
split-button = فصل
link-title = ربط بتذكرة أخرى
link-this-is = هذه التذكرة
link-to = رقم التذكرة الأخرى
link-button = ربط
escalate-title = تصعيد
escalate-lead = يُبلَّغ المدير فورًا مع السبب.
escalate-none = 0 — إلغاء التصعيد
escalation-reason = سبب التصعيد
escalate-level = المستوى
escalate-reason = السبب
escalate-button = تصعيد

# السجل
event = { $kind ->
    [created] أُنشئت التذكرة
    [assignee_set] { $actor }: إسناد إلى { $to }
    [assignee_removed] { $actor }: إلغاء الإسناد إلى { $to }
    [department_set] { $actor }: تحديد القسم { $to }
    [department_removed] { $actor }: إزالة القسم { $to }
    [category_set] { $actor }: تحديد الفئة { $to }
    [category_removed] { $actor }: إزالة الفئة { $to }
    [module_set] { $actor }: تحديد وحدة ERP { $to }
    [module_removed] { $actor }: إزالة وحدة ERP { $to }
    [organization_set] { $actor }: تحديد المؤسسة { $to }
    [organization_removed] { $actor }: إزالة المؤسسة { $to }
    [tags_set] { $actor }: الوسوم { $to }
    [tags_removed] { $actor }: إزالة الوسوم { $to }
    [followers_set] { $actor }: إضافة { $to } إلى النسخة
    [followers_removed] { $actor }: إزالة { $to } من النسخة
    [custom_fields] { $actor }: تعديل الحقول الإضافية
    [merged] { $actor }: دمج مع { $to }
    [unmerged] { $actor }: تراجع عن الدمج مع { $to }
    [split] { $actor }: فصل { $to }
    [split_from] { $actor }: فصلها عن { $to }
    [linked] { $actor }: ربط: { $to }
    [unlinked] { $actor }: إزالة الارتباط: { $to }
    [escalated] تصعيد إلى المستوى { $to }
    [escalation_over] { $actor }: إنهاء التصعيد
    [deleted] { $actor }: حذف التذكرة
    [restored] { $actor }: استعادة التذكرة
    [rated] التقييم { $to } من 5
    [sla_changed] أُعيد حساب SLA: { $to }
    [snoozed] { $actor }: تأجيل: { $to }
    [woken] عادت التذكرة إلى القائمة
    [checklist_added] { $actor }: بند في قائمة المهام: { $to }
    [checklist_edited] { $actor }: تعديل بند: { $to }
    [checklist_done] { $actor }: أُنجز: { $to }
    [checklist_reopened] { $actor }: أعيد فتح: { $to }
    [checklist_moved] { $actor }: نقل بند: { $to }
    [checklist_removed] { $actor }: إزالة بند: { $to }
    [attachment_set] { $actor }: إرفاق { $to }
    [attachment_removed] { $actor }: إزالة الملف { $to }
    [forwarded] أعاد { $actor } توجيه رسالة إلى { $to }
    [mentioned] ذكر { $actor } الزملاء: { $to }
    [mail_returned] عادت الرسالة: { $to }
   *[other] { $actor }: تعديل { $to }
}
event-changed = { $kind ->
    [status] { $actor }: الحالة من { $from } إلى { $to }
    [priority] { $actor }: الأولوية من { $from } إلى { $to }
    [assignee] { $actor }: المسؤول من { $from } إلى { $to }
    [department] { $actor }: القسم من { $from } إلى { $to }
    [category] { $actor }: الفئة من { $from } إلى { $to }
    [module] { $actor }: وحدة ERP من { $from } إلى { $to }
    [organization] { $actor }: المؤسسة من { $from } إلى { $to }
    [title] { $actor }: العنوان من { $from } إلى { $to }
    [tags] { $actor }: الوسوم من { $from } إلى { $to }
   *[other] { $actor }: من { $from } إلى { $to }
}
event-sla = { $kind ->
    [sla_warning] أوشكت المهلة: { $target }
   *[sla_breached] فات الموعد: { $target }
}

# SLA
sla-target = { $value ->
    [first_response] الرد الأول
    [next_response] الرد التالي
   *[resolution] الحل
}
sla-state = { $value ->
    [ok] في الموعد
    [warning] أوشكت المهلة
    [breached] متأخرة
    [paused] متوقفة
    [met] أُنجز
   *[none] بلا مهلة
}
sla-left = بقي { $span }
sla-over = تأخر { $span }
sla-due-title = { $target }: الموعد { $due }
sla-due-at = الموعد
sla-met-at = أُنجز
sla-open-now = نحن في ساعات العمل: الوقت يُحتسب.
sla-closed-now = خارج ساعات العمل: الوقت متوقف.
sla-paused-for = مدة التوقف حتى الآن { $span }.

# التقييم
rating-ask = كيف كانت خدمتنا؟
rating-change = تقييمك
rating-stars = النجوم
rating-word = { $score ->
    [5] 5: ممتاز
    [4] 4: جيد
    [3] 3: مقبول
    [2] 2: ضعيف
   *[1] 1: ضعيف جدًا
}
rating-comment = تعليق
rating-send = إرسال التقييم
rating-until = يمكن تغييره حتى { $when }.
rating-given = { $score ->
    [one] التقييم: نجمة واحدة من 5
    [two] التقييم: نجمتان من 5
   *[other] التقييم: { $score } نجوم من 5
}
rate-title = كيف كانت خدمتنا؟
rate-lead = حُلّت التذكرة { $number }. نرجو تقييم عملنا.

# الملف الشخصي
profile-title = الملف الشخصي
profile-about = عنك
profile-password = تغيير كلمة المرور
profile-sessions = أين سجلت الدخول
profile-sessions-hint = فقدت جهازًا أو نسيت الخروج من جهاز آخر؟ ستنتهي كل الجلسات، بما فيها هذه.
profile-sign-out-everywhere = تسجيل الخروج من كل الأجهزة
profile-theme-auto = كما في الجهاز
profile-theme-light = فاتح
profile-theme-dark = داكن

# حين لا توجد صفحة
fail-title = { $status ->
    [400] لم نفهم الطلب
    [403] هذه الصفحة ليست متاحة لك
    [404] لا شيء هنا
    [409] سبقك شخص آخر
    [412] عدّلها شخص آخر في هذه الأثناء
    [413] الحجم أكبر من المسموح
    [422] بعض الحقول غير صحيح
    [429] محاولات كثيرة
   *[500] حدث خلل لدينا
}
fail-text = { $status ->
    [400] عد وحاول مرة أخرى.
    [403] راجع المدير إن كنت ترى أنها يجب أن تتاح لك.
    [404] لعل في العنوان خطأً، أو نُقلت الصفحة.
    [409] عد وانظر الحالة الراهنة ثم حاول مرة أخرى.
    [412] عد وانظر التغييرات ثم حاول مرة أخرى. ما كتبته محفوظ.
    [413] اختر ملفات أصغر.
    [422] عد وتحقق من الحقول.
    [429] انتظر دقيقة ثم حاول مرة أخرى.
   *[500] وصلنا الخبر. حاول بعد بضع دقائق.
}
fail-id = الطلب { $id }
fail-home = إلى الصفحة الرئيسية
fail-host-title = لا توجد بوابة هنا
fail-host-text = تحقق من العنوان: لا توجد بوابة دعم بهذا الاسم.

# سجل البريد
log-title = البريد المرسل
log-lead = كل رسالة خرجت أو تنتظر الخروج.
log-all = الكل
log-state = { $value ->
    [queued] في الانتظار
    [sent] أُرسلت
   *[failed] فشلت
}
log-find = عنوان أو رقم تذكرة
log-to = إلى
log-subject = الموضوع
log-attempts = { $n ->
    [zero] دون محاولات
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $n } محاولات
   *[other] { $n } محاولة
}
log-when = متى
log-empty = لا بريد هنا
log-empty-hint = تظهر الرسائل حالما يوجد ما يُرسل.

# البريد الذي تعذرت معالجته
held-title = بريد لم يُعالَج
held-lead = هذه الرسائل لم تصبح تذاكر. اقرأ السبب ثم أعد المحاولة أو استبعدها.
held-reason = { $reason ->
    [unparseable] { mail-reason-unparseable }
    [too_large] { mail-reason-too-large }
    [too_complex] { mail-reason-too-complex }
    [no_sender] { mail-reason-no-sender }
    [empty] { mail-reason-empty }
    [loop] { mail-reason-loop }
    [own_address] { mail-reason-own-address }
    [sender_blocked] { mail-reason-sender-blocked }
    [rate_cap] { mail-reason-rate-cap }
    [unknown_sender] { mail-reason-unknown-sender }
    [automatic] { mail-reason-automatic }
    [bulk] { mail-reason-bulk }
    [report] { mail-reason-report }
    [duplicate] { mail-reason-duplicate }
    [no_mailbox] { mail-reason-no-mailbox }
    [reopen_cap] { mail-reason-reopen-cap }
    [internal] { mail-reason-internal }
   *[other] { $reason }
}
held-no-subject = (بلا موضوع)
held-from = من { $from } إلى { $to }
held-preview = معاينة
held-raw = الأصل
held-discard = استبعاد
held-discard-confirm = أتريد استبعاد هذه الرسالة؟ يبقى الأصل محفوظًا.
held-empty = لا شيء بالانتظار
held-empty-hint = وجدت كل رسالة تذكرتها.

# المهل الفائتة
violations-title = مخالفات SLA
violations-lead = مهل مضت دون رد أو حل، الأحدث أولًا.
violations-promise = المهلة
violations-any-promise = أي مهلة
violations-any-policy = أي سياسة
violations-from = من
violations-to = إلى
violations-due = انتهت في
violations-over = مقدار التأخر
violations-over-unknown = غير معروف
violations-policy-gone = سياسة محذوفة
violations-deleted = محذوفة
violations-state = { $state ->
    [open] ما زالت تنتظر
    [late] { $clock ->
        [resolution] حُلّت متأخرة
       *[other] رُدّ عليها متأخرًا
    }
    [moved] نُقل الموعد
   *[ended] انتهت دون رد
}
violations-empty = لم تفت أي مهلة
violations-empty-hint = عندما تمضي مهلة تُسجَّل هنا.

# سياسات SLA
policies-title = سياسات SLA
policies-lead = أول سياسة تنطبق شروطها هي عقد التذكرة.
policies-new = سياسة جديدة
policies-everything = كل التذاكر
policies-off = موقوفة
policies-business = ساعات العمل
policies-always = على مدار الساعة
policies-empty = لا سياسات
policies-empty-hint = بلا سياسة يسري المعيار: الحل خلال 2 و8 و24 و72 ساعة عمل.
policies-imported = إعدادات العميل
policy-edit = تعديل السياسة
policy-name = الاسم
policy-position = الترتيب
policy-enabled = سارية
policy-calendar = التقويم
policy-conditions = الشروط
policy-customer-type = أنواع العملاء
policy-organizations = المؤسسات
policy-categories = الفئات
policy-any = دون اختيار تعني أي شيء. اختر أكثر من واحد بالنقر مع Ctrl.
policy-targets = المهل
policy-targets-hint = مثلًا 30 (دقيقة) أو 1:30 أو 8h أو 1h 30m. فارغ: لا مهلة.
policy-business = ساعات العمل
policy-customer-type-hint = عدة أنواع تفصلها فواصل.
policy-priorities = الأولويات
policy-reopen-restart = تبدأ مهلة الحل من جديد عند إعادة فتح التذكرة
policy-notices-in-hours = تنتظر رسائل التحذير وتجاوز المهل ساعات العمل
policy-hours = الساعات
policy-warn = التنبيه عند، ٪ من المهلة
policy-warn-hint = عدة قيم تفصلها فواصل: 75, 90.
policy-delete-confirm = أتريد حذف هذه السياسة؟ تحتفظ التذاكر بما وعدت به.
preview-title = متى يكون الموعد؟
preview-created = وقت الإنشاء
preview-now-hint = فارغ يعني الآن.
preview-button = احسب
preview-policy = السياسة
preview-none = بلا مهلة
preview-no-policy = لا سياسة تنطبق.

# التقويمات
calendars-title = التقويمات
calendars-lead = ساعات العمل التي يُحتسب فيها الوقت.
calendars-new = تقويم جديد
calendars-empty = لا تقويمات
calendars-empty-hint = من دون تقويم يُحتسب الوقت من الاثنين إلى الجمعة، من 9 إلى 18.
calendars-open = مفتوح الآن
calendars-closed = مغلق الآن
calendars-holidays = { $n ->
    [zero] بلا عطل
    [one] عطلة واحدة
    [two] عطلتان
    [few] { $n } عطل
   *[other] { $n } عطلة
}
calendars-overrides = { $n ->
    [zero] بلا تواريخ بساعات أخرى
    [one] تاريخ واحد بساعات أخرى
    [two] تاريخان بساعات أخرى
    [few] { $n } تواريخ بساعات أخرى
   *[other] { $n } تاريخًا بساعات أخرى
}
calendars-used = { $n ->
    [zero] غير مستخدم
    [one] تستخدمه سياسة واحدة
    [two] تستخدمه سياستان
    [few] تستخدمه { $n } سياسات
   *[other] تستخدمه { $n } سياسة
}
calendar-edit = تعديل التقويم
calendar-week = أسبوع العمل
calendar-week-hint = الفترات تفصل بينها فواصل: 09:00-13:00, 14:00-18:00. عبر منتصف الليل: 22:00-06:00. اليوم كله: 00:00-24:00. فارغ: عطلة.
calendar-closed = عطلة
calendar-holidays = العطل
calendar-date = التاريخ
calendar-holiday-name = الاسم
calendar-yearly = كل سنة
calendar-once = مرة واحدة
calendar-repeats = التكرار
calendar-holiday-hours = مفتوح مع ذلك
calendar-add-row = إضافة سطر
calendar-remove-row = إزالة هذا السطر
calendar-rows-hint = السطر الذي يُفرَّغ يُزال، وبعد الحفظ تظهر سطور فارغة جديدة.
calendar-holidays-hint = عطلة طوال اليوم ما لم تُذكر ساعات: نصف يوم.
calendar-overrides = تواريخ بساعات أخرى
calendar-overrides-hint = في هذه التواريخ تسري الساعات المذكورة هنا أيًّا كان يوم الأسبوع أو العطلة: سبت عمل أو يوم قصير. ومن دون ساعات يكون اليوم عطلة.
calendar-override-hours = ساعات ذلك اليوم
calendar-ical = استيراد العطل من ملف iCal
calendar-ical-hint = تضاف أحداث اليوم الكامل في الملف (‎.ics) عطلًا.
calendar-save-note = يغيّر الحفظ مواعيد التذاكر الجارية، ويُسجَّل ذلك في كل منها.
calendar-delete-confirm = أتريد حذف هذا التقويم؟

# التقييمات
ratings-title = التقييمات
ratings-days = { $n ->
    [7] أسبوع
    [30] شهر
    [90] ربع سنة
   *[365] سنة
}
ratings-average = المتوسط
ratings-of-five = من 5
ratings-count = التقييمات
ratings-handled = المحلولة
ratings-resolution = زمن الحل
ratings-agent = المهندس
ratings-by-agent = حسب المهندس
ratings-period = المدة
ratings-spread = توزيع النجوم
ratings-empty = لا تقييمات في هذه المدة
ratings-empty-hint = يُسأل العملاء بعد كل حل.

# الإعدادات
settings-title = الإعدادات
settings-departments = الأقسام
settings-categories = الفئات
settings-add-department = قسم جديد
settings-add-category = فئة جديدة
settings-archive = أرشفة
settings-unarchive = إعادة
settings-archived = في الأرشيف
settings-rename = إعادة تسمية { $name }
settings-none = لا شيء بعد.

# وحدة تحكم المنصة
console-title = عملاء المنصة
console-lead = كل بوابات هذا التثبيت.
console-name = الاسم
console-address = العنوان
console-database = قاعدة البيانات
console-locale = اللغة
console-active = تعمل
console-inactive = موقوفة

# ما حدث
flash-sent-already = سبق إرسال هذا: نُفّذ مرة واحدة.
flash-ticket-created = أُنشئت التذكرة { $arg }.
flash-rated = شكرًا على تقييمك.
flash-reply-sent = أُرسل ردك.
flash-note-added = أُضيفت الملاحظة.
flash-ticket-closed = أُغلقت التذكرة.
flash-ticket-reopened = فُتحت التذكرة من جديد.
flash-saved = تم الحفظ.
flash-bulk = { $n ->
    [one] عُدّلت تذكرة واحدة.
    [two] عُدّلت تذكرتان.
    [few] عُدّلت { $n } تذاكر.
   *[other] عُدّلت { $n } تذكرة.
}
flash-bulk-partly = لم تُعدَّل بعض التذاكر: { $arg }.
flash-bulk-none = لم تُحدَّد أي تذكرة.
flash-bulk-nothing = لم يُختر ما يُعدَّل.
flash-merged = تم الدمج مع { $arg }.
flash-unmerged = تم التراجع عن الدمج.
flash-split = فُصلت التذكرة { $arg }.
flash-linked = تم الربط بـ { $arg }.
flash-escalated = تم التصعيد.
flash-deleted = حُذفت التذكرة { $arg }.
flash-file-removed = حُذف الملف.
flash-restored = استُعيدت التذكرة.
flash-profile-saved = حُفظ الملف الشخصي.
flash-password-changed = تم تغيير كلمة المرور.
flash-mail-queued = أُعيدت الرسالة إلى الانتظار.
flash-mail-processed = أصبحت الرسالة { $arg }.
flash-mail-discarded = استُبعدت الرسالة.
flash-mail-still-held = ما زالت معالجة الرسالة متعذرة.
flash-deleted-policy = حُذفت السياسة.
flash-deleted-calendar = حُذف التقويم.

# لوحة المفاتيح
keys-title = اختصارات لوحة المفاتيح
keys-send = إرسال

# المتصفح
js-offline = لا اتصال. ما تكتبه محفوظ هنا.
js-online = عاد الاتصال.
js-copied = نُسخ الرابط.
js-selected = المحدد: %
js-unsaved = لم يُرسل ما كتبته بعد. أتغادر الصفحة؟
js-draft = حُفظت المسودة
js-typing = { $names } يكتب ردًا الآن.
js-viewing = { $names } يطّلع على هذه التذكرة أيضًا.
js-changed = تغيرت هذه التذكرة.
js-show = عرض
js-upload-failed = لم يُرسل الملف.
js-upload-large = الملف أكبر من 50 م.ب.
js-failed = لم ينجح ذلك. حاول مرة أخرى.
js-sending = جارٍ الإرسال

# Sizes of files.
unit-bytes = بايت
unit-kilobytes = ك.ب
unit-megabytes = م.ب

# وحدات ERP وغيرها
sla-standard = القياسية
new-files-choose = اختيار ملفات
portal-resolved = المحلولة
portal-closed = المغلقة
module-sales = المبيعات
module-purchasing = المشتريات
module-warehouse = المستودع
module-production = الإنتاج
module-accounting = المحاسبة
module-payroll = الرواتب
module-crm = إدارة علاقات العملاء
module-edi = التبادل الإلكتروني للبيانات
module-reporting = التقارير
module-integration = التكامل
module-access = الوصول والصلاحيات
module-performance = الأداء
