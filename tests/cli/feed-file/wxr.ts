/** Exports of WordPress, made for tests. */

/** The elements of an item after its title; values are wrapped in CDATA. */
export type WxrElements = Record<string, string>;

const USUAL: WxrElements = {
  "wp:post_type": "post",
  "wp:status": "publish",
  "wp:post_password": "",
  "wp:post_date_gmt": "2021-05-04 06:30:00",
};

/** An item; `more` is XML that is added unchanged. */
export function wxrItem(elements: WxrElements, more = ""): string {
  const written = Object.entries({ title: "Harbour wall is mended", ...USUAL, ...elements }).map(
    ([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<item>${written.join("")}${more}</item>`;
}

export function wxr(items: readonly string[], channel = "", version = "1.2"): string {
  const wp = `http://wordpress.org/export/${version}/`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="${wp}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="${wp}">
<channel><title>The Quay Paper</title><link>https://quay.example/</link><language>en-GB</language>
<wp:wxr_version>${version}</wp:wxr_version>${channel}
${items.join("\n")}
</channel></rss>`;
}

/** An attachment of the media library. */
export function wxrAttachment(id: string, file: string, elements: WxrElements = {}, more = ""): string {
  return wxrItem(
    {
      title: file,
      guid: `https://quay.example/files/${file}`,
      "wp:post_id": id,
      "wp:post_type": "attachment",
      "wp:status": "inherit",
      "wp:attachment_url": `https://quay.example/files/${file}`,
      ...elements,
    },
    more,
  );
}

export function postmeta(key: string, value: string): string {
  return `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`;
}
