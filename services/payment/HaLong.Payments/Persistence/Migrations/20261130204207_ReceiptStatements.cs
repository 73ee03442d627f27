using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ReceiptStatements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "statement",
                table: "receipt_paper",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "statement",
                table: "receipt_paper");
        }
    }
}
