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
  await db.run(sql`CREATE INDEX \`strikes_uid_idx\` ON \`strikes\` (\`uid\`);`)
  await db.run(sql`CREATE INDEX \`strikes_state_idx\` ON \`strikes\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`strikes_updated_at_idx\` ON \`strikes\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`strikes_created_at_idx\` ON \`strikes\` (\`created_at\`);`)
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
  await db.run(sql`CREATE TABLE \`retired_sources\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`url\` text NOT NULL,
  	\`because\` text NOT NULL,
  	\`instead\` text,
  	\`retired_on\` text NOT NULL,
  	\`slug\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`retired_sources_url_idx\` ON \`retired_sources\` (\`url\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`retired_sources_slug_idx\` ON \`retired_sources\` (\`slug\`);`)
  await db.run(sql`CREATE INDEX \`retired_sources_updated_at_idx\` ON \`retired_sources\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`retired_sources_created_at_idx\` ON \`retired_sources\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`_retired_sources_v\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`parent_id\` text,
  	\`version_url\` text NOT NULL,
  	\`version_because\` text NOT NULL,
  	\`version_instead\` text,
  	\`version_retired_on\` text NOT NULL,
  	\`version_slug\` text,
  	\`version_updated_at\` text,
  	\`version_created_at\` text,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`retired_sources\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_parent_idx\` ON \`_retired_sources_v\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_version_version_url_idx\` ON \`_retired_sources_v\` (\`version_url\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_version_version_slug_idx\` ON \`_retired_sources_v\` (\`version_slug\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_version_version_updated_at_idx\` ON \`_retired_sources_v\` (\`version_updated_at\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_version_version_created_at_idx\` ON \`_retired_sources_v\` (\`version_created_at\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_created_at_idx\` ON \`_retired_sources_v\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`_retired_sources_v_updated_at_idx\` ON \`_retired_sources_v\` (\`updated_at\`);`)
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
  await db.run(sql`CREATE TABLE \`waivers\` (
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`uid\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`rule\` text NOT NULL,
  	\`pointer\` text NOT NULL,
  	\`passage\` text,
  	\`reason\` text NOT NULL,
  	\`by\` text NOT NULL,
  	\`at\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`waivers_uid_idx\` ON \`waivers\` (\`uid\`);`)
  await db.run(sql`CREATE INDEX \`waivers_updated_at_idx\` ON \`waivers\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`waivers_created_at_idx\` ON \`waivers\` (\`created_at\`);`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`saved_by\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`saved_in\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`findings\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`inequalities\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`reach\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`impact\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`editor\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`translated_from\` text;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`changed_by\` text;`)
  await db.run(sql`CREATE INDEX \`articles_editor_idx\` ON \`articles\` (\`editor\`);`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_saved_by\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_saved_in\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_findings\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_inequalities\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_reach\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_impact\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_editor\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_translated_from\` text;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_changed_by\` text;`)
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
  await db.run(sql`ALTER TABLE \`candidates\` ADD \`answers\` text;`)
  await db.run(sql`ALTER TABLE \`candidates\` ADD \`act\` text;`)
  await db.run(sql`ALTER TABLE \`candidates\` ADD \`basis\` text;`)
  await db.run(sql`ALTER TABLE \`candidates\` ADD \`user\` text;`)
  await db.run(sql`ALTER TABLE \`candidates\` ADD \`approval\` text;`)
  await db.run(sql`CREATE INDEX \`candidates_basis_idx\` ON \`candidates\` (\`basis\`);`)
  await db.run(sql`ALTER TABLE \`payload_locked_documents_rels\` ADD \`retired_sources_id\` text REFERENCES retired_sources(id);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_retired_sources_id_idx\` ON \`payload_locked_documents_rels\` (\`retired_sources_id\`);`)
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
  await db.run(sql`DROP TABLE \`retired_sources\`;`)
  await db.run(sql`DROP TABLE \`_retired_sources_v\`;`)
  await db.run(sql`DROP TABLE \`second_factors\`;`)
  await db.run(sql`DROP TABLE \`comments\`;`)
  await db.run(sql`DROP TABLE \`review_links\`;`)
  await db.run(sql`DROP TABLE \`waivers\`;`)
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
  	\`wording_rules_id\` text,
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
  	FOREIGN KEY (\`wording_rules_id\`) REFERENCES \`wording_rules\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`users_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`INSERT INTO \`__new_payload_locked_documents_rels\`("id", "order", "parent_id", "path", "articles_id", "topics_id", "audiences_id", "resources_id", "snippets_id", "calls_to_action_id", "glossary_id", "media_id", "people_id", "issues_id", "newsletters_id", "wording_rules_id", "users_id") SELECT "id", "order", "parent_id", "path", "articles_id", "topics_id", "audiences_id", "resources_id", "snippets_id", "calls_to_action_id", "glossary_id", "media_id", "people_id", "issues_id", "newsletters_id", "wording_rules_id", "users_id" FROM \`payload_locked_documents_rels\`;`)
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
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_wording_rules_id_idx\` ON \`payload_locked_documents_rels\` (\`wording_rules_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_users_id_idx\` ON \`payload_locked_documents_rels\` (\`users_id\`);`)
  await db.run(sql`DROP INDEX \`articles_editor_idx\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`saved_by\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`saved_in\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`findings\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`inequalities\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`reach\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`impact\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`editor\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`translated_from\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`changed_by\`;`)
  await db.run(sql`DROP INDEX \`_articles_v_version_version_editor_idx\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_saved_by\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_saved_in\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_findings\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_inequalities\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_reach\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_impact\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_editor\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_translated_from\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_changed_by\`;`)
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
  await db.run(sql`DROP INDEX \`candidates_basis_idx\`;`)
  await db.run(sql`ALTER TABLE \`candidates\` DROP COLUMN \`answers\`;`)
  await db.run(sql`ALTER TABLE \`candidates\` DROP COLUMN \`act\`;`)
  await db.run(sql`ALTER TABLE \`candidates\` DROP COLUMN \`basis\`;`)
  await db.run(sql`ALTER TABLE \`candidates\` DROP COLUMN \`user\`;`)
  await db.run(sql`ALTER TABLE \`candidates\` DROP COLUMN \`approval\`;`)
  await db.run(sql`ALTER TABLE \`resources_locales\` DROP COLUMN \`label\`;`)
  await db.run(sql`ALTER TABLE \`_resources_v_locales\` DROP COLUMN \`version_label\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`feedback\`;`)
  await db.run(sql`ALTER TABLE \`_site_v\` DROP COLUMN \`version_feedback\`;`)
}
