/** The interface in Arabic. Verbs are passive, and names stand apart from them, so that no gender is assumed. */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const ar = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "الانتقال إلى المحتوى",
  sections: "الأقسام",
  allSections: "كل الأقسام",
  subscribe: "الاشتراك",
  allFeeds: "كل الخلاصات",
  publishedBy: (publisher) => `الناشر: ${name(publisher)}`,
  frontPage: "الصفحة الأولى",
  goToFrontPage: "الذهاب إلى الصفحة الأولى",

  nothingPublished: "لم يُنشر هنا شيء بعد.",
  latest: "آخر الأخبار",
  moreFrom: (section) => `المزيد من قسم ${name(section)}`,
  olderArticles: "مقالات أقدم",
  newerArticles: "مقالات أحدث",
  archive: "الأرشيف",
  archivePage: (page) => `الأرشيف، الصفحة ${pageNumber(page)}`,
  previousPage: "الصفحة السابقة",
  nextPage: "الصفحة التالية",
  pages: "الصفحات",
  numberedPage: (title, page) => `${name(title)}، الصفحة ${pageNumber(page)}`,
  articles: (count) =>
    plural(count, {
      zero: "لا مقالات",
      one: "مقال واحد",
      two: "مقالان",
      few: "# مقالات",
      many: "# مقالًا",
      other: "# مقال",
    }),

  by: "بقلم",
  updated: "آخر تحديث",
  correction: "تصويب",
  labelled: (label) => `${name(label)}:`,
  sectionsOfArticle: "أقسام هذا المقال",
  tagsOfArticle: "وسوم هذا المقال",
  credit: (who) => `الصورة: ${name(who)}`,
  videoFrom: (host) => `فيديو من ${name(host)}`,
  table: "جدول",
  dateAndTime: (day, time) => `${day}، ${time}`,
  comma: "، ",

  feedsOf: (title) => `الخلاصات: ${name(title)}`,
  articlesBy: (author) => `مقالات بقلم ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}: آخر الأخبار من ${name(site)}.`,

  feeds: "الخلاصات",
  feedsDescription: (site) => `كل خلاصات ${name(site)} مع عناوينها.`,
  feedsIntroduction:
    "يجلب قارئ الخلاصات المقالات الجديدة من تلقاء نفسه. انسخ عنوان خلاصة إلى قارئك، أو اشترك بأحد الروابط. تحتوي خلاصات \u2068RSS\u2069 و\u2068Atom\u2069 و\u2068JSON Feed\u2069 على المقالات نفسها: عند التردد اختر \u2068RSS\u2069.",
  allFeedsAtOnce: (file) => `كل الخلاصات دفعة واحدة: ${name(file)} تستورده معظم قارئات الخلاصات.`,
  opmlFile: "ملف \u2068OPML\u2069",
  wholeSite: "الموقع كله",
  topics: "المواضيع",
  authors: "الكتّاب",
  allAuthors: "كل الكتّاب",
  newestOnly: "تعرض هذه القائمة الأحدث نشرًا فقط.",
  subscribeWith: "الاشتراك عبر",
  appOnThisDevice: "تطبيق على هذا الجهاز",
  forPartners: "للشركاء",
  allSectionsOf: (site) => `كل أقسام ${name(site)}، ولكل قسم خلاصاته.`,
  allAuthorsOf: (site) => `كل كتّاب ${name(site)}، ولكل كاتب خلاصاته.`,

  archiveIn: (format) => `أرشيف بصيغة ${name(format)}`,
  feedExplained: (format) =>
    `هذه خلاصة بصيغة ${name(format)}. انسخ عنوانها إلى قارئ خلاصات، فيعرض لك المقالات الجديدة من تلقاء نفسه.`,
  archiveExplained: (format) =>
    `هذه صفحة من أرشيف خلاصة بصيغة ${name(format)}. للاشتراك في الخلاصة، انسخ عنوانها إلى قارئ خلاصات.`,
  addressOfFeed: "عنوان الخلاصة",
  webPage: "صفحة الويب",
  sourceOfFeed: "مصدر الخلاصة",

  notFound: "لا شيء هنا",
  notFoundDetail: "لا صفحة ولا قسم ولا مقال بهذا العنوان.",
  withdrawn: "سُحب هذا المقال",
  withdrawnBy: (publisher, day) => `سُحب من قِبل ${name(publisher)} في ${day}.`,
});
