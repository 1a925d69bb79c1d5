/** The form. A table of contents. */
import { wireBanner } from "./banner.js";
import { wireEstimate } from "./estimate/estimate.js";
import { Film } from "./film/film.js";
import { askOffer } from "./offer.js";
import { wireOrder } from "./order.js";
import { wireWays } from "./references/addresses.js";
import { showTable } from "./references/show-table.js";
import { Table } from "./references/table.js";
import { takeFiles } from "./references/take-files.js";
import { wireChoices } from "./show-choices.js";
import { inEveryLanguage, wireLanguages, writeWords } from "./words.js";

const table = new Table();
inEveryLanguage(writeWords);
wireLanguages();
wireWays();
wireBanner();
wireChoices();
wireEstimate();
showTable(table);
takeFiles(table);
const film = new Film(table);
wireOrder(table, film);
film.resume();
askOffer();
