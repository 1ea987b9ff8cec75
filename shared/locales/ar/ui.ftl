# كلمات الصفحات
ui-sign-in = تسجيل الدخول
ui-sign-out = تسجيل الخروج
ui-cancel = إلغاء
ui-save = حفظ
