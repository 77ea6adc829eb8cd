/** The sizes of a picture that several uploads bring: what one has made, another doesn't take away; what moves has none. */
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { type MediaFault, mediaFaults } from "../../support/faulty-media.ts";
import { type ShownMedia, stored, upload, uploaded } from "../../support/media.ts";
import { edit } from "../../support/newsroom.ts";
import { makePng, moving } from "../../support/pictures.ts";

const widthsOf = ({ sizes }: ShownMedia) => sizes.map(({ width }) => width);

/** The widths that the record of a picture has. */
async function recorded(id: string): Promise<number[]> {
  const response = await edit("GET", `/api/media/${id}`);
  return widthsOf((await response.json<{ media: ShownMedia }>()).media);
}

test("sizes stay that another upload has made since this one began, and that this one couldn't make", async () => {
  const png = await makePng(1600, 900);
  let isHeld = true;
  let heads = 0;
  mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
    if (method === "head" && key.startsWith("media/") && ++heads === 1)
      await vi.waitUntil(() => !isHeld, { timeout: 20_000, interval: 1 });
    return "none";
  };
  const late = upload(png);
  await vi.waitUntil(() => heads > 0, { timeout: 20_000, interval: 1 });
  const { id } = await uploaded(png);
  expect(await recorded(id)).toEqual([1200, 400]);
  mediaFaults.isImagesFailing = true;
  isHeld = false;
  const { media } = await (await late).json<{ media: ShownMedia }>();
  expect([widthsOf(media), await recorded(id)]).toEqual([
    [1200, 400],
    [1200, 400],
  ]);
});

test("a size whose file has gone leaves the record with the next upload", async () => {
  const png = await makePng(1600, 900);
  const { id } = await uploaded(png);
  await env.MEDIA.delete(`media/${id}-1200w.webp`);
  mediaFaults.lacking = ["IMAGES"];
  expect(widthsOf(await uploaded(png))).toEqual([400]);
  expect(await recorded(id)).toEqual([400]);
});

test("a picture that moves has no sizes, which would stand still", async () => {
  const png = moving(await makePng(1600, 900));
  const media = await uploaded(png);
  expect([media.length, media.width, widthsOf(media)]).toEqual([png.length, 1600, []]);
  expect(await stored()).toEqual([`media/${media.id}.png`]);
});
