/** Faults around the real bucket of pictures and the real Images: every call reaches them, unless the plan in force says otherwise. */

export type MediaFault = "none" | "fails" | "succeeds-but-reports-failure";

type Method = "put" | "get" | "head" | "delete";

class MediaFaults {
  /** Decides about the next call of the bucket; a promise holds it up. */
  onCall: (method: Method, key: string) => MediaFault | Promise<MediaFault> = () => "none";
  /** Whether Images fails. */
  isImagesFailing = false;
  /** The bindings that the site lacks. */
  lacking: readonly ("MEDIA" | "IMAGES")[] = [];
  /** Every call that was made, in order. */
  readonly calls: string[] = [];
  /** The ids of the pictures that the Desk was asked to keep, in order. */
  readonly keeping: string[] = [];

  reset(): void {
    this.onCall = () => "none";
    this.isImagesFailing = false;
    this.lacking = [];
    this.calls.length = 0;
    this.keeping.length = 0;
  }
}

/** The plan in force; `tests/support/setup.ts` resets it before each test. */
export const mediaFaults = new MediaFaults();

const METHODS = ["put", "get", "head", "delete"] as const;

/** The bindings with the plan's faults around those of pictures. */
export function withMediaFaults(bindings: Env): Env {
  const faulty = {
    ...bindings,
    MEDIA: faultyBucket(bindings.MEDIA),
    IMAGES: faultyImages(bindings.IMAGES),
  };
  for (const name of mediaFaults.lacking) Reflect.deleteProperty(faulty, name);
  return faulty;
}

function faultyBucket(bucket: R2Bucket): R2Bucket {
  return new Proxy(bucket, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      const method = METHODS.find((known) => known === property);
      return async (...args: unknown[]): Promise<unknown> => {
        if (method === undefined) return Reflect.apply(value, target, args);
        const key = Array.isArray(args[0]) ? String(args[0][0]) : String(args[0]);
        mediaFaults.calls.push(`${method} ${key}`);
        const fault = await mediaFaults.onCall(method, key);
        if (fault === "fails") throw new Error(`R2 ${method} failed: 500`);
        const result: unknown = await Reflect.apply(value, target, args);
        if (fault === "succeeds-but-reports-failure") throw new Error(`R2 ${method} failed: 503`);
        return result;
      };
    },
  });
}

function faultyImages(images: ImagesBinding): ImagesBinding {
  return new Proxy(images, {
    get(target, property) {
      if (mediaFaults.isImagesFailing) throw new Error("IMAGES_TRANSFORM_ERROR 9422");
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
