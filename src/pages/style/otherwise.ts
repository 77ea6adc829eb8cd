/** Style for paper, for a reader's own colours, and for readers who want no motion. */

export const OTHERWISE = `
@media (prefers-reduced-motion: no-preference) {
  a, .subscribe { transition: color 0.12s, border-color 0.12s, background-color 0.12s; }
}
@media (prefers-contrast: more) {
  :root { --faint: var(--ink); --soft: var(--ink); --rule: var(--faint); }
}
@media (forced-colors: active) {
  .subscribe, .onward a { border: 1px solid LinkText; }
  .sections a:not([aria-current]) { border-block-end-color: Canvas; }
  .sections a[aria-current] { border-block-end-color: Highlight; }
  .note, .body blockquote { border-color: CanvasText; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #222; --faint: #444; --rule: #bbb; --wash: #fff; --accent: #000; }
  body { border: 0; font-size: 10.5pt; }
  .sections, .subscribe, .formats, .topics, .more, .foot ul, .onward, .skip, .body :is(iframe, audio, video) { display: none; }
  .body { font-size: 11pt; line-height: 1.45; }
  .article > * { max-inline-size: none; }
  .article > .picture { max-inline-size: 14cm; margin-inline: 0; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.8em; overflow-wrap: anywhere; }
  figure, .story, tr, blockquote { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; }
}
`;
