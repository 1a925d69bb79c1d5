/** The form. A table of contents. */
import { Film } from "./film/film.js";
import { askHealth } from "./health.js";
import { wireLanguages } from "./language-switch.js";
import { wireOrder } from "./order.js";
import { wireWays } from "./references/addresses.js";
import { showTable } from "./references/show-table.js";
import { Table } from "./references/table.js";
import { takeFiles } from "./references/take-files.js";
import { wireChoices } from "./show-choices.js";
import { inEveryLanguage, writeWords } from "./words.js";

const table = new Table();
inEveryLanguage(writeWords);
wireLanguages();
wireWays();
wireChoices();
showTable(table);
takeFiles(table);
const film = new Film(table);
wireOrder(table, film);
film.resume();
askHealth();
