### فاتح أو داكن، والتباين
appearance-title = المظهر
appearance-theme = الألوان
appearance-contrast = التباين
appearance-normal = عادي
appearance-more = عالٍ
