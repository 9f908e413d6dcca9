import { APIError, type CollectionConfig } from 'payload'

const refuse = (what: string) =>
  new APIError(
    `${what} is written once and never changed. To take content back, withdraw the document; to remove it for good, purge it.`,
    403,
  )

/** Refuse to change or delete a row, through every door. Purging alone may, and says so in `req.context.purge`. */
export const appendOnly = (what: string): NonNullable<CollectionConfig['hooks']> => ({
  beforeChange: [
    ({ operation, req, data }) => {
      if (operation === 'update' && req.context.purge !== true) throw refuse(what)
      return data
    },
  ],
  beforeDelete: [
    ({ req }) => {
      if (req.context.purge !== true) throw refuse(what)
    },
  ],
})

/** The same, but for some fields, which acts alone write: they say so in `req.context.act`. */
export function appendOnlyBut(what: string, fields: readonly string[]): NonNullable<CollectionConfig['hooks']> {
  const { beforeDelete } = appendOnly(what)
  return {
    beforeDelete,
    beforeChange: [
      ({ operation, req, data, originalDoc }) => {
        if (operation !== 'update') return data
        const kept = Object.keys(data).filter((name) => !fields.includes(name) && name !== 'updatedAt')
        const isSame = kept.every((name) => JSON.stringify(data[name]) === JSON.stringify(originalDoc[name]))
        if (req.context.act === undefined || !isSame) throw refuse(what)
        return data
      },
    ],
  }
}
