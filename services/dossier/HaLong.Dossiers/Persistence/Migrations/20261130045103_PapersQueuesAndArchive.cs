using System;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PapersQueuesAndArchive : Migration
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

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "dossier_document",
                type: "character varying(24)",
                maxLength: 24,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "reused_from",
                table: "dossier_document",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "signed_by",
                table: "dossier_document",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

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

            migrationBuilder.AddColumn<string>(
                name: "archive_key",
                table: "dossier",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "archived_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "destroyed_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "destruction_list_id",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expiry_notice_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "held_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "hold_reason",
                table: "dossier",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reused_components",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.CreateTable(
                name: "archive_export",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    closed_from = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_to = table.Column<DateOnly>(type: "date", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_archive_export", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "destruction_list",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    legal_basis = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_name = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_by_name = table.Column<string>(type: "text", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    executed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    minutes_pdf = table.Column<byte[]>(type: "bytea", nullable: true),
                    minutes_jws = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_destruction_list", x => x.id);
                });

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
                name: "form_paper",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_paper", x => x.id);
                    table.ForeignKey(
                        name: "fk_form_paper_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_form_paper_issued_form_form_id",
                        column: x => x.form_id,
                        principalTable: "issued_form",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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

            migrationBuilder.CreateTable(
                name: "archive_item",
                columns: table => new
                {
                    export_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_archive_item", x => new { x.export_id, x.dossier_id });
                    table.ForeignKey(
                        name: "fk_archive_item_archive_export_export_id",
                        column: x => x.export_id,
                        principalTable: "archive_export",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "destruction_item",
                columns: table => new
                {
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    keep_until = table.Column<DateOnly>(type: "date", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    files = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_destruction_item", x => new { x.list_id, x.number });
                    table.ForeignKey(
                        name: "fk_destruction_item_destruction_list_list_id",
                        column: x => x.list_id,
                        principalTable: "destruction_list",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "ix_dossier_document_reused_from",
                table: "dossier_document",
                column: "reused_from",
                filter: "reused_from IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_closed",
                table: "dossier",
                columns: new[] { "unit_code", "closed_at", "id" },
                filter: "closed_at IS NOT NULL AND destroyed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_idle_draft",
                table: "dossier",
                column: "updated_at",
                filter: "status = 'DRAFT'");

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

            migrationBuilder.CreateIndex(
                name: "ix_archive_item_pending",
                table: "archive_item",
                columns: new[] { "export_id", "dossier_id" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_destruction_item_pending",
                table: "destruction_item",
                column: "dossier_id",
                unique: true,
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_destruction_list_approved",
                table: "destruction_list",
                column: "id",
                filter: "state = 'approved'");

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
                name: "ix_form_paper_dossier_id",
                table: "form_paper",
                column: "dossier_id");

            migrationBuilder.CreateIndex(
                name: "ix_form_paper_form_id",
                table: "form_paper",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_form_paper_open",
                table: "form_paper",
                column: "tried_at",
                filter: "signed_at IS NULL");

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

            migrationBuilder.CreateIndex(
                name: "ix_wait_warning_dossier_id_episode_level",
                table: "wait_warning",
                columns: new[] { "dossier_id", "episode", "level" },
                unique: true);

            migrationBuilder.Sql(RegisterSql.Up);
            migrationBuilder.Sql(ReuseSql.Backfill);
            migrationBuilder.Sql(ArchiveSql.Backfill);
            migrationBuilder.Sql(ArchiveSql.ClosedStaysClosed);
            migrationBuilder.Sql(WatchdogSql.Create);
            migrationBuilder.Sql(PapersSql.FormsWithoutPapers);
            migrationBuilder.Sql(QueueSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(QueueSql.Drop);
            migrationBuilder.Sql(WatchdogSql.Drop);
            migrationBuilder.Sql(ArchiveSql.DropClosedStaysClosed);
            migrationBuilder.Sql(RegisterSql.Down);

            migrationBuilder.DropTable(
                name: "archive_item");

            migrationBuilder.DropTable(
                name: "destruction_item");

            migrationBuilder.DropTable(
                name: "dossier_wait");

            migrationBuilder.DropTable(
                name: "form_paper");

            migrationBuilder.DropTable(
                name: "register_arrival");

            migrationBuilder.DropTable(
                name: "register_entry");

            migrationBuilder.DropTable(
                name: "wait_warning");

            migrationBuilder.DropTable(
                name: "archive_export");

            migrationBuilder.DropTable(
                name: "destruction_list");

            migrationBuilder.DropTable(
                name: "register_book");

            migrationBuilder.DropIndex(
                name: "ix_dossier_document_reused_from",
                table: "dossier_document");

            migrationBuilder.DropIndex(
                name: "ix_dossier_closed",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_idle_draft",
                table: "dossier");

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

            migrationBuilder.DropColumn(
                name: "origin",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "reused_from",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "signed_by",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "apologised_for",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "appointed_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "archive_key",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "destroyed_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "destruction_list_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "expiry_notice_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "held_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "hold_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "reused_components",
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
