# Роли на время, заместители, политики и объяснение, почему кому-то что-то можно.
grants-title = Роли на время
grants-of = Роли, выданные: { $name }
grants-back = Назад
grants-lead = В дополнение к собственной роли. Выданное действует со следующего запроса и заканчивается само.
grants-about = Выдайте ещё одну роль сверх собственной: на период или на часть заявок.
grants-about-group = Выданное группе получает каждый её участник.
grants-open = Посмотреть и выдать
grants-given = Выдано
grants-empty = Пока ничего не выдано.
grants-state = { $value ->
    [active] Действует
    [later] Ещё не началось
    [over] Закончилось
    [revoked] Отозвано
   *[other] { $value }
}
grants-reach = { $value ->
    [own] Собственные заявки
    [organization] Заявки организации
    [department] Заявки отдела
    [all] Все заявки и всё остальное
   *[other] { $value }
}
grants-reach-place = { $value ->
    [organization] Заявки организации
    [department] Заявки отдела
   *[other] { $value }
}
grants-reach-label = На какие заявки
grants-reach-hint = Права не о заявках даёт только вариант «Все».
grants-place-own = Собственный отдел
grants-organization-hint = Название имеющейся организации; пусто — собственная.
grants-from = с
grants-until = до
grants-for-good = бессрочно
grants-starts = С
grants-starts-hint = Пусто — с этой минуты.
grants-ends = До
grants-ends-hint = Пусто — бессрочно.
grants-reason = Почему
grants-give = Выдать роль
grants-give-button = Выдать
grants-end = Прекратить
grants-end-confirm = Прекратить сейчас? Открытые страницы того, кому это выдано, сразу обновятся без этих прав.
deputies-title = Мои заместители
deputies-about = Пока вас нет, коллега может пользоваться вашими правами вместе со своими.
deputies-open = Посмотреть и назначить
deputies-lead = Заместитель пользуется вашими правами вместе со своими до конца периода. Сделанное по вашим правам записывается в журнал аудита под обоими именами. Полученное вами по замещению дальше не передаётся.
deputies-list = Кто кого замещает
deputies-empty = У вас нет заместителей, и вы никого не замещаете.
deputies-lends = Ваши права переданы:
deputies-has = У вас права:
deputies-new = Назначить заместителя
deputies-who = Коллега
deputies-ends-hint = Не дольше 90 дней.
deputies-button = Назначить
deputies-end-confirm = Прекратить сейчас? Права вернутся сразу.
access-policies = Политики
access-policies-lead = Условия, при которых права запрещаются или даются поверх всех ролей
access-policies-empty = Политик пока нет: решают только роли и выданное
access-policy = Политика
access-policy-new = Написать политику
access-policy-effect = Действие
access-policy-effect-name = { $value ->
    [deny] Запрещает
    [allow] Разрешает
   *[other] { $value }
}
access-policy-effect-hint = Что политика запрещает, то запрещено, что бы это ни разрешало.
access-policy-on = Действует
access-policy-off = Выключена
access-policy-condition = Условие
access-policy-condition-hint = Правило JsonLogic; true означает «всегда».
access-policy-examples = Примеры, операторы, переменные
access-policy-example-critical = Критические заявки не из офиса:
access-policy-example-hours = Вне рабочих часов и в выходные:
access-policy-example-module = Аналитики и заявки о финансах или зарплате:
access-policy-example-department = Заявки не своего отдела:
access-policy-operators = Операторы:
access-policy-variables = Переменные:
access-policy-permissions = Права
access-policy-permissions-lead = Что она запрещает или разрешает:
access-policy-try = Сначала проверить
access-policy-try-lead = Показывает, кто что мог бы делать с заявкой, если бы политика действовала в том виде, как выше. Ничего не сохраняется.
access-policy-try-button = Проверить
access-policy-delete-confirm = Удалить политику? Со следующего запроса снова решают одни роли.
explain-title = Кому что можно
explain-lead = Кто сейчас мог бы сделать что-то с заявкой и почему.
explain-ticket = Номер заявки
explain-permission = Что сделать
explain-people = Среди кого
explain-people-desk = Поддержка и программы
explain-people-clients = Клиенты
explain-person = Почта одного человека
explain-person-hint = И тогда, когда ему нельзя. Пусто — все, кому можно, и все, кому мешает только политика.
explain-button = Показать
explain-answer = Кому можно и почему
explain-may = Можно
explain-may-not = Нельзя
explain-program = (программа; каждому её ключу можно меньше)
explain-source = { $value ->
    [role] Роль:
    [grant] Выданная роль:
    [group] Роль группы:
    [deputy] Замещает:
    [policy] Политика:
   *[other] { $value }
}
explain-nothing = Ничто этого не даёт.
explain-denied-by = Запрещено политикой
explain-nobody = Среди просмотренных никого.
explain-more = Людей больше; показаны первые просмотренные.
flash-grant-given = Выдано.
flash-grant-ended = Прекращено.
flash-deputy-set = Заместитель назначен.
flash-deputy-ended = Прекращено. Права вернулись.
