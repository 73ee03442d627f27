using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>
/// Everything from which the fact of a dossier follows. Requests for completion and forms 04 are steps of the timeline: they need no reading of their own.
/// </summary>
internal sealed class DossierHistory
{
    public required Guid Id { get; init; }
    public required string Status { get; init; }
    public required string UnitCode { get; init; }
    public string? UnitId { get; init; }

    /// <summary>province, district or commune; told by <see cref="Units.UnitLevels"/>.</summary>
    public string Level { get; set; } = "";

    public required string ReceivingUnitCode { get; init; }

    /// <summary>The account of the officer who has it, or had it last.</summary>
    public Guid? OfficerId { get; init; }

    public Guid ProcedureId { get; init; }
    public required string ProcedureCode { get; init; }

    /// <summary>What its version of the procedure says; told by <see cref="HistoryReader"/>.</summary>
    public ProcedureTraits Procedure { get; set; } = ProcedureTraits.None;

    public required string Channel { get; init; }
    public string? IntakeSource { get; init; }
    public string? AssistanceUnit { get; init; }
    public string? AssistancePlace { get; init; }

    /// <summary>How surely the owner was known: 2 is verified.</summary>
    public int Assurance { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The due date noted with the dossier; only for those whose clock is not known.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public string? Outcome { get; init; }
    public int Corrections { get; init; }
    public int Reused { get; init; }

    /// <summary>Components of which papers were handed over at the counter.</summary>
    public IReadOnlyList<int> Papers { get; init; } = [];

    /// <summary>Đồng that the filing costs.</summary>
    public long FilingFees { get; init; }

    public string? PaymentStatus { get; init; }
    public long PaidAmount { get; init; }
    public string? PaidBy { get; init; }

    /// <summary>What its clock counts; null before acceptance.</summary>
    public TimeLimit? Limit { get; init; }

    public short? Stars { get; init; }
    public DateTimeOffset? RatedAt { get; init; }

    // What the ledger of the national portal says.

    public bool InLedger { get; init; }
    public bool ReceptionAcknowledged { get; init; }
    public bool ResultAcknowledged { get; init; }

    // What comes in several rows, each in order.

    public List<HistoryStep> Steps { get; } = [];
    public List<ClockEntry> Clock { get; } = [];
    public List<HistoryFile> Files { get; } = [];

    /// <summary>States of the fee demands.</summary>
    public List<string> Demands { get; } = [];
}

/// <summary>A step of the timeline.</summary>
internal readonly record struct HistoryStep(DateTimeOffset At, string Action, string Role, string From, string To);

/// <summary>A file: of a component, or the signed result.</summary>
/// <param name="Component">Its number; null for the result.</param>
/// <param name="CreatedAt">When it came.</param>
internal readonly record struct HistoryFile(int? Component, DateTimeOffset CreatedAt);

/// <summary>What a version of a procedure means for statistics.</summary>
/// <param name="Field">Code of the field.</param>
/// <param name="NeedsComponents">Some required component is a file or paper and not a form of our own.</param>
/// <param name="GivesDocument">It ends with a document.</param>
/// <param name="HasFees">It has fees.</param>
internal sealed record ProcedureTraits(string Field, bool NeedsComponents, bool GivesDocument, bool HasFees)
{
    public static readonly ProcedureTraits None = new("", false, false, false);

    public static ProcedureTraits Of(ProcedureContent content) =>
        new(content.Field.Code, content.Components.Any(c => c is { Required: true, OwnForm: null }), content.Results.Count > 0, content.Fees.Count > 0);
}
