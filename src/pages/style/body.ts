/** Style of an article's body: whatever the sanitiser lets in. */

export const BODY = `
.body { font-size: clamp(1.125rem, 1.075rem + 0.25vw, 1.25rem); line-height: 1.62; hanging-punctuation: first allow-end; }
.body[dir="rtl"], .article[dir="rtl"] .body { line-height: 1.9; }
.body > :first-child { margin-block-start: 0; }
.body > :last-child { margin-block-end: 0; }
.body :is(h2, h3, h4, h5, h6) { margin-block: 1.7em 0.5em; line-height: 1.22; }
.body h2 { font-size: 1.45em; }
.body h3 { font-size: 1.2em; }
.body :is(h4, h5, h6) { font-size: 1em; }
.body :is(ul, ol) { margin: 0 0 1em; }
.body li { margin-block-end: 0.35em; padding-inline-start: 0.2em; }
.body ::marker { color: var(--accent); }
.body figure { margin: 2rem 0; }
.body img { display: inline-block; vertical-align: middle; }
.body figure img:not(.icon) { display: block; }
.body .boxed { inline-size: 100%; block-size: auto; aspect-ratio: 3 / 2; object-fit: scale-down; }
.body .icon { inline-size: 1.5em; block-size: 1.5em; object-fit: scale-down; }
.body :is(iframe, video) { display: block; inline-size: 100%; block-size: auto; aspect-ratio: 16 / 9; margin-block: 1.75rem; border: 0; background: var(--wash); }
.body video { object-fit: contain; }
.body audio { inline-size: 100%; margin-block-end: 1em; }
.body blockquote { margin: 1.75rem 0; padding-inline-start: 1.25rem; border-inline-start: 0.1875rem solid var(--accent); color: var(--soft); }
.body blockquote > :last-child, .body aside > :last-child { margin-block-end: 0; }
.body blockquote :is(cite, footer) { display: block; margin-block-start: 0.5rem; font: 0.875rem/1.4 var(--sans); font-style: normal; color: var(--faint); }
.body :is(aside, figure) > blockquote {
  margin-inline: 0; padding: 0; border: 0; color: var(--ink); font-size: 1.45em; font-weight: 700; line-height: 1.25;
  letter-spacing: var(--tight); text-wrap: balance;
}
[dir="rtl"] .body :is(aside, figure) > blockquote { line-height: 1.55; }
.body aside, .body figure:has(> blockquote) { margin: 2.25rem 0; padding-block: 1.25rem; border-block: 1px solid var(--rule); border-block-start: 0.25rem solid var(--accent); }
.body hr { inline-size: 6rem; margin: 2.5rem auto; border: 0; border-block-start: 1px solid var(--ink); }
.body :is(code, kbd, samp) { font-family: var(--mono); font-size: 0.85em; background: var(--wash); padding: 0.1em 0.3em; border-radius: 0.2em; }
.body pre { margin: 1.75rem 0; padding: 1rem 1.1rem; overflow-x: auto; background: var(--wash); font: 0.875rem/1.55 var(--mono); direction: ltr; text-align: start; }
.body pre code { padding: 0; background: none; font: inherit; }
.body .scroll { margin: 1.75rem 0; }
.body table { font-size: 0.9375rem; }
.body caption, .body dt { font-weight: 700; text-align: start; }
.body caption { padding-block-end: 0.5rem; font: 600 0.875rem/1.4 var(--sans); }
.body details { margin-block-end: 1em; }
.body small { color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font: 0.9rem/1.45 var(--sans); font-variant-numeric: tabular-nums; }
th, td { padding-block: 0.5rem; padding-inline-end: 1rem; border-block-end: 1px solid var(--rule); vertical-align: top; }
:is(th, td):not([align]) { text-align: start; }
thead th { border-block-end: 1px solid var(--ink); font-weight: 600; white-space: nowrap; }
.body td { min-inline-size: 5.5rem; }
`;
