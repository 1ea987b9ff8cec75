# جداول التذاكر والأشخاص التي تُستورد.
import-title = استيراد
import-lead = تذاكر أو أشخاص من جدول. يُفحص كل سطر قبل أن يُستورد أي شيء.
import-kind = ما في السطور
import-kind-of = { $value ->
    [tickets] تذاكر
    [users] أشخاص
   *[other] { $value }
}
import-file = الجدول
import-file-hint = ‏CSV، حتى 10 ميغابايت و20,000 سطر. السطر الأول أسماء الأعمدة.
import-encoding = ترميز الأحرف
import-delimiter = بين الخلايا
import-found-out = تحديد تلقائي
import-delimiter-of = { $value ->
    [comma] فاصلة
    [semicolon] فاصلة منقوطة
    [tab] علامة جدولة
    [bar] خط عمودي
   *[other] { $value }
}
import-take = رفع
import-before = عمليات الاستيراد السابقة
import-none = لم يُستورد شيء بعد
import-rows = السطور
import-by = بواسطة
import-created-of = أُنشئ { $created } من { $rows }
import-status = { $value ->
    [uploaded] مرفوع
    [checked] مفحوص
    [running] قيد التنفيذ
    [done] تم
    [cancelled] متوقف
   *[other] { $value }
}
import-read-as = { $kind ->
    [users] أشخاص
   *[other] تذاكر
} · عدد السطور: { $rows } ·
import-next-check = حدِّد معنى الأعمدة ثم افحص السطور. الفحص لا يستورد شيئًا.
import-found = جاهز للاستيراد: { $good } · موجود أو مكرر: { $known } · فيه أخطاء: { $faulty }
import-so-far = السطور: { $done } من { $rows }
import-created = أُنشئ
import-existing = موجود سابقًا
import-refused = مرفوض
import-start = استيراد السطور: { $count }
import-cancel = إيقاف الاستيراد
import-cancel-confirm = هل توقف هذا الاستيراد؟ ما استُورد يبقى.
import-faults = ما الخطأ
import-report = تقرير CSV
import-line = السطر
import-column = العمود
import-fault = الخطأ
import-value = الخلية
import-more = سطور أخرى فيها أخطاء: { $count }، انظر التقرير.
import-columns = الأعمدة
import-columns-lead = معنى كل عمود. الأعمدة بلا معنى تُترك.
import-sample = الخلية الأولى
import-means = المعنى
import-means-nothing = يُترك
import-field = { $value ->
    [title] العنوان
    [description] الوصف
    [requester] بريد مقدم الطلب
    [requester_name] اسم مقدم الطلب
    [priority] الأولوية
    [status] الحالة
    [category] الفئة
    [department] القسم
    [assignee] المسؤول
    [tags] الوسوم
    [created_at] تاريخ الإنشاء
    [resolved_at] تاريخ الحل
    [external_id] الرقم في النظام الآخر
    [email] البريد الإلكتروني
    [name] الاسم
    [organization] المؤسسة
    [role] الدور
    [language] اللغة
    [time_zone] المنطقة الزمنية
   *[other] { $value }
}
import-zone = المنطقة الزمنية للتواريخ
import-invites = إرسال رابط لاختيار كلمة المرور إلى كل شخص
import-check = فحص السطور
flash-import-started = بدأ الاستيراد.
flash-import-cancelled = أُوقف الاستيراد.
error-import-not-checked = لم يُفحص بعد
    .detail = يجب فحص السطور أولًا، وأن يكون بعضها صالحًا.
error-import-begun = بدأ الاستيراد
    .detail = لم يعد تغيير معنى الأعمدة ممكنًا.
error-import-over = انتهى الاستيراد
    .detail = لا شيء يُوقف.
field-import-empty = لا سطور في هذا الملف.
field-import-too-many-rows = في الجدول أكثر من { $maximum } سطر. قسِّمه.
field-import-too-many-columns = في الجدول أعمدة كثيرة جدًا، أو قُسِّم بعلامة خاطئة.
field-import-encoding = ترميز الأحرف هذا غير معروف.
field-import-columns = في الجدول { $count } من الأعمدة؛ لكل منها معنى أو لا شيء.
field-import-meant-twice = عمود آخر له هذا المعنى.
field-import-not-meant = لا عمود بمعنى «{ $name ->
    [title] العنوان
    [requester] بريد مقدم الطلب
    [email] البريد الإلكتروني
   *[other] الاسم
}»، وكل سطر يحتاج إليه.
field-import-unclosed = فُتحت هنا علامة اقتباس لم تُغلق.
field-import-cells = في السطر { $count } من الخلايا بدلًا من { $expected }.
field-import-future = هذه اللحظة لم تأتِ بعد.
field-import-before = هذا قبل إنشاء التذكرة.
field-import-more-than-own = لا يمكنك منح هذا الدور.
field-import-changed = شيء يذكره السطر لم يعد موجودًا.
audit-line-import-uploaded = { $actor }: رفع جدول للاستيراد
audit-line-import-started = { $actor }: بدء استيراد
audit-line-import-finished = { $actor }: اكتمل الاستيراد
audit-line-import-cancelled = { $actor }: إيقاف استيراد
