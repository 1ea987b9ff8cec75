# То, что стоит рядом с заявкой: автор, похожие заявки, данные ERP.
side-requester = Об авторе заявки
side-similar = Похожие заявки
side-similar-none = Похожих заявок нет.
side-open = Открыть
side-erp = Данные ERP
side-id = Идентификатор заявки
side-copy = Скопировать: { $value }
requester-open = { $n ->
    [one] { $n } незавершённая заявка
    [few] { $n } незавершённые заявки
   *[other] { $n } незавершённых заявок
}
requester-finished = { $n ->
    [one] { $n } завершённая заявка
    [few] { $n } завершённые заявки
   *[other] { $n } завершённых заявок
}
requester-blocked = Почта возвращается
requester-organization = Организация
requester-time = Местное время
requester-language = Язык
requester-since = В системе с
requester-account = Учётная запись
requester-signs-in = Входит в систему
requester-no-account = Нет: известен по письмам или формам
requester-all = Все заявки этого человека
sla-business-left = осталось { $span } рабочего времени
