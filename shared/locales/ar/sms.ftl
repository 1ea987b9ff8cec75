# الرموز برسائل قصيرة: الرقم والإرسال والدخول.
phone-title = رموز برسائل قصيرة
phone-lead = يمكن إرسال رمز إلى هاتفك. وهو أضعف العوامل الثانية: قد يُستولى على الأرقام وقد يقرأ الرسائل غيرك. تطبيق الرموز أو مفتاح المرور أفضل.
phone-on = تُرسل الرموز إلى { $number }.
phone-not-offered = لم تعد الرموز برسائل قصيرة متاحة هنا. أعدّ تطبيق رموز أو مفتاح مرور، وإلى ذلك الحين ادخل برموز الاسترداد.
phone-number = رقم الهاتف
phone-number-hint = بالصيغة الدولية مع رمز البلد: ‎+971 50 123 4567
phone-add = إرسال رمز
phone-remove = حذف الرقم
phone-confirm-title = تأكيد رقمك
phone-confirm-lead = أرسلنا رمزًا إلى { $number }.
phone-code-hint = ستة أرقام صالحة لعشر دقائق.
phone-confirm = تأكيد
phone-again = إرسال رمز آخر
phone-wait = يمكن إرسال رمز جديد بعد دقيقة. الأخير وحده صالح.
phone-send = إرسال رمز إلى { $number }
phone-verify-lead = اطلب رمزًا إلى هاتفك واكتبه هنا.
flash-code-sent = الرمز في الطريق.
flash-code-wait = أُرسل رمز قبل لحظات أو أُرسل أكثر من اللازم. انتظر قليلًا.
flash-phone-number = هذا ليس رقم هاتف. اكتبه مع + ورمز البلد.
flash-phone-added = أُضيف الرقم.
flash-phone-removed = حُذف الرقم.
field-bad-phone-number = اكتب الرقم مع + ورمز البلد، من 8 إلى 15 رقمًا.
field-sms-unavailable = لا سبيل لهذا النظام إلى إرسال رسائل قصيرة.
error-sms-unavailable = الرموز برسائل قصيرة غير متاحة هنا
    .detail = لم يسمح بها المسؤول أو لا سبيل إلى إرسال رسائل قصيرة.
error-phone-on = يوجد رقم هاتف بالفعل
    .detail = احذفه أولًا إن أردت غيره.
rules-sms = رموز برسائل قصيرة
rules-sms-allow = السماح بالرموز برسائل قصيرة عاملًا ثانيًا
rules-sms-hint = يعدّ NIST 800-63B هذه الطريقة مقيّدة: قد يُستولى على الأرقام وتُقرأ الرسائل. اتركها معطّلة حيث يمكن استخدام تطبيق أو مفتاح مرور. ومن ليس له إلا رقم يدخل برموز الاسترداد بعد تعطيلها.
sms-text = { $purpose ->
    [confirm] { $portal }: { $code } رمز تأكيد رقم هاتفك. لا تخبر به أحدًا.
    [step_up] { $portal }: { $code } رمز تأكيد هويتك. لا تخبر به أحدًا.
   *[sign_in] { $portal }: { $code } رمز دخولك. لا تخبر به أحدًا.
}
mail-failure-no-gateway = لا سبيل إلى إرسال رسائل قصيرة
mail-failure-code-over = لم يعد الرمز صالحًا
mail-security-phone-added = أُضيف رقم هاتف للرموز إلى حسابك
mail-security-phone-removed = حُذف رقم هاتف حسابك
