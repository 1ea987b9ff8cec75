### Светлое или тёмное, и контраст
appearance-title = Внешний вид
appearance-theme = Цвета
appearance-contrast = Контраст
appearance-normal = Обычный
appearance-more = Высокий
