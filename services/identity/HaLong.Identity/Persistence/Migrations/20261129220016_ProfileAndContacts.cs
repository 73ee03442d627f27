using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ProfileAndContacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "notices_by_email",
                table: "account_profile");

            migrationBuilder.DropColumn(
                name: "notices_by_sms",
                table: "account_profile");

            migrationBuilder.AddColumn<string[]>(
                name: "channels",
                table: "account_profile",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{inApp,email}'");

            migrationBuilder.AddColumn<string>(
                name: "digest",
                table: "account_profile",
                type: "character varying(6)",
                maxLength: 6,
                nullable: false,
                defaultValue: "none");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "opted_out_at",
                table: "account_profile",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "quiet_since",
                table: "account_profile",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "contact_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    sealed_target = table.Column<byte[]>(type: "bytea", nullable: false),
                    challenge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_contact_change_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_contact_change_account_id_kind",
                table: "contact_change",
                columns: new[] { "account_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_change_expires_at",
                table: "contact_change",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_change");

            migrationBuilder.DropColumn(
                name: "channels",
                table: "account_profile");

            migrationBuilder.DropColumn(
                name: "digest",
                table: "account_profile");

            migrationBuilder.DropColumn(
                name: "opted_out_at",
                table: "account_profile");

            migrationBuilder.DropColumn(
                name: "quiet_since",
                table: "account_profile");

            migrationBuilder.AddColumn<bool>(
                name: "notices_by_email",
                table: "account_profile",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "notices_by_sms",
                table: "account_profile",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }
    }
}
