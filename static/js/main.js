/** The form. A table of contents. */
import { wireChoices } from "./choices.js";
import { wireEstimate } from "./estimate.js";
import { Film } from "./film/film.js";
import { note, wireHistory } from "./history/history.js";
import { askOffer, wireBanner } from "./offer.js";
import { wireOrder } from "./order.js";
import { showTable } from "./references/show-table.js";
import { Table } from "./references/table.js";
import { takeFiles, wireWays } from "./references/ways.js";
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
const film = new Film(table, note);
wireOrder(table, film);
wireHistory();
film.resume(true);
askOffer();
