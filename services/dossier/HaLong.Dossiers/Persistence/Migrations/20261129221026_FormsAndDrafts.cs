using System;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FormsAndDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "draft_revision",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "draft_revision",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    delegation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    assisted_session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    restored_from = table.Column<int>(type: "integer", nullable: true),
                    patch = table.Column<string>(type: "jsonb", nullable: false),
                    is_whole = table.Column<bool>(type: "boolean", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_revision", x => new { x.dossier_id, x.number });
                    table.ForeignKey(
                        name: "fk_draft_revision_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "draft_version",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_version", x => new { x.dossier_id, x.version });
                    table.ForeignKey(
                        name: "fk_draft_version_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "form_version",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    form = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dossier_form",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prefilled = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_form", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_dossier_form_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_dossier_form_form_version_form_version_id",
                        column: x => x.form_version_id,
                        principalTable: "form_version",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_form_form_version_id",
                table: "dossier_form",
                column: "form_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_form_version_content_hash",
                table: "form_version",
                column: "content_hash");

            migrationBuilder.CreateIndex(
                name: "ix_form_version_in_force",
                table: "form_version",
                column: "procedure_code",
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.Sql(DraftVersionSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(DraftVersionSql.Drop);

            migrationBuilder.DropTable(
                name: "dossier_form");

            migrationBuilder.DropTable(
                name: "draft_revision");

            migrationBuilder.DropTable(
                name: "draft_version");

            migrationBuilder.DropTable(
                name: "form_version");

            migrationBuilder.DropColumn(
                name: "draft_revision",
                table: "dossier");
        }
    }
}
