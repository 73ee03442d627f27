using System;
using HaLong.Payments.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Fees : Migration
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

            migrationBuilder.Sql(FeeSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fee_waiver");

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
        }
    }
}
