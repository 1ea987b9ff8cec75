# Доски, вкладки и недавно открытое

recent-title = Недавние
recent-lead = Заявки, которые вы открывали последними, на любом устройстве.
recent-empty = Вы ещё не открывали заявок
recent-empty-hint = Здесь появится то, что вы откроете.
recent-all = Показать все
palette-recent = Недавние
tabs-title = Открытые заявки
tabs-close = Закрыть { $number }
tabs-unread = изменена
tabs-draft = Черновик
tabs-more = Ещё { $n }
tabs-menu = Порядок вкладок
tabs-earlier = Передвинуть вкладку раньше
tabs-later = Передвинуть вкладку дальше
tabs-full = Открыто двадцать заявок: самая старая вкладка закрыта.
split-view-title = Две заявки рядом
split-view-open = Показать рядом другую заявку
split-view-choose = Какую заявку показать рядом?
split-view-number = Номер заявки
split-view-show = Показать
boards-title = Доски
board-workload = Загрузка
board-sla = Доска SLA
board-title = { $value ->
    [sla] Доска SLA
    [status] Работа по статусам
   *[agent] Работа по сотрудникам
}
board-lead = { $value ->
    [sla] Незавершённые заявки по срокам. Время считается так, как обещает каждое правило.
    [status] Сначала изменённые последними.
   *[agent] Незавершённые заявки, сначала с ближайшим сроком.
}
board-by = Столбцы
board-by-agent = Сотрудники
board-by-status = Статусы
board-any-department = Любой отдел
board-any-clock = Любое обещание
board-filtered = Показана часть.
board-whole = Вся доска
board-lane = { $value ->
    [breached] Просрочены
    [hour] Срок в течение часа
    [today] Срок сегодня
    [later] Срок позже
   *[paused] На паузе
}
board-away = Отсутствует до { $until }, замещает { $deputy }
board-late = Просрочено: { $n }
board-empty = Здесь пусто
board-more = Показать ещё
board-columns = Другие столбцы
board-previous = Предыдущие столбцы
board-next = Следующие столбцы
board-move = Переместить заявку
board-move-one = Переместить { $number }
board-move-do = Переместить
board-moved = Заявка { $number } перемещена.
board-refused = Заявка осталась на месте: { $why }
flash-board-moved = Заявка { $arg } перемещена.
bulk-department = Назначить отдел
bulk-no-department = Без отдела
bulk-no-drop = В «{ $name }» заявки нельзя положить вручную: её условия не говорят, что изменить.
