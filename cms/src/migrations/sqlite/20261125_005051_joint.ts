import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`feedback\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`comment\` text,
  	\`article_id\` text,
  	\`note\` text,
  	\`state\` text DEFAULT 'new' NOT NULL,
  	\`helpful\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`day\` text NOT NULL,
  	\`stamp\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`article_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`feedback_article_idx\` ON \`feedback\` (\`article_id\`);`)
  await db.run(sql`CREATE INDEX \`feedback_state_idx\` ON \`feedback\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`feedback_day_idx\` ON \`feedback\` (\`day\`);`)
  await db.run(sql`CREATE INDEX \`feedback_updated_at_idx\` ON \`feedback\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`feedback_created_at_idx\` ON \`feedback\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`strikes\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`title\` text,
  	\`uid\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`kind\` text NOT NULL,
  	\`says\` text,
  	\`cause\` text NOT NULL,
  	\`reason\` text,
  	\`at\` text NOT NULL,
  	\`by\` text NOT NULL,
  	\`state\` text NOT NULL,
  	\`answered_by\` text,
  	\`user\` text,
  	\`from\` text NOT NULL,
  	\`place\` text NOT NULL,
  	\`recall\` text NOT NULL,
  	\`reminded_at\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`strikes_state_idx\` ON \`strikes\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`strikes_updated_at_idx\` ON \`strikes\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`strikes_created_at_idx\` ON \`strikes\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`uid_locale_state_idx\` ON \`strikes\` (\`uid\`,\`locale\`,\`state\`);`)
  await db.run(sql`CREATE TABLE \`resources_opening_hours_times_byday\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`resources_opening_hours_times\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`resources_opening_hours_times_byday_order_idx\` ON \`resources_opening_hours_times_byday\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`resources_opening_hours_times_byday_parent_idx\` ON \`resources_opening_hours_times_byday\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`resources_opening_hours_times\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text NOT NULL,
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`opens_at\` text,
  	\`closes_at\` text,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`resources\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`resources_opening_hours_times_order_idx\` ON \`resources_opening_hours_times\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`resources_opening_hours_times_parent_id_idx\` ON \`resources_opening_hours_times\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`resources_places\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text NOT NULL,
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`country\` text NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`resources\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`resources_places_order_idx\` ON \`resources_places\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`resources_places_parent_id_idx\` ON \`resources_places\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`resources_places_locales\` (
  	\`region\` text,
  	\`city\` text,
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`_locale\` text NOT NULL,
  	\`_parent_id\` text NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`resources_places\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`resources_places_locales_locale_parent_id_unique\` ON \`resources_places_locales\` (\`_locale\`,\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`resources_cost_options\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`resources\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`resources_cost_options_order_idx\` ON \`resources_cost_options\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`resources_cost_options_parent_idx\` ON \`resources_cost_options\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_resources_v_version_opening_hours_times_byday\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text(36) NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`_resources_v_version_opening_hours_times\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`_resources_v_version_opening_hours_times_byday_order_idx\` ON \`_resources_v_version_opening_hours_times_byday\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_opening_hours_times_byday_parent_idx\` ON \`_resources_v_version_opening_hours_times_byday\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_resources_v_version_opening_hours_times\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text(36) NOT NULL,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`opens_at\` text,
  	\`closes_at\` text,
  	\`_uuid\` text,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`_resources_v\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`_resources_v_version_opening_hours_times_order_idx\` ON \`_resources_v_version_opening_hours_times\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_opening_hours_times_parent_id_idx\` ON \`_resources_v_version_opening_hours_times\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_resources_v_version_places\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text(36) NOT NULL,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`country\` text NOT NULL,
  	\`_uuid\` text,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`_resources_v\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`_resources_v_version_places_order_idx\` ON \`_resources_v_version_places\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_places_parent_id_idx\` ON \`_resources_v_version_places\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_resources_v_version_places_locales\` (
  	\`region\` text,
  	\`city\` text,
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`_locale\` text NOT NULL,
  	\`_parent_id\` text(36) NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`_resources_v_version_places\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`_resources_v_version_places_locales_locale_parent_id_unique\` ON \`_resources_v_version_places_locales\` (\`_locale\`,\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`_resources_v_version_cost_options\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text(36) NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`_resources_v\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`_resources_v_version_cost_options_order_idx\` ON \`_resources_v_version_cost_options\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_cost_options_parent_idx\` ON \`_resources_v_version_cost_options\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`second_factors\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`since\` text,
  	\`round\` numeric NOT NULL,
  	\`used\` numeric NOT NULL,
  	\`recovery\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`second_factors_updated_at_idx\` ON \`second_factors\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`second_factors_created_at_idx\` ON \`second_factors\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`comments\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`uid\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`content_hash\` text NOT NULL,
  	\`text\` text NOT NULL,
  	\`parent\` text,
  	\`block\` text,
  	\`exact\` text,
  	\`prefix\` text,
  	\`suffix\` text,
  	\`start\` numeric,
  	\`end\` numeric,
  	\`is_suggestion\` integer DEFAULT false,
  	\`suggestion\` text,
  	\`by\` text NOT NULL,
  	\`user\` text,
  	\`link\` text,
  	\`at\` text NOT NULL,
  	\`state\` text DEFAULT 'open' NOT NULL,
  	\`closed_by\` text,
  	\`closed_at\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`comments_uid_idx\` ON \`comments\` (\`uid\`);`)
  await db.run(sql`CREATE INDEX \`comments_parent_idx\` ON \`comments\` (\`parent\`);`)
  await db.run(sql`CREATE INDEX \`comments_updated_at_idx\` ON \`comments\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`comments_created_at_idx\` ON \`comments\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`review_links\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`uid\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`content_hash\` text NOT NULL,
  	\`document\` text NOT NULL,
  	\`records\` text NOT NULL,
  	\`token_hash\` text NOT NULL,
  	\`clinician\` text NOT NULL,
  	\`expires_at\` text NOT NULL,
  	\`by\` text NOT NULL,
  	\`user\` text,
  	\`at\` text NOT NULL,
  	\`revoked_at\` text,
  	\`revoked_by\` text,
  	\`last_used_at\` text,
  	\`verdict\` text,
  	\`verdict_at\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`review_links_uid_idx\` ON \`review_links\` (\`uid\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`review_links_token_hash_idx\` ON \`review_links\` (\`token_hash\`);`)
  await db.run(sql`CREATE INDEX \`review_links_updated_at_idx\` ON \`review_links\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`review_links_created_at_idx\` ON \`review_links\` (\`created_at\`);`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`saved_by\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`saved_in\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`editor\` text;`)
  await db.run(sql`CREATE INDEX \`articles_editor_idx\` ON \`articles\` (\`editor\`);`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_saved_by\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_saved_in\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_editor\` text;`)
  await db.run(sql`CREATE INDEX \`_articles_v_version_version_editor_idx\` ON \`_articles_v\` (\`version_editor\`);`)
  await db.run(sql`ALTER TABLE \`resources\` ADD \`opening_hours_open\` text;`)
  await db.run(sql`ALTER TABLE \`resources\` ADD \`opening_hours_timezone\` text;`)
  await db.run(sql`ALTER TABLE \`resources\` ADD \`replaced_by\` text;`)
  await db.run(sql`ALTER TABLE \`resources\` ADD \`confirm_by\` text;`)
  await db.run(sql`ALTER TABLE \`resources\` ADD \`due_from\` text;`)
  await db.run(sql`CREATE INDEX \`resources_replaced_by_idx\` ON \`resources\` (\`replaced_by\`);`)
  await db.run(sql`CREATE INDEX \`resources_confirm_by_idx\` ON \`resources\` (\`confirm_by\`);`)
  await db.run(sql`CREATE INDEX \`resources_due_from_idx\` ON \`resources\` (\`due_from\`);`)
  await db.run(sql`ALTER TABLE \`resources_locales\` ADD \`label\` text;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` ADD \`version_opening_hours_open\` text;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` ADD \`version_opening_hours_timezone\` text;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` ADD \`version_replaced_by\` text;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` ADD \`version_confirm_by\` text;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` ADD \`version_due_from\` text;`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_version_replaced_by_idx\` ON \`_resources_v\` (\`version_replaced_by\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_version_confirm_by_idx\` ON \`_resources_v\` (\`version_confirm_by\`);`)
  await db.run(sql`CREATE INDEX \`_resources_v_version_version_due_from_idx\` ON \`_resources_v\` (\`version_due_from\`);`)
  await db.run(sql`ALTER TABLE \`_resources_v_locales\` ADD \`version_label\` text;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`feedback\` integer DEFAULT true;`)
  await db.run(sql`ALTER TABLE \`_site_v\` ADD \`version_feedback\` integer DEFAULT true;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`feedback\`;`)
  await db.run(sql`DROP TABLE \`strikes\`;`)
  await db.run(sql`DROP TABLE \`resources_opening_hours_times_byday\`;`)
  await db.run(sql`DROP TABLE \`resources_opening_hours_times\`;`)
  await db.run(sql`DROP TABLE \`resources_places\`;`)
  await db.run(sql`DROP TABLE \`resources_places_locales\`;`)
  await db.run(sql`DROP TABLE \`resources_cost_options\`;`)
  await db.run(sql`DROP TABLE \`_resources_v_version_opening_hours_times_byday\`;`)
  await db.run(sql`DROP TABLE \`_resources_v_version_opening_hours_times\`;`)
  await db.run(sql`DROP TABLE \`_resources_v_version_places\`;`)
  await db.run(sql`DROP TABLE \`_resources_v_version_places_locales\`;`)
  await db.run(sql`DROP TABLE \`_resources_v_version_cost_options\`;`)
  await db.run(sql`DROP TABLE \`second_factors\`;`)
  await db.run(sql`DROP TABLE \`comments\`;`)
  await db.run(sql`DROP TABLE \`review_links\`;`)
  await db.run(sql`DROP INDEX \`articles_editor_idx\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`saved_by\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`saved_in\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`editor\`;`)
  await db.run(sql`DROP INDEX \`_articles_v_version_version_editor_idx\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_saved_by\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_saved_in\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_editor\`;`)
  await db.run(sql`DROP INDEX \`resources_replaced_by_idx\`;`)
  await db.run(sql`DROP INDEX \`resources_confirm_by_idx\`;`)
  await db.run(sql`DROP INDEX \`resources_due_from_idx\`;`)
  await db.run(sql`ALTER TABLE \`resources\` DROP COLUMN \`opening_hours_open\`;`)
  await db.run(sql`ALTER TABLE \`resources\` DROP COLUMN \`opening_hours_timezone\`;`)
  await db.run(sql`ALTER TABLE \`resources\` DROP COLUMN \`replaced_by\`;`)
  await db.run(sql`ALTER TABLE \`resources\` DROP COLUMN \`confirm_by\`;`)
  await db.run(sql`ALTER TABLE \`resources\` DROP COLUMN \`due_from\`;`)
  await db.run(sql`DROP INDEX \`_resources_v_version_version_replaced_by_idx\`;`)
  await db.run(sql`DROP INDEX \`_resources_v_version_version_confirm_by_idx\`;`)
  await db.run(sql`DROP INDEX \`_resources_v_version_version_due_from_idx\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` DROP COLUMN \`version_opening_hours_open\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` DROP COLUMN \`version_opening_hours_timezone\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` DROP COLUMN \`version_replaced_by\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` DROP COLUMN \`version_confirm_by\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v\` DROP COLUMN \`version_due_from\`;`)
  await db.run(sql`ALTER TABLE \`resources_locales\` DROP COLUMN \`label\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v_locales\` DROP COLUMN \`version_label\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`feedback\`;`)
  await db.run(sql`ALTER TABLE \`_site_v\` DROP COLUMN \`version_feedback\`;`)
}
