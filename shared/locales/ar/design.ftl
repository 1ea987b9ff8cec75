### صفحة المكوّنات، لمن يبني الصفحات
design-title = المكوّنات
design-guise = مظهر الصفحة
design-direction = الاتجاه
design-ltr = من اليسار إلى اليمين
design-rtl = من اليمين إلى اليسار
design-accent = لون العلامة
design-words = ما يقرؤه الشخص
design-error = هذا الحقل فارغ.
design-loading = جارٍ التحميل
design-part = { $value ->
    [colours] الألوان
    [type] الخط
    [space] المسافات والزوايا والحركة
    [buttons] الأزرار
    [fields] الحقول
    [chips] الشارات والمؤقتات والأشخاص
    [notices] التنبيهات
    [menus] القوائم والحوارات والتبويبات
    [tables] الجداول
    [states] فارغ وتحميل وخطأ
    [conversation] المحادثة
   *[composer] محرر الرد
}
