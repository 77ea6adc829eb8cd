/** Style of the pages to look something up in: feeds, names, the guide to the API. */

export const REFERENCE = `
.faint, .links, summary, .addresses, main > nav { font-family: var(--sans); font-size: 0.9375rem; line-height: 1.45; }
.faint { color: var(--faint); }
main > :is(h1, p, .note, nav, ul, .scroll, .topic) { max-inline-size: 52rem; }
main > h1 { margin-block: clamp(1.5rem, 3vw, 2.5rem) 0.75rem; font-size: clamp(2rem, 1.5rem + 2vw, 3rem); line-height: 1.08; }
main > p.lead { color: var(--soft); font-size: 1.1875rem; }
main > nav ul { display: flex; flex-wrap: wrap; gap: 0.4rem 1.25rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
main > ul { columns: 16rem; column-gap: 2rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
main > ul li { break-inside: avoid; padding-block: 0.2rem; }
main > .headlines { max-inline-size: 58rem; columns: auto; }
section.topic { margin-block-start: 2.75rem; padding-block-start: 0.9rem; border-block-start: 1px solid var(--ink); }
section.topic > h2 { margin-block-end: 0.9rem; font-size: 1.5rem; }
section.topic h3 { margin-block: 1.75rem 0.35rem; font-size: 1.125rem; }
input.address {
  inline-size: 100%; padding: 0.6rem 0.7rem; border: 1px solid var(--faint); border-radius: 0.25rem; background: var(--paper);
  color: inherit; font: 0.9375rem/1.4 var(--mono);
}
ul.feeds { margin: 0; padding: 0; list-style: none; }
ul.feeds > li {
  display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem; padding-block: 0.6rem;
  border-block-start: 1px solid var(--rule);
}
ul.feeds > li:first-child { border-block-start: 0; }
ul.feeds h3 { margin: 0; }
ul.feeds h3 a { color: inherit; }
ul.feeds h3 .faint { margin-inline-start: 0.35rem; font-weight: 400; }
ul.feeds .readers { margin: 0.1rem 0 0; }
ul.feeds details[open] { flex: 1 0 100%; min-inline-size: 0; }
summary { inline-size: fit-content; padding-block: 0.3rem; color: var(--accent); cursor: pointer; }
dl.addresses { margin: 0.5rem 0 0.8rem; }
dl.addresses > div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.3rem 0.8rem; margin-block-end: 0.4rem; }
dl.addresses dt { flex: 0 0 5rem; }
dl.addresses dd { flex: 1 1 16rem; min-inline-size: 0; margin: 0; }
code.address {
  display: block; padding: 0.4rem 0.6rem; background: var(--wash); overflow-wrap: anywhere; user-select: all; -webkit-user-select: all;
}
.links { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; margin-block-end: 0.6rem; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
main > :not(article) pre { margin: 0 0 1rem; padding: 0.9rem 1.1rem; overflow-x: auto; background: var(--wash); line-height: 1.5; }
pre code { font-size: inherit; }
th code { white-space: nowrap; }
.note pre { padding: 0; }
.topic .scroll { margin-block-end: 1rem; }
.topic th { font-weight: 600; }
`;
