using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ReuseAndArchive : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "dossier_document",
                type: "character varying(24)",
                maxLength: 24,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "reused_from",
                table: "dossier_document",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "archive_key",
                table: "dossier",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "archived_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "destroyed_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "destruction_list_id",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expiry_notice_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "held_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "hold_reason",
                table: "dossier",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reused_components",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "archive_export",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    closed_from = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_to = table.Column<DateOnly>(type: "date", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_archive_export", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "destruction_list",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    legal_basis = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_name = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_by_name = table.Column<string>(type: "text", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    executed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    minutes_pdf = table.Column<byte[]>(type: "bytea", nullable: true),
                    minutes_jws = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_destruction_list", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "archive_item",
                columns: table => new
                {
                    export_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_archive_item", x => new { x.export_id, x.dossier_id });
                    table.ForeignKey(
                        name: "fk_archive_item_archive_export_export_id",
                        column: x => x.export_id,
                        principalTable: "archive_export",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "destruction_item",
                columns: table => new
                {
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    keep_until = table.Column<DateOnly>(type: "date", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    files = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_destruction_item", x => new { x.list_id, x.number });
                    table.ForeignKey(
                        name: "fk_destruction_item_destruction_list_list_id",
                        column: x => x.list_id,
                        principalTable: "destruction_list",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_document_reused_from",
                table: "dossier_document",
                column: "reused_from",
                filter: "reused_from IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_closed",
                table: "dossier",
                columns: new[] { "unit_code", "closed_at", "id" },
                filter: "closed_at IS NOT NULL AND destroyed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_idle_draft",
                table: "dossier",
                column: "updated_at",
                filter: "status = 'DRAFT'");

            migrationBuilder.CreateIndex(
                name: "ix_archive_item_pending",
                table: "archive_item",
                columns: new[] { "export_id", "dossier_id" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_destruction_item_pending",
                table: "destruction_item",
                column: "dossier_id",
                unique: true,
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_destruction_list_approved",
                table: "destruction_list",
                column: "id",
                filter: "state = 'approved'");
            migrationBuilder.Sql(Schema.ReuseSql.Backfill);
            migrationBuilder.Sql(Schema.ArchiveSql.Backfill);
            migrationBuilder.Sql(Schema.ArchiveSql.ClosedStaysClosed);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Schema.ArchiveSql.DropClosedStaysClosed);
            migrationBuilder.DropTable(
                name: "archive_item");

            migrationBuilder.DropTable(
                name: "destruction_item");

            migrationBuilder.DropTable(
                name: "archive_export");

            migrationBuilder.DropTable(
                name: "destruction_list");

            migrationBuilder.DropIndex(
                name: "ix_dossier_document_reused_from",
                table: "dossier_document");

            migrationBuilder.DropIndex(
                name: "ix_dossier_closed",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_idle_draft",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "reused_from",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "archive_key",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "destroyed_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "destruction_list_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "expiry_notice_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "held_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "hold_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "reused_components",
                table: "dossier");
        }
    }
}
