/* Days as whole numbers since 1970-01-01, and how they are written; as claims/days.py does. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const DAY_MS = 86400000;
  const MONTHS = "January February March April May June July August September October November December".split(" ");

  /**
   * @param {number} day Days since 1970-01-01.
   * @returns {{year: number, month: number, day: number}} Month 0 to 11.
   */
  ClaimMap.dateOf = function (day) {
    const date = new Date(day * DAY_MS);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
  };

  /**
   * @param {number} year
   * @param {number} month 0 to 11; more goes on into the next years.
   * @returns {number} The first day of a month.
   */
  ClaimMap.firstOfMonth = (year, month) => Date.UTC(year, month, 1) / DAY_MS;

  /**
   * @param {number} day
   * @returns {string} The month's name.
   */
  ClaimMap.monthWords = (day) => MONTHS[ClaimMap.dateOf(day).month];

  /**
   * @param {number} day
   * @returns {string} Such as "12 May 2023".
   */
  ClaimMap.dayWords = function (day) {
    const date = ClaimMap.dateOf(day);
    return date.day + " " + MONTHS[date.month] + " " + date.year;
  };

  /**
   * @param {number} first
   * @param {number} last
   * @returns {string} Such as "8–14 May 2023": month and year once where both ends share them.
   */
  ClaimMap.spanWords = function (first, last) {
    const [a, b] = [ClaimMap.dateOf(first), ClaimMap.dateOf(last)];
    if (first === last) return ClaimMap.dayWords(last);
    if (a.year === b.year && a.month === b.month) return a.day + "–" + ClaimMap.dayWords(last);
    const start = a.year === b.year ? a.day + " " + MONTHS[a.month] : ClaimMap.dayWords(first);
    return start + " – " + ClaimMap.dayWords(last);
  };

  /**
   * @param {number} day
   * @returns {string} ISO 8601, such as "2023-05-12".
   */
  ClaimMap.isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  /**
   * @param {string} text ISO 8601.
   * @returns {?number} Null if it is no date.
   */
  ClaimMap.dayOfIso = function (text) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text + "T00:00:00Z") : NaN;
    return Number.isNaN(time) ? null : Math.round(time / DAY_MS);
  };
})();
