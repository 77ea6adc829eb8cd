/** Style of an article's page around its body. */

export const ARTICLE = `
.article { padding-block-start: clamp(1.5rem, 3.5vw, 3rem); }
.article > * { max-inline-size: var(--measure); margin-inline: auto; }
.article .kicker { font-size: 0.9375rem; margin-block-end: 0.6rem; }
.article h1 { font-size: clamp(2rem, 1.4rem + 2.4vw, 3rem); line-height: 1.06; letter-spacing: -0.02em; }
.article h1[dir="rtl"] { line-height: 1.35; letter-spacing: 0; }
.standfirst { margin: 0.9rem 0 0; color: var(--soft); font-size: clamp(1.1875rem, 1.1rem + 0.4vw, 1.375rem); line-height: 1.42; text-wrap: pretty; }
.standfirst[dir="rtl"] { line-height: 1.7; }
.credits {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.15rem 1.5rem; margin-block: 1.4rem 1.75rem; padding-block: 0.7rem;
  border-block: 1px solid var(--rule); color: var(--faint); font: 0.875rem/1.5 var(--sans);
}
.credits p { margin: 0; }
.byline :is(a, bdi) { color: var(--ink); font-weight: 600; }
.updated { display: inline-block; margin-inline-start: 0.9rem; padding-inline-start: 0.9rem; border-inline-start: 1px solid var(--rule); }
.article > .note { margin-block-end: 1.75rem; font-size: 1rem; }
.article > .picture { max-inline-size: 56rem; margin-block: 0 2rem; }
.article > .picture.upright { max-inline-size: 34rem; }
.picture img { display: block; inline-size: 100%; }
.picture img:not([width]) { aspect-ratio: 3 / 2; object-fit: contain; }
figcaption, .caption { margin-block-start: 0.6rem; color: var(--faint); font: 0.875rem/1.45 var(--sans); text-wrap: pretty; }
.caption { display: block; }
.credit:not(:first-child)::before { content: "· "; }
.topics { margin-block-start: 2.5rem; font: 0.875rem/1.4 var(--sans); }
.topics nav + nav { margin-block-start: 0.5rem; }
.topics nav:first-child:not(:only-child) a { border-color: var(--accent); color: var(--accent); }
`;
