using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_message_pending",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_recipient_id_kind_trigger_channel",
                table: "message");

            migrationBuilder.AddColumn<short>(
                name: "class",
                table: "message",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.AddColumn<string>(
                name: "condition",
                table: "message",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "data",
                table: "message",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delivered_at",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "due_at",
                table: "message",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "fallback",
                table: "message",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<bool>(
                name: "may_be_twice",
                table: "message",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "provider",
                table: "message",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_reference",
                table: "message",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "target",
                table: "message",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "template_version",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "message",
                type: "character varying(55)",
                maxLength: 55,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "event_stream",
                type: "character varying(50)",
                maxLength: 50,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "field_code",
                table: "event_stream",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "procedure_code",
                table: "event_stream",
                type: "character varying(50)",
                maxLength: 50,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "seen_sequence",
                table: "event_stream",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "unit_code",
                table: "event_stream",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "message_attempt",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_attempt", x => new { x.message_id, x.number });
                    table.ForeignKey(
                        name: "fk_message_attempt_message_message_id",
                        column: x => x.message_id,
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_due",
                table: "message",
                columns: new[] { "class", "due_at" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_message_provider_provider_reference",
                table: "message",
                columns: new[] { "provider", "provider_reference" },
                filter: "provider_reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_recipient_id_kind_trigger_channel_target",
                table: "message",
                columns: new[] { "recipient_id", "kind", "trigger", "channel", "target" },
                unique: true);

            migrationBuilder.Sql(SendingSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SendingSql.Down);

            migrationBuilder.DropTable(
                name: "message_attempt");

            migrationBuilder.DropIndex(
                name: "ix_message_due",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_provider_provider_reference",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_message_recipient_id_kind_trigger_channel_target",
                table: "message");

            migrationBuilder.DropColumn(
                name: "class",
                table: "message");

            migrationBuilder.DropColumn(
                name: "condition",
                table: "message");

            migrationBuilder.DropColumn(
                name: "data",
                table: "message");

            migrationBuilder.DropColumn(
                name: "delivered_at",
                table: "message");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "message");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "message");

            migrationBuilder.DropColumn(
                name: "fallback",
                table: "message");

            migrationBuilder.DropColumn(
                name: "may_be_twice",
                table: "message");

            migrationBuilder.DropColumn(
                name: "provider",
                table: "message");

            migrationBuilder.DropColumn(
                name: "provider_reference",
                table: "message");

            migrationBuilder.DropColumn(
                name: "target",
                table: "message");

            migrationBuilder.DropColumn(
                name: "template_version",
                table: "message");

            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "message");

            migrationBuilder.DropColumn(
                name: "code",
                table: "event_stream");

            migrationBuilder.DropColumn(
                name: "field_code",
                table: "event_stream");

            migrationBuilder.DropColumn(
                name: "procedure_code",
                table: "event_stream");

            migrationBuilder.DropColumn(
                name: "seen_sequence",
                table: "event_stream");

            migrationBuilder.DropColumn(
                name: "unit_code",
                table: "event_stream");

            migrationBuilder.CreateIndex(
                name: "ix_message_pending",
                table: "message",
                columns: new[] { "channel", "created_at" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_message_recipient_id_kind_trigger_channel",
                table: "message",
                columns: new[] { "recipient_id", "kind", "trigger", "channel" },
                unique: true);
        }
    }
}
