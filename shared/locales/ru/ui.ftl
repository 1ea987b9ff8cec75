# Слова страниц, по страницам. Ключи с «js-» читает код в браузере; % стоит на месте того, что он подставит.

ui-save = Сохранить
ui-cancel = Отмена
ui-close = Закрыть
ui-confirm = Да, продолжить
ui-add = Добавить
ui-edit = Изменить
ui-delete = Удалить
ui-remove = Убрать
ui-retry = Повторить
ui-none = Не выбрано
ui-optional = (необязательно)
ui-skip = К содержанию
ui-language = Язык
ui-account = Учётная запись: { $name }
ui-support-of = Поддержка { $name }

span = { $hours ->
    [0] { $minutes } мин
   *[other] { $minutes ->
        [0] { $hours } ч
       *[other] { $hours } ч { $minutes } мин
    }
}

# Перечисления
status = { $value ->
    [new] Новая
    [in_progress] В работе
    [waiting_customer] Ожидает клиента
    [resolved] Решена
    [closed] Закрыта
   *[other] { $value }
}
priority = { $value ->
    [critical] Критический
    [high] Высокий
    [medium] Средний
    [low] Низкий
   *[other] { $value }
}
priority-title = { $value ->
    [critical] Приоритет: критический
    [high] Приоритет: высокий
    [medium] Приоритет: средний
    [low] Приоритет: низкий
   *[other] Приоритет: { $value }
}
channel = { $value ->
    [web] через портал
    [email] по почте
    [api] через API
    [chat] в чате
   *[other] { $value }
}
role = { $value ->
    [admin] Администратор
    [manager] Менеджер поддержки
    [agent] Технический специалист
    [client] Клиент
    [analyst] Аналитик
   *[other] { $value }
}
queue = { $value ->
    [mine] Мои заявки
    [snoozed] Отложенные
    [unassigned] Без исполнителя
    [breaching] Срок истекает
    [all] Все в работе
    [mentions] Упоминания
   *[other] Заявки
}
sort = { $value ->
    [recent] Недавно изменённые
    [newest] Сначала новые
    [oldest] Сначала старые
    [due] По сроку
    [priority] По приоритету
    [untouched] Давно без изменений
    [calm] Сначала менее важные
    [due_last] Сначала с поздним сроком
   *[other] { $value }
}
delivery = { $value ->
    [queued] Письмо в очереди
    [sent] Письмо отправлено
    [failed] Письмо не доставлено
   *[other] { $value }
}
link-kind = { $value ->
    [related] Связана с
    [duplicate] Дубликат
    [problem] Проблема для
    [incident] Инцидент проблемы
    [parent] Родительская для
    [child] Дочерняя для
    [duplicated] Имеет дубликат
    [continues] Продолжает
    [continued] Продолжена в
    [split_from] Выделена из
    [split_into] Из неё выделена
   *[other] { $value }
}
weekday = { $value ->
    [monday] Понедельник
    [tuesday] Вторник
    [wednesday] Среда
    [thursday] Четверг
    [friday] Пятница
    [saturday] Суббота
   *[sunday] Воскресенье
}

# Поля
field-username = Почта или имя пользователя
field-password = Пароль
field-password-new = Новый пароль
field-password-current = Текущий пароль
field-email = Электронная почта
field-name = Имя
field-ticket = Заявка
field-title = Тема
field-description = Описание
field-status = Статус
field-priority = Приоритет
field-assignee = Исполнитель
field-department = Отдел
field-category = Категория
field-module = Модуль ERP
field-tag = Метка
field-tags = Метки
field-tags-hint = через запятую
field-requester = Заявитель
field-sla = SLA
field-updated = Изменён
field-created = Создан
field-time-zone = Часовой пояс
field-theme = Оформление

# Навигация
nav-main = Главное меню
nav-open = Открыть меню
nav-close = Закрыть меню
nav-home = Главная
nav-my-tickets = Мои заявки
nav-new-ticket = Новая заявка
nav-workspace = Рабочее место
nav-portal = Портал клиента
nav-profile = Профиль
nav-logout = Выйти
nav-held = Неразобранное
nav-by-status = По статусу
nav-manage = Управление
search-tickets = Поиск по всем заявкам

