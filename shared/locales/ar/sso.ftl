# مزودو الدخول (OpenID Connect): الصفحات والأزرار وما يقال عنهم

sso-title = مزودو الدخول
sso-one = مزود دخول
sso-lead = يدخل الأشخاص بحسابهم في مكان آخر: OpenID Connect, SAML 2.0.
sso-new = إعداد مزود
sso-empty = لم يُعد أي مزود
sso-off = متوقف
sso-preset-generic = مزود آخر
sso-name-hint = يقرؤه الأشخاص على الزر.
sso-enabled = يمكن الدخول به
sso-provider = المزود
sso-preset-hint = { $value ->
    [google] أنشئ في وحدة تحكم Google Cloud عميلًا من نوع «تطبيق ويب».
    [microsoft] سجّل تطبيقًا في Microsoft Entra ID لحسابات دليلك فقط، وضع معرّف الدليل في جهة الإصدار.
    [saml] استورد بيانات البوابة لدى المزود والصق بيانات المزود هنا.
   *[other] سجّل هذه البوابة عميلًا سريًا بتدفق الرمز.
}
sso-issuer = جهة الإصدار
sso-issuer-hint = كما يكتبها المزود تمامًا وتبدأ بـ https.
sso-client = معرّف العميل
sso-secret = سر العميل
sso-secret-hint = لا يُعرض مرة أخرى. إن تُرك فارغًا بقي كما هو ما لم تتغير جهة الإصدار أو العميل.
sso-scopes = النطاقات إضافة إلى openid
sso-scopes-hint = بينها مسافات.
sso-redirect = عنوان العودة
sso-redirect-hint = يجب أن يعرف المزود هذا العنوان كما هو تمامًا.
sso-claims = أي حقل يعني ماذا
sso-claim-name = الاسم
sso-claim-email = العنوان
sso-claim-groups = المجموعات أو الأدوار
sso-roles = الأدوار
sso-mappings-hint = تقرر أول مجموعة ينتمي إليها الشخص، للحسابات التي أنشأها هذا المزود، وتُترك الأسطر الفارغة.
sso-newcomers = الجدد
sso-domains-hint = بينها فواصل. المزود يتحدث عن هذه النطاقات فقط.
sso-trusts-addresses = تصديق عناوين لا يقول المزود إنه تحقق منها: لمزود شركتك فقط
sso-trust = الثقة
sso-trusts-second-factor = العامل الثاني الذي أُعطي هناك يُحتسب هنا
sso-sign-out-too = من يخرج هنا يُنقل إلى الخروج هناك
sso-test-hint = اسأل المزود عما يقوله عن نفسه، أو مرّ بدخول لا يُدخل أحدًا.
sso-test-discovery = اسأل المزود
sso-test-sign-in = دخول تجريبي
sso-test-nobody = لم يدخل أحد ولم يتغير شيء.
sso-steps = الخطوات
sso-step-ok = جيد
sso-step-failed = لم ينجح
sso-step = { $value ->
    [discovery] يقول المزود ما هو
    [keys] ينشر مفاتيح
    [answer] عاد المتصفح برمز
    [response] سلّم المتصفح جوابًا
    [assertion] الجواب لهذه البوابة وساري الآن ولهذا الدخول
    [token] بُدّل الرمز
    [signature] التوقيع توقيع المزود
    [claims] الرمز لهذا الدخول
    [level] دخل الشخص هناك كما يُطلب هنا
    [userinfo] ما قيل غير ذلك عن الشخص نفسه
    [person] للشخص مكان هنا
   *[other] { $value }
}
sso-claims-received = الحقول المستلمة
sso-claim = الحقل
sso-claim-value = القيمة
sso-back = العودة إلى المزود
sso-delete-confirm = يخرج من دخل به، ومن لا كلمة مرور له يختارها بالبريد. هل تريد الحذف؟
sso-button = الدخول عبر { $name }
sso-prove = التأكيد عبر { $name }
sso-identities = حسابات في أماكن أخرى
sso-linked-at = رُبط
sso-used-at = آخر استعمال
sso-link = ربط { $name }
sso-link-hint = بعد الربط يمكنك الدخول بذلك الحساب أيضًا.
sso-unlink = فك الربط
sso-unlink-confirm = لن تستطيع الدخول بذلك الحساب بعد ذلك. هل تريد فك الربط؟
sso-signed-out = خرجت من هنا
sso-signed-out-text = قد تكون ما زلت داخلًا لدى { $name }. ننتقل إلى الخروج هناك…
sso-sign-out-there = الخروج لدى { $name }
flash-identity-linked = رُبط الحساب.
flash-identity-unlinked = فُك ربط الحساب.
flash-identity-taken = ذلك الحساب أو آخر لدى المزود نفسه مربوط من قبل.
flash-identity-refused = لم ينجح ذلك. ابدأ من جديد.
flash-identity-last = إنه طريقك الوحيد للدخول. اختر كلمة مرور أو أضف مفتاح مرور أولًا.
mail-security-identity-linked = رُبط حساب خارجي بحسابك
mail-security-identity-unlinked = فُك ربط حساب خارجي بحسابك
error-sso-over = انتهى هذا الدخول
    .detail = طال أو استُعمل من قبل أو بدأ في متصفح آخر. ابدأ من جديد.
error-sso-failed = لم يُدخلك المزود
    .detail = لم يؤكد المزود دخولك أو أن جوابه غير صالح. حاول مرة أخرى أو ادخل بطريقة أخرى.
error-sso-unreachable = المزود لا يجيب
    .detail = لا يمكن سؤال المزود الذي تدخل به الآن. حاول بعد بضع دقائق.
error-sso-no-access = لا مكان لك في هذه البوابة
    .detail = المزود يعرفك لكن ليس لك مكان في البوابة بعد. اسأل مديرها.
error-sso-not-linked = يوجد حساب بعنوانك
    .detail = ادخل كما كنت تفعل واربط الحساب في صفحة أمان حسابك.
error-identity-provider-limit = لا مكان لمزود آخر
    .detail = للبوابة { $maximum } من مزودي الدخول على الأكثر.
error-external-identity-linked = مربوط من قبل
    .detail = ذلك الحساب أو آخر لدى المزود نفسه مربوط من قبل.
error-last-way-in = الطريق الوحيد للدخول
    .detail = اختر كلمة مرور أو أضف مفتاح مرور أولًا.
field-issuer-refused = لا يمكن استعمال جهة الإصدار هذه. اكتب العنوان العام بـ https كما يكتبه المزود.
field-not-a-scope = لا مسافات في النطاق، وعددها عشرة على الأكثر.
sso-backchannel = عنوان إنهاء الجلسات
sso-backchannel-hint = هنا يُبلغ المزود بانتهاء الجلسات (back-channel logout): فينتهي فورًا ما فتحه.
sso-second-factor-acr = الفئات التي تعني عاملًا ثانيًا
sso-second-factor-acr-hint = قيم acr وبينها مسافات. تُحتسب amr مع mfa دائمًا.
sso-acr = الفئات المطلوبة
sso-acr-hint = acr_values وبينها مسافات، الأفضل أولًا.
sso-requires-acr = لا يدخل أحد من دون إحداها
error-sso-level = لم يكن الدخول هناك قويًا بما يكفي
    .detail = تطلب هذه البوابة دخولًا أقوى لدى المزود من الذي استُخدم. ادخل هناك بتلك الطريقة وحاول مرة أخرى.
flash-identity-level = لم يكن الدخول لدى المزود قويًا بما يكفي لهذه البوابة.
