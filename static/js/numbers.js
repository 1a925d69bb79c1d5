/** Numbers, sizes, times and prices as the reader writes them. */
import { language, locale } from "./words.js";

/** How much this device's clock is ahead of the service's, milliseconds. */
let aheadMs = 0;

/**
 * Time that has passed is told by the service's clock: this device's may be minutes off.
 *
 * @param {string | null} date an answer's `Date`, whole seconds; without one the device's clock is believed
 */
export function setClock(date) {
  const ahead = date === null ? NaN : Date.now() - Date.parse(date);
  // A second is what the header is rounded by, and another one its way here.
  if (!Number.isNaN(ahead)) aheadMs = Math.abs(ahead) > 2_000 ? ahead : 0;
}

/** Milliseconds since 1970 by the service's clock. */
export function now() {
  return Date.now() - aheadMs;
}

/** @param {number} value */
export function count(value) {
  return new Intl.NumberFormat(locale()).format(value);
}

/** @param {number} bytes decimal units, as the limits are */
export function size(bytes) {
  const inMegabytes = bytes >= 1_000_000;
  const unit = inMegabytes ? "megabyte" : "kilobyte";
  const value = inMegabytes ? bytes / 1_000_000 : Math.max(bytes / 1_000, 1);
  const maximumFractionDigits = inMegabytes && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits }).format(value);
}

/** @param {number} value seconds */
export function seconds(value) {
  const number = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
  return `${number}\u00a0${language() === "ru" ? "с" : "s"}`;
}

/**
 * @param {number} width pixels
 * @param {number} height pixels
 */
export function pixels(width, height) {
  return `${width}\u00a0×\u00a0${height}`;
}

/**
 * Time that has passed, as a stopwatch shows it: 0:07, 12:30, 1:02:03.
 *
 * @param {number} milliseconds
 */
export function elapsed(milliseconds) {
  const total = Math.max(0, Math.floor(milliseconds / 1_000));
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor(total / 60) % 60;
  const twoDigits = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${hours > 0 ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(total % 60)}`;
}

/**
 * From the usual time to the one that few need longer than: 1:40–3:10.
 *
 * @param {{ typical_seconds: number, slow_seconds: number }} time
 */
export function timeSpan({ typical_seconds, slow_seconds }) {
  return [...new Set([typical_seconds, slow_seconds].map((value) => elapsed(value * 1_000)))].join("–");
}

/** @param {number} usd */
export function price(usd) {
  return new Intl.NumberFormat(locale(), { style: "currency", currency: "USD" }).format(usd);
}

/** @param {string} day `2026-09-19` or an ISO time; read in UTC, as prices are dated */
export function date(day) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}

/** @param {string} time ISO 8601 */
export function moment(time) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" }).format(new Date(time));
}

/**
 * A moment that is near: its time alone, with its date if that is not today's.
 *
 * @param {string} time ISO 8601
 * @param {number} now milliseconds since 1970
 */
export function nearMoment(time, now) {
  const day = new Date(time);
  if (day.toDateString() !== new Date(now).toDateString()) return moment(time);
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(day);
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How far away something is, in the largest unit that it fills: in 2 days, in 23 hours, in 5 minutes.
 *
 * @param {number} milliseconds until then
 */
export function distance(milliseconds) {
  const format = new Intl.RelativeTimeFormat(locale());
  if (milliseconds >= 2 * dayMs) return format.format(Math.floor(milliseconds / dayMs), "day");
  if (milliseconds >= 2 * hourMs) return format.format(Math.floor(milliseconds / hourMs), "hour");
  return format.format(Math.max(1, Math.floor(milliseconds / minuteMs)), "minute");
}
