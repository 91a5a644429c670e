// Sample pictures, made here: photos as phones take them, and files that only claim to be pictures.

import sharp from "sharp";

const MIB = 1024 * 1024;
const PLACE = "Rumah di Jalan Kenanga 5";

/** Metadata that must not survive: where and with what a photo was taken. */
const EXIF = { IFD0: { Make: "Kamera Rahasia", ImageDescription: PLACE, Copyright: PLACE } };

/** @param {number} [width] @param {number} [height] */
function photo(width = 64, height = 48) {
  return sharp({ create: { width, height, channels: 3, background: { r: 180, g: 120, b: 60 } } });
}

/** @param {Buffer} bytes */
export function tellsPlace(bytes) {
  return bytes.includes(PLACE) || bytes.includes("Kamera Rahasia") || bytes.includes("Exif");
}

/** Good pictures by their type. @returns {Promise<Record<string, Buffer>>} */
export async function goodPictures() {
  return {
    "image/jpeg": await photo().withExif(EXIF).jpeg().toBuffer(),
    "image/png": await photo().withExif(EXIF).png().toBuffer(),
    "image/webp": await photo().withExif(EXIF).webp().toBuffer(),
  };
}

/** A photo of many bytes: noise cannot be packed. */
export function largePhoto() {
  const noise = { type: /** @type {"gaussian"} */ ("gaussian"), mean: 128, sigma: 60 };
  const picture = sharp({ create: { width: 1200, height: 900, channels: 3, background: "black", noise } });
  return picture.withExif(EXIF).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
}

/** As many pixels as a phone of 50 megapixels takes. */
export function fiftyMegapixels() {
  return photo(8192, 6144).jpeg().toBuffer();
}

/** A photo taken with the phone on its side: 64 × 48 pixels that are to be shown as 48 × 64. */
export function sidewaysPhoto() {
  return photo()
    .withExif({ IFD0: { Orientation: "6" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** What is not taken, by name. @returns {Promise<Record<string, Buffer>>} */
export async function badPictures() {
  const jpeg = await photo(400, 300).jpeg().toBuffer();
  return {
    "a HEIC photo": heic(),
    "a GIF": await photo().gif().toBuffer(),
    "an SVG": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "a web page": Buffer.from("<!doctype html><script>alert(1)</script>"),
    "half a JPEG": jpeg.subarray(0, jpeg.length / 2),
    "a JPEG of nothing but its first bytes": jpeg.subarray(0, 20),
    "a PNG whose size is a lie": pngOf(100_000, 100_000),
    "an empty file": Buffer.alloc(0),
    "bytes without meaning": Buffer.alloc(1000, 7),
  };
}

/** A JPEG of more bytes than may be sent: padding behind the picture's end is still part of the file. */
export async function tooLargePicture() {
  return Buffer.concat([await photo().jpeg().toBuffer(), Buffer.alloc(10 * MIB)]);
}

/** The first box of a file as iPhones make them; the brand says HEIC. */
function heic() {
  const box = Buffer.concat([Buffer.from("ftypheic"), Buffer.alloc(4), Buffer.from("mif1heic")]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(box.length + 4);
  return Buffer.concat([size, box, Buffer.alloc(64)]);
}

/**
 * A header that promises so many pixels, and nothing behind it: at 100,000 × 100,000 a decoder would need forty gigabytes.
 * @param {number} width
 * @param {number} height
 */
export function pngOf(width, height) {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write("IHDR", 4);
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  header.set([8, 6, 0, 0, 0], 16);
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, header, Buffer.from("\0\0\0\x08IDAT"), Buffer.alloc(12)]);
}

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/**
 * A form with files.
 * @param {Buffer[]} files
 * @param {string} [type]
 */
export function formOf(files, type = "image/jpeg") {
  const form = new FormData();
  for (const [index, bytes] of files.entries()) {
    form.append("file", new Blob([new Uint8Array(bytes)], { type }), `foto-${index}.jpg`);
  }
  return form;
}