# Вход и регистрация
login-title = Вход
login-lead = Следите за своими заявками и общайтесь с поддержкой.
login-button = Войти
login-forgot = Забыли пароль?
login-register = Создать учётную запись
login-anonymous = Написать в поддержку без учётной записи
register-title = Регистрация
register-lead = Мы пришлём письмо, чтобы подтвердить ваш адрес.
register-button = Зарегистрироваться
register-have = Уже есть учётная запись?
password-hint = { $n ->
    [one] Не меньше { $n } знака. Несколько запоминающихся слов лучше, чем набор символов.
   *[other] Не меньше { $n } знаков. Несколько запоминающихся слов лучше, чем набор символов.
}
confirm-title = Подтвердите адрес
confirm-lead = Одно нажатие — и учётная запись готова.
confirm-button = Подтвердить и войти
forgot-title = Восстановление пароля
forgot-lead = Укажите адрес, и мы пришлём ссылку для нового пароля.
forgot-button = Прислать ссылку
forgot-back = Вернуться ко входу
reset-title = Новый пароль
reset-lead = На других устройствах потребуется войти заново.
reset-button = Сохранить пароль
notice-title = { $what ->
    [register-sent] Проверьте почту
    [confirmed] Адрес подтверждён
    [link-expired] Ссылка больше не действует
    [reset-sent] Проверьте почту
    [reset-done] Пароль изменён
    [ticket-sent] Мы получили вашу заявку
    [rated] Спасибо за оценку
   *[other] Готово
}
notice-text = { $what ->
    [register-sent] Если адрес { $arg } можно зарегистрировать, на него уже идёт письмо. Откройте ссылку из письма, чтобы закончить.
    [confirmed] Теперь можно войти.
    [link-expired] Ею уже воспользовались или истёк её срок. Запросите новую.
    [reset-sent] Если для { $arg } есть учётная запись, письмо со ссылкой уже в пути. Ссылка действует один час.
    [reset-done] Войдите с новым паролем.
    [ticket-sent] Мы отправили письмо на { $arg }. Откройте ссылку из него, чтобы подтвердить адрес, и заявка попадёт к нашим специалистам.
    [rated] Это помогает нам работать лучше. Оценку можно изменить в течение 24 часов.
   *[other] Эту страницу можно закрыть.
}

# Главная и списки портала
home-hello = Здравствуйте, { $name }!
home-lead = Опишите, что случилось, а мы разберёмся.
portal-scope = Чьи заявки
portal-mine = Мои
portal-organization = Моя организация
portal-organization-title = Заявки моей организации
portal-waiting = Ждут моего ответа
portal-all = Все

# Списки
list-filters = Фильтры
list-find = Найти в списке
list-any-status = Любой статус
list-any-priority = Любой приоритет
list-any-assignee = Любой исполнитель
list-any-category = Любая категория
list-open = Незавершённые
list-nobody = Не назначен
list-sort = Порядок
list-apply = Применить
list-clear = Сбросить фильтры
list-filtered = { $n ->
    [one] Включён { $n } фильтр.
    [few] Включено { $n } фильтра.
   *[many] Включено { $n } фильтров.
}
list-select = Выбор
list-select-all = Выбрать все на странице
list-select-one = Выбрать { $number }
list-unanswered = (ждёт ответа)
list-pages = Страницы
list-first = В начало
list-next = Дальше
bulk-title = Изменить выбранные заявки
bulk-assign = Назначить
bulk-status = Сменить статус
bulk-priority = Сменить приоритет
bulk-tag = Добавить метку
bulk-untag = Убрать метку
bulk-clear = Снять выбор
empty-filtered = Ничего не найдено
empty-filtered-hint = Уберите часть фильтров или попробуйте другие слова.
empty-queue = { $value ->
    [mine] Вас ничего не ждёт
    [snoozed] Ничего не отложено
    [unassigned] У каждой заявки есть исполнитель
    [breaching] Все сроки в порядке
   *[other] Заявок пока нет
}
empty-queue-hint = { $value ->
    [mine] Возьмите заявку из очереди «Без исполнителя».
    [snoozed] Отложенная заявка ждёт здесь своего времени.
    [unassigned] Новые заявки появятся здесь.
    [breaching] Заявки попадают сюда, когда срок подходит к концу.
   *[other] Они приходят через портал, по почте и через API.
}
empty-client = { $status ->
    [waiting_customer] Ваш ответ нигде не нужен
    [resolved] Решённых заявок нет
    [closed] Закрытых заявок нет
    [open] Незавершённых заявок нет
   *[other] Заявок пока нет
}
empty-client-hint = Здесь будут ваши заявки и наши ответы.

