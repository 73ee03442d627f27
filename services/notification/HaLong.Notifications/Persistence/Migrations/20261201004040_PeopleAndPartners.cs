using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HaLong.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PeopleAndPartners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_webhook_delivery_public_event_event_id",
                table: "webhook_delivery");

            migrationBuilder.DropForeignKey(
                name: "fk_webhook_delivery_subscription_subscription_id",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_webhook_delivery_due",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_message_due",
                table: "message");

            migrationBuilder.AddColumn<int>(
                name: "attempts_before",
                table: "webhook_delivery",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "replayed_at",
                table: "webhook_delivery",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "changes",
                table: "subscription",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "description",
                table: "subscription",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "fields",
                table: "subscription",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "header_names",
                table: "subscription",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<byte[]>(
                name: "headers",
                table: "subscription",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "procedures",
                table: "subscription",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "proof_started_at",
                table: "subscription",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "proved_at",
                table: "subscription",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "route_keys",
                table: "subscription",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{*}'");

            migrationBuilder.AddColumn<string>(
                name: "state_reason",
                table: "subscription",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "state_since",
                table: "subscription",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<Guid[]>(
                name: "subjects",
                table: "subscription",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "units",
                table: "subscription",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "occurred_at",
                table: "public_event",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "procedure_code",
                table: "public_event",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unit_code",
                table: "public_event",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "attempts_before",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "claim",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "complained_at",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "handed_on",
                table: "message",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "connect_ms",
                table: "delivery_attempt",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "dns_ms",
                table: "delivery_attempt",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "header_names",
                table: "delivery_attempt",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "signatures",
                table: "delivery_attempt",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "url",
                table: "delivery_attempt",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "amqp_access",
                columns: table => new
                {
                    client = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    password_set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    request_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_amqp_access", x => x.client);
                });

            migrationBuilder.CreateTable(
                name: "amqp_cursor",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    moved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_amqp_cursor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contact_problem",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    resolution = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_problem", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "demand",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_demand", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "digest_item",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slot = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_digest_item", x => x.message_id);
                    table.ForeignKey(
                        name: "fk_digest_item_message_message_id",
                        column: x => x.message_id,
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "direct_send",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    purpose = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    may_be_twice = table.Column<bool>(type: "boolean", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_direct_send", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message_provider",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    mode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    share = table.Column<double>(type: "double precision", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    bad = table.Column<int>(type: "integer", nullable: false),
                    measured_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mode_changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_provider", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "notice_template",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<string>(type: "json", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    shipped = table.Column<bool>(type: "boolean", nullable: false),
                    based_on = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    editors = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_template", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "push_subscription",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    service = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_subscription", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "receipt_poll",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_poll", x => x.message_id);
                    table.ForeignKey(
                        name: "fk_receipt_poll_messages_message_id",
                        column: x => x.message_id,
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reserve_text",
                columns: table => new
                {
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    trigger = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    html = table.Column<string>(type: "text", nullable: true),
                    data = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reserve_text", x => new { x.recipient_id, x.kind, x.trigger, x.channel });
                });

            migrationBuilder.CreateTable(
                name: "scheduled_notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    trigger = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    notice = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduled_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stray_receipt",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    bad_address = table.Column<bool>(type: "boolean", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stray_receipt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "subscription_change",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    what = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    by = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscription_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_subscription_change_subscription_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscription",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "subscription_health",
                columns: table => new
                {
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    probe_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    probes = table.Column<int>(type: "integer", nullable: false),
                    probe_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscription_health", x => x.subscription_id);
                    table.ForeignKey(
                        name: "fk_subscription_health_subscription_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscription",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "subscription_secret",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    creation_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscription_secret", x => x.id);
                    table.ForeignKey(
                        name: "fk_subscription_secret_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscription",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "telephone_send",
                columns: table => new
                {
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_hash = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text_hash = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_telephone_send", x => new { x.recipient_id, x.notice_hash });
                });

            migrationBuilder.CreateTable(
                name: "zalo_token",
                columns: table => new
                {
                    app_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    access_token = table.Column<byte[]>(type: "bytea", nullable: false),
                    refresh_token = table.Column<byte[]>(type: "bytea", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refresh_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zalo_token", x => x.app_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_dead",
                table: "webhook_delivery",
                columns: new[] { "subscription_id", "position" },
                filter: "state = 'dead'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_delivered",
                table: "webhook_delivery",
                columns: new[] { "subscription_id", "delivered_at" },
                filter: "state = 'delivered'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_due",
                table: "webhook_delivery",
                columns: new[] { "subscription_id", "due_at", "position" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_over",
                table: "webhook_delivery",
                column: "due_at",
                filter: "state <> 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_subscription_route_keys",
                table: "subscription",
                column: "route_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_public_event_released_at",
                table: "public_event",
                column: "released_at");

            migrationBuilder.CreateIndex(
                name: "ix_message_attempt_started_at",
                table: "message_attempt",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_message_arrived",
                table: "message",
                columns: new[] { "recipient_id", "channel", "delivered_at" },
                filter: "state = 'delivered' AND channel <> 'inApp'");

            migrationBuilder.CreateIndex(
                name: "ix_message_due",
                table: "message",
                columns: new[] { "channel", "class", "due_at" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_message_lapsed",
                table: "message",
                column: "expires_at",
                filter: "state = 'expired' AND cardinality(fallback) > 0");

            migrationBuilder.CreateIndex(
                name: "ix_message_overdue_receipt",
                table: "message",
                column: "sent_at",
                filter: "state = 'sent' AND channel IN ('sms', 'zalo') AND cardinality(fallback) > 0");

            migrationBuilder.CreateIndex(
                name: "ix_message_receipt",
                table: "message",
                columns: new[] { "provider", "sent_at" },
                filter: "state = 'sent' AND last_error IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_text",
                table: "message",
                column: "created_at",
                filter: "channel <> 'inApp' AND state <> 'pending' AND body <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_message_unsent",
                table: "message",
                columns: new[] { "state", "id" },
                filter: "state IN ('pending', 'failed', 'expired', 'cancelled')");

            migrationBuilder.CreateIndex(
                name: "ix_contact_problem_open",
                table: "contact_problem",
                columns: new[] { "account_id", "channel" },
                unique: true,
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_problem_since",
                table: "contact_problem",
                column: "since");

            migrationBuilder.CreateIndex(
                name: "ix_demand_closed",
                table: "demand",
                column: "closed_at",
                filter: "key NOT LIKE 'dossier-open:%'");

            migrationBuilder.CreateIndex(
                name: "ix_digest_item_slot_recipient_id",
                table: "digest_item",
                columns: new[] { "slot", "recipient_id" });

            migrationBuilder.CreateIndex(
                name: "ix_direct_send_created_at",
                table: "direct_send",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_direct_send_provider_reference",
                table: "direct_send",
                columns: new[] { "provider", "reference" },
                filter: "reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_direct_send_started_at",
                table: "direct_send",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_notice_template_kind_version",
                table: "notice_template",
                columns: new[] { "kind", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notice_template_open",
                table: "notice_template",
                column: "kind",
                unique: true,
                filter: "state IN ('draft', 'inReview')");

            migrationBuilder.CreateIndex(
                name: "ix_push_subscription_account_id_id",
                table: "push_subscription",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_push_subscription_endpoint_hash",
                table: "push_subscription",
                column: "endpoint_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reserve_text_created_at",
                table: "reserve_text",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_scheduled_notice_due_at",
                table: "scheduled_notice",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_scheduled_notice_recipient_id_kind_trigger",
                table: "scheduled_notice",
                columns: new[] { "recipient_id", "kind", "trigger" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stray_receipt_provider_reference_key_status",
                table: "stray_receipt",
                columns: new[] { "provider", "reference", "key", "status" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stray_receipt_received_at",
                table: "stray_receipt",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_subscription_change_subscription_id_id",
                table: "subscription_change",
                columns: new[] { "subscription_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_subscription_health_probe_due_at",
                table: "subscription_health",
                column: "probe_due_at",
                filter: "probe_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_subscription_secret_subscription_id_creation_key",
                table: "subscription_secret",
                columns: new[] { "subscription_id", "creation_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_telephone_send_at",
                table: "telephone_send",
                column: "at");

            migrationBuilder.AddForeignKey(
                name: "fk_webhook_delivery_events_event_id",
                table: "webhook_delivery",
                column: "event_id",
                principalTable: "public_event",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_webhook_delivery_subscriptions_subscription_id",
                table: "webhook_delivery",
                column: "subscription_id",
                principalTable: "subscription",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.Sql(AmqpSql.Up);

            migrationBuilder.Sql(NoticeTemplatesSql.Up);

            migrationBuilder.Sql(SubscriptionsSql.Up);

            migrationBuilder.DropColumn(
                name: "secret",
                table: "subscription");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoticeTemplatesSql.Down);

            migrationBuilder.AddColumn<byte[]>(
                name: "secret",
                table: "subscription",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.Sql(SubscriptionsSql.Down);

            migrationBuilder.DropForeignKey(
                name: "fk_webhook_delivery_events_event_id",
                table: "webhook_delivery");

            migrationBuilder.DropForeignKey(
                name: "fk_webhook_delivery_subscriptions_subscription_id",
                table: "webhook_delivery");

            migrationBuilder.DropTable(
                name: "amqp_access");

            migrationBuilder.DropTable(
                name: "amqp_cursor");

            migrationBuilder.DropTable(
                name: "contact_problem");

            migrationBuilder.DropTable(
                name: "demand");

            migrationBuilder.DropTable(
                name: "digest_item");

            migrationBuilder.DropTable(
                name: "direct_send");

            migrationBuilder.DropTable(
                name: "message_provider");

            migrationBuilder.DropTable(
                name: "notice_template");

            migrationBuilder.DropTable(
                name: "push_subscription");

            migrationBuilder.DropTable(
                name: "receipt_poll");

            migrationBuilder.DropTable(
                name: "reserve_text");

            migrationBuilder.DropTable(
                name: "scheduled_notice");

            migrationBuilder.DropTable(
                name: "stray_receipt");

            migrationBuilder.DropTable(
                name: "subscription_change");

            migrationBuilder.DropTable(
                name: "subscription_health");

            migrationBuilder.DropTable(
                name: "subscription_secret");

            migrationBuilder.DropTable(
                name: "telephone_send");

            migrationBuilder.DropTable(
                name: "zalo_token");

            migrationBuilder.DropIndex(
                name: "ix_webhook_delivery_dead",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_webhook_delivery_delivered",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_webhook_delivery_due",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_webhook_delivery_over",
                table: "webhook_delivery");

            migrationBuilder.DropIndex(
                name: "ix_subscription_route_keys",
                table: "subscription");

            migrationBuilder.DropIndex(
                name: "ix_public_event_released_at",
                table: "public_event");

            migrationBuilder.DropIndex(
                name: "ix_message_attempt_started_at",
                table: "message_attempt");

            migrationBuilder.DropIndex(
                name: "ix_message_arrived",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_due",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_lapsed",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_overdue_receipt",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_receipt",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_text",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_unsent",
                table: "message");

            migrationBuilder.DropColumn(
                name: "attempts_before",
                table: "webhook_delivery");

            migrationBuilder.DropColumn(
                name: "replayed_at",
                table: "webhook_delivery");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "description",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "fields",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "header_names",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "headers",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "procedures",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "proof_started_at",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "proved_at",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "route_keys",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "state_reason",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "state_since",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "subjects",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "units",
                table: "subscription");

            migrationBuilder.DropColumn(
                name: "occurred_at",
                table: "public_event");

            migrationBuilder.DropColumn(
                name: "procedure_code",
                table: "public_event");

            migrationBuilder.DropColumn(
                name: "unit_code",
                table: "public_event");

            migrationBuilder.DropColumn(
                name: "attempts_before",
                table: "message");

            migrationBuilder.DropColumn(
                name: "claim",
                table: "message");

            migrationBuilder.DropColumn(
                name: "complained_at",
                table: "message");

            migrationBuilder.DropColumn(
                name: "handed_on",
                table: "message");

            migrationBuilder.DropColumn(
                name: "round",
                table: "message");

            migrationBuilder.DropColumn(
                name: "connect_ms",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "dns_ms",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "header_names",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "signatures",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "url",
                table: "delivery_attempt");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_delivery_due",
                table: "webhook_delivery",
                columns: new[] { "subscription_id", "due_at" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_message_due",
                table: "message",
                columns: new[] { "class", "due_at" },
                filter: "state = 'pending'");

            migrationBuilder.AddForeignKey(
                name: "fk_webhook_delivery_public_event_event_id",
                table: "webhook_delivery",
                column: "event_id",
                principalTable: "public_event",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_webhook_delivery_subscription_subscription_id",
                table: "webhook_delivery",
                column: "subscription_id",
                principalTable: "subscription",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
