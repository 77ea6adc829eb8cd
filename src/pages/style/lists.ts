/** Style of stories in lists, and of the pages that are lists. */

export const LISTS = `
.story { position: relative; min-inline-size: 0; }
.story :is(h2, h3) { font-size: 1.1875rem; line-height: 1.2; }
.story[dir="rtl"] :is(h2, h3) { line-height: 1.45; }
.story :is(h2, h3) a { color: inherit; text-decoration: none; }
.story :is(h2, h3) a::after { content: ""; position: absolute; inset: 0; }
.story:hover :is(h2, h3) a { text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 0.08em; }
.story :is(h2, h3) a:focus-visible { outline: none; }
.story:has(a:focus-visible) { outline: 0.1875rem solid var(--accent); outline-offset: 0.375rem; }
.thumb { background: var(--wash); line-height: 0; }
.thumb img { inline-size: 100%; block-size: auto; aspect-ratio: 3 / 2; object-fit: cover; }
.summary { margin: 0.45rem 0 0; color: var(--soft); font-size: 1rem; line-height: 1.5; text-wrap: pretty; }
.story[dir="rtl"] .summary { line-height: 1.75; }
.when { margin: 0.45rem 0 0; color: var(--faint); font: var(--small)/1.3 var(--sans); }
.card .thumb { margin-block-end: 0.75rem; }
.card .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.row { display: grid; grid-template-columns: 1fr; gap: 0 1rem; align-items: start; }
.row:has(.thumb) { grid-template-columns: minmax(0, 1fr) clamp(6rem, 30%, 9rem); }
.row .thumb { grid-column: 2; grid-row: 1; }
.row .text { grid-column: 1; grid-row: 1; }

.list { max-inline-size: 58rem; }
.heading { padding-block: clamp(1.5rem, 3vw, 2.5rem) clamp(1rem, 2vw, 1.5rem); }
.heading h1 { font-size: clamp(2rem, 1.5rem + 2vw, 3rem); line-height: 1.08; }
[dir="rtl"] .heading h1 { line-height: 1.35; }
.about { margin: 0.6rem 0 0; max-inline-size: 42rem; color: var(--soft); font-size: 1.125rem; line-height: 1.5; }
.formats { margin-block-start: 0.9rem; font: var(--small)/1.4 var(--sans); }
.formats ul, .pages ul, .topics ul { display: flex; flex-wrap: wrap; gap: 0.4rem 0.5rem; margin: 0; padding: 0; list-style: none; }
.formats a, .topics :is(a, bdi) {
  display: inline-block; padding: 0.25rem 0.7rem; border: 1px solid var(--rule); border-radius: 2rem; color: var(--soft); text-decoration: none;
}
.formats a:hover, .topics a:hover { border-color: var(--accent); color: var(--accent); }
.headlines { margin: 0; padding: 0; list-style: none; }
.headlines > .row { border-block-start: 1px solid var(--rule); padding-block: 1.35rem; }
.headlines > .row:first-child { border-block-start-color: var(--ink); }
.headlines > .row:focus-within { outline-offset: -0.1875rem; }
.headlines h2 { font-size: clamp(1.1875rem, 1.1rem + 0.5vw, 1.4375rem); }
.headlines .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
@media (min-width: 40rem) {
  .headlines > .row:has(.thumb) { grid-template-columns: minmax(0, 1fr) 15rem; column-gap: 2rem; }
}
@media (max-width: 39.99rem) {
  .headlines > .row:has(.thumb) .summary { display: none; }
}
.pages { border-block-start: 1px solid var(--ink); padding-block-start: 1.25rem; font: 600 0.9375rem/1.4 var(--sans); }
.pages ul { justify-content: space-between; }
.notice { padding-block-start: clamp(2rem, 5vw, 4rem); }
.notice > h1 { font-size: clamp(2rem, 1.5rem + 2.4vw, 3.25rem); margin-block-end: 1rem; }
.notice > p { max-inline-size: var(--measure); font-size: 1.1875rem; }
`;
