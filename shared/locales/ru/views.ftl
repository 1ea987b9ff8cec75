# Сохранённые представления заявок, панель рядом со списком, отмена.
views-title = Представления
views-lead = Списки с вашими фильтрами, порядком и колонками.
views-manage = Настроить представления
views-new = Новое представление
views-edit = Изменить представление
views-save = Сохранить как представление
views-own = Ваши представления
views-from-others = Доступные вам
views-empty = Представлений пока нет
views-empty-hint = Отфильтруйте список и нажмите «Сохранить как представление».
views-name = Название
views-conditions = Какие заявки
views-display = Как показывать
views-sharing = Кто видит
views-seen-by = Видят
views-shared = { $value ->
    [nobody] Только я
    [group] Группа
    [desk] Вся служба
   *[other] { $value }
}
views-me = Тот, кто открыл представление
views-any-department = Любой отдел
views-any-sla = Любое состояние SLA
views-sla = { $value ->
    [warning] Срок близок или истёк
    [breached] Срок нарушен
    [ok] В срок
    [paused] На паузе
   *[other] { $value }
}
views-words = Слова
views-words-hint = Поиск идёт от новых к старым.
views-others = Другие условия, заданные через API:
views-group-by = Группировать
views-no-groups = Без групп
views-columns = Колонки
views-column = { $value ->
    [priority] Приоритет
    [requester] Заявитель
    [category] Категория
    [tags] Метки
    [status] Статус
    [sla] SLA
    [assignee] Исполнитель
    [updated] Изменён
   *[other] { $value }
}
views-up = Поднять «{ $name }»
views-down = Опустить «{ $name }»
views-delete-confirm = Удалить представление? Заявки останутся.
views-compact = Плотные строки
views-comfortable = Просторные строки
views-split = Ширина списка
views-pane = Заявка
views-close-pane = Закрыть заявку
list-unread = изменён с вашего последнего просмотра
flash-view-saved = Представление сохранено.
js-changed-zero = Изменено % заявок.
js-changed-one = Изменена % заявка.
js-changed-two = Изменено % заявки.
js-changed-few = Изменено % заявки.
js-changed-many = Изменено % заявок.
js-changed-other = Изменено % заявки.
js-not-changed = Некоторые заявки не изменены: %.
js-undo = Отменить
js-undone = Возвращено: %.
js-not-undone = Не возвращены, изменены позже: %.
error-view-limit = Слишком много представлений
    .detail = Можно хранить не больше { $maximum }. Сначала удалите одно.
audit-line-view-created = { $actor }: сохранено представление { $object }
audit-line-view-updated = { $actor }: изменено представление { $object }
audit-line-view-deleted = { $actor }: удалено представление { $object }
audit-line-view-ordered = { $actor }: изменён порядок представлений
views-any-organization = Любая организация
field-organization = Организация
