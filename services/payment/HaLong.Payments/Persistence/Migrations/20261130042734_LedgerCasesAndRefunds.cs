using System;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LedgerCasesAndRefunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "state",
                table: "payment_request",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(16)",
                oldMaxLength: 16);

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
                name: "money_case",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    proposal = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    guessed_payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    guess_score = table.Column<int>(type: "integer", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decision = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_case", x => x.id);
                    table.ForeignKey(
                        name: "fk_money_case_notices_notice_id",
                        column: x => x.notice_id,
                        principalTable: "bank_notice",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "money_refund",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    rule = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    bin = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    account = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false),
                    payee_bin = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: true),
                    payee_account = table.Column<string>(type: "character varying(19)", maxLength: 19, nullable: true),
                    payee_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    review_note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    payout_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bank_reference = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    is_excess = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_refund", x => x.id);
                    table.CheckConstraint("ck_money_refund_amount", "amount > 0");
                });

            migrationBuilder.CreateTable(
                name: "payout",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    bin = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    account = table.Column<string>(type: "character varying(34)", maxLength: 34, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout", x => x.id);
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

            migrationBuilder.CreateIndex(
                name: "ix_money_case_decided",
                table: "money_case",
                columns: new[] { "unit_code", "id" },
                filter: "decision IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_money_case_notice_id",
                table: "money_case",
                column: "notice_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_money_refund_payment_id",
                table: "money_refund",
                column: "payment_id");

            migrationBuilder.CreateIndex(
                name: "ix_money_refund_payout_id",
                table: "money_refund",
                column: "payout_id");

            migrationBuilder.CreateIndex(
                name: "ix_money_refund_unit_code_state_id",
                table: "money_refund",
                columns: new[] { "unit_code", "state", "id" });

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
                name: "money_case");

            migrationBuilder.DropTable(
                name: "money_refund");

            migrationBuilder.DropTable(
                name: "payout");

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
                name: "state",
                table: "payment_request",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(32)",
                oldMaxLength: 32);

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
