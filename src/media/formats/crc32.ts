/** The checksum of PNG's chunks (PNG, third edition, annex D). */

const POLYNOMIAL = 0xedb88320;

/** The CRC-32 of a few bytes. It makes no table: it serves the chunk of 30 bytes that we write ourselves. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
