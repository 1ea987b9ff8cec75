# Таблицы заявок и людей, которые загружаются в систему.
import-title = Импорт
import-lead = Заявки или люди из таблицы. Перед загрузкой каждая строка проверяется.
import-kind = Что в строках
import-kind-of = { $value ->
    [tickets] Заявки
    [users] Люди
   *[other] { $value }
}
import-file = Таблица
import-file-hint = CSV, до 10 МБ и 20 000 строк. Первая строка — названия столбцов.
import-encoding = Кодировка
import-delimiter = Между ячейками
import-found-out = Определить автоматически
import-delimiter-of = { $value ->
    [comma] запятая
    [semicolon] точка с запятой
    [tab] табуляция
    [bar] вертикальная черта
   *[other] { $value }
}
import-take = Загрузить
import-before = Прежние импорты
import-none = Пока ничего не импортировано
import-rows = Строки
import-by = Кто
import-created-of = создано { $created } из { $rows }
import-status = { $value ->
    [uploaded] Загружен
    [checked] Проверен
    [running] Идёт
    [done] Готово
    [cancelled] Остановлен
   *[other] { $value }
}
import-read-as = { $kind ->
    [users] Люди
   *[other] Заявки
} · { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[other] { $rows } строк
} ·
import-next-check = Укажите, что значат столбцы, и проверьте строки. Проверка ничего не загружает.
import-found = Готово к импорту: { $good } · уже есть или повторяется: { $known } · с ошибками: { $faulty }
import-so-far = Строк: { $done } из { $rows }
import-created = Создано
import-existing = Уже было
import-refused = Отклонено
import-start = { $count ->
    [one] Импортировать { $count } строку
    [few] Импортировать { $count } строки
   *[other] Импортировать { $count } строк
}
import-cancel = Остановить импорт
import-cancel-confirm = Остановить этот импорт? Загруженное останется.
import-faults = Что не так
import-report = Отчёт в CSV
import-line = Строка
import-column = Столбец
import-fault = Ошибка
import-value = Ячейка
import-more = { $count ->
    [one] Ошибки ещё в { $count } строке: смотрите отчёт.
   *[other] Ошибки ещё в { $count } строках: смотрите отчёт.
}
import-columns = Столбцы
import-columns-lead = Что значит каждый столбец. Столбцы без значения пропускаются.
import-sample = Первая ячейка
import-means = Значение
import-means-nothing = Пропустить
import-field = { $value ->
    [title] Тема
    [description] Описание
    [requester] Адрес автора
    [requester_name] Имя автора
    [priority] Приоритет
    [status] Статус
    [category] Категория
    [department] Отдел
    [assignee] Исполнитель
    [tags] Метки
    [created_at] Создана
    [resolved_at] Решена
    [external_id] Номер в другой системе
    [email] Адрес
    [name] Имя
    [organization] Организация
    [role] Роль
    [language] Язык
    [time_zone] Часовой пояс
   *[other] { $value }
}
import-zone = Часовой пояс дат
import-invites = Отправить каждому ссылку для выбора пароля
import-check = Проверить строки
flash-import-started = Импорт начат.
flash-import-cancelled = Импорт остановлен.
error-import-not-checked = Ещё не проверено
    .detail = Сначала строки надо проверить, и среди них должны быть годные.
error-import-begun = Импорт уже начат
    .detail = Значения столбцов больше нельзя изменить.
error-import-over = Импорт завершён
    .detail = Останавливать нечего.
field-import-empty = В этом файле нет строк.
field-import-too-many-rows = В таблице больше { $maximum } строк. Разделите её.
field-import-too-many-columns = В таблице слишком много столбцов, или она разделена не тем знаком.
field-import-encoding = Такая кодировка неизвестна.
field-import-columns = Столбцов в таблице: { $count }; у каждого должно быть значение или прочерк.
field-import-meant-twice = Это значение уже выбрано для другого столбца.
field-import-not-meant = Нет столбца «{ $name ->
    [title] тема
    [requester] адрес автора
    [email] адрес
   *[other] имя
}», а он нужен каждой строке.
field-import-unclosed = Здесь открыта кавычка, которая нигде не закрыта.
field-import-cells = Ячеек в строке: { $count }, а должно быть { $expected }.
field-import-future = Этот момент ещё не наступил.
field-import-before = Это раньше, чем заявка создана.
field-import-more-than-own = Вы не можете дать эту роль.
field-import-changed = То, что названо в строке, тем временем исчезло.
audit-line-import-uploaded = { $actor }: загружена таблица для импорта
audit-line-import-started = { $actor }: начат импорт
audit-line-import-finished = { $actor }: импорт завершён
audit-line-import-cancelled = { $actor }: импорт остановлен
