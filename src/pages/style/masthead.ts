/** Style of the masthead and the foot. */

export const MASTHEAD = `
.masthead, .foot { max-inline-size: calc(var(--page) + 2 * var(--edge)); margin-inline: auto; padding-inline: var(--edge); }
.nameplate {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.15rem 1rem; padding-block: 0.9rem 0.8rem;
}
.masthead .name {
  flex: 1 1 0; min-inline-size: min-content; margin: 0; font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.125rem); font-weight: 800; line-height: 1.1; letter-spacing: -0.022em;
}
[dir="rtl"] .name { letter-spacing: 0; line-height: 1.35; }
.masthead h1.name { font-size: clamp(2rem, 1.2rem + 3.6vw, 3.75rem); line-height: 1.04; }
.name a { color: inherit; text-decoration: none; }
.name img { display: block; block-size: 2.75rem; inline-size: auto; max-inline-size: min(24rem, 60vw); object-fit: contain; background: none; }
h1.name img { block-size: 4rem; }
.claim {
  order: 1; flex: 1 0 100%; margin: 0.5rem 0 0; padding-inline-end: max(0px, 100% - 46rem); color: var(--faint); font: 0.875rem/1.45 var(--sans); text-wrap: pretty;
}
.subscribe {
  padding: 0.45rem 1rem; border-radius: 2rem; background: var(--accent); color: var(--paper);
  font: 600 var(--small)/1.4 var(--sans); text-decoration: none; white-space: nowrap;
}
.subscribe:hover { text-decoration: underline; }
.sections { border-block: 1px solid var(--ink); border-block-end-color: var(--rule); font: 600 0.875rem/1.3 var(--sans); }
.sections ul {
  display: flex; margin: 0; padding: 0; list-style: none; column-gap: 1.35rem;
  overflow-x: auto; overscroll-behavior-x: contain; scrollbar-width: thin; scroll-padding-inline: 1rem;
}
.sections li { flex: none; }
.sections a {
  display: block; padding-block: 0.7rem 0.6rem; border-block-end: 0.1875rem solid transparent; color: var(--ink);
  text-decoration: none; white-space: nowrap;
}
.sections a:hover, .sections a[aria-current] { border-block-end-color: var(--accent); color: var(--accent); }
.sections a:focus-visible { outline-offset: -0.1875rem; }
@media (min-width: 48rem) {
  .sections ul { flex-wrap: wrap; overflow-x: visible; }
}
.foot {
  display: grid; gap: 0.5rem 2rem; margin-block-start: clamp(3rem, 6vw, 5rem); padding-block: 1.5rem 3rem;
  color: var(--faint); font: 0.875rem/1.5 var(--sans);
}
.foot::before { content: ""; grid-column: 1 / -1; border-block-start: 0.25rem double var(--ink); margin-block-end: 0.9rem; }
.foot .name { margin: 0; color: var(--ink); font: 700 1.25rem/1.3 var(--serif); }
.foot ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.35rem; margin: 0; padding: 0; list-style: none; }
.foot ul a { color: var(--ink); }
.foot p:last-child { margin: 0; }
.foot p a { color: inherit; }
@media (min-width: 48rem) {
  .foot { grid-template-columns: 1fr auto; }
  .foot ul { align-items: baseline; }
  .foot p:last-child { grid-column: 1 / -1; }
}
`;
