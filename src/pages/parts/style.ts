/** The style sheet of every page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa;
  --ink: #1c1b19;
  --faint: #5f5b54;
  --rule: #d9d4cb;
  --accent: #8a2b12;
  --wash: #f3efe8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614;
    --ink: #ebe7e0;
    --faint: #a8a297;
    --rule: #3a3732;
    --accent: #f0a287;
    --wash: #22201d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 46rem;
  padding: 1rem 1.1rem 3rem;
  background: var(--paper);
  color: var(--ink);
  font: 1.06rem/1.6 Charter, "Bitstream Charter", Georgia, serif;
  overflow-wrap: break-word;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header.site { border-bottom: 3px double var(--rule); margin-bottom: 1.4rem; padding-bottom: 0.8rem; }
.masthead { font-size: 1.9rem; font-weight: 700; line-height: 1.15; margin: 0.2rem 0; }
.masthead a { color: inherit; text-decoration: none; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0.3rem 0 0.6rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 0.2rem; }
h3 { font-size: 1.06rem; line-height: 1.3; margin: 1.6rem 0 0.2rem; }
p { margin: 0 0 0.9rem; }
.faint, nav, footer, table { font-family: system-ui, sans-serif; font-size: 0.9rem; }
.faint, footer { color: var(--faint); }
nav ul { list-style: none; margin: 0 0 1.2rem; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; }
ol.headlines { list-style: none; margin: 0; padding: 0; }
ol.headlines > li { border-top: 1px solid var(--rule); padding: 0.9rem 0 0.2rem; }
ol.headlines h2 a { color: inherit; text-decoration: none; }
ol.headlines h2 a:hover { text-decoration: underline; }
.lead { font-size: 1.15rem; }
.note { background: var(--wash); border-radius: 0.4rem; padding: 0.8rem 1rem; margin-bottom: 1.4rem; }
.note p:last-child { margin-bottom: 0; }
input.address {
  width: 100%; padding: 0.5rem; border: 1px solid var(--rule); border-radius: 0.3rem;
  background: var(--paper); color: inherit; font: 0.95rem ui-monospace, monospace;
}
ul.feeds { list-style: none; margin: 0; padding: 0; }
ul.feeds > li {
  display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem;
  border-top: 1px solid var(--rule); padding: 0.5rem 0;
}
ul.feeds > li:first-child { border-top: 0; }
ul.feeds h3 { margin: 0; }
ul.feeds h3 .faint { font-weight: 400; margin-inline-start: 0.3rem; }
ul.feeds .readers { margin: 0.1rem 0 0; }
ul.feeds details[open] { flex: 1 0 100%; min-width: 0; }
summary { cursor: pointer; }
summary, dl.addresses, .links { font-family: system-ui, sans-serif; font-size: 0.9rem; }
ul.feeds summary { color: var(--accent); width: fit-content; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dl.addresses { margin: 0.4rem 0 0.7rem; }
dl.addresses > div { display: flex; align-items: baseline; gap: 0.3rem 0.8rem; flex-wrap: wrap; margin-bottom: 0.35rem; }
dl.addresses dt { flex: 0 0 5rem; }
dl.addresses dd { flex: 1 1 16rem; margin: 0; min-width: 0; }
code.address {
  display: block; padding: 0.35rem 0.5rem; border: 1px solid var(--rule); border-radius: 0.3rem;
  background: var(--wash); overflow-wrap: anywhere; user-select: all; -webkit-user-select: all;
}
.links { display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; margin-bottom: 0.5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { overflow-x: auto; margin-bottom: 0.9rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.88em; }
pre { overflow-x: auto; background: var(--wash); border-radius: 0.4rem; padding: 0.8rem 1rem; margin: 0 0 0.9rem; line-height: 1.5; }
pre code { font-size: inherit; }
th code { white-space: nowrap; }
.note pre { margin: 0; padding: 0; }
.topic { border-top: 1px solid var(--rule); margin-top: 2.4rem; padding-top: 1rem; }
.topic > h2 { font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; }
th:not([align]), td:not([align]) { text-align: start; }
th, td { vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0; border-top: 1px solid var(--rule); }
article table { margin-bottom: 0.9rem; }
article img, article video { max-width: 100%; height: auto; }
footer { border-top: 3px double var(--rule); margin-top: 2.4rem; padding-top: 0.8rem; }
`.trim();
