import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`assurances\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`resource\` text NOT NULL,
  	\`assured_date\` text,
  	\`verify_every_days\` numeric NOT NULL,
  	\`by\` text NOT NULL,
  	\`at\` text NOT NULL,
  	\`cursor\` numeric NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`assurances_resource_idx\` ON \`assurances\` (\`resource\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`assurances_cursor_idx\` ON \`assurances\` (\`cursor\`);`)
  await db.run(sql`CREATE INDEX \`assurances_updated_at_idx\` ON \`assurances\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`assurances_created_at_idx\` ON \`assurances\` (\`created_at\`);`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`assurances\`;`)
}
