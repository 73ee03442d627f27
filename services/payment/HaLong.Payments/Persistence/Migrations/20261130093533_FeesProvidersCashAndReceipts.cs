using System;
using System.Collections.Generic;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FeesProvidersCashAndReceipts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "explanation_en",
                table: "payment_item",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "explanation_vi",
                table: "payment_item",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "full_amount",
                table: "payment_item",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name_en",
                table: "payment_item",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owed_account",
                table: "payment_item",
                type: "character varying(19)",
                maxLength: 19,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owed_bin",
                table: "payment_item",
                type: "character varying(6)",
                maxLength: 6,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owed_name",
                table: "payment_item",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reduction_rule",
                table: "payment_item",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rule",
                table: "payment_item",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "payment_item",
                type: "text",
                nullable: true);

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
                name: "fee_waiver",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    moment = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    full_amount = table.Column<long>(type: "bigint", nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_waiver", x => new { x.dossier_id, x.moment });
                    table.CheckConstraint("ck_fee_waiver_full_amount", "full_amount > 0");
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

            migrationBuilder.CreateTable(
                name: "receipt_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tax_code = table.Column<string>(type: "character varying(14)", maxLength: 14, nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    symbol = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    collector = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    last_number = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_series", x => x.id);
                    table.CheckConstraint("ck_receipt_series_last_number", "last_number BETWEEN 1 AND 99999999");
                });

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
                name: "receipt",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    original_id = table.Column<Guid>(type: "uuid", nullable: true),
                    refund_id = table.Column<Guid>(type: "uuid", nullable: true),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<int>(type: "integer", nullable: true),
                    year = table.Column<int>(type: "integer", nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    symbol = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    collector = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    tax_code = table.Column<string>(type: "character varying(14)", maxLength: 14, nullable: false),
                    assumed = table.Column<bool>(type: "boolean", nullable: false),
                    seal = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reference = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    collected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lookup_code = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt", x => x.id);
                    table.CheckConstraint("ck_receipt_amount", "amount > 0");
                    table.CheckConstraint("ck_receipt_number", "(kind = 'cancellation') = (number IS NULL) AND (number IS NULL) = (series_id IS NULL) AND (number IS NULL) = (lookup_code IS NULL)");
                    table.CheckConstraint("ck_receipt_original", "(kind = 'receipt') = (original_id IS NULL) AND (original_id IS NULL) = (refund_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_receipt_receipt_original_id",
                        column: x => x.original_id,
                        principalTable: "receipt",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_receipt_receipt_series_series_id",
                        column: x => x.series_id,
                        principalTable: "receipt_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "receipt_item",
                columns: table => new
                {
                    line = table.Column<int>(type: "integer", nullable: false),
                    receipt_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name_vi = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_item", x => new { x.receipt_id, x.line });
                    table.CheckConstraint("ck_receipt_item_amount", "amount > 0");
                    table.ForeignKey(
                        name: "fk_receipt_item_receipt_receipt_id",
                        column: x => x.receipt_id,
                        principalTable: "receipt",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "receipt_paper",
                columns: table => new
                {
                    receipt_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    standing = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    unsigned = table.Column<byte[]>(type: "bytea", nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    signer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_paper", x => x.receipt_id);
                    table.ForeignKey(
                        name: "fk_receipt_paper_receipt_receipt_id",
                        column: x => x.receipt_id,
                        principalTable: "receipt",
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
                name: "ix_payment_request_settled_at",
                table: "payment_request",
                column: "settled_at",
                filter: "settled_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempt_order_number",
                table: "payment_attempt",
                column: "order_number",
                unique: true,
                filter: "order_number IS NOT NULL");

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
                name: "ix_bank_signature_seen_at",
                table: "bank_signature",
                column: "seen_at");

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
                name: "ix_portal_message_attempt_id_hash",
                table: "portal_message",
                columns: new[] { "attempt_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_lookup_code",
                table: "receipt",
                column: "lookup_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_original_id",
                table: "receipt",
                column: "original_id");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_payment_id_id",
                table: "receipt",
                columns: new[] { "payment_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_receipt_refund_id",
                table: "receipt",
                column: "refund_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_id_number",
                table: "receipt",
                columns: new[] { "series_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_unit_code_id",
                table: "receipt",
                columns: new[] { "unit_code", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_receipt_unit_code_year_id",
                table: "receipt",
                columns: new[] { "unit_code", "year", "id" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ux_receipt_payment",
                table: "receipt",
                column: "payment_id",
                unique: true,
                filter: "kind = 'receipt'");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_paper_amended",
                table: "receipt_paper",
                columns: new[] { "unit_code", "standing", "receipt_id" },
                filter: "standing <> 'valid'");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_paper_issued",
                table: "receipt_paper",
                columns: new[] { "unit_code", "receipt_id" },
                filter: "state = 'issued'");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_paper_waiting",
                table: "receipt_paper",
                column: "tried_at",
                filter: "state = 'issued'");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_tax_code_form_symbol_year",
                table: "receipt_series",
                columns: new[] { "tax_code", "form", "symbol", "year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_year",
                table: "receipt_series",
                column: "year");

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
                name: "ix_statement_notice_case_id",
                table: "statement_notice",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_statement_notice_notice_id",
                table: "statement_notice",
                column: "notice_id",
                unique: true);

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

            migrationBuilder.Sql(FeeSql.Up);
            migrationBuilder.Sql(ProviderSql.Up);
            migrationBuilder.Sql(ReceiptSql.Up);
            migrationBuilder.Sql(CashSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CashSql.Down);
            migrationBuilder.Sql(ReceiptSql.Down);
            migrationBuilder.Sql(ProviderSql.Down);

            migrationBuilder.DropTable(
                name: "bank_signature");

            migrationBuilder.DropTable(
                name: "cash_payment");

            migrationBuilder.DropTable(
                name: "fee_waiver");

            migrationBuilder.DropTable(
                name: "portal_message");

            migrationBuilder.DropTable(
                name: "provider_bill");

            migrationBuilder.DropTable(
                name: "receipt_item");

            migrationBuilder.DropTable(
                name: "receipt_paper");

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
                name: "receipt");

            migrationBuilder.DropTable(
                name: "reconciliation_run");

            migrationBuilder.DropTable(
                name: "statement_entry");

            migrationBuilder.DropTable(
                name: "till_shift");

            migrationBuilder.DropTable(
                name: "receipt_series");

            migrationBuilder.DropTable(
                name: "statement_file");

            migrationBuilder.DropIndex(
                name: "ix_payment_request_settled_at",
                table: "payment_request");

            migrationBuilder.DropIndex(
                name: "ix_payment_attempt_order_number",
                table: "payment_attempt");

            migrationBuilder.DropIndex(
                name: "ix_money_refund_paid_at",
                table: "money_refund");

            migrationBuilder.DropIndex(
                name: "ix_bank_notice_booked_at",
                table: "bank_notice");

            migrationBuilder.DropColumn(
                name: "explanation_en",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "explanation_vi",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "full_amount",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "name_en",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "owed_account",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "owed_bin",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "owed_name",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "reduction_rule",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "rule",
                table: "payment_item");

            migrationBuilder.DropColumn(
                name: "source",
                table: "payment_item");

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
