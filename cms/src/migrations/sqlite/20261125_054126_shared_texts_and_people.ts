import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`snippets\` ADD \`unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`snippets_unsigned_idx\` ON \`snippets\` (\`unsigned\`);`)
  await db.run(sql`ALTER TABLE \`_snippets_v\` ADD \`version_unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`_snippets_v_version_version_unsigned_idx\` ON \`_snippets_v\` (\`version_unsigned\`);`)
  await db.run(sql`ALTER TABLE \`calls_to_action\` ADD \`unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`calls_to_action_unsigned_idx\` ON \`calls_to_action\` (\`unsigned\`);`)
  await db.run(sql`ALTER TABLE \`_calls_to_action_v\` ADD \`version_unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`_calls_to_action_v_version_version_unsigned_idx\` ON \`_calls_to_action_v\` (\`version_unsigned\`);`)
  await db.run(sql`ALTER TABLE \`glossary\` ADD \`unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`glossary_unsigned_idx\` ON \`glossary\` (\`unsigned\`);`)
  await db.run(sql`ALTER TABLE \`_glossary_v\` ADD \`version_unsigned\` text;`)
  await db.run(sql`CREATE INDEX \`_glossary_v_version_version_unsigned_idx\` ON \`_glossary_v\` (\`version_unsigned\`);`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP INDEX \`snippets_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`snippets\` DROP COLUMN \`unsigned\`;`)
  await db.run(sql`DROP INDEX \`_snippets_v_version_version_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`_snippets_v\` DROP COLUMN \`version_unsigned\`;`)
  await db.run(sql`DROP INDEX \`calls_to_action_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`calls_to_action\` DROP COLUMN \`unsigned\`;`)
  await db.run(sql`DROP INDEX \`_calls_to_action_v_version_version_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`_calls_to_action_v\` DROP COLUMN \`version_unsigned\`;`)
  await db.run(sql`DROP INDEX \`glossary_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`glossary\` DROP COLUMN \`unsigned\`;`)
  await db.run(sql`DROP INDEX \`_glossary_v_version_version_unsigned_idx\`;`)
  await db.run(sql`ALTER TABLE \`_glossary_v\` DROP COLUMN \`version_unsigned\`;`)
}
