using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PersonSignatures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "person_signed_by",
                table: "dossier_document",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "person_signature",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "signature_reason",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "signature_round",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            PersonSignatureSql.Up(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            PersonSignatureSql.Down(migrationBuilder);

            migrationBuilder.DropColumn(
                name: "person_signed_by",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "person_signature",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "signature_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "signature_round",
                table: "dossier");
        }
    }
}
