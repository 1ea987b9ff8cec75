# البريد: العناوين والنصوص
mail-greeting = مرحبًا،
mail-reply-above = يرجى كتابة ردكم فوق هذا السطر
mail-footer = أُرسلت هذه الرسالة من قسم الدعم في { $brand }.
mail-footer-reply = يمكنكم الرد على هذه الرسالة: سيُضاف ردكم إلى الطلب { $number }.
mail-open-ticket = فتح الطلب
mail-ticket-line = الطلب { $number }: { $title }

mail-ticket-received-subject = [{ $number }] لقد استلمنا طلبكم
mail-ticket-received-heading = لقد استلمنا طلبكم
mail-ticket-received-text = رقم طلبكم هو { $number }. سيطّلع عليه مهندس الدعم ويرد عليكم بالبريد.
mail-ticket-received-due = سنرد عليكم قبل { $due }.

mail-confirm-address-subject = يرجى تأكيد عنوانكم
mail-confirm-address-heading = يرجى تأكيد عنوانكم
mail-confirm-address-text = وصلت رسالة من هذا العنوان إلى قسم الدعم في { $brand }. إن كنتم أنتم المرسل فأكدوا العنوان ليصل طلبكم إلى مهندسينا، وإلا فتجاهلوا هذه الرسالة.
mail-confirm-address-button = تأكيد العنوان
mail-confirm-address-expires = الرابط صالح حتى { $expires }.

mail-agent-reply-subject = [{ $number }] { $title }
mail-agent-reply-heading = رد عليكم { $agent }

mail-client-reply-subject = [{ $number }] رد العميل: { $title }
mail-client-reply-heading = رد { $client }

mail-ticket-resolved-subject = [{ $number }] تم حل طلبكم
mail-ticket-resolved-heading = تم حل طلبكم
mail-ticket-resolved-text = نعتبر الطلب { $number } محلولًا. إن بقيت المشكلة فما عليكم إلا الرد على هذه الرسالة.
mail-ticket-resolved-ask = كيف كان عملنا؟ التقييم بنقرة واحدة.
mail-rate-button = قيّموا عملنا

mail-rating-reminder-subject = [{ $number }] كيف كان عملنا؟
mail-rating-reminder-heading = كيف كان عملنا؟
mail-rating-reminder-text = تم حل الطلب { $number } مؤخرًا. يساعدنا تقييمكم على تحسين عملنا، ولن نسأل مرة أخرى.

mail-sla-warning-subject = [{ $number }] اقترب الموعد النهائي
mail-sla-warning-heading = اقترب الموعد النهائي للطلب { $number }
mail-sla-warning-text = مضى { $percent }٪ من وقت «{ $target }». الموعد: { $due }.

mail-sla-breach-subject = [{ $number }] انقضى الموعد النهائي
mail-sla-breach-heading = تجاوز الطلب { $number } موعده النهائي
mail-sla-breach-text = انتهى وقت «{ $target }» في { $due }. تم تصعيد الطلب.
mail-sla-target-first-response = الرد الأول
mail-sla-target-next-response = الرد التالي
mail-sla-target-resolution = الحل

mail-escalated-subject = [{ $number }] تصعيد: { $title }
mail-escalated-heading = تم تصعيد الطلب { $number }
mail-escalated-text = رفع { $by } مستوى التصعيد للطلب { $number } إلى { $level }.
mail-escalated-reason = السبب: { $reason }

mail-confirm-registration-subject = تأكيد تسجيلكم في { $brand }
mail-confirm-registration-heading = بقيت خطوة واحدة
mail-confirm-registration-text = أكدوا هذا العنوان لإتمام التسجيل في بوابة الدعم { $brand }. إن لم تسجلوا فتجاهلوا هذه الرسالة.
mail-confirm-registration-button = إتمام التسجيل

mail-password-reset-subject = كلمة مرور جديدة لدعم { $brand }
mail-password-reset-heading = تعيين كلمة مرور جديدة
mail-password-reset-text = طُلبت كلمة مرور جديدة لهذا العنوان. إن لم تكونوا أنتم من طلبها فتجاهلوا هذه الرسالة: ستبقى كلمة المرور كما هي.
mail-password-reset-button = تعيين كلمة مرور جديدة
mail-link-expires = الرابط صالح حتى { $expires } ولمرة واحدة فقط.

mail-assigned-subject = [{ $number }] أُسند إليكم: { $title }
mail-assigned-heading = أُسند إليكم طلب
mail-assigned-text = أسند { $by } الطلب { $number } إليكم.
mail-assigned-due = الرد قبل { $due }.

# لماذا تنتظر الرسالة دون معالجة
mail-reason-unparseable = تعذرت قراءة الرسالة
mail-reason-too-large = الرسالة كبيرة جدًا
mail-reason-too-complex = أجزاء الرسالة كثيرة جدًا
mail-reason-no-sender = الرسالة بلا مرسل
mail-reason-empty = الرسالة فارغة
mail-reason-loop = عادت رسالة أرسلناها نحن
mail-reason-own-address = المرسل أحد صناديق بريدنا
mail-reason-sender-blocked = المرسل محظور
mail-reason-rate-cap = رسائل كثيرة جدًا من هذا المرسل
mail-reason-unknown-sender = المرسل ليس طرفًا في الطلب
mail-reason-automatic = رد آلي بلا طلب
mail-reason-bulk = رسالة جماعية بلا طلب
mail-reason-report = تقرير تسليم بلا طلب
mail-reason-duplicate = سبق استلامها
mail-reason-no-mailbox = لا يوجد صندوق بريد بهذا العنوان
mail-reason-reopen-cap = أُعيد فتح الطلب بالبريد مرات كثيرة
mail-reason-internal = خلل لدينا

# Why a mail did not leave.
mail-failure-recipient-blocked = سبق أن عاد البريد من هذا العنوان
mail-failure-own-address = المستلم أحد صناديق بريدنا
mail-failure-address-unconfirmed = لم يؤكد كاتب الطلب عنوانه بعد
mail-failure-subject-gone = لم يعد الطلب أو التعليق موجودًا
mail-failure-unknown-kind = نوع رسالة غير معروف
mail-failure-internal-note = الملاحظات الداخلية لا تغادر فريق الدعم
mail-failure-no-try-ended = انقطعت كل محاولة لإرسالها
