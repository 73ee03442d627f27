using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class OrganisationsAndCounter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "organisation_representative");

            migrationBuilder.CreateTable(
                name: "account_verification",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    verified_by = table.Column<Guid>(type: "uuid", nullable: false),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    taken_over = table.Column<bool>(type: "boolean", nullable: false),
                    sealed_correction = table.Column<byte[]>(type: "bytea", nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<Guid>(type: "uuid", nullable: true),
                    undo_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_verification", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_verification_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisation",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_key = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    foreign_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    short_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    certificate_number = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    certificate_date = table.Column<DateOnly>(type: "date", nullable: false),
                    scan_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    scan_sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation", x => x.account_id);
                    table.ForeignKey(
                        name: "fk_organisation_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisation_claim",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    claimant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_key = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    tax_code = table.Column<string>(type: "character varying(14)", maxLength: 14, nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    foreign_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    short_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    unit_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_claim", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "representative",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    invited_index = table.Column<byte[]>(type: "bytea", nullable: true),
                    invited_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    lapses_after = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_representative", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_account_phone",
                table: "account",
                column: "phone");

            migrationBuilder.CreateIndex(
                name: "ix_account_verification_account_id_id",
                table: "account_verification",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_code_key",
                table: "organisation",
                column: "code_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_organisation_owner_id",
                table: "organisation",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisation_claim_claimant_id_code_key",
                table: "organisation_claim",
                columns: new[] { "claimant_id", "code_key" },
                unique: true,
                filter: "state = 'claimed'");

            migrationBuilder.CreateIndex(
                name: "ix_organisation_claim_claimant_id_id",
                table: "organisation_claim",
                columns: new[] { "claimant_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_claim_unit_code_state_id",
                table: "organisation_claim",
                columns: new[] { "unit_code", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_representative_account_id_id",
                table: "representative",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_representative_invited_index",
                table: "representative",
                column: "invited_index",
                filter: "account_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_representative_lapses_after",
                table: "representative",
                column: "lapses_after",
                filter: "state IN ('invited', 'active')");

            migrationBuilder.CreateIndex(
                name: "ix_representative_organisation_id_id",
                table: "representative",
                columns: new[] { "organisation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_representative_organisation_id_invited_index",
                table: "representative",
                columns: new[] { "organisation_id", "invited_index" },
                unique: true,
                filter: "state = 'invited'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_verification");

            migrationBuilder.DropTable(
                name: "organisation");

            migrationBuilder.DropTable(
                name: "organisation_claim");

            migrationBuilder.DropTable(
                name: "representative");

            migrationBuilder.DropIndex(
                name: "ix_account_phone",
                table: "account");

            migrationBuilder.CreateTable(
                name: "organisation_representative",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_representative", x => new { x.organisation_id, x.account_id, x.from });
                });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_representative_account_id",
                table: "organisation_representative",
                column: "account_id");
        }
    }
}
