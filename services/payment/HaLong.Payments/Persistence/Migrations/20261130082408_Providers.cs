using System;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Providers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "amount",
                table: "payment_attempt",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "order_number",
                table: "payment_attempt",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "queries",
                table: "payment_attempt",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "redirect_url",
                table: "payment_attempt",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sent_at",
                table: "payment_attempt",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bank_signature",
                columns: table => new
                {
                    provider = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_signature", x => new { x.provider, x.digest });
                });

            migrationBuilder.CreateTable(
                name: "portal_message",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    raw_body = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_portal_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "provider_bill",
                columns: table => new
                {
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_bill", x => x.attempt_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempt_order_number",
                table: "payment_attempt",
                column: "order_number",
                unique: true,
                filter: "order_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bank_signature_seen_at",
                table: "bank_signature",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_portal_message_attempt_id_hash",
                table: "portal_message",
                columns: new[] { "attempt_id", "hash" },
                unique: true);

            migrationBuilder.Sql(ProviderSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ProviderSql.Down);

            migrationBuilder.DropTable(
                name: "bank_signature");

            migrationBuilder.DropTable(
                name: "portal_message");

            migrationBuilder.DropTable(
                name: "provider_bill");

            migrationBuilder.DropIndex(
                name: "ix_payment_attempt_order_number",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "amount",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "order_number",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "queries",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "redirect_url",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "sent_at",
                table: "payment_attempt");
        }
    }
}
