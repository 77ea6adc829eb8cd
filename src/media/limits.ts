/** Limits of an upload: what a picture may cost those who decode it, and us while we look at it. */

/** The longest side in pixels: the most that WebP can hold, and more than any screen or print needs. */
export const MAX_SIDE = 16_383;
/** The most pixels of one picture: decoded, it takes 400 MB. */
export const MAX_PIXELS = 100_000_000;
/** The most frames of an animation. */
export const MAX_FRAMES = 1000;
/** The most pixels of an animation: frames multiplied by the canvas. */
export const MAX_ANIMATED_PIXELS = 1_000_000_000;
/** The most scans of a progressive JPEG: encoders make about ten, and each costs a pass over all pixels. */
export const MAX_SCANS = 100;
/** The most bytes of a colour profile (ICC): those of printing presses have two million. */
export const MAX_PROFILE_BYTES = 4_000_000;
/** The most segments, chunks or blocks of a file. Pictures of 15 MB have a few thousand. */
export const MAX_PARTS = 100_000;
/** The most pieces that a cleaned file consists of. */
export const MAX_PIECES = 10_000;
/** The most bytes that a cleaned file has which the upload doesn't hold: rewritten headers. */
export const MAX_LITERAL_BYTES = 1_000_000;
/** The most bytes of metadata that are read for proposals; what is beyond is removed without a look. */
export const MAX_METADATA_BYTES = 256_000;
/** The most bytes of the boxes that describe an AVIF picture. */
export const MAX_META_BYTES = 256_000;
