import type { ServerProps } from 'payload'
import { type Actor, mayAct } from '../../access/roles.ts'

/** The way to the audit trail as CSV, for those who may take it out. */
export const ExportAudit = ({ payload, user }: ServerProps) =>
  mayAct(user as Actor, 'export-audit') ? (
    <p>
      <a href={`${payload.config.routes.api}/audit/export.csv`}>Export as CSV</a>
    </p>
  ) : null
