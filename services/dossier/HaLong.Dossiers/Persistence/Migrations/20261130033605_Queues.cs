using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Queues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "due_order",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: false,
                computedColumnSql: "CASE WHEN status IN ('ACCEPTED', 'PROCESSING', 'WAIT_OPINION') AND due_at IS NOT NULL THEN due_at ELSE timestamptz '9999-12-31 00:00:00+00' END",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "queued_for",
                table: "dossier",
                type: "character varying(12)",
                maxLength: 12,
                nullable: true,
                computedColumnSql: "CASE\n  WHEN status = 'SUBMITTED' THEN 'reception'\n  WHEN status IN ('SUPPLEMENT_RECEPTION', 'SUPPLEMENT_PROCESSING') THEN 'applicant'\n  WHEN status = 'ACCEPTED' THEN 'officer'\n  WHEN status = 'PROCESSING' THEN CASE\n    WHEN approved_at IS NOT NULL AND result_document_id IS NOT NULL THEN 'signature'\n    WHEN officer_id IS NULL OR payment_status IN ('settled', 'lapsed') OR NOT jsonb_path_exists(fees, '$[*] ? (@.amount > 0)') THEN 'officer'\n    ELSE 'payment' END\n  WHEN status = 'WAIT_OPINION' THEN 'agency'\n  WHEN status = 'WAIT_PAYMENT' THEN CASE WHEN open_demands = 0 THEN 'officer' ELSE 'payment' END\n  WHEN status = 'RESOLVED' THEN 'handover'\nEND",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_dossier_officer_due",
                table: "dossier",
                columns: new[] { "officer_id", "due_order", "id" },
                filter: "queued_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier",
                columns: new[] { "officer_id", "submitted_at", "id" },
                filter: "queued_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unassigned",
                table: "dossier",
                columns: new[] { "unit_code", "submitted_at", "id" },
                filter: "officer_id IS NULL AND accepted_at IS NOT NULL AND queued_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_code",
                table: "dossier",
                columns: new[] { "unit_code", "code" })
                .Annotation("Relational:Collation", new[] { null, "C" });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_due",
                table: "dossier",
                columns: new[] { "unit_code", "due_order", "id" },
                filter: "queued_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier",
                columns: new[] { "unit_code", "submitted_at", "id" },
                filter: "queued_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_wait",
                table: "dossier",
                columns: new[] { "unit_code", "queued_for", "submitted_at", "id" },
                filter: "queued_for IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "due_order" });
            migrationBuilder.Sql(Schema.QueueSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Schema.QueueSql.Drop);
            migrationBuilder.DropIndex(
                name: "ix_dossier_officer_due",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unassigned",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_code",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_due",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_wait",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "due_order",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "queued_for",
                table: "dossier");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier",
                columns: new[] { "officer_id", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier",
                columns: new[] { "unit_code", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')");
        }
    }
}