# Новая заявка
new-email-hint = На этот адрес придёт ответ.
new-title-hint = Одной строкой: что не работает?
new-description-hint = Что вы делали, чего ждали, что получилось? Полезнее всего тексты сообщений об ошибках.
new-category-any = Пусть решит поддержка
new-module-any = Не знаю
new-files = Файлы
new-files-drop = Перетащите файлы сюда, вставьте снимок экрана или выберите:
new-files-hint = До { $mb } МБ каждый: изображения, документы, журналы, архивы.
new-send = Отправить
new-requester-email = Почта заявителя
new-requester-name = Имя заявителя
new-agent-hint = Если учётной записи нет, она появится при первом ответе.

# Заявка
ticket-back = К списку
ticket-copy = Скопировать ссылку
ticket-actions = Действия
ticket-level = Уровень { $level }
ticket-delete = Удалить заявку
ticket-delete-confirm = Удалить заявку? Позже её можно будет восстановить.
ticket-restore = Восстановить заявку
ticket-is-deleted = Заявка удалена { $when }.
ticket-is-merged = Заявка объединена с
ticket-unmerge = Отменить
ticket-older = Показать более ранние сообщения
ticket-newest = К последним сообщениям
ticket-part = Сообщения
ticket-changes = { $n ->
    [one] { $n } изменение
    [few] { $n } изменения
   *[many] { $n } изменений
}
ticket-note-by = Внутренняя заметка, { $name }
ticket-reply-by = Ответ, { $name }
ticket-internal = Внутренняя заметка
ticket-quoted = Показать цитату
ticket-cut = Показано только начало письма.
ticket-raw = Исходное письмо
composer-kind = Что написать
composer-reply = Ответ
composer-note = Заметка
composer-text = Текст
composer-placeholder = Ответ для { $name }
composer-attach = Прикрепить файлы
composer-status = Статус после отправки
composer-keep = { $status } (оставить)
composer-send-as = затем: { $status }
composer-send = Отправить
client-waiting = Чтобы продолжить, нам нужен ваш ответ.
client-reply-label = Ваше сообщение
client-reply-placeholder = Напишите сообщение
client-reply-send = Отправить
client-reply-reopen = Отправить и открыть снова
client-merged = Заявка объединена с другой, разговор продолжается там:
client-closed = Заявка закрыта.
client-follow-up = Создать продолжение
client-unassigned = Пока никто
client-close = Закрыть заявку
client-close-confirm = Всё решено? Заявка будет закрыта.
client-close-rate-first = Сначала оцените решение, и заявку можно будет закрыть.
client-reopen = Открыть снова

# Боковая панель
side-title = Сведения
side-created = Получен { $channel },
side-kept = Поля, которые вы изменили, оставлены как у вас; остальные показаны такими, какие они сейчас.
file-remove = Удалить файл { $name }
file-remove-confirm = Удалить файл «{ $name }» навсегда?
side-fields = Поля
side-followers = Наблюдатели ({ $n })
side-no-followers = В копии никого нет.
side-links = Связанные заявки
side-files = Файлы ({ $n })
side-recent = Другие заявки этого человека
side-history = История
side-no-history = Изменений пока нет.
follower-email = Адрес почты
follower-remove = Убрать: { $name }
link-remove = Убрать связь с { $number }

# Окна заявки
merge-title = Объединить с другим
merge-lead = Переписка заявки { $number } перейдёт в другую заявку, а эта закроется. Это можно отменить.
merge-into = Номер другой заявки
merge-button = Объединить
split-title = Выделить новую заявку
split-lead = Выбранные сообщения перейдут в новую заявку того же заявителя.
split-which = Сообщения
split-button = Выделить
link-title = Связать с другим
link-this-is = Эта заявка
link-to = Номер другой заявки
link-button = Связать
escalate-title = Эскалировать
escalate-lead = Менеджер сразу узнает об этом и увидит причину.
escalate-none = 0 — снять эскалацию
escalation-reason = Причина эскалации
escalate-level = Уровень
escalate-reason = Причина
escalate-button = Эскалировать

