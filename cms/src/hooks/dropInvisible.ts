import type { CollectionBeforeValidateHook, GlobalBeforeValidateHook } from 'payload'
import { withoutInvisibleIn } from 'pipeline/invisible.ts'

/** Take out of all fields what nobody sees, such as direction overrides. A body is brought to its normal form besides. */
export const dropInvisible: CollectionBeforeValidateHook & GlobalBeforeValidateHook = ({ data }: { data?: unknown }) =>
  withoutInvisibleIn(data) as never
