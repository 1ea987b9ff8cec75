# Письмо: черновики на всех устройствах, отправка с отсрочкой, два ответа сразу.

draft-other = На другом устройстве было написано другое:
draft-use = Взять это
draft-files = Уже приложено

composer-more = Другие способы отправить
composer-more-later = Отправить позже
composer-anyway = Всё равно отправить
composer-later = { $value ->
    [two_hours] Через два часа
    [tomorrow] Завтра в 9:00
   *[monday] В понедельник в 9:00
}
composer-later-own = В другое время
composer-later-send = Запланировать

collision-lead = Прочитайте ответ, прежде чем отправлять второй. Ваш текст сохранён ниже.
collision-look = Сначала посмотреть

pending-title = Ещё не отправлено
pending-soon = { $n ->
    [one] Уйдёт через { $n } секунду
    [few] Уйдёт через { $n } секунды
   *[other] Уйдёт через { $n } секунд
}
pending-in = Уйдёт { $when }
pending-now = Отправляется…
pending-at = Уйдёт
pending-note = Заметка
pending-then = затем: { $status }
pending-by = Автор: { $name }
pending-undo = Отменить
pending-send = Отправить сейчас
pending-news = После этого клиент написал снова: проверьте, подходит ли ещё ответ.
pending-held = { $reason ->
    [answered_meanwhile] Не отправлено: тем временем ответил коллега.
    [not_found] Не отправлено: заявка удалена или больше не доступна автору.
    [forbidden] Не отправлено: у автора больше нет права отвечать здесь.
    [author_gone] Не отправлено: учётная запись автора отключена.
   *[other] Не отправлено: в нынешнем состоянии заявка это не принимает.
}
flash-taken-back = Сообщение снова в редакторе, отправлено ничего не было.

undo-title = Отмена отправки
undo-hint = Столько секунд ответ или заметку можно вернуть, прежде чем они уйдут.
undo-seconds = { $n ->
    [0] Отправлять сразу
    [one] { $n } секунда
    [few] { $n } секунды
   *[other] { $n } секунд
}
undo-label = Время на отмену

error-answered-meanwhile = Тем временем уже ответили
    .detail = Ответ уже есть: { $name }. Его не было, когда вы открыли заявку.
error-too-many-pending = Слишком много отложенных сообщений
    .detail = В этой заявке уже ждут отправки 20 сообщений.
error-author-gone = Автора больше нет
    .detail = Учётная запись автора отключена.
field-bad-later = Выберите момент в будущем, не дальше года.

tools-label = Оформление
tools-preview = Просмотр
tools-sign = { $value ->
    [bold] Полужирный (Ctrl+B)
    [italic] Курсив (Ctrl+I)
    [list] Список
    [quote] Цитата
    [code] Код
   *[link] Ссылка (Ctrl+Shift+K)
}