# История
event = { $kind ->
    [created] Заявка создана
    [assignee_set] { $actor } — назначен исполнитель: { $to }
    [assignee_removed] { $actor } — исполнитель снят: { $to }
    [department_set] { $actor } — указан отдел: { $to }
    [department_removed] { $actor } — отдел убран: { $to }
    [category_set] { $actor } — указана категория: { $to }
    [category_removed] { $actor } — категория убрана: { $to }
    [module_set] { $actor } — указан модуль ERP: { $to }
    [module_removed] { $actor } — модуль ERP убран: { $to }
    [organization_set] { $actor } — указана организация: { $to }
    [organization_removed] { $actor } — организация убрана: { $to }
    [tags_set] { $actor } — метки: { $to }
    [tags_removed] { $actor } — метки убраны: { $to }
    [followers_set] { $actor } — в копию добавлен адресат: { $to }
    [followers_removed] { $actor } — из копии убран адресат: { $to }
    [custom_fields] { $actor } — изменены дополнительные поля
    [merged] { $actor } — объединение с { $to }
    [unmerged] { $actor } — объединение с { $to } отменено
    [split] { $actor } — выделена { $to }
    [split_from] { $actor } — выделена из { $to }
    [linked] { $actor } — связь: { $to }
    [unlinked] { $actor } — связь убрана: { $to }
    [escalated] Эскалация до уровня { $to }
    [escalation_over] { $actor } — эскалация снята
    [deleted] { $actor } — заявка удалена
    [restored] { $actor } — заявка восстановлена
    [rated] Оценка { $to } из 5
    [sla_changed] SLA пересчитан: { $to }
    [snoozed] { $actor } — отложено: { $to }
    [woken] Заявка снова в очереди
    [checklist_added] { $actor } — пункт чек-листа: { $to }
    [checklist_edited] { $actor } — изменён пункт: { $to }
    [checklist_done] { $actor } — сделано: { $to }
    [checklist_reopened] { $actor } — снова открыто: { $to }
    [checklist_moved] { $actor } — перемещён пункт: { $to }
    [checklist_removed] { $actor } — убран пункт: { $to }
    [attachment_set] { $actor } — файл { $to }
    [attachment_removed] { $actor } — файл убран: { $to }
    [forwarded] { $actor }: сообщение переслано: { $to }
    [mentioned] { $actor }: упоминание: { $to }
    [mail_returned] Письмо вернулось: { $to }
   *[other] { $actor } — изменение { $to }
}
event-changed = { $kind ->
    [status] { $actor } — статус: { $from } → { $to }
    [priority] { $actor } — приоритет: { $from } → { $to }
    [assignee] { $actor } — исполнитель: { $from } → { $to }
    [department] { $actor } — отдел: { $from } → { $to }
    [category] { $actor } — категория: { $from } → { $to }
    [module] { $actor } — модуль ERP: { $from } → { $to }
    [organization] { $actor } — организация: { $from } → { $to }
    [title] { $actor } — тема: { $from } → { $to }
    [tags] { $actor } — метки: { $from } → { $to }
   *[other] { $actor } — { $from } → { $to }
}
event-sla = { $kind ->
    [sla_warning] Срок подходит: { $target }
   *[sla_breached] Срок нарушен: { $target }
}

# SLA
sla-target = { $value ->
    [first_response] Первый ответ
    [next_response] Следующий ответ
   *[resolution] Решение
}
sla-state = { $value ->
    [ok] В срок
    [warning] Срок подходит
    [breached] Просрочен
    [paused] На паузе
    [met] Выполнен
   *[none] Без срока
}
sla-left = ещё { $span }
sla-over = просрочено на { $span }
sla-due-title = { $target }: срок { $due }
sla-due-at = до
sla-met-at = выполнено
sla-open-now = Сейчас рабочее время: часы идут.
sla-closed-now = Сейчас нерабочее время: часы стоят.
sla-paused-for = На паузе уже { $span }.

