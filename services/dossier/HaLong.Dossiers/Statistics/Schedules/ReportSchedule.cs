namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>An official's subscription of himself to a report.</summary>
internal sealed class ReportSchedule
{
    public Guid Id { get; init; }

    /// <summary>Who gets it.</summary>
    public Guid AccountId { get; init; }

    public required string Report { get; set; }

    /// <summary>This unit and those below it; null: all, of those who see all.</summary>
    public string? Unit { get; set; }

    /// <summary>What its rows are grouped by, where the report has a choice.</summary>
    public string? By { get; set; }

    public required string Kind { get; set; }
    public int? Weekday { get; set; }
    public int? Day { get; set; }
    public int Hour { get; set; }

    /// <summary>Of <see cref="Files.ReportFile.Formats"/>.</summary>
    public required string[] Formats { get; set; }

    public required string Language { get; set; }

    /// <summary>Why it rests: one of <see cref="PauseReasons"/>, or refused: and the code of the refusal; null while it goes on.</summary>
    public string? PausedFor { get; private set; }

    /// <summary>When the next report is planned.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>When it is tried: as planned, or later after a failure; null while it rests.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Tries of the next report that failed.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset? LastAt { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>PostgreSQL's xmin.</summary>
    public uint Version { get; init; }

    public Rhythm Rhythm => new(Kind, Weekday, Day, Hour);

    /// <summary>Goes on from now: at the beginning, after a change, after a rest.</summary>
    public void PlanFrom(DateTimeOffset now)
    {
        (PausedFor, Attempts) = (null, 0);
        NextAt = Rhythm.NextAfter(now);
        DueAt = NextAt;
    }

    public void Pause(string reason) => (PausedFor, DueAt) = (reason, null);

    /// <summary>Made; what was missed before is not made up for a second time.</summary>
    public void Made(DateTimeOffset now)
    {
        LastAt = now;
        PlanFrom(now);
    }

    public void TryAgainAt(DateTimeOffset at) => (Attempts, DueAt) = (Attempts + 1, at);
}

/// <summary>Why a schedule rests.</summary>
internal static class PauseReasons
{
    /// <summary>The owner wants it so.</summary>
    public const string Owner = "owner";

    /// <summary>He holds no role any more that sees statistics.</summary>
    public const string RoleLost = "roleLost";

    /// <summary>The unit is not his any more, nor below his.</summary>
    public const string UnitLost = "unitLost";

    /// <summary>The report itself is refused now.</summary>
    public static string Refused(string code) => "refused:" + code;
}
