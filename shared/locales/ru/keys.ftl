# Программы: их учётные записи, ключи, токены.
service-accounts = Программы
service-accounts-lead = Учётные записи, под которыми другие системы (ERP, CRM) работают с API
service-accounts-empty = Ни одна программа пока не подключена
service-account = Учётная запись программы
service-account-new = Подключить программу
service-account-live-keys = Действующие ключи
service-account-client-id = Имя клиента OAuth:
service-account-status-hint = Пока запись отключена, её ключи ничего не открывают, начиная со следующего запроса.
service-account-remove-confirm = Удалить эту учётную запись навсегда? Все её ключи и токены сразу перестанут действовать. Под тем, что она написала, имя останется.
api-keys = Ключи API
api-keys-empty = Ключа пока нет. Без него программа ничего не может запросить.
api-key-new = Новый ключ
api-key-name-hint = Где он используется, чтобы потом его узнать.
api-key-days = Срок действия в днях
api-key-days-hint = От 1 до 365. Перед окончанием сделайте следующий ключ кнопкой «Сменить».
api-key-networks = Только с этих адресов
api-key-networks-hint = Адреса или сети через пробел, например 192.0.2.0/24 или 2001:db8::/32. Пусто: откуда угодно.
api-key-scopes-lead = Что разрешает ключ, из того, что может сама запись:
api-key-make = Создать ключ
api-key-made = Вот ключ
api-key-made-lead = Он показан только сейчас. Положите его туда, где программа хранит секреты: у кого он есть, тот может всё, что он разрешает.
api-key-copy = Скопировать
api-key-kept = Ключ сохранён
api-key-state = { $value ->
    [active] Действует
    [expired] Истёк
    [revoked] Отозван
   *[other] { $value }
}
api-key-expires = Действует до
api-key-used = использован
api-key-never-used = не использовался
api-key-only-from = только с
api-key-rotate = Сменить
api-key-rotate-confirm = Сделать ключ на смену этому? Этот будет действовать ещё сутки, чтобы вы успели передать программе следующий.
api-key-revoke = Отозвать
api-key-revoke-confirm = Отозвать этот ключ? Всё, что им пользуется, сразу получит отказ. Вернуть его нельзя.
js-copied-text = Скопировано.
flash-service-account-made = Программа подключена. Теперь создайте для неё ключ.
flash-service-account-removed = Учётная запись и её ключи удалены.
flash-key-revoked = Ключ отозван.
rules-key-days = Срок действия ключа API в днях
rules-key-days-hint = Что предлагается при создании ключа: от 1 до 365.
error-not-by-key = С ключом API нельзя
    .detail = Ключи нужны для API. Для страниц, сеансов и личных настроек нужен человек, который входит сам.
error-service-account-limit = Больше программ не поместится
    .detail = В портале не больше { $maximum } учётных записей программ. Удалите те, которыми никто не пользуется.
error-api-key-limit = Больше ключей не поместится
    .detail = У записи не больше { $maximum } действующих ключей. Отзовите те, которыми никто не пользуется.
error-api-key-over = Этот ключ уже не действует
    .detail = Он отозван или истёк. Создайте другой.
field-beyond-account = Сама учётная запись не имеет всех этих прав.
field-bad-network = Это не адрес и не сеть.
field-only-sooner = Срок ключа можно только сократить. Чтобы продлить, смените ключ.
audit-line-service-account-created = { $actor }: подключена программа { $object }
audit-line-service-account-updated = { $actor }: изменена учётная запись программы { $object }
audit-line-service-account-removed = { $actor }: удалена учётная запись программы { $object }
audit-line-api-key-created = { $actor }: создан ключ API { $object }
audit-line-api-key-updated = { $actor }: изменён ключ API { $object }
audit-line-api-key-rotated = { $actor }: сменён ключ API { $object }
audit-line-api-key-revoked = { $actor }: отозван ключ API { $object }
audit-line-api-key-exchanged = { $actor }: получен токен по ключу API { $object }
audit-line-api-key-exchange-refused = { $actor }: отказано в токене
audit-line-api-key-refused = { $actor }: отказ, ключ { $object } пришёл с адреса, откуда его использовать нельзя
