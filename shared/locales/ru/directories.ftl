# Каталоги компаний, чьи сотрудники входят сюда.

directories-title = Каталоги
directories-one = Каталог
directories-lead = Компании, чьи сотрудники входят с рабочим паролем: LDAP и Active Directory.
directories-new = Подключить каталог
directories-empty = Ни один каталог не подключён
directories-off = Выключен
directories-enabled = Сотрудники могут входить
directories-server = Сервер
directories-host = Узел
directories-host-hint = Общедоступное имя с сертификатом общедоступного центра. Соединение с TLS с первого байта.
directories-port = Порт
directories-bind = Учётная запись для поиска
directories-bind-hint = Её имя в каталоге; ей достаточно права чтения.
directories-password = Её пароль
directories-password-hint = Больше не показывается. Пустое поле оставляет прежний, если не меняются узел, порт и учётная запись.
directories-people = Люди
directories-base = Где искать людей
directories-filter = Кого означает имя пользователя
directories-filter-hint = Фильтр поиска, в котором есть { "{username}" }.
directories-unique = Атрибут, который не меняется
directories-unique-hint = entryUUID, а в Active Directory objectGUID.
directories-username-attribute = Атрибут имени пользователя
directories-mail-attribute = Атрибут адреса
directories-name-attribute = Атрибут имени
directories-groups = Группы
directories-lookup = Как находить группы человека
directories-lookup-attribute = memberOf человека
directories-lookup-chain = Active Directory раскрывает вложенные группы
directories-lookup-walk = Группы, где назван человек, и группы этих групп
directories-groups-base = Где искать группы
directories-mappings-hint = Решает первая группа, в которой человек состоит. Пустые строки пропускаются.
directories-mapping = Группа и что она даёт
directories-group = Группа
directories-default-role = Все остальные
directories-no-access = Нет доступа
directories-newcomers = Новые люди и обходы
directories-create = Новые люди получают учётную запись
directories-domains = Почтовые домены
directories-domains-hint = Через запятую. Каталог отвечает только за эти домены.
directories-sync-hours = Часов между обходами
directories-sync-hours-hint = Обход обновляет учётные записи и отключает тех, кто ушёл. 0 – без обходов.
directories-test = Проверка
directories-test-name = Имя пользователя в каталоге
directories-test-button = Проверить
directories-step-ok = В порядке
directories-step-failed = Не удалось
directories-round = Последний обход
directories-figures = Просмотрено: { $seen }. Новых: { $created }, изменено: { $changed }, отключено: { $disabled }.
directories-unlinked = Адрес принадлежит несвязанной учётной записи: { $count }
directories-skipped = Не удалось взять: { $count }
directories-confirm = Да, эти люди ушли
directories-sync-now = Обойти сейчас
directories-linked = Связанные люди
directories-linked-empty = Пока никого
directories-gone = Нет в каталоге
directories-link = Связать
directories-link-hint = Учётная запись и запись каталога с одним адресом сами не связываются. После связи действует только пароль каталога.
directories-unlink = Отвязать
directories-unlink-confirm = Человек будет отключён и выберет пароль по почте. Отвязать?
directories-delete-confirm = У людей каталога не будет пароля, пока они не выберут его по почте. Удалить?
directories-state = { $value ->
    [idle] Ещё не было
    [running] Идёт
    [done] Завершён
    [stopped] Остановлен
    [failed] Не удался
   *[other] { $value }
}
directories-problem = { $value ->
    [too_many_gone] Было бы отключено больше трети учётных записей. Проверьте, действительно ли эти люди ушли.
    [unreachable] Сервер недоступен, или его сертификату нет доверия.
    [nonsense] Сервер отвечает не по правилам LDAP.
    [not_bound] Учётная запись для поиска не принята.
    [refused] Сервер отказывает в поиске.
   *[other] { $value }
}
directories-step = { $value ->
    [connect] Сервер отвечает
    [tls] TLS с надёжным сертификатом
    [bind] Учётная запись для поиска принята
    [search] Человек найден
    [attributes] Имя и адрес есть
    [groups] Группы дают роль
   *[other] { $value }
}
flash-directory-sync = Обход начнётся в течение нескольких минут.
