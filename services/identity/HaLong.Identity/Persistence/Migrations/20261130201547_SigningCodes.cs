using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SigningCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "one_time_code",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_code_bound_to",
                table: "one_time_code",
                column: "bound_to");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_one_time_code_bound_to",
                table: "one_time_code");

            migrationBuilder.DropColumn(
                name: "details",
                table: "one_time_code");
        }
    }
}
