/** Style of what every page is made of: text, links, focus, pictures. */

export const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-start: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.55 var(--serif);
  overflow-wrap: break-word;
  font-kerning: normal;
  border-block-start: 0.375rem solid var(--accent);
}
[dir="rtl"] { line-height: 1.75; }
main { max-inline-size: calc(var(--page) + 2 * var(--edge)); margin-inline: auto; padding-inline: var(--edge); }
h1, h2, h3, h4, h5, h6 { margin: 0; font-weight: 700; line-height: 1.16; letter-spacing: var(--tight); text-wrap: balance; }
[dir="rtl"] :is(h1, h2, h3, h4, h5, h6), :is(h1, h2, h3, h4, h5, h6)[dir="rtl"] { line-height: 1.4; }
p { margin: 0 0 1em; }
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 0.1875rem solid var(--accent); outline-offset: 0.1875rem; border-radius: 0.125rem; }
img, video { max-inline-size: 100%; block-size: auto; }
img { background: var(--wash); color: var(--faint); font-family: var(--sans); font-size: var(--small); }
ul, ol { padding-inline-start: 1.4em; }
.skip {
  position: absolute; inset-inline-start: var(--edge); inset-block-start: 0.75rem; z-index: 1;
  padding: 0.5rem 0.9rem; background: var(--ink); color: var(--paper); font: 600 var(--small)/1.4 var(--sans);
}
.skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; padding: 0; white-space: nowrap; }
.kicker { margin: 0 0 0.35rem; color: var(--accent); font: 700 var(--small)/1.3 var(--sans); }
.kicker a { color: inherit; text-decoration: none; }
.kicker a:hover { text-decoration: underline; }
.nothing { color: var(--soft); font-size: 1.25rem; margin-block: 3rem; }
.onward { margin: 1.75rem 0 0; font: 600 0.9375rem/1.4 var(--sans); }
.onward a {
  display: inline-block; padding: 0.6rem 1.1rem; border: 1px solid currentColor; border-radius: 2rem; text-decoration: none;
}
.onward a:hover { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.note { margin: 0 0 1.5rem; padding: 0.9rem 1.1rem; background: var(--wash); border-inline-start: 0.25rem solid var(--accent); }
.note :last-child { margin-block-end: 0; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
