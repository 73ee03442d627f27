using System;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Evidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    actor = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    partition = table.Column<int>(type: "integer", nullable: true),
                    position = table.Column<long>(type: "bigint", nullable: true),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evidence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evidence_anchor",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partition = table.Column<int>(type: "integer", nullable: false),
                    from_position = table.Column<long>(type: "bigint", nullable: false),
                    to_position = table.Column<long>(type: "bigint", nullable: false),
                    root = table.Column<byte[]>(type: "bytea", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    stamped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evidence_anchor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evidence_head",
                columns: table => new
                {
                    partition = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evidence_head", x => x.partition);
                });

            migrationBuilder.CreateIndex(
                name: "ix_evidence_partition_position",
                table: "evidence",
                columns: new[] { "partition", "position" },
                unique: true,
                filter: "position IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_evidence_waiting",
                table: "evidence",
                column: "id",
                filter: "position IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_evidence_anchor_partition_from_position",
                table: "evidence_anchor",
                columns: new[] { "partition", "from_position" },
                unique: true);

            migrationBuilder.Sql(EvidenceSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(EvidenceSql.Down);

            migrationBuilder.DropTable(
                name: "evidence");

            migrationBuilder.DropTable(
                name: "evidence_anchor");

            migrationBuilder.DropTable(
                name: "evidence_head");
        }
    }
}