# Оценка
rating-ask = Как мы справились?
rating-change = Ваша оценка
rating-stars = Звёзды
rating-word = { $score ->
    [5] 5: отлично
    [4] 4: хорошо
    [3] 3: приемлемо
    [2] 2: плохо
   *[1] 1: очень плохо
}
rating-comment = Комментарий
rating-send = Оценить
rating-until = Изменить можно до { $when }.
rating-given = { $score ->
    [one] Оценка: { $score } звезда из 5
    [few] Оценка: { $score } звезды из 5
   *[many] Оценка: { $score } звёзд из 5
}
rate-title = Как мы справились?
rate-lead = Заявка { $number } решена. Пожалуйста, оцените нашу работу.

# Профиль
profile-title = Профиль
profile-about = О вас
profile-password = Смена пароля
profile-sessions = Где вы вошли
profile-sessions-hint = Потеряли устройство или забыли выйти на чужом? Все сеансы завершатся, включая этот.
profile-sign-out-everywhere = Выйти на всех устройствах
profile-theme-auto = Как на устройстве
profile-theme-light = Светлое
profile-theme-dark = Тёмное

# Когда страницы нет
fail-title = { $status ->
    [400] Запрос не понят
    [403] Сюда вам нельзя
    [404] Здесь ничего нет
    [409] Кто-то успел раньше
    [412] Данные изменил кто-то другой
    [413] Слишком большой файл
    [422] Не всё заполнено верно
    [429] Слишком много попыток
   *[500] У нас что-то сломалось
}
fail-text = { $status ->
    [400] Вернитесь и попробуйте ещё раз.
    [403] Если доступ должен быть, обратитесь к администратору.
    [404] Возможно, в адресе опечатка или страница переехала.
    [409] Вернитесь, посмотрите, что изменилось, и попробуйте ещё раз.
    [412] Вернитесь, посмотрите изменения и попробуйте ещё раз. Введённое сохранилось.
    [413] Выберите файлы поменьше.
    [422] Вернитесь и проверьте поля.
    [429] Подождите минуту и попробуйте ещё раз.
   *[500] Мы уже знаем об этом. Попробуйте через несколько минут.
}
fail-id = Запрос { $id }
fail-home = На главную
fail-host-title = Здесь нет портала
fail-host-text = Проверьте адрес: портала поддержки с таким именем нет.

# Журнал почты
log-title = Отправленная почта
log-lead = Каждое письмо, которое ушло или ждёт отправки.
log-all = Все
log-state = { $value ->
    [queued] В очереди
    [sent] Отправлено
   *[failed] Ошибка
}
log-find = Адрес или номер заявки
log-to = Кому
log-subject = Тема
log-attempts = { $n ->
    [one] { $n } попытка
    [few] { $n } попытки
   *[many] { $n } попыток
}
log-when = Когда
log-empty = Писем нет
log-empty-hint = Письма появятся, как только будет что отправить.

# Необработанная почта
held-title = Необработанная почта
held-lead = Эти письма не стали заявками. Посмотрите причину, повторите или отклоните.
held-reason = { $reason ->
    [unparseable] { mail-reason-unparseable }
    [too_large] { mail-reason-too-large }
    [too_complex] { mail-reason-too-complex }
    [no_sender] { mail-reason-no-sender }
    [empty] { mail-reason-empty }
    [loop] { mail-reason-loop }
    [own_address] { mail-reason-own-address }
    [sender_blocked] { mail-reason-sender-blocked }
    [rate_cap] { mail-reason-rate-cap }
    [unknown_sender] { mail-reason-unknown-sender }
    [automatic] { mail-reason-automatic }
    [bulk] { mail-reason-bulk }
    [report] { mail-reason-report }
    [duplicate] { mail-reason-duplicate }
    [no_mailbox] { mail-reason-no-mailbox }
    [reopen_cap] { mail-reason-reopen-cap }
    [internal] { mail-reason-internal }
   *[other] { $reason }
}
held-no-subject = (без темы)
held-from = от { $from } для { $to }
held-preview = Просмотр
held-raw = Оригинал
held-discard = Отклонить
held-discard-confirm = Отклонить письмо? Оригинал останется в хранилище.
held-empty = Ничего не ждёт
held-empty-hint = Каждое письмо нашло свою заявку.

