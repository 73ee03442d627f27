using System;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Statistics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "portal");

            migrationBuilder.EnsureSchema(
                name: "statistics");

            migrationBuilder.AddColumn<int>(
                name: "filed_assurance",
                table: "dossier",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "intake_source",
                table: "dossier",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "paid_by",
                table: "dossier",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalogue_sync",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    abolished = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_sync", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "compare",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    missing = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<int>(type: "integer", nullable: false),
                    unknown = table.Column<int>(type: "integer", nullable: false),
                    healing = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_compare", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cube_day",
                schema: "statistics",
                columns: table => new
                {
                    grain = table.Column<short>(type: "smallint", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    unit_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    level = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    procedure_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    field_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hand = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    helper_unit = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    unit_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    stock_new = table.Column<long>(type: "bigint", nullable: true),
                    stock_in_progress = table.Column<long>(type: "bigint", nullable: true),
                    stock_overdue = table.Column<long>(type: "bigint", nullable: true),
                    stock_statistically_overdue = table.Column<long>(type: "bigint", nullable: true),
                    stock_supplement = table.Column<long>(type: "bigint", nullable: true),
                    stock_payment = table.Column<long>(type: "bigint", nullable: true),
                    stock_to_hand_over = table.Column<long>(type: "bigint", nullable: true),
                    stock_open = table.Column<long>(type: "bigint", nullable: true),
                    stock_open_late = table.Column<long>(type: "bigint", nullable: true),
                    received = table.Column<long>(type: "bigint", nullable: true),
                    received_online = table.Column<long>(type: "bigint", nullable: true),
                    assisted = table.Column<long>(type: "bigint", nullable: true),
                    with_components = table.Column<long>(type: "bigint", nullable: true),
                    digitised = table.Column<long>(type: "bigint", nullable: true),
                    reused = table.Column<long>(type: "bigint", nullable: true),
                    identity_proved = table.Column<long>(type: "bigint", nullable: true),
                    with_fees = table.Column<long>(type: "bigint", nullable: true),
                    fees_zero = table.Column<long>(type: "bigint", nullable: true),
                    paid_portal = table.Column<long>(type: "bigint", nullable: true),
                    paid_online = table.Column<long>(type: "bigint", nullable: true),
                    paid_cash = table.Column<long>(type: "bigint", nullable: true),
                    paid_amount = table.Column<long>(type: "bigint", nullable: true),
                    online_complete = table.Column<long>(type: "bigint", nullable: true),
                    paid_electronically = table.Column<long>(type: "bigint", nullable: true),
                    in_portal_ledger = table.Column<long>(type: "bigint", nullable: true),
                    synchronised = table.Column<long>(type: "bigint", nullable: true),
                    resolved = table.Column<long>(type: "bigint", nullable: true),
                    early = table.Column<long>(type: "bigint", nullable: true),
                    on_time = table.Column<long>(type: "bigint", nullable: true),
                    late = table.Column<long>(type: "bigint", nullable: true),
                    statistical_early = table.Column<long>(type: "bigint", nullable: true),
                    statistical_on_time = table.Column<long>(type: "bigint", nullable: true),
                    statistical_late = table.Column<long>(type: "bigint", nullable: true),
                    results_expected = table.Column<long>(type: "bigint", nullable: true),
                    electronic_results = table.Column<long>(type: "bigint", nullable: true),
                    fully_digital = table.Column<long>(type: "bigint", nullable: true),
                    refused = table.Column<long>(type: "bigint", nullable: true),
                    asked_once = table.Column<long>(type: "bigint", nullable: true),
                    asked_more = table.Column<long>(type: "bigint", nullable: true),
                    resolved_online = table.Column<long>(type: "bigint", nullable: true),
                    resolved_in_ledger = table.Column<long>(type: "bigint", nullable: true),
                    shared_with_store = table.Column<long>(type: "bigint", nullable: true),
                    ended = table.Column<long>(type: "bigint", nullable: true),
                    ended_in_time = table.Column<long>(type: "bigint", nullable: true),
                    not_accepted = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn = table.Column<long>(type: "bigint", nullable: true),
                    stopped = table.Column<long>(type: "bigint", nullable: true),
                    returned = table.Column<long>(type: "bigint", nullable: true),
                    supplements = table.Column<long>(type: "bigint", nullable: true),
                    apologies = table.Column<long>(type: "bigint", nullable: true),
                    ratings = table.Column<long>(type: "bigint", nullable: true),
                    rating_sum = table.Column<long>(type: "bigint", nullable: true),
                    satisfied = table.Column<long>(type: "bigint", nullable: true),
                    dissatisfied = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cube_day", x => new { x.grain, x.day, x.unit_code, x.procedure_code, x.source, x.hand, x.helper_unit, x.field_code, x.level, x.unit_id });
                });

            migrationBuilder.CreateTable(
                name: "cube_month",
                schema: "statistics",
                columns: table => new
                {
                    grain = table.Column<short>(type: "smallint", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    unit_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    level = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    procedure_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    field_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hand = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    helper_unit = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    unit_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    officer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    stock_new = table.Column<long>(type: "bigint", nullable: true),
                    stock_in_progress = table.Column<long>(type: "bigint", nullable: true),
                    stock_overdue = table.Column<long>(type: "bigint", nullable: true),
                    stock_statistically_overdue = table.Column<long>(type: "bigint", nullable: true),
                    stock_supplement = table.Column<long>(type: "bigint", nullable: true),
                    stock_payment = table.Column<long>(type: "bigint", nullable: true),
                    stock_to_hand_over = table.Column<long>(type: "bigint", nullable: true),
                    stock_open = table.Column<long>(type: "bigint", nullable: true),
                    stock_open_late = table.Column<long>(type: "bigint", nullable: true),
                    received = table.Column<long>(type: "bigint", nullable: true),
                    received_online = table.Column<long>(type: "bigint", nullable: true),
                    assisted = table.Column<long>(type: "bigint", nullable: true),
                    with_components = table.Column<long>(type: "bigint", nullable: true),
                    digitised = table.Column<long>(type: "bigint", nullable: true),
                    reused = table.Column<long>(type: "bigint", nullable: true),
                    identity_proved = table.Column<long>(type: "bigint", nullable: true),
                    with_fees = table.Column<long>(type: "bigint", nullable: true),
                    fees_zero = table.Column<long>(type: "bigint", nullable: true),
                    paid_portal = table.Column<long>(type: "bigint", nullable: true),
                    paid_online = table.Column<long>(type: "bigint", nullable: true),
                    paid_cash = table.Column<long>(type: "bigint", nullable: true),
                    paid_amount = table.Column<long>(type: "bigint", nullable: true),
                    online_complete = table.Column<long>(type: "bigint", nullable: true),
                    paid_electronically = table.Column<long>(type: "bigint", nullable: true),
                    in_portal_ledger = table.Column<long>(type: "bigint", nullable: true),
                    synchronised = table.Column<long>(type: "bigint", nullable: true),
                    resolved = table.Column<long>(type: "bigint", nullable: true),
                    early = table.Column<long>(type: "bigint", nullable: true),
                    on_time = table.Column<long>(type: "bigint", nullable: true),
                    late = table.Column<long>(type: "bigint", nullable: true),
                    statistical_early = table.Column<long>(type: "bigint", nullable: true),
                    statistical_on_time = table.Column<long>(type: "bigint", nullable: true),
                    statistical_late = table.Column<long>(type: "bigint", nullable: true),
                    results_expected = table.Column<long>(type: "bigint", nullable: true),
                    electronic_results = table.Column<long>(type: "bigint", nullable: true),
                    fully_digital = table.Column<long>(type: "bigint", nullable: true),
                    refused = table.Column<long>(type: "bigint", nullable: true),
                    asked_once = table.Column<long>(type: "bigint", nullable: true),
                    asked_more = table.Column<long>(type: "bigint", nullable: true),
                    resolved_online = table.Column<long>(type: "bigint", nullable: true),
                    resolved_in_ledger = table.Column<long>(type: "bigint", nullable: true),
                    shared_with_store = table.Column<long>(type: "bigint", nullable: true),
                    ended = table.Column<long>(type: "bigint", nullable: true),
                    ended_in_time = table.Column<long>(type: "bigint", nullable: true),
                    not_accepted = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn = table.Column<long>(type: "bigint", nullable: true),
                    stopped = table.Column<long>(type: "bigint", nullable: true),
                    returned = table.Column<long>(type: "bigint", nullable: true),
                    supplements = table.Column<long>(type: "bigint", nullable: true),
                    apologies = table.Column<long>(type: "bigint", nullable: true),
                    ratings = table.Column<long>(type: "bigint", nullable: true),
                    rating_sum = table.Column<long>(type: "bigint", nullable: true),
                    satisfied = table.Column<long>(type: "bigint", nullable: true),
                    dissatisfied = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cube_month", x => new { x.grain, x.unit_code, x.month, x.procedure_code, x.source, x.hand, x.helper_unit, x.field_code, x.level, x.unit_id, x.officer });
                });

            migrationBuilder.CreateTable(
                name: "dossier_rating",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stars = table.Column<short>(type: "smallint", nullable: false),
                    comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    rated_by = table.Column<Guid>(type: "uuid", nullable: false),
                    rated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_rating", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_dossier_rating_dossier_dossier_id",
                        column: x => x.dossier_id,
                        principalTable: "dossier",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fact",
                schema: "statistics",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    level = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    receiving_unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    officer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hand = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    helper_unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    received_day = table.Column<DateOnly>(type: "date", nullable: false),
                    accepted_day = table.Column<DateOnly>(type: "date", nullable: true),
                    resolved_day = table.Column<DateOnly>(type: "date", nullable: true),
                    returned_day = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_day = table.Column<DateOnly>(type: "date", nullable: true),
                    legal_due = table.Column<DateOnly>(type: "date", nullable: true),
                    statistical_due = table.Column<DateOnly>(type: "date", nullable: true),
                    legal = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    statistical = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    state_days = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    state_kinds = table.Column<short[]>(type: "smallint[]", nullable: false),
                    stay_kinds = table.Column<short[]>(type: "smallint[]", nullable: false),
                    stay_ends = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    stay_minutes = table.Column<int[]>(type: "integer[]", nullable: false),
                    has_components = table.Column<bool>(type: "boolean", nullable: false),
                    digitised_at_reception = table.Column<bool>(type: "boolean", nullable: false),
                    reused = table.Column<short>(type: "smallint", nullable: false),
                    result_expected = table.Column<bool>(type: "boolean", nullable: false),
                    result_electronic = table.Column<bool>(type: "boolean", nullable: false),
                    identity_proved = table.Column<bool>(type: "boolean", nullable: false),
                    in_ledger = table.Column<bool>(type: "boolean", nullable: false),
                    reception_acknowledged = table.Column<bool>(type: "boolean", nullable: false),
                    result_acknowledged = table.Column<bool>(type: "boolean", nullable: false),
                    supplement_days = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    apology_days = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    corrections = table.Column<short>(type: "smallint", nullable: false),
                    refused = table.Column<bool>(type: "boolean", nullable: false),
                    has_fees = table.Column<bool>(type: "boolean", nullable: false),
                    fees_zero = table.Column<bool>(type: "boolean", nullable: false),
                    paid_by = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    paid_amount = table.Column<long>(type: "bigint", nullable: false),
                    rated_day = table.Column<DateOnly>(type: "date", nullable: true),
                    rating = table.Column<short>(type: "smallint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact", x => x.dossier_id);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    supplement_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    on_time = table.Column<bool>(type: "boolean", nullable: true),
                    satisfied = table.Column<bool>(type: "boolean", nullable: true),
                    repeated = table.Column<bool>(type: "boolean", nullable: false),
                    upheld = table.Column<bool>(type: "boolean", nullable: true),
                    refusal_reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    supplement_question = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    supplement_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    supplement = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    supplemented_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    to_publish = table.Column<bool>(type: "boolean", nullable: true),
                    public_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    public_answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbound",
                schema: "portal",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    broken_files = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    defects = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bound_by = table.Column<Guid>(type: "uuid", nullable: true),
                    bound_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    answer_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbound", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "index_month",
                schema: "statistics",
                columns: table => new
                {
                    month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    definition = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counts = table.Column<string>(type: "jsonb", nullable: false),
                    score = table.Column<string>(type: "jsonb", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_index_month", x => new { x.month, x.unit_code, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "ledger",
                schema: "portal",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    our_status = table.Column<short>(type: "smallint", nullable: false),
                    our_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    our_changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changes = table.Column<long>(type: "bigint", nullable: false),
                    steps = table.Column<int>(type: "integer", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    resolved_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    dossier_message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sent_changes = table.Column<long>(type: "bigint", nullable: false),
                    sent_steps = table.Column<int>(type: "integer", nullable: false),
                    pending_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    sent_status = table.Column<short>(type: "smallint", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    their_status = table.Column<short>(type: "smallint", nullable: true),
                    their_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    their_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    drift = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    drift_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    healed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reception_acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    result_acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger", x => x.dossier_id);
                });

            migrationBuilder.CreateTable(
                name: "procedure",
                schema: "portal",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    name_vi = table.Column<string>(type: "text", nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field_name_vi = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: true),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    full_content = table.Column<bool>(type: "boolean", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    paid_online = table.Column<bool>(type: "boolean", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedure1", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "rebuild",
                schema: "statistics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    phase = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    facts = table.Column<long>(type: "bigint", nullable: false),
                    cells = table.Column<long>(type: "bigint", nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    differing_facts = table.Column<long>(type: "bigint", nullable: true),
                    differing_cells = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rebuild", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "report_schedule",
                schema: "statistics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    weekday = table.Column<int>(type: "integer", nullable: true),
                    day = table.Column<int>(type: "integer", nullable: true),
                    hour = table.Column<int>(type: "integer", nullable: false),
                    formats = table.Column<string[]>(type: "text[]", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    paused_for = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_schedule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stranger",
                schema: "portal",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    their_status = table.Column<short>(type: "smallint", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stranger", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "unit",
                schema: "statistics",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name_vi = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    parent_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "wait_accuracy",
                schema: "statistics",
                columns: table => new
                {
                    procedure_code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    week = table.Column<DateOnly>(type: "date", nullable: false),
                    dossiers = table.Column<int>(type: "integer", nullable: false),
                    within_half = table.Column<int>(type: "integer", nullable: false),
                    within_most = table.Column<int>(type: "integer", nullable: false),
                    ended = table.Column<int>(type: "integer", nullable: false),
                    error_minutes = table.Column<long>(type: "bigint", nullable: false),
                    absolute_minutes = table.Column<long>(type: "bigint", nullable: false),
                    unsaid = table.Column<int>(type: "integer", nullable: false),
                    open = table.Column<int>(type: "integer", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wait_accuracy", x => new { x.procedure_code, x.unit_code, x.week });
                });

            migrationBuilder.CreateTable(
                name: "wait_cell",
                schema: "statistics",
                columns: table => new
                {
                    grain = table.Column<short>(type: "smallint", nullable: false),
                    unit_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    procedure_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    bucket = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    stays = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wait_cell", x => new { x.grain, x.month, x.unit_code, x.procedure_code, x.kind, x.bucket });
                });

            migrationBuilder.CreateTable(
                name: "wait_day",
                schema: "statistics",
                columns: table => new
                {
                    grain = table.Column<short>(type: "smallint", nullable: false),
                    unit_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    procedure_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    bucket = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    stays = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wait_day", x => new { x.grain, x.day, x.unit_code, x.procedure_code, x.kind, x.bucket });
                });

            migrationBuilder.CreateTable(
                name: "report_file",
                schema: "statistics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    report = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    format = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_file", x => x.id);
                    table.ForeignKey(
                        name: "fk_report_file_report_schedule_schedule_id",
                        column: x => x.schedule_id,
                        principalSchema: "statistics",
                        principalTable: "report_schedule",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_opinion_request_late",
                table: "opinion_request",
                column: "dossier_id",
                filter: "late");

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_sync_open",
                schema: "portal",
                table: "catalogue_sync",
                column: "finished_at",
                unique: true,
                filter: "finished_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_sync_requested_at",
                schema: "portal",
                table: "catalogue_sync",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_compare_requested_at",
                schema: "portal",
                table: "compare",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ux_compare_open",
                schema: "portal",
                table: "compare",
                column: "finished_at",
                unique: true,
                filter: "finished_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_dossier_rating_procedure_code_stars",
                table: "dossier_rating",
                columns: new[] { "procedure_code", "stars" });

            migrationBuilder.CreateIndex(
                name: "ix_dossier_rating_unit_code_rated_at",
                table: "dossier_rating",
                columns: new[] { "unit_code", "rated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_fact_procedure_code_resolved_day",
                schema: "statistics",
                table: "fact",
                columns: new[] { "procedure_code", "resolved_day" });

            migrationBuilder.CreateIndex(
                name: "ix_fact_resolved_day",
                schema: "statistics",
                table: "fact",
                column: "resolved_day")
                .Annotation("Npgsql:IndexInclude", new[] { "dossier_id", "unit_code", "officer_id", "legal" });

            migrationBuilder.CreateIndex(
                name: "ix_fact_unit_code_received_day",
                schema: "statistics",
                table: "fact",
                columns: new[] { "unit_code", "received_day" });

            migrationBuilder.CreateIndex(
                name: "ix_fact_unit_code_resolved_day",
                schema: "statistics",
                table: "fact",
                columns: new[] { "unit_code", "resolved_day" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_author_id_id",
                table: "feedback",
                columns: new[] { "author_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_author_id_received_at",
                table: "feedback",
                columns: new[] { "author_id", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_due_at",
                table: "feedback",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_published_at_id",
                table: "feedback",
                columns: new[] { "published_at", "id" },
                filter: "published_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_supplement_until",
                table: "feedback",
                column: "supplement_until",
                filter: "supplement_until IS NOT NULL AND state = 'awaitingSupplement'");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_unit_code_id",
                table: "feedback",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_unit_code_received_at",
                table: "feedback",
                columns: new[] { "unit_code", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_upheld",
                table: "feedback",
                column: "dossier_id",
                filter: "upheld");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_dossier_id",
                schema: "portal",
                table: "inbound",
                column: "dossier_id",
                filter: "dossier_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_next_try_at",
                schema: "portal",
                table: "inbound",
                column: "next_try_at",
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_number",
                schema: "portal",
                table: "inbound",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbound_state_number",
                schema: "portal",
                table: "inbound",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_index_month_unit_code_month",
                schema: "statistics",
                table: "index_month",
                columns: new[] { "unit_code", "month" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_code",
                schema: "portal",
                table: "ledger",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ledger_drift_drift_since",
                schema: "portal",
                table: "ledger",
                columns: new[] { "drift", "drift_since" },
                filter: "drift IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_healed_at",
                schema: "portal",
                table: "ledger",
                column: "healed_at",
                filter: "healed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_next_try_at",
                schema: "portal",
                table: "ledger",
                column: "next_try_at",
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_state_pending_since",
                schema: "portal",
                table: "ledger",
                columns: new[] { "state", "pending_since" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_unit_code_received_on",
                schema: "portal",
                table: "ledger",
                columns: new[] { "unit_code", "received_on" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_unit_code_resolved_on",
                schema: "portal",
                table: "ledger",
                columns: new[] { "unit_code", "resolved_on" },
                filter: "resolved_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rebuild_ended_at",
                schema: "statistics",
                table: "rebuild",
                column: "ended_at",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rebuild_started_at",
                schema: "statistics",
                table: "rebuild",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_report_file_account_id_id",
                schema: "statistics",
                table: "report_file",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_report_file_expires_at",
                schema: "statistics",
                table: "report_file",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_report_file_schedule_id",
                schema: "statistics",
                table: "report_file",
                column: "schedule_id");

            migrationBuilder.CreateIndex(
                name: "ix_report_file_sha256",
                schema: "statistics",
                table: "report_file",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_report_schedule_account_id_id",
                schema: "statistics",
                table: "report_schedule",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_report_schedule_due_at",
                schema: "statistics",
                table: "report_schedule",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_unit_code",
                schema: "statistics",
                table: "unit",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_unit_parent_code",
                schema: "statistics",
                table: "unit",
                column: "parent_code");
            migrationBuilder.Sql(StatisticsSql.Create);
            migrationBuilder.Sql(KeepingSql.Create);
            migrationBuilder.Sql(IndexSql.Create);
            migrationBuilder.Sql(PortalSql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PortalSql.Drop);
            migrationBuilder.Sql(IndexSql.Drop);
            migrationBuilder.Sql(KeepingSql.Drop);
            migrationBuilder.Sql(StatisticsSql.Drop);

            migrationBuilder.DropTable(
                name: "catalogue_sync",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "compare",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "cube_day",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "cube_month",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "dossier_rating");

            migrationBuilder.DropTable(
                name: "fact",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "feedback");

            migrationBuilder.DropTable(
                name: "inbound",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "index_month",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "ledger",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "procedure",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "rebuild",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "report_file",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "stranger",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "unit",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "wait_accuracy",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "wait_cell",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "wait_day",
                schema: "statistics");

            migrationBuilder.DropTable(
                name: "report_schedule",
                schema: "statistics");

            migrationBuilder.DropIndex(
                name: "ix_opinion_request_late",
                table: "opinion_request");

            migrationBuilder.DropColumn(
                name: "filed_assurance",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "intake_source",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "paid_by",
                table: "dossier");
        }
    }
}
