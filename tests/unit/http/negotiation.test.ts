/** Accept (RFC 9110, section 12.5.1): which format of a feed a client prefers. */
import { expect, test } from "vitest";
import { preferredType } from "../../../src/http/negotiation.ts";

const RSS = "application/rss+xml";
const ATOM = "application/atom+xml";
const JSON_FEED = "application/feed+json";
const JSON_TYPE = "application/json";
const XML = "application/xml";
const XML_TEXT = "text/xml";
// The types that the negotiated address of a feed offers.
const TYPES = [RSS, ATOM, JSON_FEED, XML, XML_TEXT, JSON_TYPE];

test.each<[string, string | undefined, string | undefined]>([
  ["nothing", undefined, RSS],
  ["an empty field", "", undefined],
  ["anything", "*/*", RSS],
  ["RSS", "application/rss+xml", RSS],
  ["Atom", "application/atom+xml", ATOM],
  ["JSON Feed", "application/feed+json", JSON_FEED],
  ["JSON", "application/json", JSON_TYPE],
  ["XML", "application/xml", XML],
  ["XML as text", "text/xml", XML_TEXT],
  ["any application", "application/*", RSS],
  ["Atom in capitals", "APPLICATION/ATOM+XML", ATOM],
  ["Atom with a parameter", "application/atom+xml;type=feed", ATOM],
  ["only a page", "text/html", undefined],
  ["a picture", "image/png", undefined],
  ["nonsense", ";;;,,,q", undefined],
  ["Atom before RSS by its quality", "application/rss+xml;q=0.5, application/atom+xml;q=0.9", ATOM],
  [
    "JSON Feed before others by its quality",
    "application/atom+xml;q=0.1, application/feed+json;q=0.2",
    JSON_FEED,
  ],
  ["Atom, or anything else", "application/atom+xml, */*;q=0.1", ATOM],
  [
    "what a feed reader sends",
    "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, */*;q=0.1",
    ATOM,
  ],
  ["what a browser sends", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML],
  // RFC 9110, section 12.5.1: a weight of 0 means "not acceptable"; the most specific range gives a type its weight.
  ["Atom, and RSS not at all", "application/rss+xml;q=0, application/atom+xml;q=0.1", ATOM],
  ["anything but RSS", "application/rss+xml;q=0, */*", ATOM],
  ["anything rather than Atom", "application/atom+xml;q=0.2, */*", RSS],
  ["any application rather than Atom", "application/atom+xml;q=0.2, application/*", RSS],
  ["nothing at all, by a weight of 0", "*/*;q=0", undefined],
])("the preferred format of a client that accepts %s is found", (_, accept, type) => {
  const headers: HeadersInit = accept === undefined ? {} : { Accept: accept };
  expect(preferredType(new Request("https://news.example/feed", { headers }), TYPES)).toBe(type);
});
