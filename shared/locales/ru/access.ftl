# Кому что можно: права, роли, группы, люди.

access-permission = { $value ->
    [ticket-read] Видеть заявки
    [ticket-read_internal] Видеть внутренние заметки, всю историю и прочее, что видит только служба
    [ticket-create] Создавать заявки
    [ticket-reply] Отвечать в заявках
    [ticket-update] Менять статус, приоритет, категорию, метки и поля; писать заметки, связывать заявки, удалять файлы
    [ticket-assign] Назначать исполнителя и отдел; эскалировать
    [ticket-merge] Объединять, разделять и связывать заявки
    [ticket-delete] Удалять и восстанавливать заявки
    [ticket-rate] Оценивать решение своей заявки
    [sla-read] Видеть политики SLA, календари и нарушения
    [sla-manage] Менять политики SLA и календари
    [mail-read] Видеть журнал почты и письма, ждущие решения
    [mail-manage] Повторять отправку писем и решать судьбу ждущих
    [report-read] Видеть оценки и показатели службы
    [time-manage] Менять записи времени всех
    [user-read] Видеть людей и организации
    [user-manage] Добавлять, менять и удалять людей и организации
    [desk-read] Видеть отделы и категории
    [desk-manage] Менять отделы и категории
    [tenant-manage] Менять настройки портала
    [access-read] Видеть роли, группы, выданные права, замещения и политики доступа
    [access-manage] Менять роли, группы, выданные права, замещения и политики доступа: кому что можно
    [audit-read] Читать журнал аудита и проверять его
    [audit-export] Выгружать журнал аудита
   *[other] { $value }
}
access-role-about = { $value ->
    [admin] Может в этом портале всё
    [manager] Руководит службой: заявки, уровни обслуживания, почта и отчёты
    [agent] Работает с заявками
    [client] Обращается за помощью через портал
    [analyst] Читает заявки и отчёты, ничего не меняет
   *[other] { $value }
}
access-module = { $value ->
    [ticket] Заявки
    [sla] Уровни обслуживания
    [mail] Почта
    [report] Отчёты
    [time] Время
    [user] Люди
    [desk] Служба
    [tenant] Портал
    [access] Доступ
    [audit] Журнал аудита
   *[other] { $value }
}
access-title = Люди и доступ
access-nav = Разделы доступа
access-people = Люди
access-people-lead = Все, кто может войти, и все, кто когда-либо писал
access-people-empty = Здесь пока никого нет
access-person = Человек
access-person-new = Добавить человека
access-person-gone = Этот человек удалён навсегда. В старых заявках имя осталось.
access-find = Начало имени или адреса
access-role = Роль
access-all-roles = Все роли
access-all-present = Все, кто есть
access-place = Организация или отдел
access-status = { $value ->
    [active] Активен
    [unverified] Не подтверждён
    [disabled] Отключён
    [removed] Удалён
   *[other] { $value }
}
access-status-hint = Отключённый сразу выходит отовсюду и не сможет войти, пока его не включат снова.
access-organization = Организация
access-organization-hint = Название существующей; пусто, если ни одной.
access-locale-portal = Как у портала
access-invite = Отправить приглашение ещё раз
access-invite-hint = На этот адрес уйдёт ссылка для выбора пароля.
access-remove = Удалить навсегда
access-remove-confirm = Удалить этого человека навсегда? Он выйдет отовсюду, покинет все группы и потеряет выданные права. В старых заявках имя останется. Вернуть будет нельзя.
access-organizations = Организации
access-organizations-lead = Компании ваших клиентов
access-organizations-empty = Организаций пока нет
access-organization-find = Начало названия
access-organization-new = Добавить организацию
access-customer-type = Тип клиента
access-customer-type-hint = Строчные латинские буквы, цифры и _: по нему политики различают клиентов. Пусто — standard.
access-delete-confirm = Удалить эту организацию?
access-groups = Группы
access-groups-lead = Люди, которым роли выдаются вместе
access-groups-empty = Групп пока нет
access-group = Группа
access-group-new = Добавить группу
access-group-delete-confirm = Удалить эту группу? Участники потеряют то, что было ей выдано.
access-description = Для чего
access-members = Участники
access-members-empty = В группе пока никого нет.
access-member-add = Почта того, кого принять
access-roles = Роли
access-roles-lead = Что людям можно
access-roles-own = Свои
access-roles-built-in = Встроенные
access-roles-empty = Пока ни одной. Своя роль содержит ровно те права, которые вы выберете.
access-role-new = Создать роль
access-role-delete-confirm = Удалить эту роль?
access-builtin = Встроенная, везде одинакова
access-base = На основе
access-base-hint = Определяет, относятся ли люди к службе или к порталу. Потом изменить нельзя.
flash-person-added = Добавлено. Ссылка для выбора пароля отправлена.
flash-person-invited = Приглашение отправлено ещё раз.
flash-person-removed = Удалено навсегда.
flash-removed = Удалено.
