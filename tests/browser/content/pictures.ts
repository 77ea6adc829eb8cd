/** Pictures that are drawn for the tests: each of another type and another shape. */
import sharp, { type Sharp } from "sharp";

export type Drawn = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

/** Draws a view of the sea at a given hour. @param hue of the sky, in degrees */
function view(width: number, height: number, hue: number): Sharp {
  const horizon = Math.round(height * 0.6);
  const radius = Math.round(Math.min(width, height) / 8);
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
        <rect width="100%" height="100%" fill="hsl(${hue} 60% 80%)"/>
        <circle cx="${Math.round(width * 0.7)}" cy="${horizon}" r="${radius}" fill="hsl(45 90% 70%)"/>
        <rect y="${horizon}" width="100%" height="100%" fill="hsl(210 45% 35%)"/>
      </svg>`,
    ),
  );
}

async function drawn(name: string, type: string, picture: Sharp): Promise<Drawn> {
  return { name, type, bytes: new Uint8Array(await picture.toBuffer()) };
}

/** Draws a wide, a tall, a small and a square picture. */
export function drawPictures(): Promise<Drawn[]> {
  return Promise.all([
    drawn("wide", "image/jpeg", view(1600, 900, 20).jpeg()),
    drawn("tall", "image/png", view(900, 1350, 200).png()),
    drawn("small", "image/webp", view(320, 200, 300).webp()),
    drawn("square", "image/gif", view(600, 600, 140).gif()),
  ]);
}

/** Draws what stands for every picture on another host. */
export async function drawForeign(): Promise<Buffer> {
  return view(1000, 700, 90).png().toBuffer();
}
