using System;
using System.Collections.Generic;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Catalogue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "search_text",
                table: "procedure");

            migrationBuilder.AddColumn<Guid>(
                name: "draft_id",
                table: "procedure",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "published_at",
                table: "procedure",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalogue_audit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    draft_id = table.Column<Guid>(type: "uuid", nullable: true),
                    details = table.Column<string>(type: "jsonb", nullable: false),
                    trace_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalogue_stamp",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_stamp", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "procedure_draft",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    based_on = table.Column<Guid>(type: "uuid", nullable: true),
                    repeal = table.Column<bool>(type: "boolean", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true),
                    editors = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedure_draft", x => x.id);
                    table.ForeignKey(
                        name: "fk_procedure_draft_procedure_based_on",
                        column: x => x.based_on,
                        principalTable: "procedure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procedure_draft_procedure_version_id",
                        column: x => x.version_id,
                        principalTable: "procedure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "catalogue_stamp",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_audit_code_id",
                table: "catalogue_audit",
                columns: new[] { "code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_based_on",
                table: "procedure_draft",
                column: "based_on");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_code_id",
                table: "procedure_draft",
                columns: new[] { "code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_import_id",
                table: "procedure_draft",
                column: "import_id",
                filter: "import_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_open",
                table: "procedure_draft",
                column: "code",
                unique: true,
                filter: "state IN ('draft', 'review', 'approved')");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_state_id",
                table: "procedure_draft",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_version_id",
                table: "procedure_draft",
                column: "version_id");

            migrationBuilder.Sql(CatalogueSql.NoOverlap);
            migrationBuilder.Sql(CatalogueSql.AppendOnly);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CatalogueSql.DropNoOverlap);

            migrationBuilder.DropTable(
                name: "catalogue_audit");

            migrationBuilder.DropTable(
                name: "catalogue_stamp");

            migrationBuilder.DropTable(
                name: "procedure_draft");

            migrationBuilder.DropColumn(
                name: "draft_id",
                table: "procedure");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "procedure");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "procedure",
                type: "text",
                nullable: false,
                defaultValue: "");
        }
    }
}
