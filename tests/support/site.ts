/** The site of the tests: its address, and the settings of content/site.json. */
import siteFile from "../../content/site.json";
import { readSettings } from "../../src/settings.ts";

export const ORIGIN = "https://news.example";

export const site = readSettings(siteFile, ORIGIN);
