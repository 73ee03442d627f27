using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Files : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "preflight",
                table: "dossier_document",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "preflight_due_at",
                table: "dossier_document",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "document_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claims = table.Column<string>(type: "jsonb", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_link", x => x.id);
                    table.ForeignKey(
                        name: "fk_document_link_dossier_document_document_id",
                        column: x => x.document_id,
                        principalTable: "dossier_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "upload",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    pieces = table.Column<int>(type: "integer", nullable: false),
                    file_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    metadata = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    media_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "upload_piece",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    upload_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<long>(type: "bigint", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_piece", x => x.id);
                    table.ForeignKey(
                        name: "fk_upload_piece_upload_upload_id",
                        column: x => x.upload_id,
                        principalTable: "upload",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_document_preflight_due_at",
                table: "dossier_document",
                column: "preflight_due_at",
                filter: "preflight_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_document_link_document_id",
                table: "document_link",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ix_document_link_expires_at",
                table: "document_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_document_link_secret_hash",
                table: "document_link",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_upload_actor_id_expires_at",
                table: "upload",
                columns: new[] { "actor_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_upload_expires_at",
                table: "upload",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_upload_sha256",
                table: "upload",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_upload_piece_upload_id_start",
                table: "upload_piece",
                columns: new[] { "upload_id", "start" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "document_link");

            migrationBuilder.DropTable(
                name: "upload_piece");

            migrationBuilder.DropTable(
                name: "upload");

            migrationBuilder.DropIndex(
                name: "ix_dossier_document_preflight_due_at",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "preflight",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "preflight_due_at",
                table: "dossier_document");
        }
    }
}
