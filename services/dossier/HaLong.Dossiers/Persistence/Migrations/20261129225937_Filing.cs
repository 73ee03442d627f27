using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Filing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "counter",
                table: "dossier",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "counter_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "duplicates",
                table: "dossier",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "matter_key",
                table: "dossier",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "place_unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_code",
                table: "dossier",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_name_en",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_name_vi",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "regime",
                table: "dossier",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "submitted_as",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "submitted_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "support_unit_code",
                table: "dossier",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "unit_choices",
                table: "dossier",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "signing_key",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    x = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    y = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    activates_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    destroyed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission_receipt",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    jws = table.Column<string>(type: "text", nullable: false),
                    short_jws = table.Column<string>(type: "text", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_submission_receipt", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_submission_receipt_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_matter",
                table: "dossier",
                columns: new[] { "owner_id", "matter_key" },
                filter: "matter_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_open_unit",
                table: "dossier",
                column: "unit_id",
                filter: "status NOT IN ('DRAFT', 'RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_receiving_queue",
                table: "dossier",
                columns: new[] { "receiving_unit_code", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_choice",
                table: "dossier",
                column: "id",
                filter: "cardinality(unit_choices) > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "signing_key");

            migrationBuilder.DropTable(
                name: "submission_receipt");

            migrationBuilder.DropIndex(
                name: "ix_dossier_matter",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_open_unit",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_receiving_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_choice",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "counter",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "counter_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "duplicates",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "matter_key",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "place_unit_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_code",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_name_en",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_name_vi",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "regime",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "submitted_as",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "submitted_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "support_unit_code",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "unit_choices",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "unit_id",
                table: "dossier");
        }
    }
}
