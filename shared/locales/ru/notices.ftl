# Письма о статусе заявки и выбор писем, которые человек получает.
mail-footer-settings = Выбрать, какие письма получать

mail-status-in-progress-subject = [{ $number }] В работе: { $title }
mail-status-in-progress-heading = Заявка { $number } в работе
mail-status-in-progress-text = Инженер поддержки занимается заявкой.
mail-status-waiting-customer-subject = [{ $number }] Нужен ваш ответ: { $title }
mail-status-waiting-customer-heading = Заявка { $number } ждёт вашего ответа
mail-status-waiting-customer-text = Без ответа с вашей стороны поддержка не может продолжить. Просто ответьте на это письмо.
mail-status-reopened-subject = [{ $number }] Снова открыта: { $title }
mail-status-reopened-heading = Заявка { $number } снова открыта
mail-status-reopened-text = Поддержка снова открыла заявку и продолжает работу над ней.
mail-status-resolved-subject = [{ $number }] Решена: { $title }
mail-status-resolved-heading = Заявка { $number } решена
mail-status-resolved-text = Мы считаем заявку решённой. Если проблема осталась, просто ответьте на это письмо.
mail-status-closed-subject = [{ $number }] Закрыта: { $title }
mail-status-closed-heading = Заявка { $number } закрыта
mail-status-closed-text = Поддержка закрыла заявку. Если есть что добавить, просто ответьте на это письмо.

mail-failure-overtaken = То, о чём письмо предупреждает, уладилось до его отправки

notices-title = Какие письма вы получаете
notices-hint = Письма об учётной записи, например о новом пароле, приходят всегда.
notices-save = Сохранить выбор писем
notices-group = { $value ->
    [desk] Работа в поддержке
   *[conversation] Заявки, которые вы открыли или за которыми следите
}
notices-kind = { $value ->
    [ticket_received] Заявка получена
    [agent_reply] Поддержка ответила
    [status_changed] Поддержка изменила статус
    [ticket_shared] Коллега подключил меня к заявке
    [ticket_resolved] Заявка решена: просьба оценить и одно напоминание
    [assigned] Заявка назначена вам
    [mentioned] Коллега упомянул меня в заметке
    [client_reply] Клиент ответил
    [sla_warning] Срок подходит к концу
    [sla_breach] Срок нарушен
    [escalated] Заявка эскалирована вручную
    [reminder] Отложенная заявка вернулась или пора напомнить
   *[other] { $value }
}
flash-notices-saved = Выбор писем сохранён.
