/** Elements and texts that an article's HTML may repeat without end. */
import { nested, numbered, part, type Unit } from "./units.ts";

const deep = (element: string, inside: string): Unit =>
  part(`${`<${element}>`.repeat(60)}${inside}${`</${element}>`.repeat(60)}`);

const ELEMENTS = (
  "<p>a</p>;<p>;<div>a</div>;<div>;<div><p>a</div>;<span>a</span>;<span> </span>;<b>a</b>;<b>a;<b><p>a;<b><p>a</b></p>;<b><i></b></i>;" +
  "<b><p></b>;<a><b><i><p></a></b>;<p><b><i><u>a;<b><i><u><s><em><strong><p>a;<nobr>a;<a href=/b>c;<p><a href=/b>c;<a href=/b><div>;" +
  "</b>;</p>;<br>;</br>;<hr>;<wbr>;a<br>;<h2>a</h2>;<h2>a;<ul><li>a</ul>;<dl><dt>a<dd>b</dl>;<blockquote>a</blockquote>;" +
  "<table><tr><td>a</table>;<table>a</table>;<table><b>;<b><table><tr><td></b>;<b><table>a</table>;<form>a;<button>a;<button><p>;" +
  "<select><option>a;<ruby><rt>a;<pre>\n\na</pre>;<details>a</details>;<foo>a</foo>;<template>a</template>;<template>;<frameset>;<body a>;" +
  "<html a=b>;<marquee>a;<object>a;<svg><a/></svg>;<math><mi>a</mi></math>;<script>a</script>;<script>;<style>a</style>;<title>;" +
  "<textarea>a</textarea>;<!-- a -->;<!--;<![CDATA[a]]>;<?a>;<!DOCTYPE a>;<p hidden>a</p>;<p style='display:none'>a</p>;" +
  "<p a b c d e f g h>x</p>;<td colspan=2>a;<input type=checkbox disabled>;<img>;<img src=/a.jpg alt=b>;<img srcset='/a 1x, /b 2x' alt=a>;" +
  "<img data-src=/a.jpg src=data:x alt=b>;<picture><source srcset=/a><img src=/b alt=c></picture>;<video src=/a></video>;<audio>;" +
  "<iframe src=https://www.youtube.com/embed/a></iframe>;<iframe src=https://a.example/></iframe>;<object data=/a><embed src=/b></object>;" +
  "<noscript><img src=/a alt=b></noscript>;<noscript></noscript>;<a href=/b>a</a> ;<a href=#a>b</a>;<a name=b>c"
)
  .split(";")
  .map((element) => part(element));

export const MARKUP: readonly Unit[] = [
  ...ELEMENTS,
  ...["a", "&", "&amp;", "&eacute;", "&#233;", "&#", "&nbsp;", "&#13;", "<", ">", "é", "😀"].map((text) =>
    part(text),
  ),
  ...["\u0001", "\0", "\u202E", "\u0301\u0323", "\u1100\u1161\u11A8"].map((text) => part(text)),
  ...[" ", "\n", "\t", "\r"].map((blank) => part(blank, "a", "b")),
  part("\n", "<pre>", "a</pre>"),
  part("<tr><td>a", "<table>"),
  part("<td>a", "<table><tr>"),
  part("a", "<table>"),
  part("a<tr>", "<table>"),
  part("<b>a", "<table>"),
  part("<div>a</div>", "<table>"),
  part("<tbody>", "<table>"),
  part("<caption>a</caption>", "<table>"),
  part("<col>", "<table>"),
  part("<thead><tr><td>a", "<table>"),
  part("<option>a", "<select>"),
  part("<li>a", "<ul>"),
  part("<dt>a<dd>b", "<dl>"),
  part("<b>a</b>", "<p hidden>", "</p>"),
  part("<![CDATA[a]]>", "<svg>"),
  part("-", "<!--", "x"),
  nested("<ul><li>", "</ul>"),
  nested("<table><tr><td>", "</table>"),
  deep("div", "a"),
  deep("div hidden", ""),
  deep("video", "a"),
  deep("object data=/a", "<img src=/b alt=c>"),
  deep("noscript", "<img src=/b alt=c>"),
  part("<embed src=/b>", "<object data=/a>", "</object>"),
  part("<img src=/b alt=c>", "<object data=/a>", "</object>"),
  part(" <!-- --> ", "<p>a</p>", "<noscript><img src=/a></noscript>"),
  part("<!-- a --><noscript><img src=/a></noscript>", "<p>a</p>"),
  numbered((n) => `<img src=/b${n} alt=c><noscript><img src=/a${n} alt=b></noscript>`),
  numbered((n) => `<font color=${n}>`),
  numbered((n) => `<font color=${n}><p>`),
  numbered((n) => `<foo${n}>a</foo${n}>`),
  numbered((n) => `<a href=/b${n}>a</a> `),
  numbered((n) => ` a${n}=b`, "<p", ">c</p>"),
  numbered((n) => ` data-a${n}=b`, "<img", " data-src=/a.jpg alt=c>"),
  numbered((n) => `a${n} `, '<a href=/b rel="', '">x</a>'),
  part(" a=b", "<p", ">c</p>"),
  part("a ", '<p class="', '">x</p>'),
  part("a", '<p title="', '">c</p>'),
  part("&amp;", '<p title="', '">c</p>'),
  part("display:", "<p style='", "'>a</p>"),
  part("a", "<", ">b"),
  part("/a 1x, ", "<img src=/a srcset='", "'>"),
  part(" ", "<img srcset='/a", "b'>"),
  part(",", "<img srcset='/a", "b'>"),
  part("a", "<a href=/", ">b</a>"),
  part("../", "<a href=/", ">b</a>"),
  part(" ", "<a href='", "b'>c</a>"),
  part("\t", "<a href='/", "b'>c</a>"),
  part("é", "<a href='/", "'>c</a>"),
  part("a.", "<a href='http://", "'>c</a>"),
  part("é", "<a href='http://", "'>c</a>"),
  part("\u0301\u0323", "<a href='http://a", "/'>c</a>"),
];

/** HTML as the sanitiser writes it, and what it can't be. */
export const SANITISED: readonly Unit[] = [
  ...[
    "<p>a</p>",
    "<p>",
    "<table>",
    "</table>",
    "<h6>a</h6>",
    "<h2>",
    "<pre>",
    "<",
    '<a "',
    '<img a="',
    '"<p',
    '""',
  ].map((text) => part(text)),
  part('<img src="https://a.example/1.jpg">'),
  part('<p><img src="https://a.example/1.jpg"></p>'),
  part(" ", '<p><img src="a">', "</p>"),
  part(' <img src="a">', "<p>", "</p>"),
  part("</a>", '<p><img src="a">'),
  part("<table>", '<abbr title="', '">a</abbr>'),
  part(' a="b"', "<p", ">a</p>"),
  part(' a="b"', "<img", ">"),
  part(' a="b"', "<img"),
  nested("<figure>", "</figure>"),
];
