# أمان الحساب: العامل الثاني والإثبات والجلسات والرسائل عنها.
field-code = الرمز
field-wrong-code = الرمز غير صحيح أو سبق استخدامه.
field-one-of-two = أرسل أحد الاثنين فقط.
error-bad-second-factor = الرمز لا يسمح بالدخول
    .detail = إما أنه غير صحيح أو سبق استخدامه أو انقضى الوقت. انتظر الرمز التالي أو سجّل الدخول من البداية.
error-step-up-required = نرجو إثبات هويتك مرة أخرى
    .detail = يتطلب هذا كلمة المرور أو العامل الثاني خلال آخر 15 دقيقة.
error-mfa-enrolment-required = العامل الثاني مطلوب أولًا
    .detail = دورك هنا يتطلب عاملًا ثانيًا. قم بإعداده فيُفتح كل ما عداه.
error-second-factor-on = يوجد عامل ثانٍ بالفعل
    .detail = أوقفه أولًا إن أردت غيره.
error-second-factor-not-begun = لم يبدأ أي إعداد
    .detail = ابدأ من جديد: تغيّر السر أو لم يكن موجودًا.

verify-title = العامل الثاني
verify-lead = افتح تطبيق المصادقة واكتب الرمز الذي يعرضه.
verify-hint = ستة أرقام. إن لم يكن جهازك معك فاكتب أحد رموز الاسترداد.
verify-again = البدء من جديد
proof-title = هل هذا أنت؟
proof-lead = ما ستفعله مهم، لذلك نسأل مرة أخرى. ستبقى مسجل الدخول.
proof-button = متابعة

security-title = الأمان
security-about = العامل الثاني ورموز الاسترداد والأجهزة التي سجلت الدخول عليها.
security-open = فتح
security-owed = دورك هنا يتطلب عاملًا ثانيًا. قم بإعداده الآن فيُفتح كل ما عداه.
security-required = دورك يتطلبه: من دونه لن يمكنك سوى إعداد غيره.
security-factor = العامل الثاني
security-on = مفعّل. نطلب رمزًا بعد كلمة المرور. منذ
security-off = متوقف. معه لا تكفي كلمة مرور مسروقة: نطلب أيضًا رمزًا لا يعرضه إلا جهازك.
security-set-up = إعداد
security-turn-off = إيقاف
security-codes-left = { $n ->
    [0] لم يبق أي رمز استرداد. أنشئ رموزًا جديدة.
    [one] بقي رمز استرداد واحد.
    [two] بقي رمزا استرداد.
    [few] بقيت { $n } رموز استرداد.
   *[other] بقي { $n } رمز استرداد.
}
security-codes-renew = رموز استرداد جديدة
security-end-others = إنهاء كل الجلسات الأخرى
security-program = برنامج
security-unknown-device = جهاز غير معروف
security-this-one = هذا الجهاز
security-seen = آخر استخدام
security-opened = منذ
security-end = إنهاء
security-activity = الدخول والخروج
security-no-activity = لا شيء بعد.
sign-in-event = { $value ->
    [opened] تسجيل دخول
    [challenged] أُدخلت كلمة المرور وطُلب العامل الثاني
    [refused] رفض: كلمة مرور أو رمز أو مفتاح مرور غير صحيح
    [closed] تسجيل خروج
    [all_closed] تسجيل خروج من كل الأجهزة
    [ended] أُنهيت جلسة عن بُعد
    [others_ended] أُنهيت كل الجلسات الأخرى
    [verified] أُثبتت الهوية مرة أخرى
    [proof_refused] رُفض الإثبات: كلمة مرور أو رمز أو مفتاح مرور غير صحيح
    [reuse_detected] ورد رمز التحديث مرتين فأُنهيت جلسته
   *[other] { $value }
}

setup-title = إعداد العامل الثاني
setup-scan = 1. اعرض الصورة على تطبيق المصادقة
setup-scan-hint = يصلح أي تطبيق للرموز الزمنية. من يرى هذه الصورة يستطيع توليد رموزك، فلا تعرضها على أحد.
setup-picture = رمز QR لتطبيق المصادقة
setup-secret = أو اكتب هذا السر
setup-open = فتح في تطبيق على هذا الجهاز
setup-code = 2. اكتب الرمز الذي يعرضه التطبيق
setup-code-hint = ستة أرقام؛ يتغير الرمز كل 30 ثانية.
setup-button = تفعيل
codes-title = رموز الاسترداد
codes-lead = كل رمز يُدخلك مرة واحدة من دون جهازك. تُعرض هذه المرة فقط: اطبعها أو احفظها حيث تحفظ كلمات مرورك.
codes-kept = حفظتها

rules-title = قواعد تسجيل الدخول
rules-factor = من يحتاج إلى عامل ثانٍ
rules-factor-hint = من له هذا الدور وليس لديه عامل ثانٍ يستطيع الدخول لإعداده فقط.
rules-idle = دقائق من دون استخدام
rules-idle-hint = المتصفح الذي لم يُستخدم هذه المدة يُسجَّل خروجه: من 15 إلى 43200.
rules-absolute = ساعات في كل الأحوال
rules-absolute-hint = بعد هذه المدة يسجّل الجميع الدخول من جديد: من 1 إلى 720.

flash-second-factor-off = أُوقف العامل الثاني.
flash-session-ended = أُنهيت الجلسة.
flash-sessions-ended = أُنهيت كل الجلسات الأخرى.

mail-security-subject = دعم { $brand }: { $what }
mail-security-second-factor-on = أُعدّ عامل ثانٍ لحسابك
mail-security-second-factor-off = أُوقف العامل الثاني لحسابك
mail-security-recovery-codes-renewed = أُنشئت رموز استرداد جديدة لحسابك
mail-security-recovery-code-used = استُخدم أحد رموز الاسترداد الخاصة بك
mail-security-codes-refused = شخص ما يعرف كلمة مرورك ولم يجتز العامل الثاني
mail-security-password-changed = تغيرت كلمة مرورك
mail-security-when = حدث ذلك في { $at }.
mail-security-device = الجهاز: { $device }.
mail-security-network = عنوان الشبكة: { $network }.
mail-security-not-you = إن كنت أنت فلا حاجة إلى شيء. وإلا فغيّر كلمة المرور فورًا وأنهِ الجلسات التي لا تعرفها.
mail-security-button = مراجعة الحساب
