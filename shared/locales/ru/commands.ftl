# Палитра команд и сочетания клавиш

palette-title = Поиск и команды
palette-hint = Найдите заявку, человека или действие
palette-actions = На этой странице
palette-pages = Перейти
palette-tickets = Заявки
palette-people = Люди
palette-organizations = Организации
palette-searching = Ищем…
palette-failed = Поиск ответил не полностью: показано, возможно, не всё.
palette-empty = Ничего не найдено
shortcut-lead = Клавиши действуют, пока вы не в поле ввода. Выберите сочетание, чтобы заменить его: одна клавиша или две подряд, Backspace убирает.
shortcut-script = Для сочетаний клавиш нужен JavaScript. Без него всё доступно по Tab.
shortcut-group = { $value ->
    [ticket] Заявка
    [tickets] Список заявок
   *[pages] Везде
}
shortcut-change = Изменить сочетание: { $name }
shortcut-press = Нажмите новые клавиши. Esc оставит всё как есть.
shortcut-taken = Эти клавиши мешают команде: { $name }
shortcut-saved = Сохранено для всех ваших устройств.
shortcut-reset = Вернуть исходные
command = { $value ->
    [next] Следующая заявка
    [previous] Предыдущая заявка
    [open] Открыть заявку
    [select] Выбрать заявку
    [select-all] Выбрать всю страницу
    [bulk] Изменить выбранные заявки
    [reply] Написать ответ
    [note] Написать внутреннюю заметку
    [forward] Переслать за пределы поддержки
    [take] Взять себе
    [assignee] Изменить исполнителя
    [status] Изменить статус
    [priority] Изменить приоритет
    [tags] Изменить метки
    [category] Изменить категорию
    [escalate] Эскалировать
    [merge] Объединить с другой заявкой
    [split] Выделить в новую заявку
    [link] Связать с другой заявкой
    [later] Отложить, напомнить
    [time] Затраченное время
    [checklist] Чек-лист
    [copy] Скопировать ссылку на заявку
    [back] Вернуться к списку
    [new] Новая заявка
    [go-mine] Мои заявки
    [go-snoozed] Мои отложенные заявки
    [go-reminders] Мои напоминания
    [go-time] Время
    [go-unassigned] Заявки без исполнителя
    [go-breaching] Заявки с истекающим сроком
    [go-mentions] Мои упоминания
    [go-all] Все заявки в работе
    [move] Переместить карточку
    [go-recent] Недавние заявки
    [go-workload] Доска загрузки
    [go-sla] Доска SLA
    [tab-next] Следующая вкладка
    [tab-previous] Предыдущая вкладка
    [tab-close] Закрыть вкладку
    [beside] Показать рядом другую заявку
    [search] Поиск по всем заявкам
    [palette] Поиск и команды
    [theme] Светлая или тёмная тема
   *[help] Сочетания клавиш
}
