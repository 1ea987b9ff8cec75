# البوابة كتطبيق: بلا شبكة، وما ينتظر الإرسال، والإصدارات الجديدة.
app-offline-title = لا يوجد اتصال
app-offline-text = لا يمكن فتح هذه الصفحة دون شبكة. ما كتبته محفوظ على هذا الجهاز.
app-offline-again = حاول مجددًا
app-offline-kept = يمكنك قراءة هذا الآن
app-kept = لا اتصال. هذه الصفحة كما كانت في { $when }.
app-version = يوجد إصدار جديد.
app-version-load = تحديث
app-waiting = بانتظار الإرسال
app-held = لم يُرسل
app-held-why = { $value ->
    [closed] لم تعد التذكرة تقبل الردود: أُغلقت أو دُمجت في أثناء ذلك. نصك محفوظ هنا.
    [gone] لم تعد التذكرة متاحة لك. نصك محفوظ هنا.
    [session] انتهت جلستك. سيُرسل هذا حين تسجّل الدخول مجددًا.
    [old] جرت أول محاولة منذ وقت طويل وربما وصل الرد. راجع التذكرة قبل المحاولة مجددًا.
   *[refused] لم يُقبل بصيغته هذه. انسخ النص وأرسله من جديد.
}
app-arrived = أُرسل ما كان ينتظر.
app-copy = نسخ النص
app-discard = حذف
files-camera = التقاط صورة
flash-share-lost = تعذّر نقل ما شاركته. أرفقه هنا.
swipe-mine = إسناد إليّ
swipe-resolve = حلّ
swipe-reply = الرد
swipe-follow = متابعة
swipe-unfollow = إلغاء المتابعة
swipe-followed = أنت تتابع التذكرة.
swipe-unfollowed = لم تعد تتابع التذكرة.
