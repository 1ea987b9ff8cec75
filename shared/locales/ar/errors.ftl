# ما الذي حدث من خطأ
error-internal = حدث خطأ من جانبنا. يرجى المحاولة مرة أخرى.
error-not-found = لا يوجد شيء هنا.
error-forbidden = لا يُسمح لك بهذا الإجراء.
error-unauthorized = يرجى تسجيل الدخول.
error-rate-limited = محاولات كثيرة جدًا. يرجى الانتظار قليلًا.
