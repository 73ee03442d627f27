using System;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LedgerAndStates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cancel_reason",
                table: "payment_request",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "cancelled_at",
                table: "payment_request",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "held",
                table: "payment_request",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "refunded",
                table: "payment_request",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "payment_request",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<string>(
                name: "method",
                table: "payment_attempt",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(16)",
                oldMaxLength: 16);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                table: "payment_attempt",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_reference",
                table: "payment_attempt",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "query_at",
                table: "payment_attempt",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "payment_attempt",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "open");

            migrationBuilder.CreateTable(
                name: "closed_dossier",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_dossier", x => x.dossier_id);
                });

            migrationBuilder.CreateTable(
                name: "journal_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    booked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_balance",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    account = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    opening = table.Column<long>(type: "bigint", nullable: false),
                    debit = table.Column<long>(type: "bigint", nullable: false),
                    credit = table.Column<long>(type: "bigint", nullable: false),
                    closing = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_balance", x => new { x.day, x.account });
                });

            migrationBuilder.CreateTable(
                name: "ledger_close",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    entries = table.Column<int>(type: "integer", nullable: false),
                    turnover = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_close", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "journal_line",
                columns: table => new
                {
                    line = table.Column<int>(type: "integer", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_line", x => new { x.entry_id, x.line });
                    table.CheckConstraint("ck_journal_line_amount", "amount <> 0");
                    table.ForeignKey(
                        name: "fk_journal_line_journal_entry_entry_id",
                        column: x => x.entry_id,
                        principalTable: "journal_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_payment_request_held",
                table: "payment_request",
                sql: "held >= 0 AND held < amount");

            migrationBuilder.AddCheckConstraint(
                name: "ck_payment_request_refunded",
                table: "payment_request",
                sql: "refunded >= 0 AND refunded <= amount");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempt_query_at",
                table: "payment_attempt",
                column: "query_at",
                filter: "query_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_journal_entry_booked_on",
                table: "journal_entry",
                column: "booked_on");

            migrationBuilder.CreateIndex(
                name: "ix_journal_entry_kind_source_id",
                table: "journal_entry",
                columns: new[] { "kind", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_journal_entry_payment_id",
                table: "journal_entry",
                column: "payment_id");

            migrationBuilder.CreateIndex(
                name: "ix_journal_line_account_entry_id",
                table: "journal_line",
                columns: new[] { "account", "entry_id" },
                descending: new[] { false, true });

            migrationBuilder.Sql(LedgerSql.Up);
            migrationBuilder.Sql(LedgerBackfillSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(LedgerSql.Down);

            migrationBuilder.DropTable(
                name: "closed_dossier");

            migrationBuilder.DropTable(
                name: "journal_line");

            migrationBuilder.DropTable(
                name: "ledger_balance");

            migrationBuilder.DropTable(
                name: "ledger_close");

            migrationBuilder.DropTable(
                name: "journal_entry");

            migrationBuilder.DropCheckConstraint(
                name: "ck_payment_request_held",
                table: "payment_request");

            migrationBuilder.DropCheckConstraint(
                name: "ck_payment_request_refunded",
                table: "payment_request");

            migrationBuilder.DropIndex(
                name: "ix_payment_attempt_query_at",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "cancel_reason",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "cancelled_at",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "held",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "provider_reference",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "query_at",
                table: "payment_attempt");

            migrationBuilder.DropColumn(
                name: "state",
                table: "payment_attempt");

            migrationBuilder.AlterColumn<string>(
                name: "method",
                table: "payment_attempt",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(32)",
                oldMaxLength: 32);
        }
    }
}
