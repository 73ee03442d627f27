using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Payments.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Cancellation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cancel_reason",
                table: "payment_request",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "cancelled_at",
                table: "payment_request",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "closed_dossier",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_dossier", x => x.dossier_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "closed_dossier");

            migrationBuilder.DropColumn(
                name: "cancel_reason",
                table: "payment_request");

            migrationBuilder.DropColumn(
                name: "cancelled_at",
                table: "payment_request");
        }
    }
}
