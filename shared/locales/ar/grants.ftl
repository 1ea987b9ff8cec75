# أدوار لمدة، ونوّاب، وسياسات، وسبب السماح لشخص بشيء.
grants-title = أدوار لمدة محددة
grants-of = الأدوار الممنوحة: { $name }
grants-back = رجوع
grants-lead = إلى جانب الدور الأصلي. يسري الممنوح من الطلب التالي وينتهي من تلقاء نفسه.
grants-about = امنح دورًا آخر إلى جانب الدور الأصلي: لمدة، أو لبعض التذاكر.
grants-about-group = ما يُمنح للمجموعة يحصل عليه كل عضو فيها.
grants-open = عرض ومنح
grants-given = الممنوح
grants-empty = لم يُمنح شيء بعد.
grants-state = { $value ->
    [active] سارٍ
    [later] لم يبدأ بعد
    [over] انتهى
    [revoked] سُحب
   *[other] { $value }
}
grants-reach = { $value ->
    [own] التذاكر الخاصة
    [organization] تذاكر مؤسسة
    [department] تذاكر قسم
    [all] كل التذاكر وكل ما عداها
   *[other] { $value }
}
grants-reach-place = { $value ->
    [organization] تذاكر المؤسسة
    [department] تذاكر القسم
   *[other] { $value }
}
grants-reach-label = لأي تذاكر
grants-reach-hint = الصلاحيات التي لا تخص التذاكر تأتي مع خيار «كل» فقط.
grants-place-own = قسم الشخص نفسه
grants-organization-hint = اسم مؤسسة موجودة؛ اتركه فارغًا لمؤسسة الشخص نفسه.
grants-from = من
grants-until = حتى
grants-for-good = بلا نهاية
grants-starts = من
grants-starts-hint = فارغ: من الآن.
grants-ends = حتى
grants-ends-hint = فارغ: بلا نهاية.
grants-reason = السبب
grants-give = منح دور
grants-give-button = منح
grants-end = إنهاء
grants-end-confirm = إنهاء هذا الآن؟ تعود الصفحات المفتوحة لصاحبه بدونه فورًا.
deputies-title = نوّابي
deputies-about = في غيابك يمكن لزميل أن يستعمل صلاحياتك إلى جانب صلاحياته.
deputies-open = عرض وتعيين
deputies-lead = للنائب صلاحياتك إلى جانب صلاحياته حتى نهاية المدة. ما يفعله بصلاحياتك يُسجَّل في سجل التدقيق بالاسمين معًا. وما أُعير لك لا يُعار لغيرك.
deputies-list = من ينوب عمّن
deputies-empty = ليس لك نائب، ولست نائبًا عن أحد.
deputies-lends = صلاحياتك معارة إلى
deputies-has = لديك صلاحيات
deputies-new = تعيين نائب
deputies-who = الزميل
deputies-ends-hint = ‏90 يومًا على الأكثر.
deputies-button = تعيين
deputies-end-confirm = إنهاء هذا الآن؟ تعود الصلاحيات فورًا.
access-policies = السياسات
access-policies-lead = شروط تُمنع بها الصلاحيات أو تُعطى فوق كل الأدوار
access-policies-empty = لا سياسات بعد: تقرر الأدوار والممنوح وحدها
access-policy = سياسة
access-policy-new = كتابة سياسة
access-policy-effect = الأثر
access-policy-effect-name = { $value ->
    [deny] تمنع
    [allow] تسمح
   *[other] { $value }
}
access-policy-effect-hint = ما تمنعه سياسة فهو ممنوع أيًّا كان ما يسمح به.
access-policy-on = سارية
access-policy-off = متوقفة
access-policy-condition = الشرط
access-policy-condition-hint = قاعدة JsonLogic؛ ‏true تعني دائمًا.
access-policy-examples = أمثلة وعوامل ومتغيرات
access-policy-example-critical = التذاكر الحرجة من خارج المكتب:
access-policy-example-hours = خارج ساعات العمل وفي العطلة الأسبوعية:
access-policy-example-module = المحللون وتذاكر المالية أو الرواتب:
access-policy-example-department = تذاكر الأقسام الأخرى:
access-policy-operators = العوامل:
access-policy-variables = المتغيرات:
access-policy-permissions = الصلاحيات
access-policy-permissions-lead = ما تمنعه أو تسمح به:
access-policy-try = جرّبها أولًا
access-policy-try-lead = تعرض من كان يستطيع ماذا مع تذكرة لو سرت السياسة كما هي أعلاه. لا يُحفظ شيء.
access-policy-try-button = تجربة
access-policy-delete-confirm = حذف هذه السياسة؟ تقرر الأدوار وحدها من جديد من الطلب التالي.
explain-title = من يستطيع ماذا
explain-lead = من يستطيع الآن فعل شيء مع تذكرة، ولماذا.
explain-ticket = رقم التذكرة
explain-permission = لفعل ماذا
explain-people = بين مَن
explain-people-desk = فريق الدعم والبرامج
explain-people-clients = العملاء
explain-person = بريد شخص واحد
explain-person-hint = حتى إن لم يكن يستطيع. فارغ: كل من يستطيع، وكل من لا تمنعه إلا سياسة.
explain-button = عرض
explain-answer = من يستطيع ولماذا
explain-may = يستطيع
explain-may-not = لا يستطيع
explain-program = (برنامج؛ كل مفتاح من مفاتيحه أقل صلاحية)
explain-source = { $value ->
    [role] الدور:
    [grant] دور ممنوح:
    [group] دور المجموعة:
    [deputy] نائب عن:
    [policy] السياسة:
   *[other] { $value }
}
explain-nothing = لا شيء يعطي ذلك.
explain-denied-by = منعته السياسة
explain-nobody = لا أحد بين من نُظر فيهم.
explain-more = هناك أشخاص أكثر؛ هؤلاء أول من نُظر فيهم.
flash-grant-given = مُنح.
flash-grant-ended = انتهى.
flash-deputy-set = عُيّن نائبك.
flash-deputy-ended = انتهى. عادت الصلاحيات.
