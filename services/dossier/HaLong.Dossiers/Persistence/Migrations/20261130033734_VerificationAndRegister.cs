using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class VerificationAndRegister : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "signed_by",
                table: "dossier_document",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "register_arrival",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_arrival", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_register_arrival_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "register_book",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit_name_vi = table.Column<string>(type: "text", nullable: false),
                    unit_name_en = table.Column<string>(type: "text", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    first = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_by_name = table.Column<string>(type: "text", nullable: true),
                    unsigned_sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    sealing_attempts = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    signed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_book", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_entry",
                columns: table => new
                {
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    book_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_entry", x => new { x.unit_code, x.year, x.number });
                    table.CheckConstraint("ck_register_entry_number", "number > 0");
                    table.ForeignKey(
                        name: "fk_register_entry_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_register_entry_register_book_book_id",
                        column: x => x.book_id,
                        principalTable: "register_book",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_register_arrival_unit_code_accepted_at_dossier_id",
                table: "register_arrival",
                columns: new[] { "unit_code", "accepted_at", "dossier_id" });

            migrationBuilder.CreateIndex(
                name: "ix_register_book_open",
                table: "register_book",
                columns: new[] { "unit_code", "year" },
                unique: true,
                filter: "state = 'OPEN'");

            migrationBuilder.CreateIndex(
                name: "ix_register_book_sealing",
                table: "register_book",
                column: "closed_at",
                filter: "state = 'SEALING'");

            migrationBuilder.CreateIndex(
                name: "ix_register_book_sha256",
                table: "register_book",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_register_book_unit_code_year_number",
                table: "register_book",
                columns: new[] { "unit_code", "year", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_register_book_unsigned_sha256",
                table: "register_book",
                column: "unsigned_sha256");

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_book_id_number",
                table: "register_entry",
                columns: new[] { "book_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_dossier_id",
                table: "register_entry",
                column: "dossier_id",
                unique: true);

            migrationBuilder.Sql(Schema.RegisterSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Schema.RegisterSql.Down);

            migrationBuilder.DropTable(
                name: "register_arrival");

            migrationBuilder.DropTable(
                name: "register_entry");

            migrationBuilder.DropTable(
                name: "register_book");

            migrationBuilder.DropColumn(
                name: "signed_by",
                table: "dossier_document");
        }
    }
}
