using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>How long a class of records is kept, from a day on.</summary>
internal sealed class RetentionPolicy
{
    public required string Class { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required int KeepDays { get; init; }

    public required string Source { get; init; }
}

/// <summary>The minutes of a destruction: how many records of a class were destroyed, from when they were, and under which rule.</summary>
internal sealed class DestructionRecord
{
    public required Guid Id { get; init; }

    public required string Class { get; init; }

    public required long Count { get; init; }

    /// <summary>Time of the oldest record destroyed.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Time of the newest record destroyed.</summary>
    public required DateTimeOffset To { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int KeepDays { get; init; }

    public required string Source { get; init; }
}

/// <summary>The classes of records that end by themselves.</summary>
internal static class RetentionClasses
{
    public const string SignInRecords = "sign-in-records";
    public const string Sessions = "sessions";
    public const string Revocations = "revocations";
    public const string ClosedAccountImages = "closed-account-images";
    public const string DataExports = "data-exports";
    public const string AccessLog = "access-log";
}

/// <summary>Brings the policies of the data file into the table; rows that are only in the table stay.</summary>
internal sealed class RetentionSeed(IdentityDbContext db)
{
    internal sealed record Catalogue(List<Row> Items);

    internal sealed record Row(string Class, DateOnly ValidFrom, int KeepDays, string Source);

    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.RetentionPolicies.Select(p => new { p.Class, p.ValidFrom }).ToListAsync(ct);
        foreach (var row in ReferenceData.Read<Catalogue>("retention.json").Items.Where(r => !known.Contains(new { r.Class, r.ValidFrom })))
            db.RetentionPolicies.Add(new RetentionPolicy { Class = row.Class, ValidFrom = row.ValidFrom, KeepDays = row.KeepDays, Source = row.Source });
        await db.SaveChangesAsync(ct);
    }
}
