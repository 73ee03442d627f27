using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>
/// A dossier of the real aggregate whose moves happen at local times; ten working days unless said otherwise. Filed on Monday 6 October 2025,
/// 08:00.
/// </summary>
internal sealed class Tale
{
    public const string Filed = "2025-10-06T08:00";

    private readonly TimeLimit limit;

    public Tale(TimeLimit? limit = null, List<FeeItem>? fees = null, Action<Dossier>? before = null, string role = "citizen")
    {
        this.limit = limit ?? TimeLimit.WorkingDays(10);
        Play = new Play(fees, ClockSamples.At(Filed).ToUniversalTime());
        before?.Invoke(Play.Dossier);
        On(Filed, "submit", role);
    }

    public Play Play { get; }
    public ProcedureTraits Procedure { get; init; } = new("LAND", true, true, false);

    /// <summary>Rows of other tables: documents, a rating.</summary>
    public List<object> Rows { get; } = [];

    public DossierFact Fact => FactBuilder.Of(Histories.Of(Play.Dossier, Play.Steps, Play.Clock, [.. Play.Records, .. Rows], limit, Procedure),
        Play.Calendar, Play.Rules);

    public Tale On(string at, string move, string? role = null)
    {
        Play.Now = At(at);
        Play.Must(move, role);
        return this;
    }

    /// <summary>A file of a component, or the result.</summary>
    public Tale File(string at, int? component)
    {
        Rows.Add(new DossierDocument
        {
            Kind = component is null ? DocumentKind.Result : DocumentKind.Component,
            Component = component,
            FileName = "a.pdf",
            MediaType = "application/pdf",
            Sha256 = "a",
            CreatedAt = At(at),
        });
        return this;
    }

    /// <summary>Accepted, taken up and approved; the result is there at a time.</summary>
    public Tale Resolved(string at) => On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On(at, "approve").On(at, "resolve");

    public static DateTimeOffset At(string local) => ClockSamples.At(local).ToUniversalTime();

    public static DateOnly Day(int october) => new(2025, 10, october);
}
