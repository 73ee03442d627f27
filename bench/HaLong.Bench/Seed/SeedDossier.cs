using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Seed;

/// <summary>One dossier of the city, with what happened to it.</summary>
internal sealed record SeedDossier
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required SeedUnit Unit { get; init; }
    public required SeedProcedure Procedure { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Channel { get; init; }
    public required string Status { get; init; }
    public required string Subject { get; init; }
    public required string Data { get; init; }
    public required long Fee { get; init; }
    public required bool FeePaid { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required DateTimeOffset? AcceptedAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required Guid? OfficerId { get; init; }
    public required Guid? ApproverId { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required DateTimeOffset? ReturnedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required DateTimeOffset? WaitUntil { get; init; }
    public required Guid ComponentId { get; init; }
    public required Guid? ResultId { get; init; }
    public required bool AskedTwice { get; init; }

    /// <summary>The steps of the timeline, in order.</summary>
    public required IReadOnlyList<SeedStep> Steps { get; init; }

    /// <summary>What the clock did.</summary>
    public required IReadOnlyList<(ClockEffect Effect, DateTimeOffset At, string Cause)> Clock { get; init; }

    public string Regime => SubmittedAt < NewRegime ? "OSS-2018" : "OSS-2025";

    public bool IsOver => Status is "RETURNED" or "NOT_ACCEPTED" or "WITHDRAWN" or "STOPPED";

    private static readonly DateTimeOffset NewRegime = new(2025, 7, 1, 0, 0, 0, TimeSpan.FromHours(7));
}

/// <summary>A step of a timeline.</summary>
internal sealed record SeedStep(string Action, string From, string To, DateTimeOffset At, Guid Actor, string Role);
