# Упоминания коллег в заметках и картинки в тексте.
mention-list = Коллеги
mention-found = Найдено коллег: { $n }. Стрелки — выбор, Enter — вставить, Escape — закрыть.

mail-mentioned-subject = [{ $number }] Вас упомянули: { $title }
mail-mentioned-heading = Вас упомянули в заметке: { $by }

field-mention-leaves-desk = Коллег упоминают только в заметках: этот текст уходит за пределы поддержки.
field-mention-unknown = Кто-то из упомянутых больше не работает в поддержке.
field-mention-unseen = Не видят эту заявку: { $names }. Сначала откройте доступ или уберите имя.
field-too-many-mentions = Слишком много упоминаний: не больше { $maximum }.
