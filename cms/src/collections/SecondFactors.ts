import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'

/**
 * Who signs in with a code besides the password, one row a sign-in, named as that. The secret itself is not in it: it is
 * derived from `PAYLOAD_SECRET`, the sign-in and the round, so the database alone opens nothing.
 */
export const SecondFactors: CollectionConfig = {
  slug: 'second-factors',
  access: accessTo('second-factors'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  fields: [
    { name: 'id', type: 'text', required: true },
    // When it was turned on; empty while it is off.
    { name: 'since', type: 'text' },
    // Another round is another secret: it grows whenever a secret is given up.
    { name: 'round', type: 'number', required: true },
    // The last time step, of 30 seconds, whose code was used: no code is good twice.
    { name: 'used', type: 'number', required: true },
    // Hashes of the recovery codes that are left.
    { name: 'recovery', type: 'json', required: true },
  ],
}
