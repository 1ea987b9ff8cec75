# Слова страниц.
ui-sign-in = Войти
ui-sign-out = Выйти
ui-cancel = Отмена
ui-save = Сохранить
