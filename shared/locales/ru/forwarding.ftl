# Пересылка тем, кто не участвует в переписке.
composer-forward = Переслать
entry-forwarded = Переслано:
entry-forward = Переслать это сообщение

forward-lead = Письмо уйдёт тем, кто не участвует в переписке. Клиент не увидит ни его, ни ответов на него.
forward-to = Кому
forward-people = Адреса
forward-people-found = Найдено адресов: { $n }. Стрелки — выбор, Enter — вставить, Escape — закрыть.
forward-quote = Процитировать
forward-quote-earlier = Более раннее сообщение
forward-quotes = { $value ->
    [none] Ничего
    [all] Всю переписку с клиентом
   *[opening] Описание заявки
}
forward-files = Файлы заявки, которые нужно приложить

flash-forwarded = Сообщение переслано.

field-bad-recipient = Это не адрес электронной почты: { $address }
field-own-mailbox = Это собственный ящик поддержки.
field-forward-to-requester = Автору заявки не пересылают, ему отвечают: напишите ответ.
field-forward-too-large = Файлы слишком велики для письма: не больше 3500 КБ вместе.

mail-forwarded-subject = [{ $number }] Fwd: { $title }
mail-forwarded-heading = Вам переслали сообщение: { $agent }

audit-line-ticket-forwarded = { $actor }: пересылка сообщения заявки { $object }
