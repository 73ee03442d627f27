using HaLong.Messaging;
using HaLong.Signatures.Persistence.Schema;
using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HaLong.Signatures.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CredentialsSessionsAndEvidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_signature_document_id",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_signature_waiting",
                table: "signature");

            migrationBuilder.AddColumn<string>(
                name: "format",
                table: "signature",
                type: "character varying(8)",
                maxLength: 8,
                nullable: false,
                defaultValue: "Pades");

            migrationBuilder.CreateTable(
                name: "anchor",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    service = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("pk_anchor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "authority_list",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<byte[]>(type: "bytea", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    next_update = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authority_list", x => x.id);
                });

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

            migrationBuilder.CreateTable(
                name: "import_challenge",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chain = table.Column<byte[][]>(type: "bytea[]", nullable: false),
                    revocation_known = table.Column<bool>(type: "boolean", nullable: false),
                    statement = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_challenge", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imported_certificate",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    serial_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    issuer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    fingerprint = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    chain = table.Column<byte[][]>(type: "bytea[]", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    not_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revocation_known = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_certificate", x => x.id);
                });

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
                name: "provider_link",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sealed_user = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_link", x => new { x.account_id, x.provider });
                });

            migrationBuilder.CreateTable(
                name: "provider_order",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    algorithm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    certificate = table.Column<byte[]>(type: "bytea", nullable: false),
                    hashes = table.Column<byte[][]>(type: "bytea[]", nullable: false),
                    their_transaction = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    signatures = table.Column<byte[][]>(type: "bytea[]", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ask_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_order", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_batch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_batch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    purpose = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    created_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    creator_account = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_reminder_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contents_deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changes = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imported_certificate_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    certificate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    move = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_certificate_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_imported_certificate_change_imported_certificate_certificat",
                        column: x => x.certificate_id,
                        principalTable: "imported_certificate",
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
                name: "signing_record",
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
                    table.PrimaryKey("pk_signing_record", x => x.id);
                    table.ForeignKey(
                        name: "fk_signing_record_person_credential_credential_id",
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
                    batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    credential_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    algorithm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    chain = table.Column<byte[][]>(type: "bytea[]", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    transaction = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    needs = table.Column<int>(type: "integer", nullable: false),
                    code_sent_to = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    latest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_late_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_order", x => x.id);
                    table.ForeignKey(
                        name: "fk_signing_order_signing_batch_batch_id",
                        column: x => x.batch_id,
                        principalTable: "signing_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session_document",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    original_sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    parts = table.Column<int>(type: "integer", nullable: false),
                    held_by = table.Column<Guid>(type: "uuid", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_document", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_document_signing_session_session_id",
                        column: x => x.session_id,
                        principalTable: "signing_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session_signature",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    level = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_signature", x => new { x.document_id, x.signer_id });
                    table.ForeignKey(
                        name: "fk_session_signature_signing_session_session_id",
                        column: x => x.session_id,
                        principalTable: "signing_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session_signer",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    role = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    place_document = table.Column<int>(type: "integer", nullable: true),
                    place_page = table.Column<int>(type: "integer", nullable: true),
                    place_x = table.Column<double>(type: "double precision", nullable: true),
                    place_y = table.Column<double>(type: "double precision", nullable: true),
                    place_width = table.Column<double>(type: "double precision", nullable: true),
                    place_height = table.Column<double>(type: "double precision", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_signer", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_signer_signing_session_session_id",
                        column: x => x.session_id,
                        principalTable: "signing_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signing_event",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    step = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    signer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    detail = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_event", x => x.id);
                    table.ForeignKey(
                        name: "fk_signing_event_signing_session_session_id",
                        column: x => x.session_id,
                        principalTable: "signing_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signing_item",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    parts = table.Column<int>(type: "integer", nullable: false),
                    prepared = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: true),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_item", x => new { x.order_id, x.number });
                    table.ForeignKey(
                        name: "fk_signing_item_signing_order_order_id",
                        column: x => x.order_id,
                        principalTable: "signing_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signing_item_signing_session_session_id",
                        column: x => x.session_id,
                        principalTable: "signing_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session_content",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_content", x => new { x.document_id, x.part });
                    table.ForeignKey(
                        name: "fk_session_content_session_document_document_id",
                        column: x => x.document_id,
                        principalTable: "session_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_signature_document_id_format",
                table: "signature",
                columns: new[] { "document_id", "format" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signature_waiting",
                table: "signature",
                column: "id",
                filter: "level = 'B-B' AND format <> 'Jades'");

            migrationBuilder.CreateIndex(
                name: "ix_anchor_service_id",
                table: "anchor",
                columns: new[] { "service", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_anchor_service_partition_from_position",
                table: "anchor",
                columns: new[] { "service", "partition", "from_position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_authority_list_number",
                table: "authority_list",
                column: "number",
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_import_challenge_expires_at",
                table: "import_challenge",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_imported_certificate_account_id_id",
                table: "imported_certificate",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_imported_certificate_fingerprint",
                table: "imported_certificate",
                column: "fingerprint",
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_imported_certificate_unit_code_id",
                table: "imported_certificate",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_imported_certificate_change_certificate_id_id",
                table: "imported_certificate_change",
                columns: new[] { "certificate_id", "id" });

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
                name: "ix_provider_order_ask_at",
                table: "provider_order",
                column: "ask_at",
                filter: "ask_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_session_document_session_id_number",
                table: "session_document",
                columns: new[] { "session_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_signature_document_id_part",
                table: "session_signature",
                columns: new[] { "document_id", "part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_signature_session_id",
                table: "session_signature",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_signer_account_id_session_id",
                table: "session_signer",
                columns: new[] { "account_id", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_session_signer_changed_at",
                table: "session_signer",
                column: "changed_at",
                filter: "state IN ('Waiting', 'Viewing', 'Signing', 'Failed')");

            migrationBuilder.CreateIndex(
                name: "ix_session_signer_session_id_account_id",
                table: "session_signer",
                columns: new[] { "session_id", "account_id" },
                unique: true);

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
                name: "ix_signing_batch_account_id_id",
                table: "signing_batch",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_batch_account_id_request_key",
                table: "signing_batch",
                columns: new[] { "account_id", "request_key" },
                unique: true,
                filter: "request_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signing_event_session_id_id",
                table: "signing_event",
                columns: new[] { "session_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_event_signer_id_document_id_sha256",
                table: "signing_event",
                columns: new[] { "signer_id", "document_id", "sha256" },
                filter: "step = 'Viewed' AND signer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signing_event_unit_code_id",
                table: "signing_event",
                columns: new[] { "unit_code", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_item_session_id",
                table: "signing_item",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_signing_order_batch_id",
                table: "signing_order",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_signing_order_next_at",
                table: "signing_order",
                column: "next_at",
                filter: "state IN ('Prepared', 'Begun', 'Answered')");

            migrationBuilder.CreateIndex(
                name: "ix_signing_order_noticed_at",
                table: "signing_order",
                column: "noticed_at",
                filter: "noticed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signing_record_account_id_occurred_at",
                table: "signing_record",
                columns: new[] { "account_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_record_credential_id_occurred_at",
                table: "signing_record",
                columns: new[] { "credential_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signing_session_closed_at",
                table: "signing_session",
                column: "closed_at",
                filter: "closed_at IS NOT NULL AND contents_deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signing_session_creator_account_id",
                table: "signing_session",
                columns: new[] { "creator_account", "id" },
                filter: "creator_account IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signing_session_deadline",
                table: "signing_session",
                column: "deadline",
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_signing_session_next_reminder_at",
                table: "signing_session",
                column: "next_reminder_at",
                filter: "next_reminder_at IS NOT NULL");

            migrationBuilder.Sql(EvidenceSql.Up);
            migrationBuilder.Sql(AnchorSql.Up);
            migrationBuilder.Sql(PersonCredentialSql.Up);
            migrationBuilder.Sql(ProviderSql.Up);
            migrationBuilder.Sql(SessionSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SessionSql.Down);
            migrationBuilder.Sql(ProviderSql.Down);
            migrationBuilder.Sql(PersonCredentialSql.Down);
            migrationBuilder.Sql(AnchorSql.Down);
            migrationBuilder.Sql(EvidenceSql.Down);

            migrationBuilder.DropTable(
                name: "anchor");

            migrationBuilder.DropTable(
                name: "authority_list");

            migrationBuilder.DropTable(
                name: "evidence");

            migrationBuilder.DropTable(
                name: "evidence_anchor");

            migrationBuilder.DropTable(
                name: "evidence_head");

            migrationBuilder.DropTable(
                name: "import_challenge");

            migrationBuilder.DropTable(
                name: "imported_certificate_change");

            migrationBuilder.DropTable(
                name: "person_credential_change");

            migrationBuilder.DropTable(
                name: "pin_guard");

            migrationBuilder.DropTable(
                name: "provider_link");

            migrationBuilder.DropTable(
                name: "provider_order");

            migrationBuilder.DropTable(
                name: "session_content");

            migrationBuilder.DropTable(
                name: "session_signature");

            migrationBuilder.DropTable(
                name: "session_signer");

            migrationBuilder.DropTable(
                name: "signing_activation");

            migrationBuilder.DropTable(
                name: "signing_event");

            migrationBuilder.DropTable(
                name: "signing_item");

            migrationBuilder.DropTable(
                name: "signing_record");

            migrationBuilder.DropTable(
                name: "imported_certificate");

            migrationBuilder.DropTable(
                name: "session_document");

            migrationBuilder.DropTable(
                name: "signing_order");

            migrationBuilder.DropTable(
                name: "person_credential");

            migrationBuilder.DropTable(
                name: "signing_session");

            migrationBuilder.DropTable(
                name: "signing_batch");

            migrationBuilder.DropIndex(
                name: "ix_signature_document_id_format",
                table: "signature");

            migrationBuilder.DropIndex(
                name: "ix_signature_waiting",
                table: "signature");

            migrationBuilder.DropColumn(
                name: "format",
                table: "signature");

            migrationBuilder.CreateIndex(
                name: "ix_signature_document_id",
                table: "signature",
                column: "document_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signature_waiting",
                table: "signature",
                column: "id",
                filter: "level = 'B-B'");
        }
    }
}
