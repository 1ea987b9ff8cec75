# Что защищает арендатора: лимиты, заблокированные адреса, тревоги.

protection-title = Защита
protection-nav = Разделы защиты
protection-limits = Лимиты
protection-limits-lead = Сколько запросов может послать один адрес или человек и что делать с сетями, откуда подбирают пароли.
protection-rate = Запросов в минуту
protection-rate-hint = С одного адреса или от одного вошедшего человека. Кто шлёт больше, того просят подождать.
protection-burst = Сверх того разом
protection-burst-hint = Для страниц, которые запрашивают многое сразу.
protection-rule = Блокировать сети, откуда подбирают пароли
protection-rule-hint = Сеть, из которой отклонено много входов, не допускается в течение часа. Сети, из которых входят ваши люди, так не блокируются никогда.
protection-blocks = Заблокированные адреса
protection-blocks-lead = Запросы отсюда отклоняются до того, как их начинают разбирать.
protection-blocks-empty = Никто не заблокирован
protection-block-new = Заблокировать адрес
protection-range = Адрес или диапазон
protection-range-hint = Например, 192.0.2.7 или 192.0.2.0/24. Вы сами приходите с { $own }: этот адрес вам не заблокировать.
protection-reason = Причина
protection-until = До
protection-forever = Пока не снимут
protection-hours = { $value ->
    [hour] Один час
    [day] Один день
    [week] Неделя
    [month] Тридцать дней
   *[other] { $value }
}
protection-since = С
protection-by = Кто заблокировал
protection-by-rule = Система
protection-over = истекло
protection-let-in = Впустить

error-rate-limited = Слишком много запросов
    .detail = За минуту запрошено больше, чем разрешено. Подождите немного.
error-address-blocked = Этот адрес заблокирован
    .detail = Запросы из вашей сети здесь не принимаются. Если это ошибка, обратитесь к администратору портала.
error-already-blocked = Диапазон уже заблокирован
    .detail = Снимите существующую блокировку или укажите другой диапазон.
error-block-limit = Слишком много заблокированных диапазонов
    .detail = Заблокировать можно не более { $maximum } диапазонов. Снимите часть блокировок или укажите диапазоны пошире.
field-bad-range = Укажите адрес или диапазон: 192.0.2.7 или 2001:db8::/48.
field-range-too-wide = Диапазон слишком широк: не шире /16, для IPv6 не шире /32.
field-own-network = Вы сами приходите с этого адреса.

protection-alerts = Тревоги
protection-alerts-lead = Что похоже на атаку. Письма получают администраторы или адреса из раздела «Лимиты».
protection-alerts-empty = На атаку ничего не похоже
protection-alerts-empty-hint = Журнал аудита просматривается каждые несколько минут.
protection-alerts-open = Не просмотрены
protection-alerts-all = Все
protection-alert = { $value ->
    [password_spraying] Из одной сети подбирают пароли ко многим учётным записям
    [sign_in_refusals] Снова и снова пробуют одну учётную запись
    [disabled_account] Пробуют войти под отключённой учётной записью
    [new_country] Вход из новой страны
    [impossible_travel] Входы из двух стран в течение часа
    [many_refusals] Отказ за отказом
    [mass_export] Много выгрузок
    [key_elsewhere] Ключ API пришёл из чужой сети
   *[other] { $value }
}
protection-fact = { $name ->
    [accounts] Учётных записей
    [tries] Попыток
    [networks] Сетей
    [network] Сеть
    [from] Откуда до этого
    [country] Страна
    [routes] Разделов
    [exports] Выгрузок
    [keys] Ключей
   *[other] { $name }
}
protection-what = Что
protection-about = О ком
protection-when = Когда
protection-log = Строки журнала
protection-acknowledge = Просмотрено
protection-seen = Просмотрено: { $name }
protection-silenced = Не сообщать до
protection-silence = Больше не сообщать
protection-silence-days = { $value ->
    [again] Сообщать снова
    [day] Один день
    [week] Неделю
    [month] Тридцать дней
   *[other] { $value }
}
protection-contacts = Кому сообщать о тревогах
protection-contacts-hint = Адреса через запятую. Если пусто, сообщают администраторам.
protection-origins = Чужие страницы, которым можно обращаться к API
protection-origins-hint = Источники вида https://app.vendor.example через пробел. Они приходят со своим токеном; cookie не передаются никогда.
protection-honeypot = Оставьте это поле пустым
protection-robots = Роботы в открытых формах
protection-robots-hint = С ключами Cloudflare Turnstile посетители подтверждают, что они люди, прежде чем зарегистрироваться, запросить пароль или написать заявку. Тогда формам нужен скрипт.
protection-site-key = Ключ сайта
protection-secret = Секретный ключ
protection-secret-hint = Хранится запечатанным и не показывается. Если оставить пустым, останется прежним; исчезает вместе с ключом сайта.
protection-challenge-script = Этой форме нужен JavaScript, чтобы убедиться, что вы человек.
field-challenge-failed = Не удалось убедиться, что вы человек. Попробуйте ещё раз.

mail-alert-subject = Поддержка { $brand }: тревога безопасности
mail-alert-heading = Похоже на атаку
mail-alert-text = При просмотре журнала аудита найдено:
mail-alert-when = Найдено { $at }. Посмотрите тревоги: там же можно отключить сообщения о том, что не опасно.
mail-alert-button = Открыть тревоги
mail-alert-kind-password-spraying = Из одной сети подбирают пароли ко многим учётным записям.
mail-alert-kind-sign-in-refusals = Снова и снова пробуют войти под одной учётной записью.
mail-alert-kind-disabled-account = Кто-то пробует войти под отключённой учётной записью.
mail-alert-kind-new-country = Кто-то вошёл из страны, откуда раньше не входил.
mail-alert-kind-impossible-travel = Кто-то в течение часа вошёл из двух стран.
mail-alert-kind-many-refusals = Кто-то получает отказ за отказом.
mail-alert-kind-mass-export = Кто-то выгружает много данных.
mail-alert-kind-key-elsewhere = Кто-то обращается с ключом API из сети, для которой он не предназначен.
