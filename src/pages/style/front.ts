/** Style of the front page, and of the blocks of stories that other pages have too. */

export const FRONT = `
.lead.story { padding-block: clamp(1.25rem, 2.4vw, 2rem) var(--gap); }
.lead .thumb { margin-block-end: 1rem; }
.lead h2 { font-size: clamp(1.875rem, 1.35rem + 2.3vw, 3.125rem); line-height: 1.06; letter-spacing: -0.02em; }
.lead[dir="rtl"] h2 { line-height: 1.35; letter-spacing: 0; }
.lead .summary { margin-block-start: 0.9rem; font-size: 1.125rem; line-height: 1.5; }
.top, .block > ul { display: grid; gap: var(--gap); margin: 0; padding: 0; list-style: none; }
.top { border-block-start: 1px solid var(--rule); padding-block-start: var(--gap); }
.block { margin-block-start: clamp(2rem, 4.5vw, 3.5rem); border-block-start: 1px solid var(--ink); }
.block > h2 {
  display: inline-block; margin-block: -1px 1.1rem; padding-block-start: 0.6rem; border-block-start: 0.3125rem solid var(--accent);
  font-size: 1.375rem; line-height: 1.25;
}
.block > h2 a { color: inherit; text-decoration: none; }
.block > h2 a:hover { color: var(--accent); }
.block > ul > * + .row, .block > ul > .line { border-block-start: 1px solid var(--rule); padding-block-start: 1rem; }
.block > ul > .row { margin-block-start: calc(1rem - var(--gap)); }
.block > ul > .card :is(h3) { font-size: clamp(1.375rem, 1.2rem + 0.8vw, 1.75rem); line-height: 1.14; }
.block > ul > .row h3, .line h3 { font-size: 1.0625rem; line-height: 1.25; }
.older > ul { gap: 1rem var(--gap); }
@media (max-width: 39.99rem) {
  .top > .card:has(.thumb) { display: grid; grid-template-columns: minmax(0, 1fr) 33%; gap: 1rem; align-items: start; }
  .top > .card .thumb { grid-column: 2; grid-row: 1; margin: 0; }
  .top > .card + .card { border-block-start: 1px solid var(--rule); padding-block-start: var(--gap); }
}
@media (min-width: 40rem) {
  .top, .more > ul { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .older > ul { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .block:not(.more, .older) > ul { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-auto-rows: min-content; }
  .block:not(.more, .older) > ul > .card { grid-row: 1 / span 4; }
  .block:not(.more, .older) > ul > .row { grid-column: 2; }
  .block:not(.more, .older) > ul > .card + .row { border-block-start: 0; padding-block-start: 0; margin-block-start: 0; }
  .block:not(.more, .older) > ul > .card:only-child { grid-column: 1 / -1; }
}
@media (min-width: 60rem) {
  .front { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: calc(1.4 * var(--gap)); }
  .front > * { grid-column: 1 / -1; min-inline-size: 0; }
  .front > .half { grid-column: auto; }
  .lead.story:has(.thumb) {
    display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: calc(1.4 * var(--gap)); align-items: center;
  }
  .lead .thumb { margin: 0; }
  .top, .more > ul { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .top > .card + .card::before, .more > ul > .card + .card::before {
    content: ""; position: absolute; inset-block: 0; inset-inline-start: calc(var(--gap) / -2); border-inline-start: 1px solid var(--rule);
  }
  .more > ul > .card h3 { font-size: 1.1875rem; line-height: 1.2; }
  .older > ul { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .block:not(.more, .older) { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 10fr); column-gap: var(--gap); }
  .block:not(.more, .older) > h2 { justify-self: stretch; align-self: start; font-size: 1.5rem; }
  .block:not(.more, .older) > ul { padding-block-start: 1.1rem; }
  .block:not(.more, .older) > ul > .card:only-child {
    display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--gap); align-items: start;
  }
  .front > .block:not(.half, .older) > ul > .card:only-child:not(:has(.thumb)) { display: block; }
  .front > .block:not(.half, .older) > ul > .card:only-child:not(:has(.thumb)) .text {
    display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-rows: auto 1fr; column-gap: var(--gap);
  }
  .front > .block:not(.half, .older) > ul > .card:only-child:not(:has(.thumb)) h3 { grid-row: 1 / span 2; }
  .front > .block:not(.half, .older) > ul > .card:only-child:not(:has(.thumb)) :is(.summary, .when) { grid-column: 2; }
  .front > .block:not(.half, .older) > ul > .card:only-child:not(:has(.thumb)) .summary { margin-block-start: 0; }
  .front > .block:not(.half, .older) > ul > .card:has(.thumb):has(+ .row:last-child) {
    grid-area: auto / 1 / auto / -1; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--gap); align-items: start;
  }
  .front > .block:not(.half, .older) > ul > .card:has(.thumb) + .row:last-child {
    grid-column: 1 / -1; border-block-start: 1px solid var(--rule); padding-block-start: 1rem; margin-block-start: calc(1rem - var(--gap));
  }
  .front > .half.block:not(.older) { display: block; }
  .front > .half.block:not(.older) > ul { grid-template-columns: minmax(0, 1fr); padding-block-start: 0; }
  .front > .half.block:not(.older) > ul > * { grid-area: auto; }
  .front > .half.block:not(.older) > ul > .card { display: block; }
  .front > .half.block:not(.older) > ul > .card:has(.thumb) {
    display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--gap); align-items: start;
  }
  .front > .half.block:not(.older) > ul > .card + .row {
    border-block-start: 1px solid var(--rule); padding-block-start: 1rem; margin-block-start: calc(1rem - var(--gap));
  }
  .front > .half .card .thumb { margin: 0; }
}
.older .onward { margin-block-end: 0; }
`;
