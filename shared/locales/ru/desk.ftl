# Отделы и категории.
settings-no-department = Без отдела
settings-tickets = Открытые заявки
audit-line-department-ordered = { $actor }: изменён порядок отделов
audit-line-category-ordered = { $actor }: изменён порядок категорий
