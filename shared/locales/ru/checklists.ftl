# Что сделать по заявке.
checklist-title = Чек-лист
checklist-show = Показать чек-лист
checklist-progress = { $done } из { $total }
checklist-empty = Пока ничего не записано.
checklist-new = Новый пункт
checklist-words = Текст
checklist-more = Изменить: { $text }
checklist-up = Выше
checklist-down = Ниже
checklist-warns = { $n ->
    [one] В чек-листе не сделан { $n } пункт.
    [few] В чек-листе не сделано { $n } пункта.
   *[many] В чек-листе не сделано { $n } пунктов.
}
error-checklist-full = Чек-лист заполнен
    .detail = В нём может быть не больше { $maximum } пунктов.
audit-line-ticket-checklist-added = { $actor }: пункт в чек-листе заявки { $object }
audit-line-ticket-checklist-edited = { $actor }: изменён пункт чек-листа заявки { $object }
audit-line-ticket-checklist-done = { $actor }: сделан пункт чек-листа заявки { $object }
audit-line-ticket-checklist-reopened = { $actor }: снова открыт пункт чек-листа заявки { $object }
audit-line-ticket-checklist-moved = { $actor }: перемещён пункт чек-листа заявки { $object }
audit-line-ticket-checklist-removed = { $actor }: убран пункт чек-листа заявки { $object }
