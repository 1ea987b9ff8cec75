# الأقسام والفئات.
settings-no-department = بلا قسم
settings-tickets = التذاكر المفتوحة
audit-line-department-ordered = { $actor }: ترتيب الأقسام
audit-line-category-ordered = { $actor }: ترتيب الفئات
