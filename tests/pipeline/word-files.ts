import { deflateRawSync } from 'node:zlib'
import {
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx'
import sharp from 'sharp'

/* Word documents as another library writes them. */

const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) =>
  new Paragraph({ text, heading: level })
const bullet = (text: string, level = 0) => new Paragraph({ text, bullet: { level } })
const numbered = (text: string) => new Paragraph({ text, numbering: { reference: 'steps', level: 0 } })
const row = (...cells: string[]) =>
  new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) })

async function picture(description: string): Promise<ImageRun> {
  const data = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#0b5c6b' } })
    .png()
    .toBuffer()
  const altText = description ? { altText: { title: '', description, name: 'Picture' } } : {}
  return new ImageRun({ type: 'png', data, transformation: { width: 40, height: 30 }, ...altText })
}

/** A document that holds one of each thing people use in Word. */
export async function wordDocument(): Promise<Buffer> {
  const document = new Document({
    numbering: {
      config: [{ reference: 'steps', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.' }] }],
    },
    footnotes: { 1: { children: [new Paragraph('As the study says.')] } },
    sections: [
      {
        children: [
          heading('Getting through the night', HeadingLevel.TITLE),
          new Paragraph({
            children: [
              new TextRun('Most people '),
              new TextRun({ text: 'sleep badly', bold: true }),
              new TextRun(' at '),
              new TextRun({ text: 'first', italics: true }),
              new TextRun('.'),
              new FootnoteReferenceRun(1),
            ],
          }),
          heading('What helps', HeadingLevel.HEADING_1),
          bullet('Get up at the same time'),
          bullet('Even at weekends', 1),
          bullet('Keep the room cool'),
          heading('Step by step', HeadingLevel.HEADING_2),
          numbered('Turn off the screen'),
          numbered('Breathe slowly'),
          new Paragraph({
            children: [
              new TextRun('Read '),
              new ExternalHyperlink({ link: 'https://example.org/sleep', children: [new TextRun('more on sleep')] }),
              new TextRun('. '),
              new TextRun({ text: 'Take two pills.', strike: true }),
            ],
          }),
          new Table({ rows: [row('Sign', 'What to do'), row('No sleep for days', 'Call 911')] }),
          new Paragraph({ children: [await picture('A moon over a bed')] }),
          new Paragraph({ children: [new TextRun('And another one: '), await picture('')] }),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

/** A ZIP archive of one entry that claims to be small and unpacks to so many bytes. */
export function zipBomb(bytes: number): Buffer {
  const name = Buffer.from('word/document.xml')
  const packed = deflateRawSync(Buffer.alloc(bytes, ' '), { level: 9 })
  const fields = (signature: number, before: number) => {
    const head = Buffer.alloc(before + 26)
    head.writeUInt32LE(signature, 0)
    head.writeUInt16LE(20, before)
    head.writeUInt16LE(8, before + 4)
    head.writeUInt32LE(packed.length, before + 14)
    head.writeUInt32LE(10, before + 18)
    head.writeUInt16LE(name.length, before + 22)
    return head
  }
  const local = Buffer.concat([fields(0x04034b50, 4), name, packed])
  const central = Buffer.concat([fields(0x02014b50, 6), Buffer.alloc(14), name])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}
