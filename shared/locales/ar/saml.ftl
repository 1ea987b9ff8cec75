# SAML 2.0: the page of a provider, the way back, why answers are not believed.

saml-own-metadata = اسم البوابة لدى المزود وبياناتها:
saml-metadata = بيانات المزود
saml-metadata-hint = وثيقة XML كما يعطيها المزود. إن تُركت فارغة بقيت كما هي، ومن دونها يجب إيقاف المزود.
saml-metadata-file = نفسها في ملف
saml-metadata-url = عنوان البيانات
saml-metadata-url-hint = تُجلب منه إن لم تُلصق وثيقة، ومرة أخرى حين يوقّع المزود بمفتاح جديد.
saml-takes-unsolicited = يمكن للمزود أن يبدأ الدخول بنفسه. عندها يستطيع أي شخص إدخال غيره في حسابه: اتركه متوقفًا ما لم يبدأ الأشخاص من صفحة المزود.
saml-handed-in = جارٍ الدخول…
saml-handed-in-text = أجاب المزود. إن لم يحدث شيء فتابع.
saml-continue = متابعة
field-metadata-refused = ليست بيانات مزود واحد يُدخل الأشخاص بإعادة التوجيه عبر https وبمفتاح مقبول.
field-metadata-address = لا يمكن السؤال عند هذا العنوان. أدخل عنوان https عامًا.
field-metadata-unreachable = لم تصل وثيقة من هذا العنوان. افتحه في متصفح أو الصق الوثيقة.
flash-saml-signed-out = خرجت هنا ولدى المزود.
flash-saml-signed-out-partly = خرجت هنا. يقول المزود إن بعض خدماته لم تُخرجك.
flash-saml-signed-out-unknown = خرجت هنا. لا يُعرف هل خرجت لدى المزود: جوابه غير صالح.
saml-fault = { $value ->
    [malformed] ليست وثيقة XML التي يطلبها SAML.
    [doctype] في الوثيقة نوع وثيقة، ولا يُقبل من أحد.
    [instruction] في الوثيقة تعليمة معالجة.
    [too_large] أكبر أو أعمق من أي جواب سليم.
    [namespace] بادئة لا تدل على شيء أو على ما لا يجوز.
    [kind] رسالة غير المنتظرة هنا.
    [version] نسخة غير SAML 2.0.
    [duplicate_id] لعنصرين معرّف واحد.
    [unsigned] لا الجواب ولا التأكيد موقّع. فعّل التوقيع لدى المزود.
    [signature_place] توقيع في غير موضعه.
    [signature_form] التوقيع غير مكتوب كما يقول المعيار.
    [algorithm] خوارزمية غير مقبولة. ليوقّع المزود بـ RSA أو ECDSA مع SHA-256.
    [transform] تحويل غير مقبول.
    [reference] التوقيع عن شيء آخر.
    [digest] ما وُقّع تغيّر في الطريق.
    [signature] التوقيع ليس بمفتاح من البيانات. الصق بيانات المزود الحالية.
    [assertions] ليس تأكيدًا واحدًا بالضبط.
    [encryption] تشفير غير مقبول: المقبول RSA-OAEP مع AES-GCM، أو AES-CBC في جواب موقّع.
    [decryption] غير مشفر لهذه البوابة. استورد بيانات البوابة لدى المزود.
    [status] يقول المزود إن الدخول لم ينجح.
    [issuer] من مزود غير الذي في البيانات.
    [destination] أُرسل إلى عنوان غير عنوان هذه البوابة.
    [recipient] يُسلَّم في عنوان غير عنوان هذه البوابة.
    [audience] لخدمة أخرى. يجب أن يكون الجمهور لدى المزود اسم هذه البوابة.
    [condition] بشرط غير معروف.
    [early] لم يسرِ بعد: ساعة المزود متقدمة.
    [expired] انتهى: وصل متأخرًا أو ساعة المزود متأخرة.
    [request] جواب عن طلب آخر.
    [unsolicited] جواب بلا طلب، وهذا المزود لا يبدأ بنفسه.
    [confirmation] لا يؤكد تسليمه أحدًا.
    [subject] لا يسمي أحدًا، أو باسم يتغير كل مرة: اختر اسمًا دائمًا أو عنوانًا.
    [authentication] لا يقول إن أحدًا تحقق منه الآن.
    [replayed] سُلّم من قبل.
    [certificate] شهادة لا تُقرأ أو مفتاحها غير مقبول.
    [metadata] بيانات المزود ناقصة.
    [endpoint] عنوان لا يُرسل إليه متصفح.
   *[other] { $value }
}
