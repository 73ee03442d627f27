using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HaLong.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Assistance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "assistance_kinds",
                table: "dossier",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "assistance_place",
                table: "dossier",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "assistance_unit",
                table: "dossier",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "assisted_by",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "assisted_session_id",
                table: "dossier",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "delegation_id",
                table: "dossier",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "assistance_kinds",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "assistance_place",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "assistance_unit",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "assisted_by",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "assisted_session_id",
                table: "dossier");

            migrationBuilder.DropColumn(
                name: "delegation_id",
                table: "dossier");
        }
    }
}
