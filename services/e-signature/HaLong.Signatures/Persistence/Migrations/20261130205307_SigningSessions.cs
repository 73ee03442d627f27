using System;
using HaLong.Signatures.Persistence.Schema;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HaLong.Signatures.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SigningSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "authority_list",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<byte[]>(type: "bytea", nullable: false),
                    this_update = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_update = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authority_list", x => x.id);
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
                name: "ix_authority_list_this_update",
                table: "authority_list",
                column: "this_update",
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
            migrationBuilder.Sql(ProviderSql.Up);
            migrationBuilder.Sql(SessionSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SessionSql.Down);
            migrationBuilder.Sql(ProviderSql.Down);
            migrationBuilder.DropTable(
                name: "authority_list");

            migrationBuilder.DropTable(
                name: "import_challenge");

            migrationBuilder.DropTable(
                name: "imported_certificate_change");

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
                name: "signing_event");

            migrationBuilder.DropTable(
                name: "signing_item");

            migrationBuilder.DropTable(
                name: "imported_certificate");

            migrationBuilder.DropTable(
                name: "session_document");

            migrationBuilder.DropTable(
                name: "signing_order");

            migrationBuilder.DropTable(
                name: "signing_session");

            migrationBuilder.DropTable(
                name: "signing_batch");
        }
    }
}
