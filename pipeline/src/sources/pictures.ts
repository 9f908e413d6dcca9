import { readFile } from 'node:fs/promises'
import type { Rendition } from 'content-schemas'
import { sha256 } from '../identity.ts'
import { unlessMissing } from '../release/files.ts'

/** A picture file as its own and only rendition; undefined if there is none, or it is neither JPEG nor PNG. */
export async function readPicture(path: string): Promise<{ rendition: Rendition; bytes: Uint8Array } | undefined> {
  const bytes = await unlessMissing(readFile(path))
  const header = bytes && (pngHeader(bytes) ?? jpegHeader(bytes))
  if (!header) return undefined
  return { bytes, rendition: { purpose: 'web', sha256: sha256(bytes), ...header, bytes: bytes.length } }
}

type Header = Pick<Rendition, 'type' | 'width' | 'height'>

/** Width and height stand in the first chunk (PNG specification, section 11.2.2). */
function pngHeader(bytes: Buffer): Header | undefined {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47) return undefined
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Width and height stand in the start-of-frame segment (ITU-T T.81, section B.2.2). */
function jpegHeader(bytes: Buffer): Header | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    if (marker < 0xff00) return undefined
  }
  return undefined
}
