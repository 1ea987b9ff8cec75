# أدلة الشركات التي يدخل منها أفرادها

directories-title = الأدلة
directories-one = دليل
directories-lead = شركات يدخل أفرادها بكلمة مرور العمل: LDAP و Active Directory.
directories-new = إعداد دليل
directories-empty = لم يُعد أي دليل
directories-off = متوقف
directories-enabled = يمكن لأفراده الدخول
directories-server = الخادم
directories-host = المضيف
directories-host-hint = اسم عام لشهادته جهة إصدار عامة، ويبدأ TLS من أول بايت.
directories-port = المنفذ
directories-bind = حساب البحث
directories-bind-hint = اسمه في الدليل، ويكفيه حق القراءة.
directories-password = كلمة مروره
directories-password-hint = لا تُعرض مرة أخرى. إن تُركت فارغة بقيت كما هي ما لم يتغير المضيف أو المنفذ أو الحساب.
directories-people = الأشخاص
directories-base = أين يُبحث عن الأشخاص
directories-filter = من المقصود باسم المستخدم
directories-filter-hint = مرشح بحث فيه { "{username}" }.
directories-unique = سمة لا تتغير أبدًا
directories-unique-hint = entryUUID أو objectGUID في Active Directory.
directories-username-attribute = سمة اسم المستخدم
directories-mail-attribute = سمة العنوان
directories-name-attribute = سمة الاسم
directories-groups = المجموعات
directories-lookup = كيف تُعرف مجموعات الشخص
directories-lookup-attribute = memberOf للشخص
directories-lookup-chain = يتتبع Active Directory المجموعات المتداخلة
directories-lookup-walk = المجموعات التي تسمي الشخص ومجموعات تلك
directories-groups-base = أين يُبحث عن المجموعات
directories-mappings-hint = تقرر أول مجموعة ينتمي إليها الشخص، وتُترك الأسطر الفارغة.
directories-mapping = المجموعة وما تعطيه
directories-group = المجموعة
directories-default-role = الباقون
directories-no-access = لا وصول
directories-newcomers = الجدد والمرور
directories-create = يحصل الجدد على حساب
directories-domains = نطاقات البريد
directories-domains-hint = بينها فواصل. الدليل يتحدث عن هذه النطاقات فقط.
directories-sync-hours = ساعات بين مرورين
directories-sync-hours-hint = يحدّث المرور الحسابات ويعطّل من رحل. 0 لعدم المرور.
directories-test = تجربة
directories-test-name = اسم المستخدم في الدليل
directories-test-button = جرّب
directories-step-ok = جيد
directories-step-failed = لم ينجح
directories-round = آخر مرور
directories-figures = فُحص: { $seen }. جديد: { $created }، تغيّر: { $changed }، عُطّل: { $disabled }.
directories-unlinked = عنوانهم لحساب غير مربوط: { $count }
directories-skipped = تعذر أخذهم: { $count }
directories-confirm = نعم، رحل هؤلاء
directories-sync-now = مرّ عليه الآن
directories-linked = الأشخاص المربوطون
directories-linked-empty = لا أحد بعد
directories-gone = رحل
directories-link = ربط
directories-link-hint = لا يُربط حساب وسجل لهما العنوان نفسه تلقائيًا. وبعد الربط لا تُقبل إلا كلمة مرور الدليل.
directories-unlink = فك الربط
directories-unlink-confirm = سيخرج الشخص وعليه اختيار كلمة مرور بالبريد. فك الربط؟
directories-delete-confirm = لن تكون لأفراده كلمة مرور حتى يختاروا واحدة بالبريد. حذف؟
directories-state = { $value ->
    [idle] لم يحدث بعد
    [running] جارٍ
    [done] تم
    [stopped] توقف
    [failed] فشل
   *[other] { $value }
}
directories-problem = { $value ->
    [too_many_gone] كان سيُعطّل أكثر من ثلث الحسابات. تحقق هل رحل هؤلاء حقًا.
    [unreachable] تعذر الوصول إلى الخادم أو لا يوثق بشهادته.
    [nonsense] لا يجيب الخادم كما يجيب LDAP.
    [not_bound] لم يُقبل حساب البحث.
    [refused] يرفض الخادم البحث.
   *[other] { $value }
}
directories-step = { $value ->
    [connect] الخادم يجيب
    [tls] TLS بشهادة صالحة
    [bind] قُبل حساب البحث
    [search] وُجد الشخص
    [attributes] الاسم والعنوان موجودان
    [groups] المجموعات تعطي دورًا
   *[other] { $value }
}
flash-directory-sync = يبدأ المرور خلال دقائق.
