using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FilingAndLifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_open_status",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "procedure");

            migrationBuilder.AddColumn<Guid>(
                name: "draft_id",
                table: "procedure",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "published_at",
                table: "procedure",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preflight",
                table: "dossier_document",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "preflight_due_at",
                table: "dossier_document",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "replaced_at",
                table: "dossier_document",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "replaced_by",
                table: "dossier_document",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "replaced_reason",
                table: "dossier_document",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "result_id",
                table: "dossier_document",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<int>>(
                name: "asked_components",
                table: "dossier",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "clock_entries",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "correction_id",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "correction_reason",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "corrections",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "counter",
                table: "dossier",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "counter_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "demands",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "draft_revision",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "duplicates",
                table: "dossier",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "extensions",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "forms_issued",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "legal_basis",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "matter_key",
                table: "dossier",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "open_demands",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "open_opinions",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "opinions",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "originals_held",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "outcome",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "paid_amount",
                table: "dossier",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "permit_reason",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "permitted_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "place_unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "processing_told",
                table: "dossier",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_code",
                table: "dossier",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_name_en",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receiving_unit_name_vi",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "regime",
                table: "dossier",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "release_reason",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_carrier",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_check",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_method",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_tracking",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "returned_to",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "submitted_as",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "submitted_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "supplement_id",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "supplement_permit",
                table: "dossier",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "supplements_at_processing",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "supplements_at_reception",
                table: "dossier",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "support_unit_code",
                table: "dossier",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "unit_choices",
                table: "dossier",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "unit_id",
                table: "dossier",
                type: "character varying(31)",
                maxLength: 31,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "wait_until",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "waiting_since",
                table: "dossier",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawal_reason",
                table: "dossier",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "calendar_change",
                columns: table => new
                {
                    version = table.Column<long>(type: "bigint", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    action = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: false),
                    after = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_change", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "calendar_day",
                columns: table => new
                {
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name_vi = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    confirmed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_day", x => x.date);
                });

            migrationBuilder.CreateTable(
                name: "calendar_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_year",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_year", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "catalogue_audit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    action = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    draft_id = table.Column<Guid>(type: "uuid", nullable: true),
                    details = table.Column<string>(type: "jsonb", nullable: false),
                    trace_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalogue_stamp",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_stamp", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clock_entry",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    effect = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason_vi = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    reason_en = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    extend_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clock_entry", x => new { x.dossier_id, x.number });
                    table.ForeignKey(
                        name: "fk_clock_entry_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "document_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claims = table.Column<string>(type: "jsonb", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_link", x => x.id);
                    table.ForeignKey(
                        name: "fk_document_link_dossier_document_document_id",
                        column: x => x.document_id,
                        principalTable: "dossier_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dossier_clock",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    limit_assumed = table.Column<bool>(type: "boolean", nullable: false),
                    calendar_version = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_clock", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_dossier_clock_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dossier_note",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    visible = table.Column<bool>(type: "boolean", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_note", x => x.id);
                    table.ForeignKey(
                        name: "fk_dossier_note_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "draft_revision",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    delegation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    assisted_session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    restored_from = table.Column<int>(type: "integer", nullable: true),
                    patch = table.Column<string>(type: "jsonb", nullable: false),
                    is_whole = table.Column<bool>(type: "boolean", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_revision", x => new { x.dossier_id, x.number });
                    table.ForeignKey(
                        name: "fk_draft_revision_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "draft_version",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_version", x => new { x.dossier_id, x.version });
                    table.ForeignKey(
                        name: "fk_draft_version_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "due_date_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    old_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    new_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    calendar_version = table.Column<long>(type: "bigint", nullable: false),
                    reason_vi = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    reason_en = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_due_date_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_due_date_change_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fee_demand",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    fees = table.Column<string>(type: "jsonb", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    legal_basis = table.Column<string>(type: "text", nullable: true),
                    covers_filing = table.Column<bool>(type: "boolean", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_demand", x => x.id);
                    table.CheckConstraint("ck_fee_demand_amount", "amount > 0");
                    table.ForeignKey(
                        name: "fk_fee_demand_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "form_version",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    form = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "issued_form",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    serial = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    number = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    regime = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_issued_form", x => x.id);
                    table.ForeignKey(
                        name: "fk_issued_form_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "officer_absence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    officer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    substitute_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_officer_absence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "opinion_request",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit_name_vi = table.Column<string>(type: "text", nullable: false),
                    unit_name_en = table.Column<string>(type: "text", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    close_reason = table.Column<string>(type: "text", nullable: true),
                    late = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opinion_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_opinion_request_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "procedure_draft",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    based_on = table.Column<Guid>(type: "uuid", nullable: true),
                    repeal = table.Column<bool>(type: "boolean", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true),
                    editors = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedure_draft", x => x.id);
                    table.ForeignKey(
                        name: "fk_procedure_draft_procedure_based_on",
                        column: x => x.based_on,
                        principalTable: "procedure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procedure_draft_procedure_version_id",
                        column: x => x.version_id,
                        principalTable: "procedure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signing_key",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    x = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    y = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    activates_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    destroyed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission_receipt",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    jws = table.Column<string>(type: "text", nullable: false),
                    short_jws = table.Column<string>(type: "text", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_submission_receipt", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_submission_receipt_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "supplement_request",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stage = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    legal_basis = table.Column<string>(type: "text", nullable: true),
                    items = table.Column<string>(type: "jsonb", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    permitted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    permission_reason = table.Column<string>(type: "text", nullable: true),
                    fulfilled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fulfilled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer_note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supplement_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_supplement_request_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "upload",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    pieces = table.Column<int>(type: "integer", nullable: false),
                    file_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    metadata = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    media_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dossier_form",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prefilled = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_form", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_dossier_form_dossiers_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_dossier_form_form_version_form_version_id",
                        column: x => x.form_version_id,
                        principalTable: "form_version",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "upload_piece",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    upload_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<long>(type: "bigint", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_piece", x => x.id);
                    table.ForeignKey(
                        name: "fk_upload_piece_upload_upload_id",
                        column: x => x.upload_id,
                        principalTable: "upload",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "catalogue_stamp",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_document_preflight_due_at",
                table: "dossier_document",
                column: "preflight_due_at",
                filter: "preflight_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_matter",
                table: "dossier",
                columns: new[] { "owner_id", "matter_key" },
                filter: "matter_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier",
                columns: new[] { "officer_id", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_open_status",
                table: "dossier",
                column: "status",
                filter: "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_open_unit",
                table: "dossier",
                column: "unit_id",
                filter: "status NOT IN ('DRAFT', 'RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_receiving_queue",
                table: "dossier",
                columns: new[] { "receiving_unit_code", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_choice",
                table: "dossier",
                column: "id",
                filter: "cardinality(unit_choices) > 0");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier",
                columns: new[] { "unit_code", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_calendar_change_year_version",
                table: "calendar_change",
                columns: new[] { "year", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_audit_code_id",
                table: "catalogue_audit",
                columns: new[] { "code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_document_link_document_id",
                table: "document_link",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ix_document_link_expires_at",
                table: "document_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_document_link_secret_hash",
                table: "document_link",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dossier_clock_calendar_version_dossier_id",
                table: "dossier_clock",
                columns: new[] { "calendar_version", "dossier_id" },
                filter: "calendar_version IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_form_form_version_id",
                table: "dossier_form",
                column: "form_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_note_dossier_id_id",
                table: "dossier_note",
                columns: new[] { "dossier_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_due_date_change_dossier_id_at",
                table: "due_date_change",
                columns: new[] { "dossier_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_fee_demand_dossier_id_number",
                table: "fee_demand",
                columns: new[] { "dossier_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_form_version_content_hash",
                table: "form_version",
                column: "content_hash");

            migrationBuilder.CreateIndex(
                name: "ix_form_version_in_force",
                table: "form_version",
                column: "procedure_code",
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_issued_form_dossier_id_serial",
                table: "issued_form",
                columns: new[] { "dossier_id", "serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_officer_absence_officer_id_to",
                table: "officer_absence",
                columns: new[] { "officer_id", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_officer_absence_substitute_id_to",
                table: "officer_absence",
                columns: new[] { "substitute_id", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_officer_absence_unit_code_id",
                table: "officer_absence",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_opinion_request_dossier_id_number",
                table: "opinion_request",
                columns: new[] { "dossier_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_opinion_request_open",
                table: "opinion_request",
                columns: new[] { "unit_code", "deadline", "id" },
                filter: "answered_at IS NULL AND closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_based_on",
                table: "procedure_draft",
                column: "based_on");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_code_id",
                table: "procedure_draft",
                columns: new[] { "code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_import_id",
                table: "procedure_draft",
                column: "import_id",
                filter: "import_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_open",
                table: "procedure_draft",
                column: "code",
                unique: true,
                filter: "state IN ('draft', 'review', 'approved')");

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_state_id",
                table: "procedure_draft",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_procedure_draft_version_id",
                table: "procedure_draft",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "ix_supplement_request_dossier_id_stage_number",
                table: "supplement_request",
                columns: new[] { "dossier_id", "stage", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_upload_actor_id_expires_at",
                table: "upload",
                columns: new[] { "actor_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_upload_expires_at",
                table: "upload",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_upload_sha256",
                table: "upload",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_upload_piece_upload_id_start",
                table: "upload_piece",
                columns: new[] { "upload_id", "start" },
                unique: true);

            migrationBuilder.Sql(Schema.ClockBackfillSql.Up);
            migrationBuilder.Sql(Schema.LifecycleSql.Up);
            migrationBuilder.Sql(Schema.CatalogueSql.NoOverlap);
            migrationBuilder.Sql(Schema.CatalogueSql.AppendOnly);
            migrationBuilder.Sql(Schema.DraftVersionSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Schema.DraftVersionSql.Drop);
            migrationBuilder.Sql(Schema.CatalogueSql.DropNoOverlap);
            migrationBuilder.DropTable(
                name: "calendar_change");

            migrationBuilder.DropTable(
                name: "calendar_day");

            migrationBuilder.DropTable(
                name: "calendar_version");

            migrationBuilder.DropTable(
                name: "calendar_year");

            migrationBuilder.DropTable(
                name: "catalogue_audit");

            migrationBuilder.DropTable(
                name: "catalogue_stamp");

            migrationBuilder.DropTable(
                name: "clock_entry");

            migrationBuilder.DropTable(
                name: "document_link");

            migrationBuilder.DropTable(
                name: "dossier_clock");

            migrationBuilder.DropTable(
                name: "dossier_form");

            migrationBuilder.DropTable(
                name: "dossier_note");

            migrationBuilder.DropTable(
                name: "draft_revision");

            migrationBuilder.DropTable(
                name: "draft_version");

            migrationBuilder.DropTable(
                name: "due_date_change");

            migrationBuilder.DropTable(
                name: "fee_demand");

            migrationBuilder.DropTable(
                name: "issued_form");

            migrationBuilder.DropTable(
                name: "officer_absence");

            migrationBuilder.DropTable(
                name: "opinion_request");

            migrationBuilder.DropTable(
                name: "procedure_draft");

            migrationBuilder.DropTable(
                name: "signing_key");

            migrationBuilder.DropTable(
                name: "submission_receipt");

            migrationBuilder.DropTable(
                name: "supplement_request");

            migrationBuilder.DropTable(
                name: "upload_piece");

            migrationBuilder.DropTable(
                name: "form_version");

            migrationBuilder.DropTable(
                name: "upload");

            migrationBuilder.DropIndex(
                name: "ix_dossier_document_preflight_due_at",
                table: "dossier_document");

            migrationBuilder.DropIndex(
                name: "ix_dossier_matter",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_open_status",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_open_unit",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_receiving_queue",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_choice",
                table: "dossier");

            migrationBuilder.DropIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "draft_id",
                table: "procedure");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "procedure");

            migrationBuilder.DropColumn(
                name: "preflight",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "preflight_due_at",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "replaced_at",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "replaced_by",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "replaced_reason",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "result_id",
                table: "dossier_document");

            migrationBuilder.DropColumn(
                name: "asked_components",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "clock_entries",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "correction_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "correction_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "corrections",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "counter",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "counter_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "demands",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "draft_revision",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "duplicates",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "extensions",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "forms_issued",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "legal_basis",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "matter_key",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "open_demands",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "open_opinions",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "opinions",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "originals_held",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "outcome",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "paid_amount",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "permit_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "permitted_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "place_unit_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "processing_told",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_code",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_name_en",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "receiving_unit_name_vi",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "regime",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "release_reason",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "return_carrier",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "return_check",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "return_method",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "return_tracking",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "returned_to",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "submitted_as",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "submitted_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "supplement_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "supplement_permit",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "supplements_at_processing",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "supplements_at_reception",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "support_unit_code",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "unit_choices",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "unit_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "wait_until",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "waiting_since",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "withdrawal_reason",
                table: "dossier");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "procedure",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_officer_queue",
                table: "dossier",
                columns: new[] { "officer_id", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'ACCEPTED', 'PROCESSING', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_open_status",
                table: "dossier",
                column: "status",
                filter: "status IN ('SUBMITTED', 'ACCEPTED', 'PROCESSING', 'RESOLVED')");

            migrationBuilder.CreateIndex(
                name: "ix_dossier_unit_queue",
                table: "dossier",
                columns: new[] { "unit_code", "submitted_at", "id" },
                filter: "status IN ('SUBMITTED', 'ACCEPTED', 'PROCESSING', 'RESOLVED')");
        }
    }
}
