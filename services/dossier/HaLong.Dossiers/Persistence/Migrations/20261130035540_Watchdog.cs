using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Watchdog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "apologised_for",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "appointed_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "dossier_wait",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counted_by = table.Column<long>(type: "bigint", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    who = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    reason = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    latest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    assumed = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_wait", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_dossier_wait_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wait_warning",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    episode = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    level = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reason = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    who = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    latest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    urgent = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wait_warning", x => x.id);
                    table.ForeignKey(
                        name: "fk_wait_warning_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_wait_counted_by_dossier_id",
                table: "dossier_wait",
                columns: new[] { "counted_by", "dossier_id" });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_wait_latest_at_dossier_id",
                table: "dossier_wait",
                columns: new[] { "latest_at", "dossier_id" });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_wait_next_at",
                table: "dossier_wait",
                column: "next_at",
                filter: "next_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_wait_unit_code_latest_at_dossier_id",
                table: "dossier_wait",
                columns: new[] { "unit_code", "latest_at", "dossier_id" });

            migrationBuilder.CreateIndex(
                name: "ix_wait_warning_dossier_id_episode_level",
                table: "wait_warning",
                columns: new[] { "dossier_id", "episode", "level" },
                unique: true);

            migrationBuilder.Sql(Schema.WatchdogSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Schema.WatchdogSql.Drop);

            migrationBuilder.DropTable(
                name: "dossier_wait");

            migrationBuilder.DropTable(
                name: "wait_warning");

            migrationBuilder.DropColumn(
                name: "apologised_for",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "appointed_at",
                table: "dossier");
        }
    }
}
