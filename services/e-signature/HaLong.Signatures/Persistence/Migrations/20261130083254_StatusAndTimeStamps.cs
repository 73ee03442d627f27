using System;
using HaLong.Signatures.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Signatures.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class StatusAndTimeStamps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_authority_kind",
                table: "authority");

            migrationBuilder.AddColumn<byte[]>(
                name: "imprint",
                table: "signature",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "level",
                table: "signature",
                type: "character varying(8)",
                maxLength: 8,
                nullable: false,
                defaultValue: "B-B");

            migrationBuilder.AddColumn<byte[]>(
                name: "time_stamp",
                table: "signature",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "revocation_reason",
                table: "credential",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "revoked_at",
                table: "credential",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "suspended_by",
                table: "credential",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "credential",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "superseded_at",
                table: "authority",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "credential_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    move = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reason = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credential_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_credential_change_credential_credential_id",
                        column: x => x.credential_id,
                        principalTable: "credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_signature_imprint",
                table: "signature",
                column: "imprint",
                filter: "time_stamp IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signature_waiting",
                table: "signature",
                column: "id",
                filter: "level = 'B-B'");

            migrationBuilder.CreateIndex(
                name: "ix_credential_revoked_at",
                table: "credential",
                column: "revoked_at",
                filter: "revoked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_credential_unit_code_id",
                table: "credential",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_authority_kind",
                table: "authority",
                column: "kind",
                unique: true,
                filter: "superseded_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_credential_change_credential_id",
                table: "credential_change",
                column: "credential_id");

            migrationBuilder.CreateIndex(
                name: "ix_credential_change_unit_code_id",
                table: "credential_change",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.Sql(SignatureSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SignatureSql.Down);

            migrationBuilder.DropTable(
                name: "credential_change");

            migrationBuilder.DropIndex(
                name: "ix_signature_imprint",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_signature_waiting",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_credential_revoked_at",
                table: "credential");

            migrationBuilder.DropIndex(
                name: "ix_credential_unit_code_id",
                table: "credential");

            migrationBuilder.DropIndex(
                name: "ix_authority_kind",
                table: "authority");

            migrationBuilder.DropColumn(
                name: "imprint",
                table: "signature");

            migrationBuilder.DropColumn(
                name: "level",
                table: "signature");

            migrationBuilder.DropColumn(
                name: "time_stamp",
                table: "signature");

            migrationBuilder.DropColumn(
                name: "revocation_reason",
                table: "credential");

            migrationBuilder.DropColumn(
                name: "revoked_at",
                table: "credential");

            migrationBuilder.DropColumn(
                name: "suspended_by",
                table: "credential");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "credential");

            migrationBuilder.DropColumn(
                name: "superseded_at",
                table: "authority");

            migrationBuilder.CreateIndex(
                name: "ix_authority_kind",
                table: "authority",
                column: "kind",
                unique: true);
        }
    }
}
