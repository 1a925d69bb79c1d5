/** Русский для плана и цены. */

const rules = new Intl.PluralRules("ru");

/**
 * @param {number} count
 * @param {string} one 1, 21, 31
 * @param {string} few 2, 3, 4, 22
 * @param {string} many 5, 11, 20
 */
export function plural(count, one, few, many) {
  const rule = rules.select(count);
  return rule === "one" ? one : rule === "few" ? few : many;
}

/** @param {number} count */
const each = (count) => count === 1 ? "на" : "по";

/** @type {typeof import("./en-plan.js").plan} */
export const plan = {
  structures: {
    shots: () => "Несколько клипов о том же: снимаются одновременно, потом монтируются.",
    single_take: (resolution) => `Одно движение без склеек: ${resolution}, часть за частью, поэтому дольше.`,
  },
  takeTooLong: (longest) => `Одним планом эта модель снимает не длиннее ${longest}.`,
  clips: (count, length) => `${count} ${plural(count, "клип", "клипа", "клипов")} ${each(count)} ${length}`,
  extensions: (count, length) =>
    `${count} ${plural(count, "продолжение", "продолжения", "продолжений")} ${each(count)} ${length}`,
  and: " и ",
  withCut: (made, cut) => `${made}, ${cut} отрежем`,
  priceNote: (made, model, day) => `за ${made} съёмки (${model}) по ценам Google на ${day}`,
  noPriceSilent: "Цена неизвестна: сервис не отвечает. Спросим ещё раз.",
  noPriceRefused: "Цены нет: так снять нельзя. Что не подошло, отмечено.",
  offerMissing: "Сервис не сообщил, что умеет.",
  offerMissingMeans: "Пока он молчит, здесь не видно ограничений и не выбрать, как снимать. Спрашиваем снова.",
};
