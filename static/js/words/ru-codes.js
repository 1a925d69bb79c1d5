/** Русский для кодов контракта. */

/** @type {import("./en.js").Words["requestErrors"]} */
export const requestErrors = {
  invalid_input: "В таком виде не подходит.",
  unsupported_media_type: "Файлы такого вида не принимаются.",
  payload_too_large: "Слишком большой файл.",
  reference_unusable: "Этот файл не годится.",
  reference_fetch_failed: "По этому адресу файл скачать не удалось.",
  reference_url_refused: "С этого адреса скачивать нельзя.",
  unauthorized: "Сервису нужен ключ.",
  not_found: "По этому адресу ничего нет.",
  method_not_allowed: "Сервис не принимает такой запрос.",
  wrong_state: "Задача уже ушла дальше, это больше не сделать.",
  idempotency_conflict: "Этот же заказ уже отправлен с другим содержанием.",
  range_not_satisfiable: "Файл короче, чем запрошено.",
  rate_limited: "Сейчас слишком много запросов. Подождите немного и попробуйте ещё раз.",
  budget_exceeded: "Дневной бюджет исчерпан. Попробуйте завтра.",
  not_configured: "Не хватает настройки, пока видео не сделать.",
  internal: "Сбой в сервисе. Ничего не запущено.",
};

/** @type {import("./en.js").Words["taskErrors"]} */
export const taskErrors = {
  analysis_failed: "Разобрать снимки и видео не удалось.",
  prompt_failed: "Написать промпт не удалось.",
  filtered_prompt: "Фильтр модели отклонил промпт.",
  filtered_output: "Клип снят, но фильтр его не пропустил.",
  model_retired: "Google больше не предлагает модель, которая здесь настроена.",
  quota_exhausted: "Квота сервиса на сегодня исчерпана.",
  provider_error: "Снять клип не удалось.",
  submit_unknown: "Связь с Google оборвалась во время запроса: неизвестно, снимается ли клип.",
  download_failed: "Клип снят, но забрать его не удалось.",
  deadline_exceeded: "Слишком долго: ждать перестали.",
  not_configured: "Какая-то настройка сервиса не задана или неверна.",
  canceled: "Задачу остановили.",
};

/** @type {import("./en.js").Words["statuses"]} */
export const statuses = {
  queued: "В очереди",
  analyzing: "Разбираем снимки",
  prompting: "Пишем промпт",
  awaiting_approval: "Осталось одобрить промпт",
  generating: "Снимаем",
  finishing: "Собираем видео",
  succeeded: "Готово",
  failed: "Не получилось",
  canceled: "Остановлено",
};

/** @type {import("./en.js").Words["charged"]} */
export const charged = {
  no: "Деньги за видео не списаны.",
  yes: "Снятое оплачено.",
  unknown: "Списаны ли деньги, неизвестно.",
};
