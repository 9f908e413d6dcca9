import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`sign_offs\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`kind\` text NOT NULL,
  	\`record\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`content_hash\` text NOT NULL,
  	\`by\` text NOT NULL,
  	\`user\` text,
  	\`at\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`sign_offs_record_idx\` ON \`sign_offs\` (\`record\`);`)
  await db.run(sql`CREATE INDEX \`sign_offs_updated_at_idx\` ON \`sign_offs\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`sign_offs_created_at_idx\` ON \`sign_offs\` (\`created_at\`);`)
  await db.run(sql`ALTER TABLE \`snippets\` ADD \`written_by\` text;`)
  await db.run(sql`ALTER TABLE \`_snippets_v\` ADD \`version_written_by\` text;`)
  await db.run(sql`ALTER TABLE \`calls_to_action\` ADD \`written_by\` text;`)
  await db.run(sql`ALTER TABLE \`_calls_to_action_v\` ADD \`version_written_by\` text;`)
  await db.run(sql`ALTER TABLE \`glossary\` ADD \`written_by\` text;`)
  await db.run(sql`ALTER TABLE \`_glossary_v\` ADD \`version_written_by\` text;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`sign_off_shared\` integer DEFAULT false;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_sign_off_shared\` integer DEFAULT false;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`sign_offs\`;`)
  await db.run(sql`ALTER TABLE \`snippets\` DROP COLUMN \`written_by\`;`)
  await db.run(sql`ALTER TABLE \`_snippets_v\` DROP COLUMN \`version_written_by\`;`)
  await db.run(sql`ALTER TABLE \`calls_to_action\` DROP COLUMN \`written_by\`;`)
  await db.run(sql`ALTER TABLE \`_calls_to_action_v\` DROP COLUMN \`version_written_by\`;`)
  await db.run(sql`ALTER TABLE \`glossary\` DROP COLUMN \`written_by\`;`)
  await db.run(sql`ALTER TABLE \`_glossary_v\` DROP COLUMN \`version_written_by\`;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`sign_off_shared\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_sign_off_shared\`;`)
}
