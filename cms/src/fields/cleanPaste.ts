import { createServerFeature } from '@payloadcms/richtext-lexical'

/** Brings what is pasted from elsewhere down to what a text can hold; see `writing/pasted.ts`. */
export const CleanPasteFeature = createServerFeature({
  feature: { ClientFeature: '/admin/writing/CleanPaste.tsx#CleanPasteClient' },
  key: 'cleanPaste',
})
