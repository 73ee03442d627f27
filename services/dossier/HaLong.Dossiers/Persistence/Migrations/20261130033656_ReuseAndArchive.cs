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

            migrationBuilder.AddColumn<int>(
                name: "reused_components",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ix_dossier_document_reused_from",
                table: "dossier_document",
                column: "reused_from",
                filter: "reused_from IS NOT NULL");
            migrationBuilder.Sql(Schema.ReuseSql.Backfill);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_dossier_document_reused_from",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "reused_from",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "reused_components",
                table: "dossier");
        }
    }
}
