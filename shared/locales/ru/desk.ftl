# Отделы и категории.
settings-no-department = Без отдела
settings-tickets = Открытые заявки
audit-line-department-ordered = { $actor }: изменён порядок отделов
audit-line-category-ordered = { $actor }: изменён порядок категорий
settings-department = Отдел
settings-people = Сотрудники
settings-people-of = Сотрудники и руководитель
settings-lead = Руководитель
settings-lead-nobody = Руководителя нет
settings-join = Кого принять в отдел
settings-one-department = Сотрудник состоит в одном отделе: принятый сюда покидает прежний.
settings-archive-hint = Отдел в архиве нельзя выбрать для новых заявок. Его заявки остаются в нём, если не перенести открытые.
settings-move-to = Куда перенести открытые заявки
settings-people-empty = В отделе пока никого нет.
settings-move-nowhere = Оставить открытые заявки здесь
settings-move = Перенести
settings-moving = Открытые заявки переносятся в отдел «{ $name }».