# Нарушения сроков
violations-title = Нарушения SLA
violations-lead = Сроки, которые прошли без ответа или решения; последние сверху.
violations-promise = Срок
violations-any-promise = Любой срок
violations-any-policy = Любая политика
violations-from = С
violations-to = По
violations-due = Истёк
violations-over = Просрочка
violations-over-unknown = неизвестно
violations-policy-gone = удалённая политика
violations-deleted = удалён
violations-state = { $state ->
    [open] Всё ещё ждёт
    [late] { $clock ->
        [resolution] Решено поздно
       *[other] Отвечено поздно
    }
    [moved] Срок перенесён
   *[ended] Закончено без ответа
}
violations-empty = Ни один срок не нарушен
violations-empty-hint = Когда срок пройдёт, запись об этом появится здесь.

# Политики SLA
policies-title = Политики SLA
policies-lead = Для заявки действует первая политика, условия которой подходят.
policies-new = Новая политика
policies-everything = Любая заявка
policies-off = Выключена
policies-business = рабочее время
policies-always = круглосуточно
policies-empty = Политик нет
policies-empty-hint = Без политики действует стандарт: решение за 2, 8, 24 и 72 рабочих часа.
policies-imported = Настройки клиента
policy-edit = Изменить политику
policy-name = Название
policy-position = Место в порядке
policy-enabled = Действует
policy-calendar = Календарь
policy-conditions = Условия
policy-customer-type = Типы клиентов
policy-organizations = Организации
policy-categories = Категории
policy-any = Ничего не выбрано — подходит любая. С Ctrl можно выбрать несколько.
policy-targets = Сроки
policy-targets-hint = Например: 30 (минут), 1:30, 8h или 1h 30m. Пусто — такого срока нет.
policy-business = Рабочее время
policy-customer-type-hint = Несколько — через запятую.
policy-priorities = Приоритеты
policy-reopen-restart = У открытой снова заявки срок решения идёт заново
policy-notices-in-hours = Письма о близких и пропущенных сроках ждут рабочего времени
policy-hours = Часы
policy-warn = Предупредить на, % срока
policy-warn-hint = Несколько — через запятую: 75, 90.
policy-delete-confirm = Удалить политику? Заявки сохранят обещанные ею сроки.
preview-title = Каков будет срок?
preview-created = Создан
preview-now-hint = Пусто — сейчас.
preview-button = Рассчитать
preview-policy = Политика
preview-none = срока нет
preview-no-policy = Подходящей политики нет.

# Календари
calendars-title = Календари
calendars-lead = Рабочее время, в которое идут часы SLA.
calendars-new = Новый календарь
calendars-empty = Календарей нет
calendars-empty-hint = Без календаря время идёт с понедельника по пятницу, с 9 до 18.
calendars-open = Сейчас открыто
calendars-closed = Сейчас закрыто
calendars-holidays = { $n ->
    [0] Без праздников
    [one] { $n } праздник
    [few] { $n } праздника
   *[many] { $n } праздников
}
calendars-overrides = { $n ->
    [one] { $n } дата с другими часами
    [few] { $n } даты с другими часами
   *[many] { $n } дат с другими часами
}
calendars-used = { $n ->
    [0] Не используется
    [one] Используется в { $n } политике
   *[other] Используется в { $n } политиках
}
calendar-edit = Изменить календарь
calendar-week = Рабочая неделя
calendar-week-hint = Промежутки через запятую: 09:00-13:00, 14:00-18:00. Через полночь: 22:00-06:00. Весь день: 00:00-24:00. Пусто — выходной.
calendar-closed = Выходной
calendar-holidays = Праздники
calendar-date = Дата
calendar-holiday-name = Название
calendar-yearly = Каждый год
calendar-once = Один раз
calendar-repeats = Как часто
calendar-holiday-hours = Всё же открыто
calendar-add-row = Добавить строку
calendar-remove-row = Убрать строку
calendar-rows-hint = Опустевшая строка убирается; после сохранения появятся новые пустые.
calendar-holidays-hint = Выходной на весь день; если указаны часы — сокращённый день.
calendar-overrides = Даты с другими часами
calendar-overrides-hint = В эти даты действуют часы, указанные здесь, каким бы ни был день недели или праздник: рабочая суббота, короткий день. Без часов день выходной.
calendar-override-hours = Часы в этот день
calendar-ical = Загрузить праздники из файла iCal
calendar-ical-hint = События файла (.ics) на весь день станут праздниками.
calendar-save-note = При сохранении сроки идущих заявок пересчитаются; это запишется в историю каждой.
calendar-delete-confirm = Удалить календарь?

