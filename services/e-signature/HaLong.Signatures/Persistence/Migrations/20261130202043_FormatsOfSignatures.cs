using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Signatures.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FormatsOfSignatures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_signature_document_id",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_signature_waiting",
                table: "signature");

            migrationBuilder.AddColumn<string>(
                name: "format",
                table: "signature",
                type: "character varying(8)",
                maxLength: 8,
                nullable: false,
                defaultValue: "Pades");

            migrationBuilder.CreateIndex(
                name: "ix_signature_document_id_format",
                table: "signature",
                columns: new[] { "document_id", "format" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signature_waiting",
                table: "signature",
                column: "id",
                filter: "level = 'B-B' AND format <> 'Jades'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_signature_document_id_format",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_signature_waiting",
                table: "signature");

            migrationBuilder.DropColumn(
                name: "format",
                table: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_signature_document_id",
                table: "signature",
                column: "document_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signature_waiting",
                table: "signature",
                column: "id",
                filter: "level = 'B-B'");
        }
    }
}
