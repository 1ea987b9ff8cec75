# ما الذي حدث من خطأ
error-internal = حدث خطأ من جانبنا. يرجى المحاولة مرة أخرى.
error-not-found = لا يوجد شيء هنا.
error-forbidden = لا يُسمح لك بهذا الإجراء.
error-unauthorized = يرجى تسجيل الدخول.
error-rate-limited = محاولات كثيرة جدًا. يرجى الانتظار قليلًا.
error-unauthenticated = يرجى تسجيل الدخول
    .detail = عليكم تسجيل الدخول للمتابعة.
error-bad-credentials = اسم المستخدم أو كلمة المرور غير صحيحة
    .detail = اسم المستخدم وكلمة المرور لا يتطابقان.
error-too-many-requests = محاولات كثيرة جدًا
    .detail = يرجى الانتظار قليلًا ثم المحاولة مرة أخرى.
error-bad-csrf = النموذج قديم
    .detail = أعيدوا تحميل الصفحة ثم أرسلوا النموذج مرة أخرى.
error-upgrade-required = يلزم اتصال WebSocket
    .detail = هذا العنوان يتحدث بروتوكول WebSocket فقط.
