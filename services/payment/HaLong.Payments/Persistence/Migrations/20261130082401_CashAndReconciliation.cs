using System;
using System.Collections.Generic;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CashAndReconciliation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reconciliation_day",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_day", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_explanation",
                columns: table => new
                {
                    identity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    result = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    explained_by = table.Column<Guid>(type: "uuid", nullable: false),
                    explained_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_explanation", x => new { x.identity, x.result });
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_run",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    input_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    answer_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    matched = table.Column<int>(type: "integer", nullable: false),
                    missing_at_us = table.Column<int>(type: "integer", nullable: false),
                    missing_at_provider = table.Column<int>(type: "integer", nullable: false),
                    missing_at_bank = table.Column<int>(type: "integer", nullable: false),
                    amount_diff = table.Column<int>(type: "integer", nullable: false),
                    duplicate = table.Column<int>(type: "integer", nullable: false),
                    ours = table.Column<long>(type: "bigint", nullable: false),
                    provider = table.Column<long>(type: "bigint", nullable: false),
                    bank = table.Column<long>(type: "bigint", nullable: false),
                    without_statement = table.Column<List<string>>(type: "text[]", nullable: false),
                    run_by = table.Column<Guid>(type: "uuid", nullable: true),
                    run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "statement_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    scope = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    format = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    opening = table.Column<long>(type: "bigint", nullable: true),
                    closing = table.Column<long>(type: "bigint", nullable: true),
                    entries = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    imported_by = table.Column<Guid>(type: "uuid", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "till_shift",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    till = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    cashier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bin = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    account = table.Column<string>(type: "character varying(19)", maxLength: 19, nullable: false),
                    reference = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    opening = table.Column<long>(type: "bigint", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    payments = table.Column<int>(type: "integer", nullable: false),
                    counted = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    counts = table.Column<int>(type: "integer", nullable: false),
                    counted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    review_note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    to_deposit = table.Column<long>(type: "bigint", nullable: false),
                    slip = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    deposited_on = table.Column<DateOnly>(type: "date", nullable: true),
                    deposited_by = table.Column<Guid>(type: "uuid", nullable: true),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_shift", x => x.id);
                    table.CheckConstraint("ck_till_shift_amounts", "opening >= 0 AND taken >= 0 AND to_deposit >= 0");
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_line",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    identity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    result = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    scope = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    match_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    bank_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    ours = table.Column<long>(type: "bigint", nullable: true),
                    provider = table.Column<long>(type: "bigint", nullable: true),
                    bank = table.Column<long>(type: "bigint", nullable: true),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entry_id = table.Column<long>(type: "bigint", nullable: true),
                    report_entry_id = table.Column<long>(type: "bigint", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_line", x => new { x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_reconciliation_line_reconciliation_run_run_id",
                        column: x => x.run_id,
                        principalTable: "reconciliation_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "statement_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    scope = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    booked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    bank_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    reversal = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    match_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_entry", x => x.id);
                    table.CheckConstraint("ck_statement_entry_amount", "amount <> 0");
                    table.ForeignKey(
                        name: "fk_statement_entry_statement_file_file_id",
                        column: x => x.file_id,
                        principalTable: "statement_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cash_payment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    handed = table.Column<long>(type: "bigint", nullable: false),
                    cashier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cash_payment", x => x.id);
                    table.CheckConstraint("ck_cash_payment_amount", "amount > 0 AND handed >= amount");
                    table.ForeignKey(
                        name: "fk_cash_payment_payments_payment_id",
                        column: x => x.payment_id,
                        principalTable: "payment_request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_cash_payment_till_shift_shift_id",
                        column: x => x.shift_id,
                        principalTable: "till_shift",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "till_count",
                columns: table => new
                {
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    denominations = table.Column<string>(type: "jsonb", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    expected = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    counted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_count", x => new { x.shift_id, x.number });
                    table.ForeignKey(
                        name: "fk_till_count_till_shift_shift_id",
                        column: x => x.shift_id,
                        principalTable: "till_shift",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "statement_notice",
                columns: table => new
                {
                    entry_id = table.Column<long>(type: "bigint", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_notice", x => x.entry_id);
                    table.ForeignKey(
                        name: "fk_statement_notice_statement_entry_entry_id",
                        column: x => x.entry_id,
                        principalTable: "statement_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_money_refund_paid_at",
                table: "money_refund",
                column: "paid_at",
                filter: "paid_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bank_notice_booked_at",
                table: "bank_notice",
                column: "booked_at");

            migrationBuilder.CreateIndex(
                name: "ix_cash_payment_payment_id",
                table: "cash_payment",
                column: "payment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cash_payment_shift_id_id",
                table: "cash_payment",
                columns: new[] { "shift_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_line_differences",
                table: "reconciliation_line",
                columns: new[] { "run_id", "result", "number" },
                filter: "result <> 'matched'");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_run_day_version",
                table: "reconciliation_run",
                columns: new[] { "day", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_notice_case_id",
                table: "statement_notice",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_notice_notice_id",
                table: "statement_notice",
                column: "notice_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_entry_booked_on",
                table: "statement_entry",
                column: "booked_on");

            migrationBuilder.CreateIndex(
                name: "ix_statement_entry_file_id",
                table: "statement_entry",
                column: "file_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_entry_kind_scope_bank_reference",
                table: "statement_entry",
                columns: new[] { "kind", "scope", "bank_reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_file_kind_scope_hash",
                table: "statement_file",
                columns: new[] { "kind", "scope", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statement_file_to_from",
                table: "statement_file",
                columns: new[] { "to", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_till_shift_reference",
                table: "till_shift",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_till_shift_under_way",
                table: "till_shift",
                column: "deposited_on",
                filter: "arrived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_till_shift_unit_code_id",
                table: "till_shift",
                columns: new[] { "unit_code", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ux_till_shift_cashier",
                table: "till_shift",
                column: "cashier_id",
                unique: true,
                filter: "state <> 'closed'");

            migrationBuilder.CreateIndex(
                name: "ux_till_shift_till",
                table: "till_shift",
                columns: new[] { "unit_code", "till" },
                unique: true,
                filter: "state <> 'closed'");
            migrationBuilder.Sql(CashSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CashSql.Down);
            migrationBuilder.DropTable(
                name: "cash_payment");

            migrationBuilder.DropTable(
                name: "reconciliation_day");

            migrationBuilder.DropTable(
                name: "reconciliation_explanation");

            migrationBuilder.DropTable(
                name: "reconciliation_line");

            migrationBuilder.DropTable(
                name: "statement_notice");

            migrationBuilder.DropTable(
                name: "till_count");

            migrationBuilder.DropTable(
                name: "reconciliation_run");

            migrationBuilder.DropTable(
                name: "statement_entry");

            migrationBuilder.DropTable(
                name: "till_shift");

            migrationBuilder.DropTable(
                name: "statement_file");

            migrationBuilder.DropIndex(
                name: "ix_money_refund_paid_at",
                table: "money_refund");

            migrationBuilder.DropIndex(
                name: "ix_bank_notice_booked_at",
                table: "bank_notice");
        }
    }
}
