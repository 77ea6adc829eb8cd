/** The site of the tests: its address, and what content/site.json says. */
import siteFile from "../../content/site.json";
import { readSettings } from "../../src/settings.ts";

export const ORIGIN = "https://news.example";

export const site = readSettings(siteFile, ORIGIN);
