using System;
using HaLong.Signatures.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Signatures.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PersonCredentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "person_credential",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    term = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    assurance = table.Column<int>(type: "integer", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    assigned_until = table.Column<DateOnly>(type: "date", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    authority_id = table.Column<Guid>(type: "uuid", nullable: true),
                    serial_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    subject = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    certificate = table.Column<byte[]>(type: "bytea", nullable: true),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    pin_salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    pin_iterations = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    not_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revocation_reason = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    suspended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    suspended_by_manager = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_credential", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_credential_authorities_authority_id",
                        column: x => x.authority_id,
                        principalTable: "authority",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_credential_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<Guid>(type: "uuid", nullable: false),
                    move = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    reason = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_credential_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_credential_change_person_credential_credential_id",
                        column: x => x.credential_id,
                        principalTable: "person_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "pin_guard",
                columns: table => new
                {
                    credential_id = table.Column<Guid>(type: "uuid", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pin_guard", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_pin_guard_person_credential_credential_id",
                        column: x => x.credential_id,
                        principalTable: "person_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signing_activation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<Guid>(type: "uuid", nullable: false),
                    door = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    is_only = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    algorithm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    hashes_digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    hash_count = table.Column<int>(type: "integer", nullable: false),
                    challenge_id = table.Column<Guid>(type: "uuid", nullable: true),
                    code_sent_to = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    begun_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sad_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    signatures = table.Column<byte[][]>(type: "bytea[]", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_activation", x => x.id);
                    table.ForeignKey(
                        name: "fk_signing_activation_person_credential_credential_id",
                        column: x => x.credential_id,
                        principalTable: "person_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signing_order",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<Guid>(type: "uuid", nullable: false),
                    door = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    algorithm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hashes_digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    hash_count = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_order", x => x.id);
                    table.ForeignKey(
                        name: "fk_signing_order_person_credential_credential_id",
                        column: x => x.credential_id,
                        principalTable: "person_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_account_id_id",
                table: "person_credential",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_account_id_kind_unit_code",
                table: "person_credential",
                columns: new[] { "account_id", "kind", "unit_code" },
                unique: true,
                filter: "term = 'Long' AND state IN ('Active', 'Suspended')")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_account_id_kind_unit_code1",
                table: "person_credential",
                columns: new[] { "account_id", "kind", "unit_code" },
                unique: true,
                filter: "term = 'Long' AND state = 'Requested'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_authority_id",
                table: "person_credential",
                column: "authority_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_ending",
                table: "person_credential",
                column: "not_after",
                filter: "state IN ('Requested', 'Active', 'Suspended')");

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_leaving",
                table: "person_credential",
                column: "assigned_until",
                filter: "state IN ('Active', 'Suspended') AND assigned_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_revoked_at",
                table: "person_credential",
                column: "revoked_at",
                filter: "revoked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_serial_number",
                table: "person_credential",
                column: "serial_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_unit_code_id",
                table: "person_credential",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_credential_change_credential_id_id",
                table: "person_credential_change",
                columns: new[] { "credential_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_activation_credential_id_door_begun_at",
                table: "signing_activation",
                columns: new[] { "credential_id", "door", "begun_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_activation_only",
                table: "signing_activation",
                column: "credential_id",
                unique: true,
                filter: "is_only");

            migrationBuilder.CreateIndex(
                name: "ix_signing_activation_sad_hash",
                table: "signing_activation",
                column: "sad_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signing_activation_until",
                table: "signing_activation",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_signing_order_account_id_occurred_at",
                table: "signing_order",
                columns: new[] { "account_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_order_credential_id_occurred_at",
                table: "signing_order",
                columns: new[] { "credential_id", "occurred_at" });
            migrationBuilder.Sql(PersonCredentialSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PersonCredentialSql.Down);
            migrationBuilder.DropTable(
                name: "person_credential_change");

            migrationBuilder.DropTable(
                name: "pin_guard");

            migrationBuilder.DropTable(
                name: "signing_activation");

            migrationBuilder.DropTable(
                name: "signing_order");

            migrationBuilder.DropTable(
                name: "person_credential");
        }
    }
}