# Оценки
ratings-title = Оценки
ratings-days = { $n ->
    [7] Неделя
    [30] Месяц
    [90] Квартал
   *[365] Год
}
ratings-average = В среднем
ratings-of-five = из 5
ratings-count = Оценок
ratings-handled = Решено
ratings-resolution = Время решения
ratings-agent = Специалист
ratings-by-agent = По специалистам
ratings-period = Период
ratings-spread = Распределение оценок
ratings-empty = За это время оценок нет
ratings-empty-hint = Клиентов спрашивают после каждого решения.

# Настройки
settings-title = Настройки
settings-departments = Отделы
settings-categories = Категории
settings-add-department = Новый отдел
settings-add-category = Новая категория
settings-archive = В архив
settings-unarchive = Вернуть
settings-archived = В архиве
settings-rename = Переименовать: { $name }
settings-none = Пока нет.

# Консоль платформы
console-title = Клиенты платформы
console-lead = Все порталы этой установки.
console-name = Название
console-address = Адрес
console-database = База данных
console-locale = Язык
console-active = Работает
console-inactive = Выключен

# Что произошло
flash-sent-already = Это уже отправлено: выполнено один раз.
flash-ticket-created = Заявка { $arg } создана.
flash-rated = Спасибо за оценку.
flash-reply-sent = Ответ отправлен.
flash-note-added = Заметка добавлена.
flash-ticket-closed = Заявка закрыта.
flash-ticket-reopened = Заявка снова открыта.
flash-saved = Сохранено.
flash-bulk = { $n ->
    [one] Изменена { $n } заявка.
    [few] Изменены { $n } заявки.
   *[many] Изменено { $n } заявок.
}
flash-bulk-partly = Некоторые заявки не изменены: { $arg }.
flash-bulk-none = Ни одна заявка не выбрана.
flash-bulk-nothing = Не выбрано, что изменить.
flash-merged = Объединено с { $arg }.
flash-unmerged = Объединение отменено.
flash-split = Выделена заявка { $arg }.
flash-linked = Связан с { $arg }.
flash-escalated = Заявка эскалирована.
flash-deleted = Заявка { $arg } удалена.
flash-file-removed = Файл удалён.
flash-restored = Заявка восстановлена.
flash-profile-saved = Профиль сохранён.
flash-password-changed = Пароль изменён.
flash-mail-queued = Письмо снова в очереди.
flash-mail-processed = Письмо стало заявкой { $arg }.
flash-mail-discarded = Письмо отклонено.
flash-mail-still-held = Письмо по-прежнему не обрабатывается.
flash-deleted-policy = Политика удалена.
flash-deleted-calendar = Календарь удалён.

# Клавиатура
keys-title = Сочетания клавиш
keys-send = Отправить

# Код в браузере
js-offline = Нет связи. Введённое сохраняется здесь.
js-online = Связь восстановлена.
js-copied = Ссылка скопирована.
js-selected = Выбрано: %
js-unsaved = Введённое ещё не отправлено. Уйти со страницы?
js-draft = Черновик сохранён
js-typing = Ответ уже пишет { $names }.
js-viewing = Эту заявку также смотрит { $names }.
js-changed = Заявка изменилась.
js-show = Показать
js-upload-failed = Файл не отправлен.
js-upload-large = Файл больше 50 МБ.
js-failed = Не получилось. Попробуйте ещё раз.
js-sending = Отправляем

# Sizes of files.
unit-bytes = Б
unit-kilobytes = КБ
unit-megabytes = МБ

# Модули ERP и прочее
sla-standard = Стандартная
new-files-choose = Выбрать файлы
portal-resolved = Решённые
portal-closed = Закрытые
module-sales = Продажи
module-purchasing = Закупки
module-warehouse = Склад
module-production = Производство
module-accounting = Бухгалтерия
module-payroll = Зарплата
module-crm = CRM
module-edi = Электронный документооборот
module-reporting = Отчётность
module-integration = Интеграции
module-access = Доступ и права
module-performance = Производительность
