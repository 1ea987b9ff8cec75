# Почта: темы и тексты. Заголовок заявки виден только в письмах на подтверждённый адрес.
mail-greeting = Здравствуйте!
mail-reply-above = Пожалуйста, пишите ответ выше этой строки
mail-footer = Это письмо отправила служба поддержки { $brand }.
mail-footer-reply = На это письмо можно ответить: ответ попадёт в заявку { $number }.
mail-open-ticket = Открыть заявку
mail-ticket-line = Заявка { $number }: { $title }

mail-ticket-received-subject = [{ $number }] Мы получили вашу заявку
mail-ticket-received-heading = Мы получили вашу заявку
mail-ticket-received-text = Вашей заявке присвоен номер { $number }. Инженер поддержки рассмотрит её и ответит вам по почте.
mail-ticket-received-due = Мы ответим не позднее: { $due }.

mail-confirm-address-subject = Подтвердите, пожалуйста, ваш адрес
mail-confirm-address-heading = Подтвердите, пожалуйста, ваш адрес
mail-confirm-address-text = С этого адреса написали в поддержку { $brand }. Если это были вы, подтвердите адрес, и заявка попадёт к нашим инженерам. Если это были не вы, просто не обращайте внимания на это письмо.
mail-confirm-address-button = Подтвердить адрес
mail-confirm-address-expires = Ссылка действует до { $expires }.

mail-agent-reply-subject = [{ $number }] { $title }
mail-agent-reply-heading = Вам ответили: { $agent }

mail-client-reply-subject = [{ $number }] Клиент ответил: { $title }
mail-client-reply-heading = Ответ клиента: { $client }

mail-ticket-resolved-subject = [{ $number }] Ваша заявка решена
mail-ticket-resolved-heading = Ваша заявка решена
mail-ticket-resolved-text = Мы считаем заявку { $number } решённой. Если проблема осталась, просто ответьте на это письмо.
mail-ticket-resolved-ask = Как мы справились? Оценка займёт один щелчок.
mail-rate-button = Оценить работу

mail-rating-reminder-subject = [{ $number }] Как мы справились?
mail-rating-reminder-heading = Как мы справились?
mail-rating-reminder-text = Заявка { $number } недавно решена. Ваша оценка помогает нам работать лучше. Больше мы не спросим.

mail-sla-warning-subject = [{ $number }] Срок подходит к концу
mail-sla-warning-heading = Срок заявки { $number } подходит к концу
mail-sla-warning-text = Прошло { $percent } % времени на «{ $target }». Срок: { $due }.

mail-sla-breach-subject = [{ $number }] Срок нарушен
mail-sla-breach-heading = Срок заявки { $number } нарушен
mail-sla-breach-text = Время на «{ $target }» истекло: { $due }. Заявка эскалирована.
mail-sla-target-first-response = первый ответ
mail-sla-target-next-response = следующий ответ
mail-sla-target-resolution = решение

mail-escalated-subject = [{ $number }] Эскалация: { $title }
mail-escalated-heading = Заявка { $number } эскалирована
mail-escalated-text = { $by }: уровень эскалации заявки { $number } — { $level }.
mail-escalated-reason = Причина: { $reason }

mail-confirm-registration-subject = Подтвердите регистрацию в { $brand }
mail-confirm-registration-heading = Остался один шаг
mail-confirm-registration-text = Подтвердите этот адрес, чтобы закончить регистрацию на портале поддержки { $brand }. Если вы не регистрировались, не обращайте внимания на это письмо.
mail-confirm-registration-button = Завершить регистрацию

mail-password-reset-subject = Новый пароль для поддержки { $brand }
mail-password-reset-heading = Задайте новый пароль
mail-password-reset-text = Для этого адреса запросили новый пароль. Если это были не вы, не обращайте внимания на это письмо: пароль останется прежним.
mail-password-reset-button = Задать новый пароль
mail-link-expires = Ссылка действует до { $expires } и только один раз.

mail-assigned-subject = [{ $number }] Назначена вам: { $title }
mail-assigned-heading = Вам назначена заявка
mail-assigned-text = Заявку { $number } вам назначил(а) { $by }.
mail-assigned-due = Ответить до: { $due }.

# Почему письмо ждёт разбора.
mail-reason-unparseable = Письмо не удалось прочитать
mail-reason-too-large = Письмо слишком большое
mail-reason-too-complex = В письме слишком много частей
mail-reason-no-sender = В письме не указан отправитель
mail-reason-empty = Письмо пустое
mail-reason-loop = Вернулось наше собственное письмо
mail-reason-own-address = Отправитель — наш собственный ящик
mail-reason-sender-blocked = Отправитель заблокирован
mail-reason-rate-cap = Слишком много писем от этого отправителя
mail-reason-unknown-sender = Отправитель не участвует в заявке
mail-reason-automatic = Автоматический ответ без заявки
mail-reason-bulk = Рассылка без заявки
mail-reason-report = Отчёт о доставке без заявки
mail-reason-duplicate = Уже получено
mail-reason-no-mailbox = Такого ящика нет
mail-reason-reopen-cap = Заявку слишком часто открывали письмами
mail-reason-internal = Сбой на нашей стороне

# Why a mail did not leave.
mail-failure-recipient-blocked = Письма на этот адрес уже возвращались
mail-failure-own-address = Получатель — наш собственный ящик
mail-failure-address-unconfirmed = Автор заявки ещё не подтвердил свой адрес
mail-failure-subject-gone = Заявки или комментария больше нет
mail-failure-unknown-kind = Неизвестный вид письма
mail-failure-internal-note = Внутренние заметки не покидают службу поддержки
mail-failure-no-try-ended = Каждая попытка отправки обрывалась
