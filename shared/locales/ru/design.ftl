### Страница компонентов, для тех, кто делает страницы
design-title = Компоненты
design-guise = Как выглядит страница
design-direction = Направление
design-ltr = Слева направо
design-rtl = Справа налево
design-accent = Акцент
design-words = Что читает человек
design-error = Поле не заполнено.
design-loading = Загрузка
design-part = { $value ->
    [colours] Цвета
    [type] Шрифт
    [space] Отступы, углы, движение
    [buttons] Кнопки
    [fields] Поля
    [chips] Метки, таймеры, люди
    [notices] Сообщения
    [menus] Меню, диалоги, вкладки
    [tables] Таблицы
    [states] Пусто, загрузка, отказ
    [conversation] Переписка
   *[composer] Поле ответа
}
