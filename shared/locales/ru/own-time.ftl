# Отложенные заявки и напоминания.
later-title = Позже
later-open = Отложить, напомнить
later-own = Другое время
later-take = Задать
later-preset = { $value ->
    [later] Сегодня позже
    [tomorrow] Утром следующего рабочего дня
   *[monday] В понедельник
}
snooze-title = Отложить
snooze-lead = Заявка уйдёт из вашей очереди до этого времени или до ответа клиента. Сроки по ней идут.
snooze-not-yours = Отложить может только исполнитель, пока заявка не завершена.
snooze-until-answer = До ответа клиента
snooze-chip = Отложена:
snooze-wake = Вернуть сейчас
snooze-back = Вернулась
reminders-title = Мои напоминания
reminders-here = Напомнить
reminders-new = Новое напоминание
reminders-text = О чём
reminders-private = Ваши напоминания видите только вы.
reminders-due = Пора
reminders-done = Готово
reminders-done-one = Готово: { $text }
reminders-again = Напомнить позже
reminders-again-one = Напомнить позже: { $text }
reminders-empty = Напоминаний нет
reminders-empty-hint = Запишите то, о чём нельзя забыть: здесь или в заявке.
own-time-unseen = заявка, которая вам больше не видна
flash-snoozed = Заявка отложена.
flash-woken = Заявка снова в вашей очереди.
flash-reminder-saved = Напоминание сохранено.
flash-reminder-done = Готово.
js-reminded = Пора: напоминание или вернувшаяся заявка
error-snooze-not-yours = Заявка не ваша
    .detail = Отложить заявку может только её исполнитель. Сначала возьмите её.
error-snooze-finished = Заявка завершена
    .detail = Отложить можно только незавершённую заявку.
error-snooze-limit = Отложено слишком много
    .detail = Одновременно можно отложить не больше { $maximum } заявок. Сначала верните одну.
error-reminder-limit = Слишком много напоминаний
    .detail = Можно хранить не больше { $maximum } напоминаний. Сначала завершите одно.
audit-line-ticket-snoozed = { $actor }: отложена заявка { $object }
audit-line-ticket-woken = { $actor }: возвращена заявка { $object }
audit-line-reminder-created = { $actor }: записано напоминание
audit-line-reminder-updated = { $actor }: изменено напоминание
audit-line-reminder-deleted = { $actor }: завершено напоминание
audit-line-reminder-rung = { $actor }: сработало напоминание
mail-snooze-over-subject = [{ $number }] Вернулась: { $title }
mail-snooze-over-heading = Заявка вернулась
mail-snooze-over-text = Вы отложили эту заявку до сих пор.
mail-ticket-reminder-subject = [{ $number }] Напоминание: { $title }
mail-ticket-reminder-heading = Вы просили напомнить
mail-reminder-subject = Напоминание: { $text }
mail-reminder-heading = Вы просили напомнить
mail-reminder-button = Мои напоминания
