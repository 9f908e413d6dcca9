import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`topics_must_mention\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text NOT NULL,
  	\`id\` text PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`topics\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`topics_must_mention_order_idx\` ON \`topics_must_mention\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`topics_must_mention_parent_id_idx\` ON \`topics_must_mention\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`topics_must_mention_locales\` (
  	\`say\` text NOT NULL,
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`_locale\` text NOT NULL,
  	\`_parent_id\` text NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`topics_must_mention\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`topics_must_mention_locales_locale_parent_id_unique\` ON \`topics_must_mention_locales\` (\`_locale\`,\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`topics_texts\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer NOT NULL,
  	\`parent_id\` text NOT NULL,
  	\`path\` text NOT NULL,
  	\`text\` text,
  	\`locale\` text,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`topics\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`topics_texts_order_parent\` ON \`topics_texts\` (\`order\`,\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`topics_texts_locale_parent\` ON \`topics_texts\` (\`locale\`,\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`wording_rules\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`term\` text NOT NULL,
  	\`because\` text NOT NULL,
  	\`source\` text NOT NULL,
  	\`checked_on\` text NOT NULL,
  	\`slug\` text,
  	\`locale\` text DEFAULT 'en' NOT NULL,
  	\`severity\` text DEFAULT 'advise' NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`wording_rules_slug_idx\` ON \`wording_rules\` (\`slug\`);`)
  await db.run(sql`CREATE INDEX \`wording_rules_locale_idx\` ON \`wording_rules\` (\`locale\`);`)
  await db.run(sql`CREATE INDEX \`wording_rules_updated_at_idx\` ON \`wording_rules\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`wording_rules_created_at_idx\` ON \`wording_rules\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`wording_rules_texts\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer NOT NULL,
  	\`parent_id\` text NOT NULL,
  	\`path\` text NOT NULL,
  	\`text\` text,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`wording_rules\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`wording_rules_texts_order_parent\` ON \`wording_rules_texts\` (\`order\`,\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_wording_rules_v\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`parent_id\` text,
  	\`version_term\` text NOT NULL,
  	\`version_because\` text NOT NULL,
  	\`version_source\` text NOT NULL,
  	\`version_checked_on\` text NOT NULL,
  	\`version_slug\` text,
  	\`version_locale\` text DEFAULT 'en' NOT NULL,
  	\`version_severity\` text DEFAULT 'advise' NOT NULL,
  	\`version_updated_at\` text,
  	\`version_created_at\` text,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`wording_rules\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_parent_idx\` ON \`_wording_rules_v\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_version_version_slug_idx\` ON \`_wording_rules_v\` (\`version_slug\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_version_version_locale_idx\` ON \`_wording_rules_v\` (\`version_locale\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_version_version_updated_at_idx\` ON \`_wording_rules_v\` (\`version_updated_at\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_version_version_created_at_idx\` ON \`_wording_rules_v\` (\`version_created_at\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_created_at_idx\` ON \`_wording_rules_v\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_updated_at_idx\` ON \`_wording_rules_v\` (\`updated_at\`);`)
  await db.run(sql`CREATE TABLE \`_wording_rules_v_texts\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer NOT NULL,
  	\`parent_id\` text(36) NOT NULL,
  	\`path\` text NOT NULL,
  	\`text\` text,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`_wording_rules_v\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`_wording_rules_v_texts_order_parent\` ON \`_wording_rules_v_texts\` (\`order\`,\`parent_id\`);`)
  await db.run(sql`ALTER TABLE \`payload_locked_documents_rels\` ADD \`wording_rules_id\` text REFERENCES wording_rules(id);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_wording_rules_id_idx\` ON \`payload_locked_documents_rels\` (\`wording_rules_id\`);`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`reading_level_patient\` numeric DEFAULT 8 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`reading_level_family\` numeric DEFAULT 8 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`reading_level_professional\` numeric DEFAULT 12 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`reading_level_blocks\` integer DEFAULT true;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` ADD \`wording_blocks\` integer DEFAULT true;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_reading_level_patient\` numeric DEFAULT 8 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_reading_level_family\` numeric DEFAULT 8 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_reading_level_professional\` numeric DEFAULT 12 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_reading_level_blocks\` integer DEFAULT true;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` ADD \`version_wording_blocks\` integer DEFAULT true;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`topics_must_mention\`;`)
  await db.run(sql`DROP TABLE \`topics_must_mention_locales\`;`)
  await db.run(sql`DROP TABLE \`topics_texts\`;`)
  await db.run(sql`DROP TABLE \`wording_rules\`;`)
  await db.run(sql`DROP TABLE \`wording_rules_texts\`;`)
  await db.run(sql`DROP TABLE \`_wording_rules_v\`;`)
  await db.run(sql`DROP TABLE \`_wording_rules_v_texts\`;`)
  await db.run(sql`PRAGMA foreign_keys=OFF;`)
  await db.run(sql`CREATE TABLE \`__new_payload_locked_documents_rels\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer,
  	\`parent_id\` text(36) NOT NULL,
  	\`path\` text NOT NULL,
  	\`articles_id\` text,
  	\`topics_id\` text,
  	\`audiences_id\` text,
  	\`resources_id\` text,
  	\`snippets_id\` text,
  	\`calls_to_action_id\` text,
  	\`glossary_id\` text,
  	\`media_id\` text,
  	\`people_id\` text,
  	\`issues_id\` text,
  	\`newsletters_id\` text,
  	\`users_id\` text,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`payload_locked_documents\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`articles_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`topics_id\`) REFERENCES \`topics\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`audiences_id\`) REFERENCES \`audiences\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`resources_id\`) REFERENCES \`resources\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`snippets_id\`) REFERENCES \`snippets\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`calls_to_action_id\`) REFERENCES \`calls_to_action\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`glossary_id\`) REFERENCES \`glossary\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`media_id\`) REFERENCES \`media\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`people_id\`) REFERENCES \`people\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`issues_id\`) REFERENCES \`issues\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`newsletters_id\`) REFERENCES \`newsletters\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`users_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`INSERT INTO \`__new_payload_locked_documents_rels\`("id", "order", "parent_id", "path", "articles_id", "topics_id", "audiences_id", "resources_id", "snippets_id", "calls_to_action_id", "glossary_id", "media_id", "people_id", "issues_id", "newsletters_id", "users_id") SELECT "id", "order", "parent_id", "path", "articles_id", "topics_id", "audiences_id", "resources_id", "snippets_id", "calls_to_action_id", "glossary_id", "media_id", "people_id", "issues_id", "newsletters_id", "users_id" FROM \`payload_locked_documents_rels\`;`)
  await db.run(sql`DROP TABLE \`payload_locked_documents_rels\`;`)
  await db.run(sql`ALTER TABLE \`__new_payload_locked_documents_rels\` RENAME TO \`payload_locked_documents_rels\`;`)
  await db.run(sql`PRAGMA foreign_keys=ON;`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_order_idx\` ON \`payload_locked_documents_rels\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_parent_idx\` ON \`payload_locked_documents_rels\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_path_idx\` ON \`payload_locked_documents_rels\` (\`path\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_articles_id_idx\` ON \`payload_locked_documents_rels\` (\`articles_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_topics_id_idx\` ON \`payload_locked_documents_rels\` (\`topics_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_audiences_id_idx\` ON \`payload_locked_documents_rels\` (\`audiences_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_resources_id_idx\` ON \`payload_locked_documents_rels\` (\`resources_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_snippets_id_idx\` ON \`payload_locked_documents_rels\` (\`snippets_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_calls_to_action_id_idx\` ON \`payload_locked_documents_rels\` (\`calls_to_action_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_glossary_id_idx\` ON \`payload_locked_documents_rels\` (\`glossary_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_media_id_idx\` ON \`payload_locked_documents_rels\` (\`media_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_people_id_idx\` ON \`payload_locked_documents_rels\` (\`people_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_issues_id_idx\` ON \`payload_locked_documents_rels\` (\`issues_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_newsletters_id_idx\` ON \`payload_locked_documents_rels\` (\`newsletters_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_users_id_idx\` ON \`payload_locked_documents_rels\` (\`users_id\`);`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`reading_level_patient\`;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`reading_level_family\`;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`reading_level_professional\`;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`reading_level_blocks\`;`)
  await db.run(sql`ALTER TABLE \`editorial_policy\` DROP COLUMN \`wording_blocks\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_reading_level_patient\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_reading_level_family\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_reading_level_professional\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_reading_level_blocks\`;`)
  await db.run(sql`ALTER TABLE \`_editorial_policy_v\` DROP COLUMN \`version_wording_blocks\`;`)
}
