import {
  type MigrateDownArgs,
  type MigrateUpArgs,
} from '@payloadcms/db-mongodb'

export async function up(_: MigrateUpArgs): Promise<void> {
  // Migration code
}

export async function down(_: MigrateDownArgs): Promise<void> {
  // Migration code
}
