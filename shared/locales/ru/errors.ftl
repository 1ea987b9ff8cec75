# Что пошло не так, для человека.
error-internal = Что-то пошло не так на нашей стороне. Попробуйте ещё раз.
error-not-found = Здесь ничего нет.
error-forbidden = У вас нет прав на это действие.
error-unauthorized = Войдите, пожалуйста.
error-rate-limited = Слишком много попыток. Подождите немного.
error-unauthenticated = Войдите в систему
    .detail = Чтобы продолжить, нужно войти.
error-bad-credentials = Неверное имя пользователя или пароль
    .detail = Имя пользователя и пароль не подходят друг к другу.
error-too-many-requests = Слишком много попыток
    .detail = Подождите немного и попробуйте снова.
error-bad-csrf = Форма устарела
    .detail = Обновите страницу и отправьте форму ещё раз.
error-upgrade-required = Нужно соединение WebSocket
    .detail = По этому адресу сообщения приходят по протоколу WebSocket.
