using System;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Receipts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_payment_request_settled_at",
                table: "payment_request",
                column: "settled_at",
                filter: "settled_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_money_refund_paid_at",
                table: "money_refund",
                column: "paid_at",
                filter: "paid_at IS NOT NULL");

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

            migrationBuilder.Sql(ReceiptSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ReceiptSql.Down);

            migrationBuilder.DropTable(
                name: "receipt_item");

            migrationBuilder.DropTable(
                name: "receipt_paper");

            migrationBuilder.DropTable(
                name: "receipt");

            migrationBuilder.DropTable(
                name: "receipt_series");

            migrationBuilder.DropIndex(
                name: "ix_payment_request_settled_at",
                table: "payment_request");

            migrationBuilder.DropIndex(
                name: "ix_money_refund_paid_at",
                table: "money_refund");
        }
    }
}
