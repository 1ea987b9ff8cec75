# إعادة التوجيه إلى من هم خارج المحادثة.
composer-forward = إعادة توجيه
entry-forwarded = أُعيد توجيهها إلى
entry-forward = إعادة توجيه هذه الرسالة

forward-lead = تُرسل إلى أشخاص خارج المحادثة. لا يرى العميل هذه الرسالة ولا الردود عليها.
forward-to = إلى
forward-people = العناوين
forward-people-found = عدد العناوين: { $n }. الأسهم للاختيار، وEnter للإدراج، وEscape للإغلاق.
forward-quote = الاقتباس
forward-quote-earlier = رسالة أقدم
forward-quotes = { $value ->
    [none] لا شيء
    [all] المحادثة كاملة مع العميل
   *[opening] وصف التذكرة
}
forward-files = ملفات التذكرة المرفقة مع الرسالة

flash-forwarded = أُعيد توجيه الرسالة.

field-bad-recipient = هذا ليس عنوان بريد إلكتروني: { $address }
field-own-mailbox = هذا صندوق بريد الدعم نفسه.
field-forward-to-requester = لا تُعاد الرسائل إلى صاحب الطلب: اكتبوا له ردًا.
field-forward-too-large = الملفات أكبر من أن تُرسل بالبريد: 3500 كيلوبايت معًا كحد أقصى.

mail-forwarded-subject = [{ $number }] Fwd: { $title }
mail-forwarded-heading = أعاد { $agent } توجيه رسالة إليكم

audit-line-ticket-forwarded = { $actor }: إعادة توجيه رسالة من { $object }
