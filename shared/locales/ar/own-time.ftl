# التذاكر المؤجلة والتذكيرات.
later-title = لاحقًا
later-open = تأجيل أو تذكير
later-own = موعد آخر
later-take = تعيين
later-preset = { $value ->
    [later] لاحقًا اليوم
    [tomorrow] صباح يوم العمل التالي
   *[monday] الاثنين المقبل
}
snooze-title = تأجيل
snooze-lead = تغيب التذكرة عن قائمتك حتى ذلك الموعد أو حتى يرد العميل. ومهلها مستمرة.
snooze-not-yours = لا يؤجل التذكرة إلا المسؤول عنها ما دامت غير منجزة.
snooze-until-answer = حتى يرد العميل
snooze-chip = مؤجلة:
snooze-wake = إعادتها الآن
snooze-back = عادت
reminders-title = تذكيراتي
reminders-here = ذكّرني
reminders-new = تذكير جديد
reminders-text = بماذا
reminders-private = لا يرى تذكيراتك أحد غيرك.
reminders-due = حان الموعد
reminders-done = تم
reminders-done-one = تم: { $text }
reminders-again = مرة أخرى لاحقًا
reminders-again-one = مرة أخرى لاحقًا: { $text }
reminders-empty = لا تذكيرات
reminders-empty-hint = دوّن ما لا يجوز نسيانه، هنا أو في تذكرة.
own-time-unseen = تذكرة لم تعد ظاهرة لك
flash-snoozed = أُجّلت التذكرة.
flash-woken = عادت التذكرة إلى قائمتك.
flash-reminder-saved = سنذكّرك.
flash-reminder-done = تم.
js-reminded = حان تذكير أو عادت تذكرة أجّلتها
error-snooze-not-yours = التذكرة ليست لك
    .detail = لا يؤجل التذكرة إلا المسؤول عنها. خذها أولًا.
error-snooze-finished = انتهت التذكرة
    .detail = لا تؤجل إلا تذكرة غير منجزة.
error-snooze-limit = المؤجل كثير
    .detail = يمكنك تأجيل { $maximum } تذكرة في آن واحد. أعد واحدة أولًا.
error-reminder-limit = تذكيرات كثيرة
    .detail = يمكنك حفظ { $maximum } تذكير. أنهِ واحدًا أولًا.
audit-line-ticket-snoozed = { $actor }: تأجيل التذكرة { $object }
audit-line-ticket-woken = { $actor }: إعادة التذكرة { $object }
audit-line-reminder-created = { $actor }: كتابة تذكير
audit-line-reminder-updated = { $actor }: تعديل تذكير
audit-line-reminder-deleted = { $actor }: إنهاء تذكير
audit-line-reminder-rung = { $actor }: إرسال تذكير
mail-snooze-over-subject = [{ $number }] عادت: { $title }
mail-snooze-over-heading = عادت تذكرة
mail-snooze-over-text = أجّلتم هذه التذكرة حتى الآن.
mail-ticket-reminder-subject = [{ $number }] تذكير: { $title }
mail-ticket-reminder-heading = طلبتم تذكيركم
mail-reminder-subject = تذكير: { $text }
mail-reminder-heading = طلبتم تذكيركم
mail-reminder-button = تذكيراتي
