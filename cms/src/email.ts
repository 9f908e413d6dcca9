import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { EmailAdapter } from 'payload'
import { environment } from './environment.ts'

/** Mails of the CMS itself, such as a password reset. Without `SMTP_URL` each becomes a file in `<DATA_DIR>/outbox`. */
export const systemMail: EmailAdapter<{ sent: string }> = () => {
  const { mailFrom, smtpUrl } = environment()
  return {
    name: smtpUrl ? 'smtp' : 'outbox',
    defaultFromAddress: mailFrom,
    defaultFromName: 'Signpost',
    async sendEmail(message) {
      const mail = { ...message, from: message.from ?? `Signpost <${mailFrom}>` } as SendMailOptions
      return { sent: smtpUrl ? await overSmtp(smtpUrl, mail) : await intoOutbox(mail) }
    },
  }
}

const overSmtp = async (smtpUrl: string, mail: SendMailOptions): Promise<string> =>
  (await createTransport(smtpUrl).sendMail(mail)).messageId

async function intoOutbox(mail: SendMailOptions): Promise<string> {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(mail)
  const folder = path.join(environment().dataDir, 'outbox')
  const file = path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`)
  await mkdir(folder, { recursive: true })
  await writeFile(file, message as Buffer, { mode: 0o600 })
  return file
}
