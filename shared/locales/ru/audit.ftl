# Журнал аудита: страница, записи словами, результат проверки.
audit-title = Журнал аудита
audit-lead = Кто, что, когда и откуда. Записи только добавляются.
audit-verify = Проверить журнал
audit-export-csv = Выгрузить CSV
audit-export-jsonl = Выгрузить JSON
audit-find = Заявка, адрес, номер или слова
audit-anybody = Кто угодно
audit-anything = Любое действие
audit-outcome-label = Исход
audit-any-outcome = Любой исход
audit-open-ticket = Открыть заявку
audit-changes = Было и стало
audit-field = Поле
audit-before = Было
audit-after = Стало
audit-when = Когда
audit-unknown = неизвестная учётная запись
audit-empty = Записей пока нет
audit-empty-hint = Здесь появится всё, что делают люди.
audit-looked-further = Среди просмотренных записей ничего нет. Следующая страница продолжит с более старых.
audit-verdict-title = Проверка журнала аудита
audit-verdict-lead = Каждая запись сверяется с печатью, а печати — с подписанными контрольными точками.
audit-verdict-ok = Журнал цел, записей: { $newest }
audit-verdict-so-far = До записи { $to } из { $newest } всё в порядке
audit-verdict-go-on = Продолжить
audit-verdict-bad = Журнал был изменён
audit-verdict-signed = Подписано до записи { $seq }:
audit-verdict-unsigned = Контрольных точек пока нет.
audit-verdict-back = Назад к журналу
audit-outcome = { $value ->
    [done] Выполнено
    [refused] Отказано
   *[other] { $value }
}
audit-actor = { $value ->
    [system] Система
    [anonymous] Кто-то без входа
    [service] Почтовый шлюз
    [operator] Оператор платформы
   *[other] { $value }
}
audit-fact = { $value ->
    [action] Действие
    [actor] Кто
    [subject] Над чем
    [on_behalf_of] От имени
    [network] IP-адрес
    [request_id] Запрос
    [user_agent] Программа
   *[other] { $value }
}
audit-module = { $value ->
    [session] Вход и выход
    [account] Учётные записи
    [access] Отказы в доступе
    [audit] Сам журнал аудита
    [user] Пользователи
    [organization] Организации
    [grant] Выданные роли
    [delegation] Замещения
    [policy] Политики доступа
    [department] Отделы
    [category] Категории
    [tenant] Настройки
    [ticket] Заявки
    [attachment] Файлы
    [sla] Сроки SLA
    [sla_policy] Политики SLA
    [sla_calendar] Календари
    [mail] Почта
    [service_account] Учётные записи программ
    [api_key] Ключи API
    [directory] Каталоги компаний
    [address] Заблокированные адреса
    [alert] Тревоги безопасности
    [identity_provider] Поставщики входа
    [external_identity] Внешние учётные записи
    [view] Представления
    [reminder] Напоминания
    [time] Время
    [import] Импорт
   *[other] { $value }
}
audit-fault = { $kind ->
    [edited] запись изменена
    [deleted] запись удалена
    [reordered] запись стоит на чужом месте
    [truncated] записи начиная с этой отсутствуют
    [seal_edited] печать изменена
    [seal_removed] печать отсутствует
    [checkpoint_forged] контрольная точка подделана
    [checkpoint_removed] контрольная точка отсутствует
    [rewritten] журнал опечатан заново и расходится с подписью
   *[other] { $kind }
}
audit-verdict-unsealed = { $n ->
    [one] { $n } новая запись ещё без печати.
    [few] { $n } новые записи ещё без печати.
   *[many] { $n } новых записей ещё без печати.
}
audit-line-session-opened = { $actor }: вход в систему
audit-line-session-closed = { $actor }: выход из системы
audit-line-session-all-closed = { $actor }: выход на всех устройствах
audit-line-session-refused = Во входе отказано: { $object }
audit-line-session-refreshed = { $actor }: сеанс продолжен
audit-line-session-reuse-detected = Повторно предъявлен использованный токен, сеанс завершён: { $actor }
audit-line-directory-created = { $actor }: подключён каталог { $object }
audit-line-directory-deleted = { $actor }: удалён каталог { $object }
audit-line-directory-linked = { $actor }: учётная запись связана с записью каталога
audit-line-directory-synced = { $actor }: пройден каталог { $object }
audit-line-directory-sync-failed = Обход каталога не удался
audit-line-directory-sync-requested = { $actor }: запрошен обход каталога
audit-line-directory-sync-stopped = Обход каталога остановлен: он отключил бы слишком многих
audit-line-directory-tested = { $actor }: проверен каталог
audit-line-directory-unlinked = { $actor }: учётная запись отвязана от каталога
audit-line-directory-updated = { $actor }: изменён каталог { $object }
audit-line-external-identity-linked = { $actor }: связана внешняя учётная запись: { $object }
audit-line-external-identity-unlinked = { $actor }: отвязана внешняя учётная запись
audit-line-identity-provider-created = { $actor }: подключён поставщик входа { $object }
audit-line-identity-provider-deleted = { $actor }: удалён поставщик входа { $object }
audit-line-identity-provider-renewed = { $actor }: у поставщика { $object } новые ключи или адреса
audit-line-identity-provider-signed-out = { $actor }: выход по требованию поставщика { $object }
audit-line-identity-provider-tested = { $actor }: проверен поставщик входа { $object }
audit-line-identity-provider-updated = { $actor }: изменён поставщик входа { $object }
audit-line-group-created = { $actor }: создана группа { $object }
audit-line-group-deleted = { $actor }: удалена группа { $object }
audit-line-group-joined = { $actor }: добавлен участник группы { $object }
audit-line-group-left = { $actor }: исключён участник группы { $object }
audit-line-group-updated = { $actor }: изменена группа { $object }
audit-line-delegation-created = { $actor }: назначено замещение { $object }
audit-line-delegation-revoked = { $actor }: закончено замещение { $object }
audit-line-grant-created = { $actor }: выдана роль { $object }
audit-line-grant-revoked = { $actor }: отозвана роль { $object }
audit-line-policy-created = { $actor }: создана политика { $object }
audit-line-policy-deleted = { $actor }: удалена политика { $object }
audit-line-policy-updated = { $actor }: изменена политика { $object }
audit-line-organization-deleted = { $actor }: удалена организация { $object }
audit-line-role-created = { $actor }: создана роль { $object }
audit-line-role-deleted = { $actor }: удалена роль { $object }
audit-line-role-updated = { $actor }: изменена роль { $object }
audit-line-user-invited = { $actor }: приглашение отправлено ещё раз: { $object }
audit-line-user-removed = { $actor }: пользователь { $object } удалён навсегда
audit-line-account-recovery-code-used = { $actor }: использован резервный код
audit-line-account-recovery-codes-renewed = { $actor }: созданы новые резервные коды
audit-line-account-second-factor-begun = { $actor }: начата настройка второго фактора
audit-line-account-second-factor-off = { $actor }: второй фактор отключён
audit-line-account-second-factor-on = { $actor }: второй фактор включён
audit-line-session-challenged = { $actor }: верный пароль, запрошен код
audit-line-session-ended = { $actor }: завершён сеанс
audit-line-session-ended-by-provider = { $actor }: завершены сеансы { $object }
audit-line-session-others-ended = { $actor }: завершены все другие сеансы
audit-line-session-proof-refused = { $actor }: личность не подтверждена
audit-line-session-verified = { $actor }: личность подтверждена заново
audit-line-user-second-factor-removed = { $actor }: снят второй фактор пользователя { $object }
audit-line-account-phone-begun = { $actor }: указан номер телефона
audit-line-account-phone-added = { $actor }: добавлен номер телефона для кодов
audit-line-account-phone-removed = { $actor }: номер телефона убран
audit-line-account-code-sent = { $actor }: отправлен код на телефон
audit-line-account-passkey-added = { $actor }: добавлен ключ доступа
audit-line-account-passkey-doubted = { $object }: ключ доступа отклонён, его счётчик не вырос
audit-line-account-passkey-refused = { $actor }: ключ доступа не принят
audit-line-account-passkey-removed = { $actor }: ключ доступа удалён
audit-line-account-passkey-renamed = { $actor }: ключ доступа переименован
audit-line-account-mails-chosen = { $actor }: изменён выбор писем
audit-line-account-shortcuts-chosen = { $actor }: выбраны сочетания клавиш
audit-line-account-confirmed = { $actor }: адрес подтверждён
audit-line-account-password-changed = { $actor }: пароль изменён
audit-line-account-password-reset = { $actor }: новый пароль задан по ссылке
audit-line-account-profile-changed = { $actor }: профиль изменён
audit-line-account-registration-requested = Запрошена регистрация: { $object }
audit-line-account-reset-requested = Запрошен новый пароль: { $object }
audit-line-user-created = { $actor }: добавлен пользователь { $object }
audit-line-user-updated = { $actor }: изменены данные пользователя { $object }
audit-line-user-role = { $actor }: роль пользователя { $object } изменена на: { $role }
audit-line-user-seen = Новый отправитель письма: { $object }
audit-line-user-read = { $actor }: просмотрены данные пользователя { $object }
audit-line-organization-created = { $actor }: добавлена организация { $object }
audit-line-organization-updated = { $actor }: изменена организация { $object }
audit-line-department-created = { $actor }: добавлен отдел { $object }
audit-line-department-updated = { $actor }: изменён отдел { $object }
audit-line-category-created = { $actor }: добавлена категория { $object }
audit-line-category-updated = { $actor }: изменена категория { $object }
audit-line-tenant-settings-changed = { $actor }: изменены настройки
audit-line-ticket-created = { $actor }: создана заявка { $object }
audit-line-ticket-updated = { $actor }: изменена заявка { $object }
audit-line-ticket-commented = { $actor }: сообщение в заявке { $object }
audit-line-ticket-tagged = { $actor }: изменены метки заявки { $object }
audit-line-ticket-deleted = { $actor }: удалена заявка { $object }
audit-line-ticket-restored = { $actor }: восстановлена заявка { $object }
audit-line-ticket-merged = { $actor }: заявка { $object } объединена с другой
audit-line-ticket-unmerged = { $actor }: объединение заявки { $object } отменено
audit-line-ticket-split = { $actor }: заявка { $object } разделена
audit-line-ticket-linked = { $actor }: заявка { $object } связана с другой
audit-line-ticket-unlinked = { $actor }: убрана связь заявки { $object }
audit-line-ticket-followed = { $actor }: к заявке { $object } добавлен наблюдатель
audit-line-ticket-unfollowed = { $actor }: из заявки { $object } убран наблюдатель
audit-line-ticket-rated = { $actor }: оценена заявка { $object }
audit-line-attachment-added = { $actor }: к заявке { $object } приложен файл
audit-line-attachment-removed = { $actor }: из заявки { $object } удалён файл
audit-line-sla-fired = Наступил срок SLA заявки { $object }
audit-line-sla-recomputed = Сроки SLA заявки { $object } пересчитаны
audit-line-ticket-message-scheduled = { $actor }: сообщение в заявке { $object } ждёт отправки
audit-line-ticket-message-taken-back = { $actor }: возвращено неотправленное сообщение в заявке { $object }
audit-line-ticket-message-released = { $actor }: отложенное сообщение в заявке { $object } отправлено сразу
audit-line-ticket-message-held = { $actor }: сообщение в заявке { $object } не удалось отправить
audit-line-account-undo-chosen = { $actor }: выбрано время на отмену отправки
audit-line-sla-policy-created = { $actor }: добавлена политика SLA { $object }
audit-line-sla-policy-updated = { $actor }: изменена политика SLA { $object }
audit-line-sla-policy-deleted = { $actor }: удалена политика SLA { $object }
audit-line-sla-calendar-created = { $actor }: добавлен календарь { $object }
audit-line-sla-calendar-updated = { $actor }: изменён календарь { $object }
audit-line-sla-calendar-deleted = { $actor }: удалён календарь { $object }
audit-line-mail-discarded = { $actor }: письмо отклонено: { $object }
audit-line-mail-reprocessed = { $actor }: письмо обработано повторно
audit-line-mail-retried = { $actor }: письмо отправлено повторно: { $object }
audit-line-mail-returned = Письмо вернулось
audit-line-access-refused = { $actor }: отказано в доступе: { $object }
audit-line-audit-read = { $actor }: просмотрен журнал аудита
audit-line-audit-exported = { $actor }: выгружен журнал аудита
audit-line-other = { $actor }: { $action } ({ $object })
audit-line-address-blocked = { $actor } заблокировал(а) адрес
audit-line-address-unblocked = { $actor } снял(а) блокировку адреса
audit-line-alert-raised = Поднята тревога безопасности
audit-line-alert-acknowledged = { $actor } просмотрел(а) тревогу безопасности
audit-line-alert-silenced = { $actor } отключил(а) сообщения о тревоге безопасности
audit-line-alert-unsilenced = { $actor } снова включил(а) сообщения о тревоге безопасности
