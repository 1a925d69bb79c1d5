/** Русский для того, что между заказом и видео: проверка, клипы, остановка. */

/** @type {typeof import("./en-making.js").making} */
export const making = {
  reviewTitle: "Прочитайте, прежде чем снимать",
  reviewHint: "За съёмку пока ничего не заплачено. Правьте что угодно; лучше всего модель понимает английский.",
  approve: (price) => `Снять за ${price}`,
  cancel: "Отменить",
  cancelQuestion: "За клипы, которые уже снимаются, возможно, придётся заплатить; что успеет сняться, останется у вас.",
  cancelAnyway: "Всё равно отменить",
  goOn: "Не отменять",
  cancelSent: "Отменяем",
  canceling: "Отменяем. Больше ничего не заказываем; клипы, которые уже снимаются, остановим, если модель это умеет, " +
    "а иначе дождёмся их и сохраним.",
  waits: {
    quota: (who) => `Квота у ${who} пока исчерпана.`,
    upstream_unavailable: (who) => `${who} пока не отвечает как надо.`,
  },
  waitsUntilAbout: (moment) => `Попробуем снова примерно в ${moment}.`,
  waitsNoMore: "Пробуем снова.",
  waitsUntil: (moment, distance) =>
    `Ждёт вас до ${moment}, это ${distance}. Потом съёмки не будет, и платить не придётся.`,
  promptWaits: "Промпт ждёт вас",
  approvalSilent: "Ответ не пришёл. Смотрим, дошло ли; ваши правки целы.",

  shot: (number) => `План ${number}`,
  beginning: "Начало",
  extension: (number) => `Продолжение ${number}`,
  madeAndShown: (made, shown) => `${made}, в видео ${shown}`,
  segmentStates: {
    pending: "ждёт",
    running: "снимается",
    succeeded: "снято",
    failed: "не снято",
  },
  filmedOf: (count, total) => `Снято ${count} из ${total}`,
  clipsTitle: "Клипы",
  clipsNotLost: "Снятое не пропало: клипы можно открыть здесь.",
  openClip: (name) => `${name}: открыть клип`,
};
