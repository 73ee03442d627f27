using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Ledger;

/// <summary>Table of contents of the ledger, and who may look into it.</summary>
internal static class LedgerArea
{
    private static readonly string[] Readers = [Roles.Cashier, Roles.Leader, Roles.Auditor];

    public static void Map(IEndpointRouteBuilder app)
    {
        var ledger = app.MapGroup("/api/v1/ledger").WithTags("Ledger");
        ListAccounts.Map(ledger);
        ListBookings.Map(ledger);
        ListCloses.Map(ledger);
        CloseDay.Map(ledger);
        VerifyLedger.Map(ledger);
    }

    /// <summary>Why the caller may not look; nothing when he may.</summary>
    public static Error? Refusal(Caller caller) => Readers.Any(caller.IsInRole) ? null : LedgerErrors.NotYours;

    /// <summary>No money moved here before; days around the first one there is could not be counted.</summary>
    public static readonly DateOnly FirstDay = new(2000, 1, 1);

    /// <summary>A day as 2026-11-30; the fallback when none is given.</summary>
    public static Result<DateOnly> Day(string? text, DateOnly fallback) => text is null
        ? fallback
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay ? day : LedgerErrors.BadDay;
}
