using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Fees : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "fee_basis",
                table: "dossier",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "fee_claims",
                table: "dossier",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fee_basis",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "fee_claims",
                table: "dossier");
        }
    }
}
